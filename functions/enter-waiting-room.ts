import { dynamoDocuments } from '../adapters/dynamodb.ts';
import { readEnvironment } from '../adapters/function-environment.ts';
import { lambdaHandler } from '../adapters/lambda.ts';
import { type ReleaseQueue, sqsClient, sqsReleaseQueue } from '../adapters/release-queue.ts';
import { dynamoSharedState, type SharedState } from '../adapters/shared-state/shared-state.ts';
import { dynamoWaitingRoom, placeOf, type WaitingRoom } from '../adapters/waiting-room.ts';
import { documentsOf } from '../domain/call-document.ts';
import type { Waiting } from '../domain/call-state.ts';

interface Dependencies {
  room: Pick<WaitingRoom, 'enter'>;
  ticks: Pick<SharedState['ticks'], 'chain' | 'advance'>;
  queue: ReleaseQueue;
  now: () => Date;
}

interface Input {
  token: string;
  state: Waiting;
}

/** The first tick comes soon, as an agent may have become free since the queue was checked. */
const FIRST_TICK_SECONDS = 1;

/**
 * All requests that waited for opening time arrive in the seconds after it, in any order. Longer than the steps before the line take,
 * so that those who asked first are called first.
 */
const GATHERING_MS = 10_000;

/**
 * Puts the request in line, and makes sure that the release function runs.
 * @returns its place, for information: the state machine continues with the token's output
 */
export function enterWaitingRoom({ room, ticks, queue, now }: Dependencies) {
  return async function enterWaitingRoom({ token, state: { request } }: Input): Promise<{ place: string }> {
    const { requestId, deadlineAt, opensAt } = request;
    const place = placeOf(request);
    const notBefore = opensAt && new Date(Date.parse(opensAt) + GATHERING_MS).toISOString();
    await room.enter({
      queueId: request.queue.id,
      place,
      requestId,
      token,
      deadlineAt,
      ...(notBefore && { notBefore }),
    });
    const at = now().getTime();
    if ((await ticks.chain(at)) === 'alive') return { place };
    const tickAt = at + FIRST_TICK_SECONDS * 1000;
    // Sent first: a tick that is not stored still starts the chain, while one that is stored but was never sent would prevent
    // others from starting it.
    await queue.send({ tickAt }, FIRST_TICK_SECONDS);
    await ticks.advance(undefined, tickAt, at);
    return { place };
  };
}

const { settings, guardsTable, leasesTable, waitingRoomTable, releaseQueue } = readEnvironment();
const documents = dynamoDocuments();
const { ticks } = dynamoSharedState({ guardsTable, leasesTable, keptDays: settings.recordRetentionDays }, documents);
const sqs = sqsClient();

export const handler = lambdaHandler(
  () => 'WaitForAgent',
  function onWaiting({ token, state }: Record<string, unknown>, { invokedFunctionArn }) {
    const read = documentsOf('WaitForAgent');
    return enterWaitingRoom({
      room: dynamoWaitingRoom(waitingRoomTable, documents),
      ticks,
      queue: sqsReleaseQueue(invokedFunctionArn, releaseQueue, sqs),
      now: () => new Date(),
    })({ token: read.text(token, 'token'), state: read.toWait(state) });
  },
);
