import { SFNClient } from '@aws-sdk/client-sfn';
import type { Context, SQSEvent } from 'aws-lambda';
import { dynamoCallsTable } from '../adapters/calls-table.ts';
import { amazonConnect } from '../adapters/connect.ts';
import { connectContacts } from '../adapters/connect-contacts.ts';
import { dynamoDocuments } from '../adapters/dynamodb.ts';
import { readEnvironment } from '../adapters/function-environment.ts';
import { lambdaHandler } from '../adapters/lambda.ts';
import { logger } from '../adapters/logging.ts';
import { measure } from '../adapters/measure.ts';
import { PATIENCE } from '../adapters/patience.ts';
import { type ReleaseMessage, type ReleaseQueue, sqsClient, sqsReleaseQueue } from '../adapters/release-queue.ts';
import { dynamoSharedState, type SharedState } from '../adapters/shared-state/shared-state.ts';
import { onStage, stageIds } from '../adapters/stage-ids.ts';
import { stateMachineOf } from '../adapters/step-functions.ts';
import { stepFunctionsTokens, type TaskTokens } from '../adapters/task-tokens.ts';
import { dynamoWaitingRoom, type WaitingRoom } from '../adapters/waiting-room.ts';
import type { StageSettings } from '../domain/stage-settings.ts';
import { callOnceMore } from './shared/call-once-more.ts';
import { type ConnectReadings, connectReadings } from './shared/connect-readings.ts';
import { type LookDependencies, lookAfterCalls } from './shared/look-after-calls.ts';
import { serveLines } from './shared/serve-lines.ts';

interface Dependencies extends LookDependencies {
  stage: LookDependencies['stage'] & Pick<StageSettings, 'callingHours' | 'pacing'>;
  shared: LookDependencies['shared'] & Pick<SharedState, 'ticks' | 'turns'>;
  room: WaitingRoom;
  readings: ConnectReadings;
  tokens: TaskTokens;
  queue: ReleaseQueue;
}

/** How often the release function runs while somebody waits: an agent who logs in sends no event. */
export const TICK_SECONDS = 2;
/** Amazon Connect allows 10 such requests per second for the whole account. */
const LOOKS_PER_RUN = 5;
/**
 * Longer than Lambda's time limit for a run, so that two never overlap: one could take back what the other has given away. An
 * interrupted run keeps the others out for this long.
 */
export const LOCK_MS = 17_000;

/**
 * Releases waiting requests, first come first served, as far as there are agents, lines and turns. Run by a chain of ticks that
 * continues while somebody waits, and by nudges in between.
 *
 * @param owner identifies this run
 * @returns how many left the room; null if there was nothing to do, or another run was active
 */
export function releaseWaiting(dependencies: Dependencies) {
  return async function releaseWaiting({ tickAt }: ReleaseMessage, owner: string): Promise<{ left: number | null }> {
    const { stage, shared, room, queue, now } = dependencies;
    const { ticks } = shared;
    if (!(await somebodyWaits())) {
      if (tickAt === undefined) return { left: null };
      await ticks.stop(tickAt);
      // Whoever came in between saw a live chain and did not start one.
      if (!(await somebodyWaits())) return { left: null };
    }

    const started = now().getTime();
    // Before the work, so that failing work does not break the chain.
    if ((await ticks.chain(started, tickAt)) !== 'alive') {
      const next = started + TICK_SECONDS * 1000;
      // Sent first: a tick that was sent continues the chain, stored or not.
      await queue.send({ tickAt: next }, TICK_SECONDS);
      await ticks.advance(tickAt, next, started);
    }
    if (!(await ticks.lock(owner, started + LOCK_MS, started))) return { left: null };
    try {
      const left = await serveLines(dependencies);
      await lookAfterCalls(dependencies, LOOKS_PER_RUN);
      return { left };
    } finally {
      await ticks.unlock(owner);
    }

    async function somebodyWaits(): Promise<boolean> {
      const lines = await Promise.all(
        Object.values(stage.connect.queues).map((queueId) => room.nextInLine(queueId, 1)),
      );
      return lines.flat().length > 0;
    }
  };
}

const {
  settings,
  idsParameter,
  callsTable,
  guardsTable,
  leasesTable,
  waitingRoomTable,
  releaseQueue,
  stateMachineName,
} = readEnvironment();
const documents = dynamoDocuments();
const calls = dynamoCallsTable(callsTable, documents);
const shared = dynamoSharedState({ guardsTable, leasesTable, keptDays: settings.recordRetentionDays }, documents);
// One attempt: a repeated answer would find the token gone, which looks as if the first had not arrived. The next run repeats it,
// and recognises this by the lease.
const tokens = stepFunctionsTokens(new SFNClient({ ...PATIENCE, maxAttempts: 1 }));
const stepFunctions = new SFNClient(PATIENCE);
const now = () => new Date();
const sqs = sqsClient();

function onMessagesOf(stage: StageSettings) {
  const connect = amazonConnect(stage.connect);
  return async function onMessages({ Records }: SQSEvent, { awsRequestId, invokedFunctionArn }: Context) {
    const release = releaseWaiting({
      stage,
      shared,
      room: dynamoWaitingRoom(waitingRoomTable, documents),
      readings: connectReadings(connect, shared.readings, stage, now),
      calls,
      connect: connectContacts(stage.connect),
      measure,
      callOnceMore: callOnceMore({
        stage,
        calls,
        machine: stateMachineOf(invokedFunctionArn, stateMachineName, stepFunctions),
        log: logger,
      }),
      tokens,
      queue: sqsReleaseQueue(invokedFunctionArn, releaseQueue, sqs),
      now,
      log: logger,
    });
    const runs: Awaited<ReturnType<typeof release>>[] = [];
    for (const { body } of Records) runs.push(await release(JSON.parse(body) as ReleaseMessage, awsRequestId));
    return { runs };
  };
}

export const handler = lambdaHandler(() => 'releaseWaiting', onStage(settings, stageIds(idsParameter), onMessagesOf));
