import type { CallLife } from './contact-chain.ts';

/**
 * What one call holds: an agent and an outside line, each until a moment (epoch milliseconds), or 0 for none.
 *
 * Its whole life, across all contacts of the call:
 *
 * | the call | its agent counts until | its line counts until |
 * | --- | --- | --- |
 * | is on trial, then holds its place | its deadline or five minutes, plus the time to ring | the same |
 * | takes a later turn | the same from that turn on | the same |
 * | rings, is answered, waits for an agent | 3 min after the last sign of it | `maxCallSeconds` after the last sign of it |
 * | is with an agent | the metrics certainly show the agent as busy | the same |
 * | is transferred | as before an agent took it | the same |
 * | is over | at once if it never reached the queue, else until the metrics show it | at once |
 *
 * A lease on trial already counts for everybody else; its own call continues only if the count, including its own, came out.
 */
export interface CallLease {
  requestId: string;
  /** It counts against the agents of this queue's pool. */
  queueId: string;
  agentUntil: number;
  lineUntil: number;
  /** Written, but not yet confirmed by the count. */
  trial?: true;
  /** The contact of the call. */
  contactId?: string;
  /** When the contact was created. */
  placedAt?: number;
  /** When to ask Amazon Connect about the call if no event has come; `NEVER` if everything is known. */
  lookAt?: number;
  /** When the call counts as lost if nothing more is heard of it. */
  lostAt?: number;
  /** Another agent has missed the call: the lease counts for both. */
  missed?: true;
}

/** The agents and lines available to a call. */
export interface Supply {
  /** Queues of the pool. */
  queueIds: readonly string[];
  /** How many calls the pool's agents can take, according to a reading. */
  agents: number;
  /** The time of that reading, which covers leases that had ended by then. */
  asOf: number;
  /** Number of lines; null for any number. */
  lines: number | null;
  now: number;
}

/** Changes to a lease. */
export type LeaseChange = Partial<
  Pick<CallLease, 'queueId' | 'agentUntil' | 'lineUntil' | 'contactId' | 'lookAt' | 'lostAt' | 'missed' | 'placedAt'>
>;

/** How long a call keeps its agent and its line while it is being placed. */
const PLACE_MS = 300_000;
/** From the start of ringing: ringing, greeting and queue, until an agent has the call. */
const CALL_SETUP_MS = 180_000;
/** When Amazon Connect is asked, and asked again, about a call without events. */
const FIRST_LOOK_MS = 60_000;
const LOOK_AGAIN_MS = 60_000;
/** When it is asked again whether a call goes on although all known contacts are over. */
const ASK_AGAIN_MS = 10_000;

/**
 * AGENTS_AVAILABLE may be 15 s old when it is read, the refresh interval of the console's reports and the metrics. Until then, an
 * agent who has taken a call may still be counted as available. The rest allows for clock differences. Any more would hide free
 * agents: a lease that outlasts the lag counts an agent who already counts as busy.
 * @see https://docs.aws.amazon.com/connect/latest/adminguide/real-time-metrics-definitions.html
 */
export const METRICS_LAG_MS = 15_250;

/** No function uses a reading of the agents for longer: its time-out, the reading's age, and clock differences. */
const READING_USED_MS = 45_000;

/** What is short if these leases, including the call's own, exceed what is available. */
export function missingFor(
  leases: Iterable<CallLease>,
  { queueIds, agents, asOf, lines, now }: Supply,
): 'agent' | 'line' | undefined {
  let [heldAgents, heldLines] = [0, 0];
  for (const { queueId, agentUntil, lineUntil, missed } of leases) {
    if (agentUntil > asOf && queueIds.includes(queueId)) heldAgents += missed ? 2 : 1;
    if (lineUntil > now) heldLines += 1;
  }
  if (heldAgents > agents) return 'agent';
  return lines !== null && heldLines > lines ? 'line' : undefined;
}

/** Whether Amazon Connect need not be asked about the call any more. */
export const NEVER = Number.MAX_SAFE_INTEGER;

