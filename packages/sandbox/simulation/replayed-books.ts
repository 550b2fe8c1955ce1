import type { StageSettings } from '../../../domain/stage-settings.ts';
import type { EntryOf, Moment, Trace, TraceEntry } from './trace.ts';

/** The leases of one pool's agents, as the trace names them. */
export interface AgentBook {
  book: string;
  queueIds: readonly string[];
}

/** The leases of outside lines. */
export const LINES = 'lines';

/** The books of a stage's pools. */
export const booksOf = ({ agents, connect }: Pick<StageSettings, 'agents' | 'connect'>): AgentBook[] =>
  agents.pools.map((names) => ({
    book: `agents:${names.join('+')}`,
    queueIds: names.flatMap((name) => connect.queues[name] ?? []),
  }));

interface Place {
  until: Moment;
  missed?: true;
}

type LeaseEntry = EntryOf<'tried' | 'gave-up' | 'took' | 'kept' | 'gave-back'>;

const OF_LEASES: ReadonlySet<string> = new Set<LeaseEntry['kind']>(['tried', 'gave-up', 'took', 'kept', 'gave-back']);

export const isOfLeases = (entry: TraceEntry): entry is LeaseEntry => OF_LEASES.has(entry.kind);

/** The books of leases, reconstructed from the trace entry by entry. */
interface ReplayedBooks {
  /** Applies what an entry says about leases. */
  apply(entry: LeaseEntry): void;
  /** Until when the request's lease in a book counts; undefined if it has none. */
  untilOf(book: string, requestId: string): Moment | undefined;
  /** Agents or lines for which the leases count that are still valid after a moment. */
  held(book: string, asOf: Moment): number;
}

/**
 * What is on trial does not count, unless a function that met a fault left it behind: a function that meets none takes it, or returns
 * up.
 */
export function replayedBooks(trace: Trace): ReplayedBooks {
  const isLeftBehind = leftBehindIn(trace);
  const books = new Map<string, Map<string, Place>>();
  const bookOf = (name: string) => {
    const book = books.get(name) ?? new Map<string, Place>();
    books.set(name, book);
    return book;
  };
  return {
    apply(entry) {
      const { kind, book, requestId } = entry;
      if (book === undefined) return;
      if (kind === 'gave-back' || kind === 'gave-up') bookOf(book).delete(requestId);
      else if (kind !== 'tried' || isLeftBehind(entry)) bookOf(book).set(requestId, entry);
    },
    untilOf: (book, requestId) => bookOf(book).get(requestId)?.until,
    held(book, asOf) {
      let count = 0;
      for (const { until, missed } of bookOf(book).values()) if (until > asOf) count += missed ? 2 : 1;
      return count;
    },
  };
}

function leftBehindIn(trace: Trace): (entry: EntryOf<'tried'>) => boolean {
  const disturbed = new Set<string>();
  const finished = new Set<string>();
  const keyOf = ({ by, requestId, book }: EntryOf<'tried' | 'gave-up' | 'took'>) => `${by} ${requestId} ${book}`;
  for (const entry of trace) {
    if (entry.kind === 'fault' && entry.by !== undefined) disturbed.add(entry.by);
    if (entry.kind === 'took' || entry.kind === 'gave-up') finished.add(keyOf(entry));
  }
  return (entry) => disturbed.has(entry.by) && !finished.has(keyOf(entry));
}
