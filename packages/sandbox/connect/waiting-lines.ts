/** Waiting entries, in one line for each queue. An entry that is added again goes to the end. */
export function waitingLines<T>() {
  /** In the order of arrival, each with an increasing number. */
  const lines = new Map<string, Map<T, number>>();
  const queueOf = new Map<T, string>();
  let came = 0;

  function leave(one: T): void {
    const queueId = queueOf.get(one);
    if (queueId === undefined) return;
    queueOf.delete(one);
    lines.get(queueId)?.delete(one);
  }

  return {
    leave,
    /** Leaves the line for a moment. @returns takes the old place again */
    stepOut(one: T): () => void {
      const queueId = queueOf.get(one);
      const line = queueId === undefined ? undefined : lines.get(queueId);
      const place = line?.get(one);
      leave(one);
      return () => {
        if (queueId === undefined || place === undefined) return;
        const again = [...(line ?? []), [one, place] as const].sort(([, a], [, b]) => a - b);
        lines.set(queueId, new Map(again));
        queueOf.set(one, queueId);
      };
    },
    enter(one: T, queueId: string): void {
      leave(one);
      const line = lines.get(queueId) ?? new Map<T, number>();
      lines.set(queueId, line);
      line.set(one, came);
      queueOf.set(one, queueId);
      came += 1;
    },
    /** The longest waiting among the queues that are served. */
    first(isServed: (queueId: string) => boolean): T | undefined {
      let longest: [T, number] | undefined;
      for (const [queueId, line] of lines) {
        const [head] = line;
        if (head && (!longest || head[1] < longest[1]) && isServed(queueId)) longest = head;
      }
      return longest?.[0];
    },
    /** All, the longest waiting first. */
    all: (): T[] =>
      [...lines.values()]
        .flatMap((line) => [...line])
        .sort(([, a], [, b]) => a - b)
        .map(([one]) => one),
  };
}

export type WaitingLines<T> = ReturnType<typeof waitingLines<T>>;
