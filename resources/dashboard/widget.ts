import type { Sentence } from '../../domain/outcome-row.ts';

/**
 * A metric as CloudWatch knows it. Values of dimensions may refer to resources of the stack as Fn::Sub does:
 * `${CallRequestStateMachine}`.
 */
export interface Metric {
  namespace: string;
  name: string;
  dimensions: Readonly<Record<string, string>>;
}

/** Percentiles are those of single values: the median is `p50`. */
export type Statistic = 'Sum' | 'Maximum' | 'p50' | 'p95';

/** What a colour means, wherever the widget is drawn. */
export type Tone = 'asked' | 'refused' | 'unavailable' | 'failed' | 'placed' | 'missed' | 'reached' | 'dim';

interface Drawn {
  /** Known to expressions; begins with a small letter, and letters, digits and underscores follow. */
  id: string;
  label?: Sentence;
  /** What CloudWatch shows in place of the label: the runbook's own word for it. */
  code?: string;
  tone: Tone;
  /** Not drawn by itself: an expression needs it. */
  hidden?: true;
}

export interface MeasuredLine extends Drawn {
  metric: Metric;
  statistic: Statistic;
}

/** A line of CloudWatch's metric math. What it returns of other lines keeps their labels where it has none. */
export interface CalculatedLine extends Drawn {
  expression: string;
}

export type Line = MeasuredLine | CalculatedLine;

/** A place on CloudWatch's grid, which has 24 columns. */
export interface Place {
  x: number;
  y: number;
  width: number;
  height: number;
}

/**
 * - `now`: the newest value of each line
 * - `total`: one number of each line for the whole time
 * - `bars`: the same, as bars
 * - `table`: the same, as rows
 * - `lines`: over time
 */
export type View = 'now' | 'total' | 'bars' | 'table' | 'lines';

export interface Widget extends Place {
  id: string;
  title: Sentence;
  view: View;
  unit: 'count' | 'milliseconds' | 'seconds' | 'dollars';
  lines: readonly Line[];
}
