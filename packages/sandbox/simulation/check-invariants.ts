import { countedIn } from '../../../adapters/shared-state/limit-counters.ts';
import { shortId } from '../../../adapters/shared-state/short-id.ts';
import { mayHaveRung, OUTCOMES, type Outcome } from '../../../domain/outcomes.ts';
import { callsIn, requestsIn } from './counted-requests.ts';
import type { Expectations, FinalTables, Invariant, Opening, Violation } from './invariants.ts';
import { checkAppointments } from './invariants-of-appointments.ts';
import { checkFinalOutcomes } from './invariants-of-calls.ts';
import { checkCapacity } from './invariants-of-capacity.ts';
import { checkHolds } from './invariants-of-holds.ts';
import { checkLines } from './invariants-of-lines.ts';
import { checkNumbers } from './invariants-of-numbers.ts';
import { checkTries } from './invariants-of-tries.ts';
import { checkWaiting } from './invariants-of-waiting.ts';
import { type EntryOf, entriesOf, type Moment, type Trace } from './trace.ts';

/**
 * Checks every step of a run and its end. Skewed clocks are allowed for in rules about time: by twice the
 * skew between two functions, and once between a function and the world.
 *
 * @returns the violations, the earliest first
 */
export function violationsOf(trace: Trace, tables: FinalTables, expectations: Expectations): Violation[] {
  const end = trace.at(-1)?.at ?? 0;
  return [
    ...checkRings(trace, expectations),
    ...checkOutcomes(trace, tables, end),
    ...checkPacing(trace, expectations),
    ...checkThrottled(trace, end),
    ...checkCapacity(trace, expectations),
    ...checkNumbers(trace, tables, expectations),
    ...checkLines(trace, tables, expectations),
    ...checkFinalOutcomes(trace, tables),
    ...checkHolds(trace, expectations),
    ...checkAppointments(trace, tables, expectations),
    ...checkTries(trace, tables, expectations),
    ...checkWaiting(trace, expectations),
    ...checkLeftovers(trace, tables, end),
  ].sort((a, b) => a.at - b.at);
}

/** A switch that people turn on and off: since when it has been on. */
type Switch = Moment | undefined;

/** How long a call-back may go out, counted from the moment at which it was promised. */
const promisedFor = (own: EntryOf<'arrived'>['own']): number | undefined =>
  own?.calledBackBy === undefined ? undefined : own.calledBackBy - own.notBefore;

