import type { CallRecord } from '../../../domain/call-record.ts';
import { violationsOf } from '../simulation/check-invariants.ts';
import type { Expectations } from '../simulation/invariants.ts';
import { LINES } from '../simulation/replayed-books.ts';
import { entriesOf, type Happening, type TraceEntry } from '../simulation/trace.ts';

/** 10:00 in Japan. */
export const START = Date.parse('2026-11-24T01:00:00.000Z');
export const MEMBERS = '00000000-0000-4000-8000-00000000c001';
export const VISITORS = '00000000-0000-4000-8000-00000000c002';
export const BOOK = 'agents:members+visitors';

/** Everybody waits for a visitors' agent, unless the name begins with "m". */
const queueOf = (requestId: string): string => (requestId.startsWith('m') ? MEMBERS : VISITORS);

/** What is expected where a test says nothing else. */
export const USUAL: Expectations = {
  coolDownMs: 0,
  missedPauseMs: 0,
  maxCallMs: 7_200_000,
  clockSkewMs: 0,
  maxAgeMs: 300_000,
  perSlot: 1,
  slotMs: 600_000,
  callWithinMs: 300_000,
  callsPerNumberPerDay: null,
  triesPerNumberPerDay: null,
  callsPerDay: null,
  retries: 0,
  maxConcurrentCalls: null,
  metricsLagMs: 15_000,
  quota: { callsPerSecond: 2, burst: 5 },
  pools: [{ book: BOOK, queueIds: [MEMBERS, VISITORS] }],
  queueOf,
  jitterMs: 10_000,
  idleMs: 14_000,
  openings: new Map(),
};

/** A happening at a second of the run. */
export type At = readonly [seconds: number, happening: Happening];

/** What the invariants of one name find, as its requests. */
export function foundOf(invariant: string, happenings: readonly At[], changes: Partial<Expectations> = {}): string[] {
  const trace: TraceEntry[] = happenings
    .map(([seconds, happening]) => ({ ...happening, at: START + seconds * 1_000 }))
    .sort((a, b) => a.at - b.at);
  const tables = { calls: [], guards: [], leases: [], waitingRoom: [] };
  return violationsOf(trace, tables, { ...USUAL, ...changes })
    .filter((violation) => violation.invariant === invariant)
    .map(({ requestIds }) => requestIds.join(' '));
}

/** A call that nobody answers is over so soon where a trace says nothing. */
const OVER_AFTER_MS = 1_000;

/**
 * A trace whose calls have everything that a call must have and that the trace does not tell: an end, a line and an agent until
 * then, and a record of it.
 */
export function lived(trace: readonly TraceEntry[]): { trace: TraceEntry[]; calls: CallRecord[] } {
  const overAt = new Map(entriesOf(trace, 'line-over').map(({ contactId, at }) => [contactId, at]));
  const lives = entriesOf(trace, 'rang').map(({ requestId, contactId, at }) => {
    const over = overAt.get(contactId) ?? at + OVER_AFTER_MS;
    const lease = [LINES, BOOK].flatMap((book): TraceEntry[] => [
      { kind: 'kept', requestId, book, until: over + 1, at },
      { kind: 'kept', requestId, book, until: 0, at: over },
    ]);
    const ended: TraceEntry[] = overAt.has(contactId)
      ? []
      : [
          { kind: 'call', contactId, state: 'ended', at: over },
          { kind: 'line-over', requestId, contactId, at: over },
        ];
    const record = { requestId, outcome: 'not_answered', status: 'ended', endedAt: new Date(over).toISOString() };
    return { entries: [...lease, ...ended], record: record as CallRecord };
  });
  return {
    trace: [...trace, ...lives.flatMap(({ entries }) => entries)].sort((a, b) => a.at - b.at),
    calls: lives.map(({ record }) => record),
  };
}

/** The times of entries are seconds of the run. */
const moment = (seconds: number): number => START + seconds * 1_000;

export const reading = (at: number, agents: Readonly<Record<string, number>>): At => [
  at,
  { kind: 'reading', readAt: moment(at), agents },
];
export const took = (at: number, requestId: string, by = 'checkQueue 1', asOf = 0, book = BOOK): At => [
  at,
  { kind: 'took', requestId, book, until: moment(1_000), asOf: moment(asOf), by },
];
export const gaveBack = (at: number, requestId: string, by: string, worksFor: string): At => [
  at,
  { kind: 'gave-back', requestId, what: 'lease', book: BOOK, over: false, by, worksFor },
];
export const enters = (at: number, requestId: string, place = `${at}`.padStart(9, '0')): At => [
  at,
  { kind: 'entered-room', requestId, queueId: queueOf(requestId), place, deadlineAt: moment(300) },
];
export const leaves = (at: number, requestId: string): At => [
  at,
  { kind: 'left-room', requestId, queueId: queueOf(requestId) },
];
export const invoked = (at: number, by: string, requestId = ''): At => [
  at,
  { kind: 'invoked', requestId, executionId: '', function: by.split(' ')[0] ?? '', by },
];
