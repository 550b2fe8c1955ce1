import type { CallRecord } from '../../domain/call-record.ts';

/** How long each part of a call took, in milliseconds; those that never came, or are not known, are missing. */
export interface CallDurations {
  /** From the request until Amazon Connect had accepted its call. */
  toPlaced?: number;
  /** From there until the phone was picked up. */
  rang?: number;
  /** What the customer heard before waiting for an agent. */
  announced?: number;
  /** How long the customer waited in the queue for an agent. */
  queued?: number;
  /** From the request until an agent took the call. */
  toAgent?: number;
  /** From then until the call was over. */
  talked?: number;
}

/** The times are of several machines, whose clocks differ: none of them is negative. */
const between = (from: string | undefined, to: string | undefined): number | undefined =>
  from === undefined || to === undefined ? undefined : Math.max(0, Date.parse(to) - Date.parse(from));

export function callDurations(record: CallRecord): CallDurations {
  const { requestedAt, kind, placedAt, answeredAt, queuedAt, agentAt, endedAt, outcome } = record;
  const isOver = outcome !== 'call_placed';
  const all = {
    toPlaced: kind === undefined ? between(requestedAt, placedAt) : undefined,
    rang: between(placedAt, answeredAt),
    announced: between(answeredAt, queuedAt ?? agentAt),
    queued: between(queuedAt, agentAt ?? (isOver ? endedAt : undefined)),
    toAgent: between(requestedAt, agentAt),
    talked: isOver ? between(agentAt, endedAt) : undefined,
  };
  return Object.fromEntries(Object.entries(all).filter(([, ms]) => ms !== undefined));
}