/** Whether the lease no longer counts, however old the reading of the agents is. */
export const isPast = ({ agentUntil, lineUntil }: Pick<CallLease, 'agentUntil' | 'lineUntil'>, now: number): boolean =>
  agentUntil + READING_USED_MS <= now && lineUntil <= now;

/** Whether it has ended and the result of the call is known. Until then, only the lease leads to the call. */
export const isDone = (lease: CallLease, now: number): boolean =>
  isPast(lease, now) && (lease.contactId === undefined || lease.lookAt === NEVER);

/**
 * Until when agent and line count for a call placed at a moment, if nothing is heard of it. Not until its deadline, which may be hours
 * away for requests of a night.
 */
const placeUntil = (deadlineAt: string, at: number): number =>
  Math.min(Date.parse(deadlineAt), at + PLACE_MS) + CALL_SETUP_MS;

/** The lease of a call to be placed now. `deadlineAt` is in ISO 8601. */
export function leaseOf(
  { requestId, queueId, deadlineAt }: { requestId: string; queueId: string; deadlineAt: string },
  at: number,
): CallLease {
  const until = placeUntil(deadlineAt, at);
  return { requestId, queueId, agentUntil: until, lineUntil: until };
}

/** The call takes a later turn. */
export function onLaterTurn(deadlineAt: string, at: number): LeaseChange {
  const until = placeUntil(deadlineAt, at);
  return { agentUntil: until, lineUntil: until };
}

/** The phone rings. @param maxCallMs longest time without a sign of the call */
export const onceRinging = (contactId: string, at: number, maxCallMs: number): LeaseChange => ({
  agentUntil: at + CALL_SETUP_MS,
  contactId,
  placedAt: at,
  ...signOfLife(at, maxCallMs),
});

const signOfLife = (at: number, maxCallMs: number): Required<Pick<LeaseChange, 'lineUntil' | 'lostAt' | 'lookAt'>> => ({
  lineUntil: at + maxCallMs,
  lostAt: at + maxCallMs,
  lookAt: at + FIRST_LOOK_MS,
});

/** The stage's view of a lease's call. */
interface Holding {
  /** Longest time without a sign of the call. */
  maxCallMs: number;
  /** Queues whose agents are counted: calls waiting elsewhere hold none. */
  queueIds: readonly string[];
  /** False if it is only followed and holds nothing: the customer called, or an agent dialled. */
  holds: boolean;
  /** How many times faster than real time the stack runs. */
  speed?: number | undefined;
}

/** The changes to a lease that follow from the life of its call. */
export function onLife(life: CallLife, at: number, { maxCallMs, queueIds, holds, speed = 1 }: Holding): LeaseChange {
  const { endedAt, agentAt, agentSeenAt, waitsIn } = life;
  // Soon, unless its end is known by then.
  const next = endedAt === undefined ? signOfLife(at, maxCallMs) : { lineUntil: 0, lookAt: at + FIRST_LOOK_MS };
  if (!holds) return { agentUntil: 0, ...next, lineUntil: 0 };
  const counts = endedAt === undefined && life.wantsAgent && (waitsIn === undefined || queueIds.includes(waitsIn));
  const seenUntil = agentSeenAt === undefined ? 0 : agentSeenAt + Math.ceil(METRICS_LAG_MS / speed);
  return {
    agentUntil: counts ? Math.max(seenUntil, at + CALL_SETUP_MS) : seenUntil,
    ...(counts && waitsIn !== undefined && { queueId: waitsIn }),
    ...(life.missed && agentAt !== undefined && { missed: true as const }),
    ...next,
  };
}

/** Whether it is time to ask Amazon Connect about the call. */
export const isToBeLookedAt = (lease: CallLease, at: number): lease is CallLease & { contactId: string } =>
  lease.contactId !== undefined && (lease.lookAt ?? at + 1) <= at;

/** All known contacts are over, and Amazon Connect did not say whether the call continues in another. */
export const askedInVain = (at: number): LeaseChange => ({ lookAt: at + ASK_AGAIN_MS });

/** Amazon Connect did not answer. Not at the next run: contacts that can never be read would block those that can. */
export const onFailedLook = (at: number): LeaseChange => ({ lookAt: at + LOOK_AGAIN_MS });
