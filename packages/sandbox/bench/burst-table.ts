import type { Row } from './burst-rows.ts';
import type { Target } from './burst-targets.ts';
import type { Measured } from './measure-burst.ts';

/** A row with its measurements. */
export interface BurstResult {
  row: Row;
  measured: readonly Measured[];
  targets: readonly Target[];
}

/** Header of the table; docs/performance.md says what each column counts. */
export const COLUMNS = [
  'approach',
  'placed',
  'twice',
  'wait',
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

/** The cells of one approach, in the order of the columns. */
export function cellsOf(measured: Measured): string[] {
  const { way, placed, seconds, idealSeconds, asked, throttled, overtaken, overDial, idleSeconds, states } = measured;
  const isOurs = way === 'this project' || way === 'no state delay';
  return [
    way,
    placed.toLocaleString('en'),
    measured.extraCalls.toLocaleString('en'),
    `${measured.waitSeconds.median.toFixed(1)} / ${measured.waitSeconds.longest.toFixed(1)} s`,
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

/** Remarks on the figures of a row, in sentences. */
export function remarksOn({ row, measured }: BurstResult): string[] {
  const [ours] = measured;
  const undelayed = measured.find(({ way }) => way === 'no state delay');
  return [
    ...(row.note === undefined ? [] : [row.note]),
    ...(row.aim === 'one at a time' && ours && undelayed ? [partOfTheStates(row, ours, undelayed)] : []),
    ...(row.aim === 'refused ring time-out' && ours ? [refusals(ours)] : []),
    ...(row.aim === 'missed calls' && ours ? [meetings(row, ours)] : []),
  ];
}

function partOfTheStates({ scenario }: Row, ours: Measured, undelayed: Measured): string {
  const [all, rest] = [ours.waitSeconds.median, undelayed.waitSeconds.median];
  const [low, high] = scenario.delays.stateSeconds;
  return `Of this project's median wait of ${all.toFixed(1)} s, ${(all - rest).toFixed(1)} s are the assumed delay of ${low}–${high} s before each state. That delay is inferred, neither documented nor measured; without it the wait is ${rest.toFixed(1)} s.`;
}

const meetings = ({ scenario }: Row, { metNobody, placed }: Measured): string =>
  `Of ${placed.toLocaleString('en')} calls, about ${Math.round(placed * scenario.customers.missed)} were missed by the first agent; ${metNobody} other customers reached the queue while no agent was free.`;

const refusals = ({ asked, rejected, throttled, turns }: Measured): string =>
  `Requests to Amazon Connect: ${asked.toLocaleString('en')}, with ${turns.toLocaleString('en')} turns taken; refused for the option: ${rejected.toLocaleString('en')}; throttled: ${throttled.toLocaleString('en')}.`;

/** How many requests ended in which way, if that is what a row is about. */
export function endingsOf({ row, measured: [ours] }: BurstResult): { rows: string[][]; sentence: string } | undefined {
  if (!ours || (row.aim !== 'defaults' && row.aim !== 'night')) return undefined;
  const { median, longest } = ours.refusedAfterSeconds;
  return {
    rows: Object.entries(ours.outcomes).map(([ending, count]) => [count.toLocaleString('en'), ending]),
    sentence: `Requests that got no call ended after ${median.toFixed(1)} s (median), ${longest.toFixed(1)} s at most.`,
  };
}

/** The states of the shortest path to a call in any row. */
export function uncontendedPath(results: readonly BurstResult[]): readonly string[] {
  const paths = results.map(({ measured }) => measured[0]?.shortestPath ?? []).filter(({ length }) => length > 0);
  return paths.sort((a, b) => a.length - b.length)[0] ?? [];
}
