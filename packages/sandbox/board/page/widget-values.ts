import type { Sentence } from '../../../../domain/outcome-row.ts';
import type { LineView, WidgetView } from '../dashboard-protocol.ts';
import { durationInWords } from './duration-words.ts';

/** A value with its unit; a dash if there is none. */
export function valueInWords(value: number | null | undefined, unit: WidgetView['unit']): Sentence {
  if (value === null || value === undefined) return { ja: '–', en: '–' };
  if (unit === 'milliseconds') return durationInWords(Math.round(value));
  const text = unit === 'dollars' ? `$${value.toFixed(value > 0 && value < 1 ? 3 : 2)}` : String(value);
  return { ja: text, en: text };
}

/** The latest value. */
export const newestOf = ({ points }: Pick<LineView, 'points'>): number | null =>
  points.findLast((value) => value !== null) ?? null;

/** A line as one number: the total, or the latest value. */
export const figureOf = (line: Pick<LineView, 'points' | 'isSum'>): number | null =>
  line.isSum && newestOf(line) !== null
    ? line.points.reduce<number>((sum, value) => sum + (value ?? 0), 0)
    : newestOf(line);

const STEPS = [1, 2, 5, 10];

const MINUTE_MS = 60_000;
/** Minutes at which an axis of durations may end. */
const MINUTES = [2, 5, 10, 20, 30, 60, 120, 300, 600];

/** The end of an axis: a round number that no value exceeds. */
export function axisEnd(values: readonly (number | null)[], unit: WidgetView['unit']): number {
  const most = Math.max(1, ...values.map((value) => value ?? 0));
  if (unit === 'milliseconds' && most > MINUTE_MS) {
    return MINUTE_MS * (MINUTES.find((minutes) => minutes * MINUTE_MS >= most) ?? Math.ceil(most / MINUTE_MS));
  }
  const power = 10 ** Math.floor(Math.log10(most));
  return (STEPS.find((step) => step * power >= most) ?? 10) * power;
}

/** Width and height of the drawing, in its own units. */
export const DRAWING = { width: 600, height: 100 } as const;

/**
 * The SVG path of a line through its points: missing ones are skipped, a single one is a dot.
 *
 * @param end of the axis
 */
export function pathThrough(points: LineView['points'], end: number): string {
  const { width, height } = DRAWING;
  const step = width / points.length;
  const places = points.flatMap((value, index) =>
    value === null ? [] : [`${((index + 0.5) * step).toFixed(1)} ${(height - (value / end) * height).toFixed(1)}`],
  );
  const [first, ...others] = places;
  if (first === undefined) return '';
  return others.length === 0 ? `M${first}h0` : `M${first}L${others.join('L')}`;
}
