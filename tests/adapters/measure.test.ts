import '../resources/environment-of-dev.ts';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { logger } from '../../adapters/logging.ts';
import { measure } from '../../adapters/measure.ts';

interface Line {
  _aws: { CloudWatchMetrics: { Dimensions: string[][]; Metrics: { Name: string }[] }[] };
}

const warned = vi.fn();
let written: string[];
beforeEach(() => {
  written = [];
  warned.mockClear();
  vi.spyOn(logger, 'warn').mockImplementation(warned);
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => written.push(String(text)) > 0);
});
afterEach(() => {
  vi.restoreAllMocks();
});

/** The metrics and the sets of dimensions of each line. */
const lines = () =>
  written
    .flatMap((text) => text.split('\n'))
    .filter((line) => line.includes('"_aws"'))
    .flatMap((line) => (JSON.parse(line) as Line)._aws.CloudWatchMetrics)
    .map(({ Metrics, Dimensions }) => [Metrics.map(({ Name }) => Name), Dimensions]);

/** What the adapter says by itself, not powertools of its own settings. */
const said = () => warned.mock.calls.filter(([message]) => /^no (?:number|dimension)$/.test(message));

it.each([NaN, Infinity, -Infinity])('leaves out a figure that is no number, and says so: %s', (figure) => {
  measure({ OpenNow: 1, ClosedMinutes: figure }, {});
  measure({ TimeToRing: figure }, {});
  expect(lines()).toEqual([[['OpenNow'], [['service']]]]);
  expect(said()).toEqual([
    ['no number', { metrics: ['ClosedMinutes'] }],
    ['no number', { metrics: ['TimeToRing'] }],
  ]);
});

it('writes nothing to the series of another dimension where one has no value, and says so', () => {
  measure({ RequestsEnded: 1 }, { outcome: 'stale', reason: '' });
  measure({ CallsEnded: 1 }, { outcome: '' });
  expect(lines()).toEqual([[['RequestsEnded'], [['service', 'outcome']]]]);
  expect(said()).toEqual([
    ['no dimension', { metrics: ['RequestsEnded'], missing: ['reason'] }],
    ['no dimension', { metrics: ['CallsEnded'], missing: ['outcome'] }],
  ]);
});
