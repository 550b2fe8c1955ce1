import { describe, expect, it } from 'vitest';
import { dashboardWidgets } from '../../../resources/dashboard/dashboard-widgets.ts';
import { axisEnd, figureOf, pathThrough, valueInWords } from '../board/page/widget-values.ts';
import { widgetView, windowOf } from '../dashboard/dashboard-view.ts';
import { type MetricStore, metricStore } from '../dashboard/metric-store.ts';

const NOW = Date.parse('2026-11-22T03:00:05Z');
const STAGE = { namespace: 'example', service: 'karte-connect-call', functions: ['admit'] };
const WIDGETS = dashboardWidgets(STAGE);

const put = (store: MetricStore, name: string, value: number, dimensions: Record<string, string> = {}, at = NOW) =>
  store.put({ namespace: 'example', name, dimensions: { service: 'karte-connect-call', ...dimensions } }, value, at);

function linesOf(id: string, store: MetricStore) {
  const widget = WIDGETS.find((one) => one.id === id);
  if (!widget) throw new Error(`there is no widget ${id}`);
  return widgetView(widget, store, windowOf(NOW, NOW)).lines;
}

describe('a widget of the local dashboard', () => {
  it('counts the funnel of what the functions wrote', () => {
    const store = metricStore(NOW);
    for (let count = 0; count < 4; count += 1) put(store, 'RequestsAsked', 1);
    put(store, 'RequestsEnded', 1, { outcome: 'number_refused' });
    put(store, 'RequestsEnded', 1, { outcome: 'stale' });
    for (const waiting of [5, 2]) put(store, 'RequestsWaiting', waiting);
    put(store, 'CallsPlaced', 1);
    put(store, 'CallsEnded', 1, { outcome: 'no_key_pressed' });
    const figures = linesOf('funnel', store).map(({ id, points }) => [id, ...points]);
    expect(figures).toEqual([
      ['asked', 4],
      ['refused', 2],
      ['unavailable', null],
      ['failed', null],
      ['waiting', 5],
      ['called', 1],
      ['answered', 1],
      ['talked', null],
    ]);
  });

  it('lists the reasons that occurred, most first, in words and by the word of the runbook', () => {
    const store = metricStore(NOW);
    put(store, 'RequestsEnded', 2, { outcome: 'number_refused', reason: 'not_filled_in' });
    put(store, 'RequestsEnded', 9, { outcome: 'queue_closed', reason: 'outside_opening_hours' });
    const lines = linesOf('reasons', store);
    expect(lines.map(({ code, tone, points }) => [code, tone, points[0]])).toEqual([
      ['queue_closed: outside_opening_hours', 'unavailable', 9],
      ['number_refused: not_filled_in', 'refused', 2],
    ]);
    expect(lines[1]?.label.en).toBe('The KARTE variable for the number was not filled in.');
    expect(linesOf('reasons', metricStore(NOW))).toEqual([]);
  });

  it('says what the day costs: answered calls of three minutes, and each request', () => {
    const store = metricStore(NOW);
    put(store, 'CallsEnded', 10, { outcome: 'completed' });
    put(store, 'CallsEnded', 90, { outcome: 'busy' });
    const [calls] = linesOf('cost', store);
    expect(calls?.points[0]).toBeCloseTo(10 * 3 * (0.038 + 0.1));
  });

  it('says of what AWS alone counts that this machine does not', () => {
    const lines = linesOf('errors', metricStore(NOW));
    expect(lines.filter(({ isElsewhere }) => isElsewhere).map(({ id }) => id)).toEqual(['throttles']);
  });

  it('shows the shortest time that holds all, up to three hours, the present period last', () => {
    const minutes = (lived: number) => {
      const { from, periodMs, periods } = windowOf(NOW - lived * 60_000, NOW);
      expect(from + periodMs * periods).toBeGreaterThan(NOW);
      expect(from + periodMs * (periods - 1)).toBeLessThanOrEqual(NOW);
      return (periodMs * periods) / 60_000;
    };
    expect([0, 9, 11, 59, 61, 1_000].map(minutes)).toEqual([10, 10, 30, 60, 180, 180]);
  });
});

describe('a value on the dashboard', () => {
  it('has its unit, and a dash where there is none', () => {
    expect(valueInWords(28_000, 'milliseconds').ja).toBe('28 秒');
    expect(valueInWords(0.01074, 'dollars').en).toBe('$0.011');
    expect(valueInWords(12.5, 'dollars').en).toBe('$12.50');
    expect(valueInWords(null, 'count').en).toBe('–');
  });

  it('is the sum of what is counted up, and the newest of what is looked at', () => {
    const points = [1, null, 2, null];
    expect(figureOf({ points, isSum: true })).toBe(3);
    expect(figureOf({ points })).toBe(2);
    expect(figureOf({ points: [null], isSum: true })).toBeNull();
  });

  it('lies on an axis that ends at a round number', () => {
    expect([[], [0.2], [3], [7], [11], [480], [28_000]].map((values) => axisEnd(values, 'count'))).toEqual([
      1, 1, 5, 10, 20, 500, 50_000,
    ]);
    expect([[900], [50_000], [78_000]].map((values) => axisEnd(values, 'milliseconds'))).toEqual([
      1_000, 50_000, 120_000,
    ]);
    expect(pathThrough([null, 5, null, 10], 10)).toBe('M225.0 50.0L525.0 0.0');
    expect(pathThrough([null, 5], 10)).toBe('M450.0 50.0h0');
    expect(pathThrough([null], 10)).toBe('');
  });
});
