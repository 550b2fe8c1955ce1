import { paginateGetMetricData } from '@aws-sdk/client-cloudwatch';
import type { Account } from './account.ts';

/** Sums of a CloudWatch metric. */
export interface Metric {
  namespace: string;
  name: string;
  dimensions: Record<string, string>;
  statistic?: 'Sum' | 'Maximum';
}

/** The value of each period that has one, latest first. */
export type Points = readonly { at: Date; value: number }[];

/** CloudWatch's limit of queries per request. */
const MOST_QUERIES = 500;

/**
 * Reads metrics in one request. A metric without data has no points, as services write no zeros.
 *
 * @param hours how far back, at most 14 days
 * @param periodSeconds time that each point covers
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_GetMetricData.html
 */
export async function pointsOf(
  account: Account,
  metrics: readonly Metric[],
  hours: number,
  periodSeconds = 3_600,
): Promise<Points[]> {
  const until = Date.now();
  const found = new Map<string, { at: Date; value: number }[]>();
  const pages = paginateGetMetricData(
    { client: account.cloudWatch },
    {
      StartTime: new Date(until - hours * 3_600_000),
      EndTime: new Date(until),
      MetricDataQueries: metrics
        .slice(0, MOST_QUERIES)
        .map(({ namespace, name, dimensions, statistic = 'Sum' }, index) => ({
          Id: `m${index}`,
          MetricStat: {
            Metric: {
              Namespace: namespace,
              MetricName: name,
              Dimensions: Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value })),
            },
            Period: periodSeconds,
            Stat: statistic,
          },
        })),
    },
  );
  for await (const { MetricDataResults = [] } of pages) {
    for (const { Id = '', Timestamps = [], Values = [] } of MetricDataResults) {
      const points = found.get(Id) ?? [];
      Timestamps.forEach((at, index) => {
        points.push({ at, value: Values[index] ?? 0 });
      });
      found.set(Id, points);
    }
  }
  return metrics.map((_, index) => (found.get(`m${index}`) ?? []).toSorted((a, b) => b.at.getTime() - a.at.getTime()));
}

/** @example sumOf([{ at, value: 2 }, { at, value: 3 }]) // 5 */
export const sumOf = (points: Points): number => points.reduce((sum, { value }) => sum + value, 0);

/** The latest moment at which something was counted. */
export const latestOf = (points: Points): Date | undefined => points.find(({ value }) => value > 0)?.at;
