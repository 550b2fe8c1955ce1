/** What Amazon Connect has told of a contact. Times are epoch milliseconds. */
export interface ContactNews {
  /** When the customer began to wait for an agent. */
  queuedAt?: number;
  /** When an agent took the call. */
  agentAt?: number;
  /** When the contact was over. */
  endedAt?: number;
}

/**
 * News from times as Amazon Connect gives them: texts or dates. A time that never came is missing, unreadable, or stands at
 * the beginning of 1970, as in one of the service's own samples.
 */
export function contactNewsOf(times: { [Time in keyof ContactNews]?: Date | string | undefined }): ContactNews {
  const queuedAt = realTime(times.queuedAt);
  const agentAt = realTime(times.agentAt);
  const endedAt = realTime(times.endedAt);
  return {
    ...(queuedAt !== undefined && { queuedAt }),
    ...(agentAt !== undefined && { agentAt }),
    ...(endedAt !== undefined && { endedAt }),
  };
}

const A_DAY_MS = 24 * 60 * 60_000;

function realTime(time: Date | string | undefined): number | undefined {
  const at = time === undefined ? Number.NaN : new Date(time).getTime();
  return at > A_DAY_MS ? at : undefined;
}
