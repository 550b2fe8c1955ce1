import type { Guards } from '../../adapters/guards/guards.ts';
import type { Reading } from '../../adapters/guards/shared-readings.ts';
import { paceOf } from '../../domain/pacing.ts';
import { findPool, LINES, poolOf } from '../../domain/pools.ts';
import type { Limits, StageSettings } from '../../domain/stage-settings.ts';

/**
 * How far ahead turns are given out. Whoever would have to wait longer waits in the waiting room, where calling can still
 * be stopped and the order of arrival is kept. Longer than two ticks of the release function.
 */
const TURN_HORIZON_MS = 10_000;

/** From the moment the phone rings on: ringing, greeting and the queue, until an agent has the call. */
export const CALL_SETUP_MS = 180_000;

/** So long a call keeps its agent and its line for being asked for. */
const PLACE_MS = 300_000;

/**
 * Until when (epoch milliseconds) agent and line of a call count, should nothing tell what became of it. Not until the
 * deadline, which lies hours away where a night is called.
 */
const placeUntil = (deadlineAt: string, at: number): number =>
  Math.min(Date.parse(deadlineAt), at + PLACE_MS) + CALL_SETUP_MS;

interface PlaceDependencies {
  stage: Pick<StageSettings, 'agents' | 'connect' | 'pacing'>;
  guards: Pick<Guards, 'books' | 'turns'>;
  now: () => Date;
}

/**
 * What a call was given, or what there is none of. `turnAt` is in epoch milliseconds; `giveBack` returns what was taken now,
 * and leaves alone what the request had before.
 */
type Place = { turnAt: number; giveBack: () => Promise<void> } | { missing: 'line' | 'agent' | 'turn' };

/**
 * Takes an agent, an outside line and a turn for a call: all or nothing. Each is one conditional write that the request
 * may repeat; what was taken by this call is given back where the next thing is missing. The agent comes first: whoever
 * holds one is served first, so that a function that dies in between keeps a line from nobody.
 *
 * @param agents how many agents Amazon Connect counted as available, and when
 * @param nextTurn of the row of turns, as far as it is known
 */
export async function takePlace(
  { requestId, queueId, deadlineAt }: { requestId: string; queueId: string; deadlineAt: string },
  agents: Reading<Record<string, number>>,
  { maxConcurrentCalls }: Limits,
  { stage, guards: { books, turns }, now }: PlaceDependencies,
  nextTurn?: number,
): Promise<Place> {
  const until = placeUntil(deadlineAt, now().getTime());
  const taken: string[] = [];
  const has = async (book: string, capacity: number, asOf: number): Promise<boolean> => {
    const answer = await books.take(book, requestId, capacity, until, asOf);
    if (answer === 'taken') taken.push(book);
    return answer !== 'full';
  };
  const giveBack = async (): Promise<void> => {
    await Promise.all(taken.map((book) => books.release(book, requestId)));
  };
  const without = async (missing: 'line' | 'turn'): Promise<Place> => {
    await giveBack();
    return { missing };
  };

  const capacity = (agents.value[queueId] ?? 0) + stage.agents.maxContactsWaiting;
  if (capacity < 1 || !(await has(poolOf(stage, queueId).book, capacity, agents.readAt))) return { missing: 'agent' };
  if (maxConcurrentCalls !== null && !(await has(LINES, maxConcurrentCalls, now().getTime()))) return without('line');
  const at = now().getTime();
  const latest = Math.min(at + TURN_HORIZON_MS, Date.parse(deadlineAt));
  const pace = paceOf(stage.pacing);
  const turnAt = await turns.take(pace, at + pace.lead, latest, nextTurn);
  return turnAt === undefined ? without('turn') : { turnAt, giveBack };
}

/** Keeps agent and line for a call that takes a later turn. */
export async function keepPlace(
  { requestId, queueId, deadlineAt }: { requestId: string; queueId: string; deadlineAt: string },
  at: number,
  { stage, books }: { stage: Pick<StageSettings, 'agents' | 'connect'>; books: Guards['books'] },
): Promise<void> {
  const lease = { until: placeUntil(deadlineAt, at) };
  await Promise.all([poolOf(stage, queueId).book, LINES].map((book) => books.keep(book, requestId, lease)));
}

/**
 * Gives line and agent back; a turn cannot be given back. A queue that was taken out of the stage since then has no pool any
 * more, and its book is not looked at.
 */
export async function leavePlace(
  { requestId, queueId }: { requestId: string; queueId: string },
  { stage, guards: { books } }: { stage: Pick<StageSettings, 'agents' | 'connect'>; guards: Pick<Guards, 'books'> },
): Promise<void> {
  const pool = findPool(stage, queueId);
  await Promise.all([pool && books.release(pool.book, requestId), books.release(LINES, requestId)]);
}
