import { paginateGetMetricData } from '@aws-sdk/client-cloudwatch';
import type { Account } from './account.ts';

/** A metric of CloudWatch, added up. */
export interface Metric {
  namespace: string;
  name: string;
  dimensions: Record<string, string>;
  statistic?: 'Sum' | 'Maximum';
}

/** What was measured in each period that has a value, the latest first. */
export type Points = readonly { at: Date; value: number }[];

/** CloudWatch answers so many questions at once. */
const MOST_QUERIES = 500;

/**
 * Reads metrics in one request. A metric that nothing was written to has no points: services write no zeros.
 *
 * @param hours so far back, at most 14 days
 * @param periodSeconds each point adds up so much
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
