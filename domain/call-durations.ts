import type { CallRecord } from './call-record.ts';

/** How long the parts of a call took, in milliseconds; those that never came, or are not known, are missing. */
export interface CallDurations {
  /** From the click on the web site until Amazon Connect had accepted the call. */
  toPlaced?: number;
  /** From the click until somebody picked up. */
  toAnswered?: number;
  /** Until somebody picked up, or until Amazon Connect gave up. */
  rang?: number;
  /** What the customer heard before waiting for an agent. */
  announced?: number;
  /** In the queue, until an agent took the call or the customer left. */
  queued?: number;
  /** From the pick-up until an agent took the call, or the customer left. */
  waited?: number;
  /** From the click until an agent took the call. */
  toAgent?: number;
  talked?: number;
}

/** From the record of a call, over or not. */
export function callDurations(record: CallRecord): CallDurations {
  const { requestedAt, kind, outcome, placedAt, answeredAt, queuedAt, agentAt, endedAt } = record;
  const isOver = outcome !== 'call_placed' && outcome !== 'lost';
  const over = isOver ? endedAt : undefined;
  // Nobody was rung who called, and of an agent's own call nothing was asked for.
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

/** The times are of several machines, whose clocks differ: none of them is negative. */
const between = (from: string | undefined, to: string | undefined): number | undefined =>
  from === undefined || to === undefined ? undefined : Math.max(0, Date.parse(to) - Date.parse(from));
