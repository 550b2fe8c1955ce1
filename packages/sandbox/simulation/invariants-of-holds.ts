import type { Expectations, Violation } from './invariants.ts';
import { isOfLeases, LINES, replayedBooks } from './replayed-books.ts';
import { type EntryOf, entriesOf, type InvocationId, type Moment, type Trace } from './trace.ts';

/**
 * What requests hold, according to the writes to their tables: never more than exists, returned only by its owner, and
 * not kept from others by those who cannot use it.
 */
export function checkHolds(trace: Trace, expectations: Expectations): Violation[] {
  return [...checkBooks(trace, expectations), ...checkOwners(trace), ...checkHoarding(trace)].sort(
    (a, b) => a.at - b.at,
  );
}

/**
 * Exact to one: by the reading, or the setting, by which each place was taken. Nobody may wait in Amazon Connect's own queue
 * (`agents.maxContactsWaiting` is 0).
 */
function checkBooks(trace: Trace, { maxConcurrentCalls, queueOf }: Expectations): Violation[] {
  const books = replayedBooks(trace);
  const readings = new Map<Moment, EntryOf<'reading'>>();
  return trace.flatMap((entry): Violation[] => {
    if (entry.kind === 'reading') readings.set(entry.readAt, entry);
    if (!isOfLeases(entry)) return [];
    books.apply(entry);
    if (entry.kind !== 'took') return [];
    const { at, requestId, book, asOf } = entry;
    const capacity = book === LINES ? maxConcurrentCalls : (readings.get(asOf)?.agents[queueOf(requestId) ?? ''] ?? 0);
    const held = books.held(book, asOf);
    if (capacity === null || held <= capacity) return [];
    const says = `took place ${held} of ${capacity} in ${book}`;
    return [{ invariant: 'capacity', at, requestIds: [requestId], says }];
  });
}

/**
 * Two functions work for no particular request: the release function may take back what it gave, and end the leases of calls; the
 * sweep releases what those held whose end it has recorded.
 */
function checkOwners(trace: Trace): Violation[] {
  const takenBy = new Map<string, InvocationId>();
  const owns = new Map(entriesOf(trace, 'arrived').map((entry) => [entry.requestId, entry.own]));
  const over = new Set<string>();
  const rang = new Set<string>();
  const ended = new Set<string>();
  return trace.flatMap((entry): Violation[] => {
    if (entry.kind === 'took') takenBy.set(`${entry.book} ${entry.requestId}`, entry.by);
    if (entry.kind === 'rang') rang.add(entry.requestId);
    if (entry.kind === 'outcome') ended.add(entry.requestId);
    if (entry.kind === 'line-over') over.add(entry.requestId);
    if (entry.kind !== 'gave-back' || entry.over) return [];
    const { at, requestId, what, book, contactId, by, worksFor } = entry;
    // A further call takes the number over, with the cool-down of the previous call.
    if (what === 'number' && over.has(requestId) && owns.get(worksFor)?.after === requestId) return [];
    if (rang.has(requestId) && (what === 'number' || what === 'count')) {
      const says = `lost its ${what}, although its phone rang: ${by.split(' ')[0]} gave it back`;
      return [{ invariant: 'owner', at, requestIds: [requestId], says }];
    }
    if (worksFor === requestId || (by.startsWith('sweepCalls ') && ended.has(requestId))) return [];
    const gaveIt = takenBy.get(`${book} ${requestId}`) === by;
    if (worksFor === '' && what === 'lease' && (gaveIt || contactId !== undefined)) return [];
    const says = `lost its ${what}, which ${by.split(' ')[0]} gave back for ${worksFor || 'nobody'}`;
    return [{ invariant: 'owner', at, requestIds: [requestId, ...(worksFor === '' ? [] : [worksFor])], says }];
  });
}

/** What is taken for waiting requests is released within this time, if something else is missing. */
const GIVEN_BACK_WITHIN_MS = 5_000;

/**
 * Waiting requests hold no agent, unless the function that took it for them met a fault. A request that was given a turn no longer
 * waits, even if a repeated write puts it into the waiting room once more.
 */
function checkHoarding(trace: Trace): Violation[] {
  const violations: Violation[] = [];
  const disturbed = new Set(entriesOf(trace, 'fault').map(({ by }) => by));
  const waiting = new Map<string, Moment>();
  const served = new Set<string>();
  const holding = new Map<string, EntryOf<'took'> | EntryOf<'tried'>>();

  function over(requestId: string, at: Moment): void {
    const [since, took] = [waiting.get(requestId), holding.get(requestId)];
    if (since === undefined || !took || disturbed.has(took.by)) return;
    const longest = Math.min(at, took.until) - Math.max(since, took.at);
    // A request that is sent to the waiting room holds nothing when it enters.
    if (longest <= (took.at < since ? 0 : GIVEN_BACK_WITHIN_MS)) return;
    const says = `waited for ${Math.round(longest / 1_000)} s with an agent that nobody else could have`;
    violations.push({ invariant: 'hoarded', at, requestIds: [requestId], says });
  }

  for (const entry of trace) {
    switch (entry.kind) {
      case 'entered-room':
        if (!served.has(entry.requestId)) waiting.set(entry.requestId, entry.at);
        break;
      case 'left-room':
      case 'turn':
        over(entry.requestId, entry.at);
        waiting.delete(entry.requestId);
        if (entry.kind === 'turn') served.add(entry.requestId);
        break;
      case 'tried':
      case 'took':
        if (entry.book !== LINES) holding.set(entry.requestId, entry);
        break;
      case 'gave-up':
        if (entry.book === LINES) break;
        over(entry.requestId, entry.at);
        holding.delete(entry.requestId);
        break;
      case 'gave-back':
        if (entry.what !== 'lease' || entry.book === LINES) break;
        over(entry.requestId, entry.at);
        holding.delete(entry.requestId);
        break;
    }
  }
  return violations;
}
