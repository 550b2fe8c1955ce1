import type { Logger } from '@aws-lambda-powertools/logger';
import type { Reading } from '../../adapters/shared-state/shared-readings.ts';
import type { SharedState } from '../../adapters/shared-state/shared-state.ts';
import type { TaskTokens } from '../../adapters/task-tokens.ts';
import { cameBefore, type Waiter, type WaitingRoom } from '../../adapters/waiting-room.ts';
import { whyNotNow } from '../../domain/admission.ts';
import { NO_LONGER_WAITING } from '../../domain/call-end.ts';
import type { CallLease } from '../../domain/call-lease.ts';
import type { Turn } from '../../domain/call-state.ts';
import { CallError, endingOfFailure, retryOfError } from '../../domain/errors.ts';
import { closingTime } from '../../domain/opening-hours.ts';
import type { Ending } from '../../domain/outcomes.ts';
import { departureAt, paceOf } from '../../domain/pacing.ts';
import { poolOf } from '../../domain/pools.ts';
import type { Limits, StageSettings } from '../../domain/stage-settings.ts';
import type { ConnectReadings } from './connect-readings.ts';
import { takePlace } from './take-place.ts';

interface Dependencies {
  stage: Pick<StageSettings, 'agents' | 'callingHours' | 'connect' | 'limits' | 'pacing'>;
  shared: Pick<SharedState, 'leases' | 'controls' | 'turns'>;
  room: WaitingRoom;
  readings: ConnectReadings;
  tokens: TaskTokens;
  now: () => Date;
  log: Pick<Logger, 'info'>;
}

/** The part of a queue's line that has been read. */
interface Line {
  queueId: string;
  waiters: Waiter[];
}

/** Page size for reading a line. */
const PAGE = 25;
/** A run ends after this; the next tick continues. */
const MAX_RUN_MS = 6_000;

/**
 * Serves the lines of all queues in order of arrival across queues, until nothing is free any more.
 * @returns how many left the room
 */
export async function serveLines(dependencies: Dependencies): Promise<number> {
  const { stage, shared, room, readings, now } = dependencies;
  const endOfRun = now().getTime() + MAX_RUN_MS;
  let lines = await Promise.all(
    Object.values(stage.connect.queues).map((queueId) => lineInTime(queueId, endOfRun, dependencies)),
  );
  if (lines.every(({ waiters }) => waiters.length === 0)) return 0;
  const { stopped, limits: changed } = await shared.controls.read();
  if (stopped) return sendAllAway(lines, endOfRun, dependencies);
  const limits = { ...stage.limits, ...changed };
  const agents = await readings.agents();

  const [leases, nextTurn] = await Promise.all([shared.leases.all(), shared.turns.next()]);
  const known = { leases, nextTurn };
  let left = 0;
  for (const { line, waiter } of await alreadyGivenAnAgent(lines, leases, agents.readAt, shared)) {
    const answer = await serve(waiter, agents, limits, known, dependencies);
    if (answer !== 'served') continue;
    left += 1;
    line.waiters = line.waiters.filter((other) => other !== waiter);
  }
  while (now().getTime() < endOfRun) {
    const line = oldestFirst(lines);
    const waiter = line?.waiters[0];
    if (!line || !waiter) break;
    if (waiter.notBefore !== undefined && new Date(waiter.notBefore) > now()) {
      // Queues that share the agents wait behind the night's requests, too.
      const { queueIds } = poolOf(stage, line.queueId);
      lines = lines.filter(({ queueId }) => !queueIds.includes(queueId));
      continue;
    }
    const answer = await serve(waiter, agents, limits, known, dependencies);
    if (answer === 'nothing free') break;
    if (answer === 'no agent') {
      // Another queue may have free agents.
      lines = lines.filter((other) => other !== line);
      continue;
    }
    left += 1;
    line.waiters.shift();
    if (line.waiters.length === 0) line.waiters = await room.nextInLine(line.queueId, PAGE, waiter.place);
  }
  return left;
}

/**
 * The first of a line whose deadline has not passed. Expired ones are removed before anything can fail, as the ticks continue while
 * anybody is in the room.
 */
async function lineInTime(queueId: string, endOfRun: number, { room, now }: Dependencies): Promise<Line> {
  for (;;) {
    const waiters = await room.nextInLine(queueId, PAGE);
    const late = waiters.filter(({ deadlineAt }) => new Date(deadlineAt) <= now());
    await Promise.all(late.map(({ place, token }) => room.leave(queueId, place, token)));
    if (late.length === 0 || now().getTime() >= endOfRun) {
      return { queueId, waiters: waiters.filter((waiter) => !late.includes(waiter)) };
    }
  }
}

