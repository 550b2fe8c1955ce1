import { describe, expect, it } from 'vitest';
import { dashboardWidgets } from '../../../resources/dashboard/dashboard-widgets.ts';
import { evaluate, MetricMathError } from '../dashboard/metric-math.ts';

const _ = undefined;
const GIVEN = [
  { id: 'few_a', points: [1, _, 3] },
  { id: 'few_b', points: [_, _, 10] },
  { id: 'many', points: [20, 40, 60] },
  { id: 'none', points: [_, _, _] },
];
const pointsOf = (expression: string) => evaluate(expression, GIVEN).map(({ id, points }) => [id, ...points]);
const one = (expression: string) => pointsOf(expression)[0]?.slice(1);

// What each does: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html
describe('metric math', () => {
  it.each([
    ['many * 2 + 1', [41, 81, 121]],
    ['many - few_a / 2', [19.5, 40, 58.5]],
    ['(many - few_a) / 2', [9.5, 20, 28.5]],
    ['2 * 0.0000500', undefined],
    // A missing value is 0 beside one that is there, and missing where none is.
    ['few_a + few_b', [1, _, 13]],
    // What would be divided by zero is dropped.
    ['many / few_a', [20, _, 20]],
    ['SUM([few_a, few_b])', [1, _, 13]],
    ['SUM(METRICS("few"))', [1, _, 13]],
    ['SUM(METRICS())', [21, 40, 73]],
    ['many / SUM(few_a)', [5, 10, 15]],
    ['FILL(few_a, 0)', [1, 0, 3]],
  ])('%s', (expression, points) => {
    if (points === undefined) expect(() => one(expression)).toThrow(MetricMathError);
    else expect(one(expression)).toEqual(points);
  });

  it('returns several series under the ids of the metrics', () => {
    expect(pointsOf('FILL(METRICS("few"), 0)')).toEqual([
      ['few_a', 1, 0, 3],
      ['few_b', 0, 0, 10],
    ]);
    expect(pointsOf('SORT(REMOVE_EMPTY(METRICS()), SUM, DESC, 2)').map(([id]) => id)).toEqual(['many', 'few_b']);
    expect(pointsOf('METRICS()/10')).toHaveLength(4);
  });

  it.each([
    'many +',
    '(many',
    'many many',
    'MAX(many)',
    'unknown * 2',
    'SORT(METRICS(), AVG, ASC)',
    'many % 2',
    'SUM(2)',
  ])('refuses what CloudWatch would, or what no widget uses: %s', (expression) => {
    expect(() => one(expression)).toThrow(MetricMathError);
  });

  it('knows every expression of the dashboard, with values and without', () => {
    const widgets = dashboardWidgets({ namespace: 'n', service: 's', functions: ['admit', 'road'] });
    const calculated = widgets.flatMap(({ lines }) =>
      lines.filter((line) => 'expression' in line).map(({ expression }) => ({ expression, lines })),
    );
    expect(calculated.length).toBeGreaterThan(5);
    for (const { expression, lines } of calculated) {
      const given = (points: (number | undefined)[]) =>
        lines.filter((line) => 'metric' in line).map(({ id }) => ({ id, points }));
      expect(evaluate(expression, given([1, 2])).length, expression).toBeGreaterThan(0);
      expect(() => evaluate(expression, given([_, _]))).not.toThrow();
    }
  });

  it('takes the sums of the funnel of what belongs to them, and of nothing else', () => {
    const [funnel] = dashboardWidgets({ namespace: 'n', service: 's', functions: [] }).filter(
      ({ id }) => id === 'funnel',
    );
    const lines = funnel?.lines ?? [];
    const given = lines.filter((line) => 'metric' in line).map(({ id }) => ({ id, points: [1] }));
    const sums = lines
      .filter((line) => 'expression' in line)
      .map(({ id, expression }) => [id, evaluate(expression, given)[0]?.points[0]]);
    const count = (part: string) => given.filter(({ id }) => id.startsWith(`${part}_`)).length;
    expect(sums).toEqual(['refused', 'unavailable', 'failed', 'answered'].map((part) => [part, count(part)]));
  });
});
