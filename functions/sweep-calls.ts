import type { Logger } from '@aws-lambda-powertools/logger';
import { SFNClient } from '@aws-sdk/client-sfn';
import type { Context } from 'aws-lambda';
import { dynamoCallsTable } from '../adapters/calls-table.ts';
import { amazonConnect } from '../adapters/connect.ts';
import { connectContacts } from '../adapters/connect-contacts.ts';
import { dynamoDocuments } from '../adapters/dynamodb.ts';
import { readEnvironment } from '../adapters/function-environment.ts';
import { lambdaHandler } from '../adapters/lambda.ts';
import { logger } from '../adapters/logging.ts';
import { measure } from '../adapters/measure.ts';
import { PATIENCE } from '../adapters/patience.ts';
import { type ReleaseQueue, sqsClient, sqsReleaseQueue } from '../adapters/release-queue.ts';
import { dynamoSharedState, REAL_CLOCK, type SharedState } from '../adapters/shared-state/shared-state.ts';
import { onStage, stageIds } from '../adapters/stage-ids.ts';
import { type Executions, executionsOf, stateMachineOf } from '../adapters/step-functions.ts';
import { dynamoWaitingRoom } from '../adapters/waiting-room.ts';
import { longestExecutionSeconds } from '../domain/execution-time.ts';
import { OUTCOMES } from '../domain/outcomes.ts';
import type { StageSettings } from '../domain/stage-settings.ts';
import { settleExecution } from './settle-execution.ts';
import { callOnceMore } from './shared/call-once-more.ts';
import { connectReadings } from './shared/connect-readings.ts';
import { type LookDependencies, lookAfterCalls } from './shared/look-after-calls.ts';
import { type MeasureDependencies, measureStage } from './shared/measure-stage.ts';

type SettleDependencies = Parameters<typeof settleExecution>[0];

interface Dependencies extends LookDependencies {
  stage: LookDependencies['stage'] & SettleDependencies['stage'] & MeasureDependencies['stage'];
  calls: LookDependencies['calls'] & SettleDependencies['calls'];
  shared: LookDependencies['shared'] &
    SettleDependencies['shared'] &
    MeasureDependencies['shared'] &
    Pick<SharedState, 'sweeps' | 'ticks'>;
  room: SettleDependencies['room'] & MeasureDependencies['room'];
  centre: MeasureDependencies['centre'];
  executions: Executions;
  queue: ReleaseQueue;
  pause: (milliseconds: number) => Promise<void>;
  log: Pick<Logger, 'info' | 'warn' | 'error'>;
}

/** Amazon Connect allows 10 contact reads per second for the whole account; half of that is left for others. */
const LOOKS_AT_ONCE = 5;
const SECOND_MS = 1_000;
/** A run ends after this; the next one continues. */
const MAX_RUN_MS = 40_000;
/** Step Functions may list an execution with a delay. */
const OVERLAP_MS = 2 * 60_000;
/** How far back the first run of a stage looks. */
const FIRST_RUN_MS = 60 * 60_000;

/**
 * Finds out what no event reported: how calls without events ended, and which executions ended without recording an outcome; and measures
 * the current state of the stage.
 *
 * @returns how many calls were checked, and how many executions were settled
 */
export function sweepCalls(dependencies: Dependencies) {
  const { shared, executions, queue, now, pause } = dependencies;
  const settle = settleExecution(dependencies);

  return async function sweepCalls(): Promise<{ looked: number; settled: number }> {
    const started = now();
    const measured = measureStage(dependencies);
    // If one fails, the other is still done.
    const [calls, ended] = await Promise.allSettled([lookAfterAll(started), settleAll(started)]);
    await measured;
    if (calls.status === 'rejected') throw calls.reason;
    if (ended.status === 'rejected') throw ended.reason;
    return { looked: calls.value, settled: ended.value };
  };

  async function lookAfterAll(started: Date): Promise<number> {
    let looked = 0;
    for (;;) {
      const now_ = await lookAfterCalls(dependencies, LOOKS_AT_ONCE, wakeWaiters);
      looked += now_;
      if (now_ < LOOKS_AT_ONCE || now().getTime() - started.getTime() > MAX_RUN_MS) return looked;
      await pause(SECOND_MS);
    }
  }

  async function settleAll(started: Date): Promise<number> {
    const last = (await shared.sweeps.last()) ?? new Date(started.getTime() - FIRST_RUN_MS);
    const ended = await executions.endedSince(new Date(last.getTime() - OVERLAP_MS));
    let settled = 0;
    for (const event of ended) {
      // It recorded its outcome, and failed to set off the alarm.
      if (Object.hasOwn(OUTCOMES, event.detail.error ?? '')) continue;
      if ((await settle(event)).settled) settled += 1;
    }
    await shared.sweeps.done(started);
    return settled;
  }

  async function wakeWaiters(): Promise<void> {
    if ((await shared.ticks.chain(now().getTime())) !== 'none') await queue.send({}, 0);
  }
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
const sqs = sqsClient();
const stepFunctions = new SFNClient(PATIENCE);

function onScheduleOf(stage: StageSettings) {
  const shared = dynamoSharedState({ guardsTable, leasesTable, keptDays: stage.recordRetentionDays }, documents);
  const dependencies = {
    stage,
    calls: dynamoCallsTable(callsTable, documents),
    shared,
    centre: connectReadings(amazonConnect(stage.connect), shared.readings, stage, REAL_CLOCK.now),
    room: dynamoWaitingRoom(waitingRoomTable, documents),
    connect: connectContacts(stage.connect),
    now: REAL_CLOCK.now,
    pause: REAL_CLOCK.pause,
    log: logger,
    measure,
  };
  return function onSchedule(_event: unknown, { invokedFunctionArn }: Context) {
    const machine = stateMachineOf(invokedFunctionArn, stateMachineName, stepFunctions);
    return sweepCalls({
      ...dependencies,
      callOnceMore: callOnceMore({ ...dependencies, machine }),
      executions: executionsOf(invokedFunctionArn, stateMachineName, stepFunctions, longestExecutionSeconds(stage)),
      queue: sqsReleaseQueue(invokedFunctionArn, releaseQueue, sqs),
    })();
  };
}

export const handler = lambdaHandler(() => 'sweepCalls', onStage(settings, stageIds(idsParameter), onScheduleOf));
