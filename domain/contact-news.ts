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

/**
 * AGENTS_AVAILABLE may be 15 s old when it is read: so often the console's reports and the metrics refresh. Until then an
 * agent who has taken a call may still be counted as available. The rest is for clocks that differ. Every bit more hides
 * agents who are free: a lease that outlasts the lag counts an agent who is counted as busy already.
 * @see https://docs.aws.amazon.com/connect/latest/adminguide/real-time-metrics-definitions.html
 */
export const METRICS_LAG_MS = 15_250;

/**
 * For so long a contact is offered to an agent. Whoever waited longer, although an agent was free when the phone rang, was
 * first offered to one who did not take the call and is not available any more.
 * @see https://repost.aws/knowledge-center/connect-calculate-agent-non-response
 */
const OFFERED_MS = 20_000;

/** What the news mean for what the request holds: the moment until which each counts; 0 gives it back now. */
interface LeaseEnds {
  agentUntil?: number;
  lineUntil?: number;
  /** True where another agent missed the call before, whom the metrics may count as free until then. */
  missed?: true;
}

/**
 * An agent's lease ends when the metrics have surely seen the agent busy, or missing a call that ended in the queue; at once
 * if the call never reached the queue. The outside line is free when the contact is over.
 */
export function leaseEnds({ queuedAt, agentAt, endedAt }: ContactNews): LeaseEnds {
  const line = endedAt !== undefined && ({ lineUntil: 0 } as const);
  if (agentAt !== undefined) {
    const missed = queuedAt !== undefined && agentAt - queuedAt >= OFFERED_MS;
    return { agentUntil: agentAt + METRICS_LAG_MS, ...(missed && { missed }), ...line };
  }
  if (endedAt === undefined) return {};
  return { agentUntil: queuedAt === undefined ? 0 : endedAt + METRICS_LAG_MS, ...line };
}