/**
 * Those in line who already hold an agent, because a run or checkQueue died after taking one. They come first, as nobody else can have
 * that agent, not even those in front of them. If it died before the count came out, the lease on trial is given back.
 */
async function alreadyGivenAnAgent(
  lines: readonly Line[],
  leases: readonly CallLease[],
  asOf: number,
  shared: Pick<SharedState, 'leases'>,
): Promise<{ line: Line; waiter: Waiter }[]> {
  const byRequest = new Map(leases.map((lease) => [lease.requestId, lease]));
  const holders = lines.flatMap((line) =>
    line.waiters.flatMap((waiter) => {
      const lease = byRequest.get(waiter.requestId);
      return lease ? [{ line, waiter, lease }] : [];
    }),
  );
  const onTrial = holders.filter(({ lease }) => lease.trial);
  await Promise.all(onTrial.map(({ lease }) => shared.leases.giveBackTrial(lease.requestId)));
  return holders.filter(({ lease }) => !lease.trial && lease.agentUntil > asOf);
}

/** Releases the first of a line, if everything that a call needs is free. */
async function serve(
  waiter: Waiter,
  agents: Reading<Record<string, number>>,
  limits: Limits,
  known: { leases: CallLease[]; nextTurn: number },
  dependencies: Dependencies,
): Promise<'served' | 'no agent' | 'nothing free'> {
  const { stage, room, readings, tokens, now, log } = dependencies;
  const { requestId, queueId, place, token, deadlineAt } = waiter;
  if (new Date(deadlineAt) <= now()) {
    // Its execution times out by itself.
    await room.leave(queueId, place, token);
    return 'served';
  }
  const queue = await readings.queue(queueId).catch(lastingFault);
  if ('outcome' in queue) {
    await sendAway(waiter, queue, dependencies);
    return 'served';
  }
  const closed = whyNotNow(queue, stage.callingHours, now());
  if (closed) {
    const ending: Ending =
      closed.outcome === 'queue_closed' ? { outcome: 'queue_closed', reason: 'closed_meanwhile' } : closed;
    await sendAway(waiter, ending, dependencies);
    return 'served';
  }
  const taken = await takePlace(waiter, agents, limits, dependencies, known);
  if ('missing' in taken) return taken.missing === 'agent' ? 'no agent' : 'nothing free';

  const closesAt = closingTime(queue.openingHours, stage.callingHours, now());
  const turn: Turn = {
    ...departureAt(taken.turnAt),
    queueArn: queue.queueArn,
    ...(closesAt && { closesAt: closesAt.toISOString() }),
  };
  const told = await tokens.succeed(token, turn);
  // What the request held before belongs to an earlier answer.
  if (told === 'gone') await taken.giveBack();
  // A lease from before is already included.
  else if (!known.leases.some((lease) => lease.requestId === requestId)) known.leases.push(taken.lease);
  // A lower bound, as others take turns, too.
  known.nextTurn += paceOf(stage.pacing).interval;
  await room.leave(queueId, place, token);
  log.info('waited long enough', { requestId, told, turnAt: turn.at });
  return 'served';
}

/** Ends a request like CheckQueue if only an operator can fix the fault; other errors are left to the next tick. */
function lastingFault(error: unknown): Ending {
  if (error instanceof CallError && retryOfError(error.name) === 'none') {
    return endingOfFailure('CheckQueue', error.name);
  }
  throw error;
}

/** The emergency stop also applies to waiting requests. */
async function sendAllAway(lines: readonly Line[], endOfRun: number, dependencies: Dependencies): Promise<number> {
  const { room, now } = dependencies;
  let left = 0;
  for (let { queueId, waiters } of lines) {
    while (waiters.length > 0 && now().getTime() < endOfRun) {
      await Promise.all(
        waiters.map((waiter) => sendAway(waiter, { outcome: 'calling_disabled', reason: 'stopped' }, dependencies)),
      );
      left += waiters.length;
      waiters = await room.nextInLine(queueId, PAGE, waiters.at(-1)?.place);
    }
  }
  return left;
}

async function sendAway(waiter: Waiter, ending: Ending, { room, tokens, log }: Dependencies): Promise<void> {
  await tokens.fail(waiter.token, NO_LONGER_WAITING, ending);
  await room.leave(waiter.queueId, waiter.place, waiter.token);
  log.info('sent away', { requestId: waiter.requestId, ...ending });
}

/** The line whose first request has waited longest. */
function oldestFirst(lines: readonly Line[]): Line | undefined {
  let oldest: { line: Line; place: string } | undefined;
  for (const line of lines) {
    const place = line.waiters[0]?.place;
    if (place !== undefined && (!oldest || cameBefore(place, oldest.place))) oldest = { line, place };
  }
  return oldest?.line;
}
