import type { RequestDetail, RequestRow, WorldView } from '../protocol.ts';

/**
 * Position of each waiting row in the line of its queue, by execution.
 *
 * @param rows of the log: the newest ones, which are at the end of a longer line
 */
export function placesInLine(
  rows: readonly RequestRow[],
  queues: WorldView['queues'],
): ReadonlyMap<string, NonNullable<RequestDetail['inLine']>> {
  const places = new Map<string, NonNullable<RequestDetail['inLine']>>();
  const waiting = rows.flatMap(({ execution, line }) => (line ? [{ execution, ...line }] : []));
  for (const [queueId, some] of Map.groupBy(waiting, (one) => one.queueId)) {
    const inOrder = some.toSorted((a, b) => (a.place < b.place ? -1 : 1));
    const of = Math.max(inOrder.length, queues.find(({ id }) => id === queueId)?.requestsWaiting ?? 0);
    const before = of - inOrder.length;
    inOrder.forEach(({ execution }, index) => {
      places.set(execution, { place: before + index + 1, of });
    });
  }
  return places;
}
