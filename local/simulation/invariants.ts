import type { CallRecord } from '../../domain/call-record.ts';
import type { EntryOf, Moment, Trace, TraceEntry } from './trace.ts';

/** What must hold, whatever goes wrong. */
export const INVARIANTS = {
  'one outcome': 'Every request has exactly one outcome, or its event is a dead letter.',
  'one call': 'No request rings twice.',
  'cool-down': 'No telephone number rings twice within the cool-down.',
  'wrong number': 'No number rings that must not: a refused kind, a stale or forged request.',
  blocked: 'No number rings that was blocked before startCall looked.',
  stopped: 'No phone rings that startCall looked after while calling was stopped.',
  closed: 'No phone rings outside the opening and the calling hours.',
  pacing: 'The turns given out never exceed the quota, over any stretch of time.',
  'open record': 'An execution that ends leaves no open record.',
  'held number': 'At the end no number is held, except by a cool-down.',
  leases: 'At the end no agent and no line is held.',
  'waiting room': 'At the end nobody is left in the waiting room.',
} as const satisfies Record<string, string>;

export type Invariant = keyof typeof INVARIANTS;

/** One thing that happened and must not. */
export interface Violation {
  invariant: Invariant;
  at: Moment;
  /** The requests it concerns. */
  requestIds: readonly string[];
  says: string;
}

/** What the invariants must know of the world that was simulated. */
export interface Expectations {
  coolDownMs: number;
  /** Clocks of functions are off by at most so much, in either direction. */
  clockSkewMs: number;
  /** Amazon Connect's rate of StartOutboundVoiceContact. */
  quota: { callsPerSecond: number; burst: number };
  /** Queue id → when its phones may ring: inside its opening hours and the calling hours. Any time where it is missing. */
  openings: ReadonlyMap<string, readonly Opening[]>;
}

/** From a moment on, until another. */
export interface Opening {
  from: Moment;
  to: Moment;
}

/** The tables as the run left them. */
export interface FinalTables {
  calls: readonly CallRecord[];
  /** Items of the guards table. */
  guards: readonly Readonly<Record<string, unknown>>[];
  /** Items of the waiting room. */
  waitingRoom: readonly Readonly<Record<string, unknown>>[];
}

/**
 * Checks every step of a run and its end. Clocks that are off are allowed for where a rule is about time: by twice the
 * skew between two functions, by once between a function and the world.
 *
 * @returns the violations, the earliest first
 */
export function violationsOf(trace: Trace, tables: FinalTables, expectations: Expectations): Violation[] {
  const end = trace.at(-1)?.at ?? 0;
  return [
    ...checkRings(trace, expectations),
    ...checkOutcomes(trace, tables, end),
    ...checkPacing(trace, expectations),
    ...checkLeftovers(trace, tables, end),
  ].sort((a, b) => a.at - b.at);
}

/** A switch that people turn on and off: since when it is on. */
type Switch = Moment | undefined;

function checkRings(trace: Trace, expectations: Expectations): Violation[] {
  const { coolDownMs, clockSkewMs, openings } = expectations;
  const violations: Violation[] = [];
  const mustNotRing = new Map<string, string>();
  const rangByRequest = new Map<string, Moment>();
  const rangByPhone = new Map<string, EntryOf<'rang'>>();
  /** When startCall last began to look at the world for the request. */
  const looked = new Map<string, Moment>();
  const blocked = new Map<string, Moment>();
  let stopped: Switch;

  function ring(entry: EntryOf<'rang'>): void {
    const { at, requestId, phone, queueId } = entry;
    const accuse = (invariant: Invariant, says: string, ...others: string[]) =>
      violations.push({ invariant, at, requestIds: [...others, requestId], says });
    const wasOnBefore = (since: Switch, moment: Moment) => since !== undefined && since <= moment;
    const lookedAt = looked.get(requestId) ?? at;

    const first = rangByRequest.get(requestId);
    if (first !== undefined) accuse('one call', `rang ${seconds(at - first)} after its first call`);
    const last = rangByPhone.get(phone);
    if (last && last.requestId !== requestId && at - last.at < coolDownMs - 2 * clockSkewMs) {
      accuse('cool-down', `the number rang ${seconds(at - last.at)} before`, last.requestId);
    }
    const why = mustNotRing.get(requestId);
    if (why !== undefined) accuse('wrong number', `must not ring: ${why}`);
    if (wasOnBefore(blocked.get(phone), lookedAt)) accuse('blocked', 'was blocked before startCall looked');
    if (wasOnBefore(stopped, lookedAt)) accuse('stopped', 'calling was stopped before startCall looked');
    const isOpen = ({ from, to }: Opening) => lookedAt >= from - clockSkewMs && lookedAt < to + clockSkewMs;
    if (openings.get(queueId)?.some(isOpen) === false) accuse('closed', 'the queue was closed when startCall looked');
    rangByRequest.set(requestId, first ?? at);
    rangByPhone.set(phone, entry);
  }

  for (const entry of trace) {
    switch (entry.kind) {
      case 'arrived':
        if (entry.mustNotRing !== undefined) mustNotRing.set(entry.requestId, entry.mustNotRing);
        break;
      case 'rang':
        ring(entry);
        break;
      case 'invoked':
        if (entry.function === 'startCall') looked.set(entry.requestId, entry.at);
        break;
      case 'stopped':
        stopped ??= entry.at;
        break;
      case 'resumed':
        stopped = undefined;
        break;
      case 'blocked':
        if (!blocked.has(entry.phone)) blocked.set(entry.phone, entry.at);
        break;
      case 'unblocked':
        blocked.delete(entry.phone);
        break;
    }
  }
  return violations;
}

