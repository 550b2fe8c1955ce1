import type { CalculatedLine, MeasuredLine, Widget } from '../../../resources/dashboard/widget.ts';
import type { LineView, WidgetView } from '../board/dashboard-protocol.ts';
import { evaluate, type TimeSeries } from './metric-math.ts';
import type { MetricStore, Window } from './metric-store.ts';
import { NOT_ON_THIS_MACHINE } from './own-metrics-of-aws.ts';

const MINUTE_MS = 60_000;
/** The shortest that shows everything is taken; each has sixty periods. */
const SPANS_MS = [10, 30, 60, 180].map((minutes) => minutes * MINUTE_MS);
const PERIODS = 60;

/** The time to show: all that the stack has lived, as far as its metrics are kept. Times are epoch milliseconds. */
export function windowOf(since: number, now: number): Window {
  const [longest = 0] = SPANS_MS.slice(-1);
  const span = SPANS_MS.find((length) => now - since < length) ?? longest;
  const periodMs = span / PERIODS;
  const to = (Math.floor(now / periodMs) + 1) * periodMs;
  return { from: to - span, periodMs, periods: PERIODS };
}

/** A widget with the values that CloudWatch would draw, of what this machine's functions wrote. */
export function widgetView(widget: Widget, metrics: MetricStore, window: Window): WidgetView {
  const { lines, ...said } = widget;
  const isOverTime = widget.view === 'lines' || widget.view === 'now';
  const { from, periodMs, periods } = window;
  const read = isOverTime ? window : { from, periodMs: periodMs * periods, periods: 1 };
  const measured = lines.filter((line) => 'metric' in line);
  const given = measured.map(({ id, metric, statistic }) => ({ id, points: metrics.read(metric, statistic, read) }));
  const drawn = lines
    .filter(({ hidden }) => !hidden)
    .flatMap((line) =>
      'metric' in line
        ? given.filter(({ id }) => id === line.id).map((series) => lineView(line, series, measured))
        : calculatedViews(line, measured, given),
    );
  return { ...said, lines: drawn };
}

function calculatedViews(
  line: CalculatedLine,
  measured: readonly MeasuredLine[],
  given: readonly TimeSeries[],
): LineView[] {
  return evaluate(line.expression, given).map((series) => {
    const of = measured.find(({ id }) => id === series.id);
    return lineView(line.label === undefined && of ? of : line, series, measured);
  });
}

function lineView(
  line: MeasuredLine | CalculatedLine,
  { points }: TimeSeries,
  measured: readonly MeasuredLine[],
): LineView {
  const { id, label = { ja: id, en: id }, code, tone } = line;
  const sources = 'metric' in line ? [line] : measured.filter(({ id: of }) => isNamedIn(line.expression, of));
  const isElsewhere = sources.length > 0 && sources.every(({ metric }) => NOT_ON_THIS_MACHINE.includes(metric.name));
  return {
    id,
    label,
    ...(code !== undefined && { code }),
    tone,
    points: points.map((value) => value ?? null),
    ...(sources.length > 0 && sources.every(({ statistic }) => statistic === 'Sum') && { isSum: true }),
    ...(isElsewhere && { isElsewhere }),
  };
}

/** By METRICS("part of it"). */
const isNamedIn = (expression: string, id: string): boolean =>
  [...expression.matchAll(/METRICS\("(\w+)"\)/g)].some(([, part = '']) => id.includes(part));
