import type { Sentence } from '../../domain/outcome-row.ts';

/**
 * A CloudWatch metric. Values of dimensions may refer to resources of the stack as in Fn::Sub:
 * `${CallRequestStateMachine}`.
 */
export interface Metric {
  namespace: string;
  name: string;
  dimensions: Readonly<Record<string, string>>;
}

/** The median is `p50`. */
export type Statistic = 'Sum' | 'Maximum' | 'p50' | 'p95';

/** Meaning of a colour, independent of where the widget is drawn. */
export type Tone = 'asked' | 'refused' | 'unavailable' | 'failed' | 'placed' | 'missed' | 'reached' | 'dim';

interface Drawn {
  /** For expressions: letters, digits and underscores, starting with a lower-case letter. */
  id: string;
  label?: Sentence;
  /** Shown by CloudWatch instead of the label: the term used in the runbook. */
  code?: string;
  tone: Tone;
  /** Not drawn by itself, only used by an expression. */
  hidden?: true;
}

export interface MeasuredLine extends Drawn {
  metric: Metric;
  statistic: Statistic;
}

/** A line of CloudWatch metric math. Without a label, its results keep the labels of their metrics. */
export interface CalculatedLine extends Drawn {
  expression: string;
}

export type Line = MeasuredLine | CalculatedLine;

/** A position on CloudWatch's grid of 24 columns. */
export interface Place {
  x: number;
  y: number;
  width: number;
  height: number;
}

/**
 * - `now`: the newest value of each line
 * - `total`: one number per line for the whole time
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
