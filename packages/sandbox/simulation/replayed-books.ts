import type { EntryOf, Moment } from './trace.ts';

/** The books of leases, as the trace tells them entry by entry. */
interface ReplayedBooks {
  /** Takes in what an entry says of leases. */
  apply(entry: EntryOf<'took'> | EntryOf<'kept'> | EntryOf<'gave-back'>): void;
  /** Until when the request's lease in a book counts; undefined where it has none. */
  untilOf(book: string, requestId: string): Moment | undefined;
  /** Agents or lines for which the leases count that count beyond a moment. */
  held(book: string, asOf: Moment): number;
}

export function replayedBooks(): ReplayedBooks {
  const books = new Map<string, Map<string, { until: Moment; missed?: true }>>();
  const bookOf = (name: string) => {
    const book = books.get(name) ?? new Map<string, { until: Moment; missed?: true }>();
    books.set(name, book);
    return book;
  };
  return {
    apply(entry) {
      if (entry.kind !== 'gave-back') bookOf(entry.book).set(entry.requestId, entry);
      else if (entry.book !== undefined) bookOf(entry.book).delete(entry.requestId);
    },
    untilOf: (book, requestId) => bookOf(book).get(requestId)?.until,
    held(book, asOf) {
      let count = 0;
      for (const { until, missed } of bookOf(book).values()) if (until > asOf) count += missed ? 2 : 1;
      return count;
    },
  };
}