function checkRings(trace: Trace, expectations: Expectations): Violation[] {
  const { clockSkewMs, maxAgeMs, slotMs, callWithinMs, openings } = expectations;
  const violations: Violation[] = [];
  const mustNotRing = new Map<string, string>();
  /** When a request came, or the time that its visitor chose, and for how long its call may go out from then on. */
  const wanted = new Map<string, { since: Moment; forMs: number }>();
  const rangByRequest = new Map<string, Moment>();
  /**
   * When startCall last checked the world for the request. An attempt that was given up continues, and may be the one that
   * calls.
   */
  const looked = new Map<string, { at: Moment; by: string }>();
  const givenUp = new Set<string>();
  const blocked = new Map<string, Moment>();
  let stopped: Switch;

  function ring(entry: EntryOf<'rang'>): void {
    const { at, requestId, phone, queueId } = entry;
    const accuse = (invariant: Invariant, says: string, ...others: string[]) =>
      violations.push({ invariant, at, requestIds: [...others, requestId], says });
    const wasOnBefore = (since: Switch, moment: Moment) => since !== undefined && since <= moment;
    const lookedAt = looked.get(requestId)?.at ?? at;

    const first = rangByRequest.get(requestId);
    if (first !== undefined) accuse('one call', `rang ${seconds(at - first)} after its first call`);
    const why = mustNotRing.get(requestId);
    if (why !== undefined) accuse('wrong number', `must not ring: ${why}`);
    if (wasOnBefore(blocked.get(phone), lookedAt)) accuse('blocked', 'was blocked before startCall looked');
    if (wasOnBefore(stopped, lookedAt)) accuse('stopped', 'calling was stopped before startCall looked');
    const isOpen = ({ from, to }: Opening) => lookedAt >= from - clockSkewMs && lookedAt < to + clockSkewMs;
    if (openings.get(queueId)?.some(isOpen) === false) accuse('closed', 'the queue was closed when startCall looked');
    // A request that came while the queue was closed may wait for its opening, from which the deadline is then counted.
    const { since: wantedAt, forMs: inTimeMs } = wanted.get(requestId) ?? { since: at, forMs: maxAgeMs };
    const inTime = (since: Moment, forMs: number) =>
      since >= wantedAt && since <= lookedAt && lookedAt <= since + forMs + clockSkewMs;
    const afterOpening = (openings.get(queueId) ?? []).some(({ from }) => inTime(from, callWithinMs));
    if (!inTime(wantedAt, inTimeMs) && !afterOpening)
      accuse('too late', `startCall looked ${seconds(lookedAt - wantedAt)} after the request`);
    rangByRequest.set(requestId, first ?? at);
  }

  for (const entry of trace) {
    switch (entry.kind) {
      case 'arrived':
        wanted.set(entry.requestId, {
          since: entry.own?.notBefore ?? entry.callAt ?? entry.at,
          forMs: promisedFor(entry.own) ?? (entry.callAt === undefined ? maxAgeMs : slotMs),
        });
        if (entry.mustNotRing !== undefined) mustNotRing.set(entry.requestId, entry.mustNotRing);
        break;
      case 'rang':
        ring(entry);
        break;
      case 'looked':
        if (entry.by.startsWith('startCall ') && !givenUp.has(looked.get(entry.requestId)?.by ?? '')) {
          looked.set(entry.requestId, entry);
        }
        break;
      case 'fault':
        if (entry.fault === 'answerLost' && entry.by !== undefined) givenUp.add(entry.by);
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
        // The result of a call is reported later, and more about it later still.
        const isMore = knownBy(now) > 0 && knownBy(now) >= knownBy(before) && knownBy(before) >= 0;
        if (before !== undefined && before !== now && !isMore) {
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
  const rang = requestsOfContacts(trace);
  for (const [requestId, now] of outcomes) {
    const saysSo = CALLED.test(now);
    if (rang.has(requestId) && !saysSo) {
      violations.push({ invariant: 'honest outcome', at: end, requestIds: [requestId], says: `rang, and is ${now}` });
    }
    if (!rang.has(requestId) && saysSo && !now.startsWith('call_unconfirmed ')) {
      violations.push({
        invariant: 'honest outcome',
        at: end,
        requestIds: [requestId],
        says: `never rang, and is ${now}`,
      });
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
 * No period has more turns than the burst plus what the rate allows in it: the generic cell rate algorithm once
 * more, from the outside. A turn counts at the moment that the schedule of turns says, not until when the state machine waits: that
 * is in whole seconds, and may have passed before the turn was taken.
 */
function checkPacing(trace: Trace, { quota: { callsPerSecond, burst }, clockSkewMs }: Expectations): Violation[] {
  const interval = 1_000 / callsPerSecond;
  const saved = burst * interval + 2 * clockSkewMs;
  let full = Number.NEGATIVE_INFINITY;
  const violations: Violation[] = [];
  const reserved = entriesOf(trace, 'turn-reserved');
  for (const { at, turnAt } of reserved.toSorted((a, b) => a.turnAt - b.turnAt)) {
    full = Math.max(full, turnAt) + interval;
    if (full - turnAt <= saved) continue;
    const says = `is one turn more than ${burst} at once and ${callsPerSecond} a second`;
    // The schedule knows no requests; the next request that gets a turn is the one, or close to it.
    const told = trace.find((entry): entry is EntryOf<'turn'> => entry.kind === 'turn' && entry.at >= at);
    violations.push({ invariant: 'pacing', at: turnAt, requestIds: told ? [told.requestId] : [], says });
  }
  return [...violations, ...checkTurnsTold(trace)];
}

/** Every turn that a request gets was taken from the schedule. */
function checkTurnsTold(trace: Trace): Violation[] {
  let left = 0;
  return trace.flatMap((entry): Violation[] => {
    if (entry.kind === 'turn-reserved') left += 1;
    if (entry.kind !== 'turn') return [];
    left -= 1;
    const { at, requestId } = entry;
    return left < 0
      ? [{ invariant: 'pacing', at, requestIds: [requestId], says: 'was told a turn that nobody took' }]
      : [];
  });
}

/** Outcomes of requests whose phone may have rung. */
const CALLED = new RegExp(`^(?:${(Object.keys(OUTCOMES) as Outcome[]).filter(mayHaveRung).join('|')}) `);

/**
 * How much an outcome reveals about a call: more may become known, never less. Undefined if it may not have rung.
 */
function knownBy(outcome = ''): number {
  if (!CALLED.test(outcome)) return -1;
  const levels = [/^call_/, /^lost /, /^(?:not_answered|busy|failed_to_connect) /, /^(?:abandoned|no_key_pressed) /];
  const level = levels.findIndex((names) => names.test(outcome));
  return level < 0 ? levels.length : level;
}

/** A few may be: the clocks by which the pace is kept differ. */
const FEW = 3;

function checkThrottled(trace: Trace, end: Moment): Violation[] {
  const asked = entriesOf(trace, 'asked');
  const refused = asked.filter(({ result }) => result === 'TooManyRequestsException');
  const byFault = entriesOf(trace, 'fault').filter(({ fault }) => fault === 'startThrottled').length;
  const throttled = refused.length - byFault;
  if (throttled <= Math.max(FEW, asked.length / 100)) return [];
  const says = `is the last of those that were throttled: ${throttled} of ${asked.length}`;
  return [{ invariant: 'throttled', at: end, requestIds: [refused.at(-1)?.requestId ?? ''], says }];
}

function checkLeftovers(trace: Trace, { calls, guards, leases, waitingRoom }: FinalTables, end: Moment): Violation[] {
  const rang = requestsOfContacts(trace);
  const called = new Set([...rang].map(shortId));
  const unconfirmed = new Set(
    calls.flatMap(({ requestId, outcome }) => (outcome === 'call_unconfirmed' ? [requestId] : [])),
  );
  for (const requestId of unconfirmed) called.add(shortId(requestId));
  const requests = new Map(entriesOf(trace, 'arrived').map(({ requestId }) => [shortId(requestId), requestId]));
  const inVain = (ids: Iterable<string>): Violation[] =>
    [...ids]
      .filter((id) => !called.has(id))
      .map((id) => ({
        invariant: 'counted in vain',
        at: end,
        requestIds: [requests.get(id) ?? id],
        says: 'still counts against a limit of calls',
      }));
  return [
    ...guards.flatMap((item): Violation[] => {
      const id = String(item.guardId);
      if (id.startsWith('limit#day#')) return inVain(requestsIn(item));
      if (!id.startsWith('phone#')) return [];
      const counted = [...callsIn(item).values()].flatMap(inVain);
      // Nothing reports when an unconfirmed number may be called again: its hold runs out. No other hold may.
      const isOver = Number(item.until) <= end && unconfirmed.has(String(item.requestId));
      if (item.requestId === undefined || item.coolingDown === true || isOver) return counted;
      return [
        ...counted,
        { invariant: 'held number', at: end, requestIds: [String(item.requestId)], says: 'still holds its number' },
      ];
    }),
    ...wrongTotals(guards, end),
    ...leases.flatMap((item) => liveLease(item, rang, end)),
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

function liveLease(item: Readonly<Record<string, unknown>>, rang: ReadonlySet<string>, end: Moment): Violation[] {
  const requestId = String(item.requestId);
  const held = [
    ...(Number(item.agentUntil) > end ? ['an agent'] : []),
    ...(Number(item.lineUntil) > end ? ['a line'] : []),
  ];
  if (held.length === 0) return [];
  const says = `still holds ${held.join(' and ')}, ${rang.has(requestId) ? 'after its call' : 'without a call'}`;
  return [{ invariant: 'leases', at: end, requestIds: [requestId], says }];
}

/**
 * A total that differs from its shards refuses somebody wrongly, or admits somebody. That of a minute may differ: if a request
 * ends while it is being counted, nobody updates it.
 */
function wrongTotals(guards: FinalTables['guards'], end: Moment): Violation[] {
  const counts = new Map<string, { total: number; oneByOne: number }>();
  for (const item of guards) {
    const [, limit, part] = /^(limit#day#[^#]*)#(.*)$/.exec(String(item.guardId)) ?? [];
    if (limit === undefined) continue;
    const { total, oneByOne } = counts.get(limit) ?? { total: 0, oneByOne: 0 };
    counts.set(limit, {
      total: part === 'total' ? countedIn(item) : total,
      oneByOne: oneByOne + requestsIn(item).size,
    });
  }
  return [...counts]
    .filter(([, { total, oneByOne }]) => total !== oneByOne)
    .map(([limit, { total, oneByOne }]) => {
      const says = `${limit} counts ${total} in all, and ${oneByOne} one by one`;
      return { invariant: 'counted in vain', at: end, requestIds: [], says };
    });
}

const requestsOfContacts = (trace: Trace): ReadonlySet<string> =>
  new Set(trace.flatMap((entry) => (entry.kind === 'rang' ? [entry.requestId] : [])));

const seconds = (milliseconds: number): string => `${(milliseconds / 1_000).toFixed(1)} s`;
