import type { CallLife } from './contact-chain.ts';

/**
 * What one call holds: an agent and an outside line, each until a moment (epoch milliseconds), 0 where it holds none.
 *
 * Its whole life, over however many contacts the call goes on:
 *
 * | the call | its agent counts until | its line counts until |
 * | --- | --- | --- |
 * | is on trial, then holds its place | its deadline or five minutes, and the time to ring | the same |
 * | takes a later turn | the same from that turn on | the same |
 * | rings, is answered, waits for an agent | 3 min after the last sign of it | `maxCallSeconds` after the last sign of it |
 * | is with an agent | the metrics have surely seen the agent busy | the same |
 * | is transferred | as before an agent took it | the same |
 * | is over | at once if it never reached the queue, else until the metrics have seen it | at once |
 *
 * A lease on trial counts for everybody else already; its own call goes on only when the count, its own included, came out.
 */
export interface CallLease {
  requestId: string;
  /** The agents it counts against are those of this queue's pool. */
  queueId: string;
  agentUntil: number;
  lineUntil: number;
  /** Written, and not yet counted. */
  trial?: true;
  /** The contact the call became. */
  contactId?: string;
  /** When it became that contact. */
  placedAt?: number;
  /** When Amazon Connect should be asked what became of the call, if no event told it; `NEVER` when all is known. */
  lookAt?: number;
  /** When the call counts as lost, if nothing tells of it any more. */
  lostAt?: number;
  /** Another agent missed the call before: the lease counts for both. */
  missed?: true;
}

/** What there is for a call. */
export interface Supply {
  /** Queues of the pool. */
  queueIds: readonly string[];
  /** How many calls the pool's agents take, by a reading. */
  agents: number;
  /** The moment of that reading: leases that ended by then were seen by it. */
  asOf: number;
  /** How many lines there are; null for any number. */
  lines: number | null;
  now: number;
}

/** What changes in a lease. */
export type LeaseChange = Partial<
  Pick<CallLease, 'queueId' | 'agentUntil' | 'lineUntil' | 'contactId' | 'lookAt' | 'lostAt' | 'missed' | 'placedAt'>
>;

/** So long a call keeps its agent and its line for being asked for. */
const PLACE_MS = 300_000;
/** From the moment the phone rings on: ringing, greeting and the queue, until an agent has the call. */
const CALL_SETUP_MS = 180_000;
/** When Amazon Connect is asked what became of a call of which no event told, and asked again. */
const FIRST_LOOK_MS = 60_000;
const LOOK_AGAIN_MS = 60_000;
/** When it is asked again whether a call goes on whose contacts are over, as far as they are known. */
const ASK_AGAIN_MS = 10_000;

/**
 * AGENTS_AVAILABLE may be 15 s old when it is read: so often the console's reports and the metrics refresh. Until then an
 * agent who has taken a call may still be counted as available. The rest is for clocks that differ. Every bit more hides
 * agents who are free: a lease that outlasts the lag counts an agent who is counted as busy already.
 * @see https://docs.aws.amazon.com/connect/latest/adminguide/real-time-metrics-definitions.html
 */
export const METRICS_LAG_MS = 15_250;

/** No function works longer with a reading of the agents: its time-out, the reading's age, and clocks that differ. */
const READING_USED_MS = 45_000;

/** What is missing where these leases, the call's own among them, are more than there is. */
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

/** Amazon Connect need not be asked about the call any more. */
export const NEVER = Number.MAX_SAFE_INTEGER;

/** Is the lease one that nobody counts any more, however old the reading of the agents is? */
export const isPast = ({ agentUntil, lineUntil }: Pick<CallLease, 'agentUntil' | 'lineUntil'>, now: number): boolean =>
  agentUntil + READING_USED_MS <= now && lineUntil <= now;

/** Is it past, and nobody waits to learn what became of the call? Else it is all that leads there. */
export const isDone = (lease: CallLease, now: number): boolean =>
  isPast(lease, now) && (lease.contactId === undefined || lease.lookAt === NEVER);

/**
 * Until when agent and line of a call count that leaves at a moment, should nothing tell what became of it. Not until the
 * deadline, which lies hours away where a night is called.
 */
const placeUntil = (deadlineAt: string, at: number): number =>
  Math.min(Date.parse(deadlineAt), at + PLACE_MS) + CALL_SETUP_MS;

/** The lease of a call that is to leave now. `deadlineAt` is in ISO 8601. */
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

/** What the call of a lease is to the stage. */
interface Holding {
  /** Longest time without a sign of the call. */
  maxCallMs: number;
  /** Queues whose agents are counted: anyone who waits elsewhere holds none. */
  queueIds: readonly string[];
  /** False where it is followed only, and holds nothing: the customer called, or an agent dialled. */
  holds: boolean;
  /** How many times faster than the clock agents live. */
  speed?: number | undefined;
}

/** What the life of the call means for its lease. */
export function onLife(life: CallLife, at: number, { maxCallMs, queueIds, holds, speed = 1 }: Holding): LeaseChange {
  const { endedAt, agentAt, agentSeenAt, waitsIn } = life;
  // Soon, should nobody find out meanwhile how it ended.
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

/** Is it time to ask Amazon Connect what became of the call? */
export const isToBeLookedAt = (lease: CallLease, at: number): lease is CallLease & { contactId: string } =>
  lease.contactId !== undefined && (lease.lookAt ?? at + 1) <= at;

/** Every contact that is known is over, and Amazon Connect did not tell whether the call goes on in another. */
export const askedInVain = (at: number): LeaseChange => ({ lookAt: at + ASK_AGAIN_MS });

/** Amazon Connect did not answer. Not at the next run: contacts that can never be read would keep those out that can. */
export const onFailedLook = (at: number): LeaseChange => ({ lookAt: at + LOOK_AGAIN_MS });
