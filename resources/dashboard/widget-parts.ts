import type { Sentence } from '../../domain/outcome-row.ts';
import type { CalculatedLine, Line, MeasuredLine, Metric, Statistic, Tone, View, Widget } from './widget.ts';

/** A widget without a position. */
type Unplaced = Omit<Widget, 'x' | 'y' | 'width' | 'height'>;

export const widget = (
  id: string,
  view: View,
  unit: Widget['unit'],
  title: Sentence,
  lines: readonly Line[],
): Unplaced => ({ id, view, unit, title, lines });

/** A metric that is drawn. */
export const measured = (
  id: string,
  tone: Tone,
  metric: Metric,
  statistic: Statistic,
  label: Sentence,
): MeasuredLine => ({ id, tone, metric, statistic, label });

/** A count used by an expression, which draws it or adds it up. */
export const hidden = (id: string, metric: Metric, tone: Tone = 'dim', label?: Sentence): MeasuredLine => ({
  id,
  tone,
  metric,
  statistic: 'Sum',
  hidden: true,
  ...(label && { label }),
});

/** @param label missing if the results keep the labels of the metrics */
export const calculated = (id: string, tone: Tone, expression: string, label?: Sentence): CalculatedLine => ({
  id,
  tone,
  expression,
  ...(label && { label }),
});

/** Lays out widgets in rows, from the top. */
export function inRows(
  rows: readonly { height: number; widgets: readonly (readonly [width: number, Unplaced])[] }[],
): Widget[] {
  let y = 0;
  return rows.flatMap(({ height, widgets }) => {
    let x = 0;
    const placed = widgets.map(([width, unplaced]) => {
      const at = { ...unplaced, x, y, width, height };
      x += width;
      return at;
    });
    y += height;
    return placed;
  });
}
