import * as z from 'zod';
import { parseJson } from '../../../domain/json-text.ts';
import type { Metric, Statistic } from '../../../resources/dashboard/widget.ts';

/** Where the periods of a reading lie. Times are epoch milliseconds. */
export interface Window {
  from: number;
  periodMs: number;
  periods: number;
}

/** What happened to a metric within a slice of time. */
interface Slice {
  sum: number;
  max: number;
  /** How often each value came, in two digits: for percentiles. */
  values: Map<number, number>;
}

/** The metrics that the functions of this machine's stack wrote. */
export interface MetricStore {
  /** Since when it keeps them, in epoch milliseconds. */
  since: number;
  /** Takes a line of a function's log where it is one of CloudWatch's embedded metric format. */
  takeLine(line: string): void;
  /** Writes one value. @param at epoch milliseconds */
  put(metric: Metric, value: number, at: number): void;
  /** One value for each period of the window, undefined if nothing came. */
  read(metric: Metric, statistic: Statistic, window: Window): (number | undefined)[];
}

/** So long is a slice, in milliseconds: a demonstration lasts some minutes. */
export const SLICE_MS = 10_000;
/** What is older goes, in milliseconds. */
export const METRICS_KEPT_MS = 3 * 3_600_000;

/**
 * What is read of a line in the embedded metric format.
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 */
const EMBEDDED = z.looseObject({
  _aws: z.object({
    Timestamp: z.number(),
    CloudWatchMetrics: z.array(
      z.object({
        Namespace: z.string(),
        Dimensions: z.array(z.array(z.string())),
        Metrics: z.array(z.object({ Name: z.string() })),
      }),
    ),
  }),
});

/**
 * Keeps sums, highest values and rounded values per slice: what a stack takes of memory does not grow with the requests.
 * The clock is that of the lines, however fast the stack lives.
 */
export function metricStore(since: number): MetricStore {
  const all = new Map<string, Map<number, Slice>>();

  function put(metric: Metric, value: number, at: number): void {
    const key = keyOf(metric);
    const slices = all.get(key) ?? new Map<number, Slice>();
    all.set(key, slices);
    const start = Math.floor(at / SLICE_MS);
    const slice = slices.get(start) ?? { sum: 0, max: value, values: new Map() };
    slices.set(start, slice);
    slice.sum += value;
    slice.max = Math.max(slice.max, value);
    const rounded = Number(value.toPrecision(2));
    slice.values.set(rounded, (slice.values.get(rounded) ?? 0) + 1);
    // Slices come in the order of time, so that the first is the oldest.
    for (const oldest of slices.keys()) {
      if (oldest * SLICE_MS > at - METRICS_KEPT_MS) break;
      slices.delete(oldest);
    }
  }

  return {
    since,
    put,
    takeLine(line) {
      const parsed = EMBEDDED.safeParse(jsonIn(line));
      if (!parsed.success) return;
      const { _aws, ...members } = parsed.data;
      for (const { Namespace, Dimensions, Metrics } of _aws.CloudWatchMetrics) {
        for (const names of Dimensions) {
          const dimensions = Object.fromEntries(names.map((name) => [name, String(members[name])]));
          for (const { Name } of Metrics) {
            for (const value of [members[Name]].flat()) {
              if (typeof value === 'number')
                put({ namespace: Namespace, name: Name, dimensions }, value, _aws.Timestamp);
            }
          }
        }
      }
    },
    read(metric, statistic, { from, periodMs, periods }) {
      const within = Array.from({ length: periods }, (): Slice[] => []);
      for (const [start, slice] of all.get(keyOf(metric)) ?? []) {
        within[Math.floor((start * SLICE_MS - from) / periodMs)]?.push(slice);
      }
      return within.map((slices) => (slices.length === 0 ? undefined : statisticOf(statistic, slices)));
    },
  };
}

/** Most lines of a log are none: only what may be one is parsed. */
function jsonIn(line: string): unknown {
  if (!line.includes('"CloudWatchMetrics"')) return undefined;
  try {
    return parseJson(line);
  } catch {
    return undefined;
  }
}

const keyOf = ({ namespace, name, dimensions }: Metric): string =>
  JSON.stringify([namespace, name, Object.entries(dimensions).sort(([a], [b]) => (a < b ? -1 : 1))]);

function statisticOf(statistic: Statistic, slices: readonly Slice[]): number {
  if (statistic === 'Sum') return slices.reduce((total, { sum }) => total + sum, 0);
  if (statistic === 'Maximum') return Math.max(...slices.map(({ max }) => max));
  const counted = slices.flatMap(({ values }) => [...values]).sort(([a], [b]) => a - b);
  const count = counted.reduce((total, [, times]) => total + times, 0);
  let rank = Math.ceil((Number(statistic.slice(1)) / 100) * count);
  for (const [value, times] of counted) {
    rank -= times;
    if (rank <= 0) return value;
  }
  return 0;
}
