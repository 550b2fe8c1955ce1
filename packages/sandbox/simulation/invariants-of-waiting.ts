import { mayHaveRung, type Outcome } from '../../../domain/outcomes.ts';
import type { Expectations, Violation } from './invariants.ts';
import { checkIdleness } from './invariants-of-idleness.ts';
import { replayedBooks } from './replayed-books.ts';
import type { EntryOf, InvocationId, Moment, Trace } from './trace.ts';

/** What waiting requests may expect: their place in line, any free agent, and another attempt while there is time. */
export function checkWaiting(trace: Trace, expectations: Expectations): Violation[] {
  return [
    ...checkOrder(trace, expectations),
    ...checkIdleness(trace, expectations),
    ...checkTriedAgain(trace, expectations),
  ].sort((a, b) => a.at - b.at);
}

type Waiter = EntryOf<'entered-room'>;

/**
 * Whenever an agent is given to a request, no earlier request waits for an agent of the same pool that could have had
 * one by the very reading it was given by. A request that joined the line while the function was running was not seen by it.
 */
function checkOrder(trace: Trace, { pools, jitterMs, clockSkewMs }: Expectations): Violation[] {
  const violations: Violation[] = [];
  const books = replayedBooks(trace);
  const readings = new Map<Moment, EntryOf<'reading'>>();
  const began = new Map<InvocationId, Moment>();
  const delivered = new Map<string, Moment>();
  const waiting = new Map<string, Waiter>();
  /** Since when each book has had no more leases than now: one that was returned meanwhile was not free before. */
  const lastGivenBack = new Map<string, Moment>();
  const queueIds = new Map(pools.map((pool) => [pool.book, pool.queueIds]));

  /** A customer who was promised a call keeps the place in line; any other further call counts as of when it is due. */
  const placeInTime = ({ calledBackBy, after, notBefore }: NonNullable<EntryOf<'arrived'>['own']>): Moment =>
    (calledBackBy === undefined ? undefined : delivered.get(after)) ?? notBefore;

  function isEarlier(other: Waiter, { requestId }: EntryOf<'took'>): boolean {
    const own = waiting.get(requestId);
    if (own) return other.place < own.place;
    const [mine, others] = [delivered.get(requestId), delivered.get(other.requestId)];
    return mine !== undefined && others !== undefined && others + jitterMs + 2 * clockSkewMs < mine;
  }

  function take(entry: EntryOf<'took'>): void {
    const { at, requestId, book, asOf, by } = entry;
    const inPool = queueIds.get(book);
    const start = began.get(by) ?? at;
    if (!inPool || (lastGivenBack.get(book) ?? 0) >= start) return;
    const held = books.held(book, asOf);
    for (const other of waiting.values()) {
      if (other.requestId === requestId || !inPool.includes(other.queueId)) continue;
      if (other.at >= start || other.deadlineAt <= at + clockSkewMs || !isEarlier(other, entry)) continue;
      const isServed = (books.untilOf(book, other.requestId) ?? 0) > asOf;
      if (isServed || held >= (readings.get(asOf)?.agents[other.queueId] ?? 0)) continue;
      const says = `was given an agent before one who has been in line for ${Math.round((at - other.at) / 1_000)} s`;
      violations.push({ invariant: 'overtaken', at, requestIds: [other.requestId, requestId], says });
      return;
    }
  }

  for (const entry of trace) {
    switch (entry.kind) {
      case 'reading':
        readings.set(entry.readAt, entry);
        break;
      case 'invoked':
        began.set(entry.by, entry.at);
        break;
      case 'arrived':
        // A customer who chose a time came at that time.
        if (entry.callAt !== undefined) delivered.set(entry.requestId, entry.callAt);
        if (entry.own !== undefined) delivered.set(entry.requestId, placeInTime(entry.own));
        break;
      case 'delivered':
        if (!delivered.has(entry.requestId)) delivered.set(entry.requestId, entry.at);
        break;
      case 'entered-room':
        waiting.set(entry.requestId, entry);
        break;
      case 'left-room':
        waiting.delete(entry.requestId);
        break;
      case 'tried':
      case 'gave-up':
        books.apply(entry);
        break;
      case 'took':
        take(entry);
        books.apply(entry);
        break;
      case 'kept':
        // One that ends earlier than it would have is as good as returned.
        if (entry.until < (books.untilOf(entry.book, entry.requestId) ?? 0)) lastGivenBack.set(entry.book, entry.at);
        books.apply(entry);
        break;
      case 'gave-back':
        if (entry.book !== undefined) lastGivenBack.set(entry.book, entry.at);
        books.apply(entry);
        break;
    }
  }
  return violations;
}

const THROTTLED = 'TooManyRequestsException';
/** The latest turn after a throttled attempt, the steps until then and their retries. */
const LATER_TURN_WITHIN_MS = 60_000;
/** Endings after which nothing is to be tried again, however much time there is. */
const ENDED_OTHERWISE: ReadonlySet<string> = new Set([
  'calling_disabled',
  'number_blocked',
  'number_held',
  'queue_closed',
  'duplicate',
]);

/** A request whose every attempt was throttled is not given up as long as there is time for another and the execution is alive. */
function checkTriedAgain(trace: Trace, { maxAgeMs }: Expectations): Violation[] {
  const arrived = new Map<string, Moment>();
  const throttled = new Set<string>();
  const answered = new Set<string>();
  const cutShort = new Set<string>();
  for (const entry of trace) {
    if (entry.kind === 'execution-ended' && entry.status !== 'SUCCEEDED' && entry.status !== 'FAILED') {
      cutShort.add(entry.requestId);
    }
  }
  return trace.flatMap((entry): Violation[] => {
    if (entry.kind === 'arrived') arrived.set(entry.requestId, entry.callAt ?? entry.at);
    if (entry.kind === 'asked') (entry.result === THROTTLED ? throttled : answered).add(entry.requestId);
    if (entry.kind !== 'outcome' || ENDED_OTHERWISE.has(entry.outcome)) return [];
    if (mayHaveRung(entry.outcome as Outcome)) return [];
    const { at, requestId, outcome, reason } = entry;
    // The queue closed, as for any other request.
    if (reason === 'closed_again' || (outcome === 'appointment_missed' && reason !== 'not_in_time')) return [];
    const left = (arrived.get(requestId) ?? at) + maxAgeMs - at;
    const onlyThrottled = throttled.has(requestId) && !answered.has(requestId) && !cutShort.has(requestId);
    if (!onlyThrottled || left < LATER_TURN_WITHIN_MS) return [];
    const says = `was only throttled, and ended as ${outcome} (${reason}) ${Math.round(left / 1_000)} s before its deadline`;
    return [{ invariant: 'tried again', at, requestIds: [requestId], says }];
  });
}
