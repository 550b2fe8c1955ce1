import type { Sentence } from '../../domain/outcome-row.ts';
import type { Line, Tone, View, Widget } from './widget.ts';

/** A working day of a contact centre; viewers can choose another range in the console. */
const RANGE = '-PT24H';
const MINUTE = 60;
const FIVE_MINUTES = 300;

/** CloudWatch uses the same colours in light and dark mode. */
const COLOURS: Readonly<Record<Tone, string>> = {
  asked: '#1c7ed6',
  refused: '#e8890c',
  unavailable: '#7a7fd8',
  failed: '#d6336c',
  placed: '#1098ad',
  missed: '#b35fb3',
  reached: '#2b9348',
  dim: '#868e96',
};

/**
 * The widgets for CloudWatch, as the text of a Fn::Sub. It has both languages, as a dashboard has one text for all viewers.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Dashboard-Body-Structure.html
 */
export const dashboardBody = (widgets: readonly Widget[]): string =>
  JSON.stringify({
    start: RANGE,
    periodOverride: 'inherit',
    widgets: widgets.map(({ x, y, width, height, title, view, lines, unit }) => ({
      type: 'metric',
      x,
      y,
      width,
      height,
      properties: {
        title: both(title),
        region: '${AWS::Region}',
        ...VIEWS[view],
        // The cost is always that of a day, whatever range is chosen.
        ...(unit === 'dollars' && { start: RANGE }),
        metrics: lines.map(metricOf),
      },
    })),
  });

const both = ({ en, ja }: Sentence): string => `${en} ${ja}`;

const WHOLE_TIME = { setPeriodToTimeRange: true, period: FIVE_MINUTES, stat: 'Sum' };
const VIEWS: Readonly<Record<View, object>> = {
  now: { view: 'singleValue', period: MINUTE, stat: 'Maximum' },
  total: { view: 'singleValue', ...WHOLE_TIME },
  bars: { view: 'bar', ...WHOLE_TIME },
  table: {
    view: 'table',
    table: { layout: 'horizontal', showTimeSeriesData: false, stickySummary: false, summaryColumns: ['SUM'] },
    ...WHOLE_TIME,
  },
  lines: { view: 'timeSeries', stacked: false, period: FIVE_MINUTES, yAxis: { left: { min: 0, showUnits: false } } },
};

/** A line of the widget: a metric with its dimensions, or an expression; its options come last. */
function metricOf(line: Line): unknown[] {
  const { id, label, code, tone, hidden } = line;
  const options = {
    id,
    // Without a label, the results of an expression keep the labels of their metrics.
    label: code ?? (label === undefined ? '' : both(label)),
    ...(hidden && { visible: false }),
  };
  if ('expression' in line) {
    const colour = label === undefined ? {} : { color: COLOURS[tone] };
    return [{ expression: line.expression, ...options, ...colour }];
  }
  const { metric, statistic } = line;
  const dimensions = Object.entries(metric.dimensions).flat();
  return [metric.namespace, metric.name, ...dimensions, { ...options, stat: statistic, color: COLOURS[tone] }];
}
