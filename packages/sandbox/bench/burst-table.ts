import type { Measured, Row, Target } from './burst-rows.ts';

/** A row with what was measured on it. */
export interface BurstResult {
  row: Row;
  measured: readonly Measured[];
  targets: readonly Target[];
}

/** Head of the table; docs/performance.md says what each column counts. */
export const COLUMNS = [
  'way',
  'placed',
  'time',
  'ideal',
  'ratio',
  'throttled',
  'overtaken',
  'over-dial',
  'idle',
  'states',
  'retries',
  'USD/1,000 calls',
  'USD/1,000 requests',
] as const;

/** The cells of one way, in the order of the columns. */
export function cellsOf(measured: Measured): string[] {
  const { way, placed, seconds, idealSeconds, asked, throttled, overtaken, overDial, idleSeconds, states } = measured;
  const isOurs = way === 'this project';
  return [
    way,
    placed.toLocaleString('en'),
    `${seconds.toFixed(1)} s`,
    `${idealSeconds.toFixed(1)} s`,
    idealSeconds === 0 ? '–' : (seconds / idealSeconds).toFixed(3),
    `${((100 * throttled) / Math.max(1, asked)).toFixed(2)} %`,
    overtaken.toLocaleString('en'),
    overDial.toLocaleString('en'),
    isOurs ? `${idleSeconds.toFixed(1)} s` : '–',
    states.max === 0 ? '–' : `${states.mean.toFixed(1)} / ${states.max}`,
    measured.retriesPerCall.toFixed(2),
    placed === 0 ? '–' : ((1_000 * measured.usd) / placed).toFixed(2),
    ((1_000 * measured.usd) / Math.max(1, measured.requests)).toFixed(2),
  ];
}

/** The states of the shortest way to a call that any row had. */
export function uncontendedPath(results: readonly BurstResult[]): readonly string[] {
  const paths = results.map(({ measured }) => measured[0]?.shortestPath ?? []).filter(({ length }) => length > 0);
  return paths.sort((a, b) => a.length - b.length)[0] ?? [];
}
