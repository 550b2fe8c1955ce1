import type { ConnectClient } from '@aws-sdk/client-connect';
import type { SFNClient } from '@aws-sdk/client-sfn';
import type { SQSClient } from '@aws-sdk/client-sqs';
import { dynamoCallsTable } from '../../../adapters/calls-table.ts';
import { amazonConnect, type Connect } from '../../../adapters/connect.ts';
import { connectContacts } from '../../../adapters/connect-contacts.ts';
import type { Documents } from '../../../adapters/dynamodb.ts';
import { readEnvironment } from '../../../adapters/function-environment.ts';
import { sqsReleaseQueue } from '../../../adapters/release-queue.ts';
import { dynamoSharedState, type SharedState } from '../../../adapters/shared-state/shared-state.ts';
import { stageIds } from '../../../adapters/stage-ids.ts';
import { executionsOf, stateMachineOf } from '../../../adapters/step-functions.ts';
import { stepFunctionsTokens } from '../../../adapters/task-tokens.ts';
import { dynamoWaitingRoom } from '../../../adapters/waiting-room.ts';
import { lacksIds, type PackagedSettings } from '../../../domain/created-ids.ts';
import { longestExecutionSeconds } from '../../../domain/execution-time.ts';
import type { StageSettings } from '../../../domain/stage-settings.ts';
import { withEnvironment } from '../with-environment.ts';
import type { Kept } from './execution-environments.ts';

/** The clients and the clock of one invocation. */
interface InvocationWorld {
  id: string;
  arn: string;
  documents: Documents;
  connect: ConnectClient;
  stepFunctions: SFNClient;
  sqs: SQSClient;
  readParameter(name: string): Promise<string | undefined>;
  /** What its environment keeps. */
  kept: Kept;
  now(): Date;
  pause(milliseconds: number): Promise<void>;
}

/** Replaces an adapter, for tests of the simulation itself: a planted bug. */
export interface Tampering {
  shared?(shared: SharedState): SharedState;
  connect?(connect: Connect): Connect;
}

/** One invocation of a function: its input, and the world it runs in. */
type SimulatedFunction = (input: unknown, world: InvocationWorld) => Promise<unknown>;

/** By name in serverless.yml. */
export type SimulatedFunctions = Readonly<Record<string, SimulatedFunction>>;

/** Nothing is signed unless a scenario's settings say so. */
const SIGNING_KEYS = { current: 'the key that signs requests in simulated worlds' };

const nothing = (): void => undefined;
const silent = { info: nothing, warn: nothing, error: nothing };

/**
 * The project's own functions, assembled from their factories as their modules do it, each invocation with clients of
 * its own. What Lambda and middy would add around them is left out.
 *
 * @param environment of the functions: their modules read it when they load
 */
export async function loadSimulatedFunctions(
  environment: Record<string, string>,
  settings: PackagedSettings,
  tampering: Tampering = {},
): Promise<SimulatedFunctions> {
  const modules = await loadModules(environment);
  const { idsParameter, callsTable, guardsTable, leasesTable, waitingRoomTable, releaseQueue, stateMachineName } =
    readEnvironment(environment);
  const { shared: tamperGuards = (shared) => shared, connect: tamperConnect = (connect) => connect } = tampering;

  /** As their modules do it: what the settings lack is read once in the life of an environment. */
  async function stageOf({ kept, readParameter }: InvocationWorld) {
    kept.readParameter = readParameter;
    kept.ids ??= stageIds(idsParameter, async (name) => kept.readParameter?.(name));
    const stage = lacksIds(settings) ? await kept.ids.complete(settings) : (settings as StageSettings);
    return { stage, ids: kept.ids };
  }

  const parts = async (world: InvocationWorld) => {
    const { documents, connect, stepFunctions, sqs, arn, now, pause } = world;
    const { stage, ids } = await stageOf(world);
    const shared = tamperGuards(
      dynamoSharedState({ guardsTable, leasesTable, keptDays: settings.recordRetentionDays }, documents, {
        now,
        pause,
      }),
    );
    const amazon = {
      ...tamperConnect(amazonConnect(stage.connect, connect)),
      ...connectContacts(stage.connect, connect),
    };
    const calls = dynamoCallsTable(callsTable, documents);
    return {
      stage,
      wholeStage: async () => stage,
      calls,
      shared,
      ticks: shared.ticks,
      room: dynamoWaitingRoom(waitingRoomTable, documents),
      amazon,
      readings: modules.connectReadings(amazon, shared.readings, stage, now),
      keys: { read: async () => SIGNING_KEYS },
      ids,
      executions: {
        ...executionsOf(arn, stateMachineName, stepFunctions, longestExecutionSeconds(settings)),
        // The simulation keeps no executions that succeeded, and nobody measures it.
        startedBetween: async () => [],
        outputOf: async () => undefined,
      },
      callOnceMore: modules.callOnceMore({
        stage,
        calls,
        machine: stateMachineOf(arn, stateMachineName, stepFunctions),
        log: silent,
      }),
      tokens: stepFunctionsTokens(stepFunctions),
      queue: sqsReleaseQueue(arn, releaseQueue, sqs),
      now,
      pause,
      log: silent,
      measure: nothing,
    };
  };
  type Parts = Awaited<ReturnType<typeof parts>>;
  /** The state machine and the rules pass what the function expects. */
  const fn =
    <Input>(run: (parts: Parts, input: Input, world: InvocationWorld) => Promise<unknown>): SimulatedFunction =>
    async (input, world) =>
      run(await parts(world), input as Input, world);

  return {
    admit: fn((with_, event) => modules.validateRequest(with_)(event)),
    road: fn((with_, input: Parameters<ReturnType<typeof modules.road>>[0]) =>
      modules.road({ ...with_, connect: with_.amazon, centre: with_.readings })(input),
    ),
    enterWaitingRoom: fn((with_, input: Parameters<ReturnType<typeof modules.enterWaitingRoom>>[0]) =>
      modules.enterWaitingRoom(with_)(input),
    ),
    releaseWaiting: fn(async (with_, { Records }: { Records: { body: string }[] }, { id }) => {
      const release = modules.releaseWaiting({ ...with_, connect: with_.amazon });
      for (const { body } of Records) await release(JSON.parse(body), id);
    }),
    settleExecution: fn((with_, event) => modules.settleExecution(with_)(event)),
    trackContact: fn(({ callOnceMore: _, ...with_ }, event) =>
      modules.trackContact({ ...with_, connect: with_.amazon })(event),
    ),
    sweepCalls: fn((with_) => modules.sweepCalls({ ...with_, connect: with_.amazon, centre: with_.readings })()),
  };
}

const loadModules = (environment: Record<string, string>) =>
  withEnvironment(environment, async () => ({
    ...(await import('../../../functions/validate-request.ts')),
    ...(await import('../../../functions/road-steps.ts')),
    ...(await import('../../../functions/enter-waiting-room.ts')),
    ...(await import('../../../functions/release-waiting.ts')),
    ...(await import('../../../functions/settle-execution.ts')),
    ...(await import('../../../functions/track-contact.ts')),
    ...(await import('../../../functions/sweep-calls.ts')),
    ...(await import('../../../functions/shared/call-once-more.ts')),
    ...(await import('../../../functions/shared/connect-readings.ts')),
  }));
