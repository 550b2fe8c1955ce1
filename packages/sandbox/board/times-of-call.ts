import type { CallRecord } from '../../../domain/call-record.ts';

/** How long the parts of a call took, in milliseconds; those that never came, or are not known, are missing. */
export interface TimesOfCall {
  /** From the click on the web site until Amazon Connect called. */
  toRing?: number;
  /** Until somebody picked up, or until Amazon Connect gave up. */
  rang?: number;
  /** From the pick-up until an agent took the call, or the customer left. */
  waited?: number;
  talked?: number;
}

/** From the record of a call, over or not. */
export function timesOfCall({
  kind,
  outcome,
  requestedAt,
  placedAt,
  answeredAt,
  agentAt,
  endedAt,
}: CallRecord): TimesOfCall {
  const isOver = outcome !== 'call_placed' && outcome !== 'lost';
  const over = isOver ? endedAt : undefined;
  const times = {
    toRing: kind === undefined ? between(requestedAt, placedAt) : undefined,
    rang:
      kind === undefined ? between(placedAt, answeredAt ?? (outcome === 'not_answered' ? over : undefined)) : undefined,
    waited: between(answeredAt, agentAt ?? over),
    talked: between(agentAt, over),
  };
  return Object.fromEntries(Object.entries(times).filter(([, ms]) => ms !== undefined));
}

/** The times are of several clocks: none of them is negative. */
const between = (from: string | undefined, to: string | undefined): number | undefined =>
  from === undefined || to === undefined ? undefined : Math.max(0, Date.parse(to) - Date.parse(from));