function checkOutcomes(trace: Trace, { calls }: FinalTables, end: Moment): Violation[] {
  const violations: Violation[] = [];
  const outcomes = new Map<string, string>();
  const deadLetters = new Set<string>();
  const arrived: string[] = [];
  const openExecutions = new Map<string, string>();
  const ended = new Map<string, Moment>();
  for (const entry of trace) {
    switch (entry.kind) {
      case 'arrived':
        arrived.push(entry.requestId);
        break;
      case 'dead-letter':
        deadLetters.add(entry.requestId);
        break;
      case 'outcome': {
        const { at, requestId } = entry;
        const [before, now] = [outcomes.get(requestId), `${entry.outcome} (${entry.reason})`];
        if (before !== undefined && before !== now) {
          violations.push({ invariant: 'one outcome', at, requestIds: [requestId], says: `${before} became ${now}` });
        }
        outcomes.set(requestId, now);
        break;
      }
      case 'delivered':
        openExecutions.set(entry.executionId, entry.requestId);
        break;
      case 'execution-ended':
        openExecutions.delete(entry.executionId);
        ended.set(entry.executionId, entry.at);
        break;
    }
  }
  const unsettled = new Set(openExecutions.values());
  for (const requestId of arrived) {
    if (outcomes.has(requestId) || deadLetters.has(requestId)) continue;
    const says = unsettled.has(requestId) ? 'its execution never ended' : 'has neither outcome nor dead letter';
    violations.push({ invariant: 'one outcome', at: end, requestIds: [requestId], says });
  }
  for (const { requestId, executionId, status } of calls) {
    const at = ended.get(executionId);
    if (status === 'ended' || at === undefined) continue;
    violations.push({ invariant: 'open record', at, requestIds: [requestId], says: `its record says ${status}` });
  }
  return violations;
}

/**
 * No stretch of time has more turns than the burst and what the rate allows in it: the generic cell rate algorithm once
 * more, from the outside. A turn counts in its own second, because Step Functions drops the milliseconds of a Wait.
 */
function checkPacing(trace: Trace, { quota: { callsPerSecond, burst } }: Expectations): Violation[] {
  const turns = trace.filter((entry): entry is EntryOf<'turn'> => entry.kind === 'turn');
  const interval = 1_000 / callsPerSecond;
  let full = Number.NEGATIVE_INFINITY;
  const violations: Violation[] = [];
  for (const { turnAt, requestId } of turns.toSorted((a, b) => a.turnAt - b.turnAt)) {
    full = Math.max(full, turnAt) + interval;
    if (full - turnAt <= burst * interval) continue;
    const says = `is one turn more than ${burst} at once and ${callsPerSecond} a second`;
    violations.push({ invariant: 'pacing', at: turnAt, requestIds: [requestId], says });
  }
  return violations;
}

function checkLeftovers(trace: Trace, { guards, waitingRoom }: FinalTables, end: Moment): Violation[] {
  const rang = requestsOfContacts(trace);
  return [
    ...guards.flatMap((item): Violation[] => {
      const id = String(item.guardId);
      if (id.startsWith('leases#')) return liveLeases(item, rang, end);
      if (!id.startsWith('phone#') || item.coolingDown === true || Number(item.until) <= end) return [];
      return [
        { invariant: 'held number', at: end, requestIds: [String(item.requestId)], says: 'still holds its number' },
      ];
    }),
    ...waitingRoom.map(
      ({ requestId }): Violation => ({
        invariant: 'waiting room',
        at: end,
        requestIds: [String(requestId)],
        says: 'is still in the waiting room',
      }),
    ),
  ];
}

function liveLeases(item: Readonly<Record<string, unknown>>, rang: ReadonlySet<string>, end: Moment): Violation[] {
  const leases = (item.leases ?? {}) as Record<string, { until: number }>;
  const book = String(item.guardId).slice('leases#'.length);
  return Object.entries(leases).flatMap(([requestId, { until }]): Violation[] => {
    if (until <= end) return [];
    const says = `still holds a place in ${book}, ${rang.has(requestId) ? 'after its call' : 'without a call'}`;
    return [{ invariant: 'leases', at: end, requestIds: [requestId], says }];
  });
}

const requestsOfContacts = (trace: Trace): ReadonlySet<string> =>
  new Set(trace.flatMap((entry) => (entry.kind === 'rang' ? [entry.requestId] : [])));

const seconds = (milliseconds: number): string => `${(milliseconds / 1_000).toFixed(1)} s`;

/** What concerns one of the requests, or the whole stage: a violation's story. */
export function storyOf(trace: Trace, requestIds: readonly string[]): TraceEntry[] {
  const phones = new Set<string>();
  const contacts = new Set<string>();
  return trace.filter((entry) => {
    if (entry.kind === 'stopped' || entry.kind === 'resumed') return true;
    if (entry.kind === 'call') return contacts.has(entry.contactId);
    if (entry.kind === 'blocked' || entry.kind === 'unblocked') return phones.has(entry.phone);
    if (!('requestId' in entry) || entry.requestId === undefined || !requestIds.includes(entry.requestId)) return false;
    if (entry.kind === 'arrived') phones.add(entry.phone);
    if (entry.kind === 'rang') contacts.add(entry.contactId);
    return true;
  });
}
