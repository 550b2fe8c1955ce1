import type { ValueMap } from './dynamodb/values.ts';
import { type AgentBook, LINES } from './replayed-books.ts';
import type { WriteSeen } from './simulated-dynamodb.ts';
import type { Happening, Moment, TraceRecorder } from './trace.ts';
import type { Caller } from './watch-guards.ts';

/** What a lease says about one book. */
interface Entry {
  book: string;
  until: Moment;
}

/** What an invocation has on trial. */
interface Trial {
  requestId: string;
  takenBy: string;
  /** Where its last count is in the trace, for each book; from then on it has its place, if the count succeeds. */
  places?: Map<string, { asOf: Moment; fill: (happening: Happening) => void }>;
}

/**
 * Records in the trace what happens to the leases of agents and lines, from the writes to their table and the
 * queries that count them: whatever an adapter means to do, this is what it did. A lease is recorded as two, one in the book of its
 * pool's agents and one in that of the lines.
 *
 * @param readingOf the moment of the reading of agents that an invocation has seen
 */
export function watchLeases(
  trace: TraceRecorder,
  pools: readonly AgentBook[],
  readingOf: (caller: Caller) => Moment | undefined,
) {
  const trials = new WeakMap<Caller, Trial>();

  const asOfIn = (book: string, caller: Caller): Moment =>
    book === LINES ? caller.now() : (readingOf(caller) ?? caller.now());

  function entriesOf(item: ValueMap | undefined): Entry[] {
    if (!item) return [];
    const pool = pools.find(({ queueIds }) => queueIds.includes(String(item.queueId)));
    return [
      { book: pool?.book ?? 'agents of no pool', until: Number(item.agentUntil) },
      { book: LINES, until: Number(item.lineUntil) },
    ].filter(({ until }) => until > 0);
  }

  /** All leases were read: a request that has one on trial has counted, maybe once more, because the response was lost. */
  function counted(caller: Caller | undefined): void {
    const trial = caller && trials.get(caller);
    if (!caller || !trial) return;
    const books = [...pools.map(({ book }) => book), LINES];
    trial.places = new Map(books.map((book) => [book, { asOf: asOfIn(book, caller), fill: trace.keepPlace() }]));
  }

  function confirmed(requestId: string, lease: ValueMap, caller: Caller): void {
    const trial = trials.get(caller);
    const places = trial?.takenBy === lease.takenBy ? trial?.places : undefined;
    trials.delete(caller);
    for (const { book, until } of entriesOf(lease)) {
      const { asOf, fill } = places?.get(book) ?? { asOf: asOfIn(book, caller), fill: trace.add };
      fill({ kind: 'took', requestId, book, until, asOf, by: caller.by });
    }
  }

  function changed(requestId: string, before: ValueMap | undefined, after: ValueMap | undefined, caller: Caller): void {
    const { by, worksFor } = caller;
    const left = new Map(entriesOf(after).map(({ book, until }) => [book, until]));
    const had = new Map(entriesOf(before).map(({ book, until }) => [book, until]));
    for (const [book, until] of had) {
      if (left.has(book)) continue;
      const over = until <= asOfIn(book, caller);
      const contact = before?.contactId === undefined ? {} : { contactId: String(before.contactId) };
      trace.add({ kind: 'gave-back', requestId, what: 'lease', book, ...contact, over, by, worksFor });
    }
    for (const [book, until] of left) {
      if (had.get(book) === until && before?.contactId === after?.contactId) continue;
      const missed = book !== LINES && after?.missed === true;
      trace.add({ kind: 'kept', requestId, book, until, ...(missed && { missed }) });
    }
  }

  return {
    counted,
    wrote({ before, after, by: caller }: Omit<WriteSeen<Caller>, 'table'>): void {
      if (!caller) return;
      const requestId = String((after ?? before)?.requestId);
      const { by } = caller;
      if (after?.trial) {
        trials.set(caller, { requestId, takenBy: String(after.takenBy) });
        for (const { book, until } of entriesOf(after)) trace.add({ kind: 'tried', requestId, book, until, by });
      } else if (before?.trial && after) confirmed(requestId, after, caller);
      else if (before?.trial) {
        trials.delete(caller);
        for (const { book } of entriesOf(before)) trace.add({ kind: 'gave-up', requestId, book, by });
      } else changed(requestId, before, after, caller);
    },
  };
}
