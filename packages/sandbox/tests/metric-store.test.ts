import { Console } from 'node:console';
import { Writable } from 'node:stream';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type * as adapter from '../../../adapters/measure.ts';
import type { Statistic } from '../../../resources/dashboard/widget.ts';
import { METRICS_KEPT_MS, type MetricStore, metricStore, SLICE_MS } from '../dashboard/metric-store.ts';

const AT = Date.parse('2026-11-22T03:00:00Z');
const metric = (name: string, dimensions: Record<string, string> = {}) => ({
  namespace: 'example',
  name,
  dimensions: { service: 'karte-connect-call', ...dimensions },
});
const WAIT = metric('WaitToPlaced');
const read = (store: MetricStore, of = WAIT, statistic: Statistic = 'Sum', periods = 1) =>
  store.read(of, statistic, { from: AT, periodMs: 60_000, periods });

afterEach(() => vi.unstubAllEnvs());

describe('the metrics of the local stack', () => {
  it('are those that the functions write, under each set of dimensions', async () => {
    // Prepare
    vi.stubEnv('POWERTOOLS_METRICS_NAMESPACE', 'example').stubEnv('POWERTOOLS_SERVICE_NAME', 'karte-connect-call');
    // Anew: namespace and service are read once in the life of a module.
    const { measure, metrics }: typeof adapter = await import(`../../../adapters/measure.ts?anew=${import.meta.url}`);
    const store = metricStore(AT);
    const lines = new Writable({
      write(chunk: Buffer, _encoding, done) {
        store.takeLine(chunk.toString().trimEnd());
        done();
      },
    });
    Object.assign(metrics, { console: new Console(lines) });
    const now = Date.now();
    // Act
    measure({ RequestsEnded: 1 }, { outcome: 'number_refused', reason: 'not_filled_in' });
    measure({ RequestsWaiting: 3, OldestWaitSeconds: 40 }, {});
    store.takeLine('{"level":"INFO","message":"no metric"}');
    store.takeLine('"CloudWatchMetrics" in no JSON');
    // Assess
    const window = { from: now - 60_000, periodMs: 120_000, periods: 1 };
    const sumOf = (name: string, dimensions?: Record<string, string>) =>
      store.read(metric(name, dimensions), 'Sum', window)[0];
    expect(sumOf('RequestsEnded', { outcome: 'number_refused' })).toBe(1);
    expect(sumOf('RequestsEnded', { reason: 'not_filled_in', outcome: 'number_refused' })).toBe(1);
    expect(sumOf('RequestsEnded')).toBeUndefined();
    expect([sumOf('RequestsWaiting'), sumOf('OldestWaitSeconds')]).toEqual([3, 40]);
  });

  it('are summed up, looked up and ranked within each period', () => {
    const store = metricStore(AT);
    for (let value = 1; value <= 100; value += 1) store.put(WAIT, value * 100, AT + value * 100);
    store.put(WAIT, 7, AT + 3 * 60_000);
    expect(read(store, WAIT, 'Sum', 4)).toEqual([505_000, undefined, undefined, 7]);
    expect(read(store, WAIT, 'Maximum')).toEqual([10_000]);
    // Kept in two digits.
    expect(read(store, WAIT, 'p50')).toEqual([5_000]);
    expect(read(store, WAIT, 'p95')).toEqual([9_500]);
    expect(read(store, WAIT, 'Maximum', 4)[3]).toBe(7);
  });

  it('go after their time', () => {
    const store = metricStore(AT);
    store.put(WAIT, 1, AT);
    store.put(WAIT, 1, AT + METRICS_KEPT_MS - SLICE_MS);
    expect(read(store)).toEqual([1]);
    store.put(WAIT, 1, AT + METRICS_KEPT_MS + SLICE_MS);
    expect(read(store)).toEqual([undefined]);
  });
});
