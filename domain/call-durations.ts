import type { CallRecord } from './call-record.ts';

/** Durations of the parts of a call, in milliseconds; those that never happened or are unknown are missing. */
export interface CallDurations {
  /** From the click on the website until Amazon Connect accepted the call. */
  toPlaced?: number;
  /** From the click until the call was answered. */
  toAnswered?: number;
  /** Until the call was answered, or Amazon Connect gave up. */
  rang?: number;
  /** What the customer heard before waiting for an agent. */
  announced?: number;
  /** In the queue, until an agent took the call or the customer left. */
  queued?: number;
  /** From the answer until an agent took the call, or the customer left. */
  waited?: number;
  /** From the click until an agent took the call. */
  toAgent?: number;
  talked?: number;
}

/** From the record of a call, whether or not it is over. */
export function callDurations(record: CallRecord): CallDurations {
  const { requestedAt, kind, outcome, placedAt, answeredAt, queuedAt, agentAt, endedAt } = record;
  const isOver = outcome !== 'call_placed' && outcome !== 'lost';
  const over = isOver ? endedAt : undefined;
  // Inbound callers were not rung, and an agent's own call has no request.
  const rung = kind === undefined ? placedAt : undefined;
  const durations = {
    toPlaced: between(requestedAt, rung),
    toAnswered: rung === undefined ? undefined : between(requestedAt, answeredAt),
    rang: between(rung, answeredAt ?? (outcome === 'not_answered' ? over : undefined)),
    announced: between(answeredAt, queuedAt ?? agentAt),
    queued: between(queuedAt, agentAt ?? over),
    waited: between(answeredAt, agentAt ?? over),
    toAgent: between(requestedAt, agentAt),
    talked: between(agentAt, over),
  };
  return Object.fromEntries(Object.entries(durations).filter(([, ms]) => ms !== undefined));
}

/** Never negative, although the times come from several machines with different clocks. */
const between = (from: string | undefined, to: string | undefined): number | undefined =>
  from === undefined || to === undefined ? undefined : Math.max(0, Date.parse(to) - Date.parse(from));
