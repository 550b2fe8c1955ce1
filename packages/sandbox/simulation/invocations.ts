import type { ConnectClient } from '@aws-sdk/client-connect';
import type { SFNClient } from '@aws-sdk/client-sfn';
import type { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { Documents } from '../../../adapters/dynamodb.ts';
import type { VirtualClock } from './clock.ts';
import type { FunctionTimes } from './cold-starts.ts';
import { executionEnvironments } from './execution-environments.ts';
import { documentsFor, type Reach } from './outside.ts';
import type { Luck } from './random.ts';
import type { Delays, Faults, Quotas, Range } from './scenario.ts';
import type { SimulatedFunctions } from './simulated-functions.ts';
import type { InvocationId, TraceRecorder } from './trace.ts';
import type { Caller } from './watch-guards.ts';

/** The request for which a function is invoked. */
interface Cause {
  luck: Luck;
  requestId?: string;
  executionId?: string;
}

/** The figures of one function's invocations. */
export interface FunctionUse {
  invocations: number;
  /** From start to end, including the start of a new environment and waiting for responses: what Lambda bills. */
  milliseconds: number;
}

export interface Invocations {
  /** Rejects with the function's own error, or with Lambda's. */
  invoke(name: string, payload: unknown, cause: Cause): Promise<unknown>;
  use: Readonly<Record<string, FunctionUse>>;
}

interface Options {
  functions: SimulatedFunctions;
  /** Seconds by function name. */
  timeouts: Readonly<Record<string, number>>;
  /** The computation of the functions, by their names. */
  times: Readonly<Record<string, FunctionTimes>>;
  clock: VirtualClock;
  trace: TraceRecorder;
  quotas: Pick<Quotas, 'lambdaConcurrency'>;
  delays: Delays;
  faults: Faults;
  /** The tables as the caller reaches them. */
  documentsOf(caller: Caller): Documents;
  /** @param accepted is called when a call was accepted */
  connectClient(reach: Reach, accepted: () => void): ConnectClient;
  stepFunctionsClient(reach: Reach): SFNClient;
  readParameter(reach: Reach): (name: string) => Promise<string | undefined>;
  /** Accepts a message of the release queue. */
  send(queueName: string, body: string, delaySeconds: number, luck: Luck): void;
  region: string;
  /** Is told of what a function threw. */
  failed(error: unknown): void;
}

/** What an invocation is for: a step of the state machine if the function has several, otherwise the function itself. */
const workOf = (name: string, payload: unknown): string => {
  const { step } = (payload ?? {}) as { step?: unknown };
  return typeof step === 'string' ? `${step.charAt(0).toLowerCase()}${step.slice(1)}` : name;
};

/** A function that dies does so at one of this many first responses that it waits for. */
const DIES_WITHIN = 10;
/** startCall waits for at least this many responses from Amazon Connect's on. */
const START_CALL_DIES_WITHIN = 3;

/** When a response is lost, counted from the start of its function; and how much later the function then gets every response. */
const LOST_AFTER_MS: Range = [0, 100];
const SLOWED_MS: Range = [0, 2_000];

const named = (name: string, message: string): Error => Object.assign(new Error(message), { name });

/** AWS Lambda: runs the functions, each invocation in a world of its own in which anything may fail. */
export function simulatedLambda(options: Options): Invocations {
  const { functions, timeouts, times, clock, trace, delays, faults, quotas } = options;
  const use: Record<string, FunctionUse> = {};
  const environments = executionEnvironments(delays.environmentKeptMs, clock.now);
  let running = 0;

  function invoke(name: string, payload: unknown, cause: Cause): Promise<unknown> {
    return new Promise((resolve, reject) => {
      runToItsEnd(name, payload, cause, reject).then(resolve, reject);
    });
  }

  /** @param giveUp tells the caller that it failed, while it continues */
  async function runToItsEnd(
    name: string,
    payload: unknown,
    cause: Cause,
    giveUp: (error: Error) => void,
  ): Promise<unknown> {
    const run = functions[name];
    const timeout = timeouts[name];
    if (!run || timeout === undefined) throw new Error(`serverless.yml has no function "${name}"`);
    if (running >= quotas.lambdaConcurrency) throw named('Lambda.TooManyRequestsException', 'Rate Exceeded.');
    running += 1;
    const began = clock.now();
    const idle = environments.takeIdle(name);
    const kept = idle ?? {};
    let died = false;
    try {
      const startMs = times[name]?.startMs ?? 0;
      const initMs = idle ? 0 : cause.luck.between('init', delays.initMs) + startMs;
      await clock.pause(initMs + cause.luck.between('invocation', delays.invocationMs));
      const { requestId = '', executionId = '' } = cause;
      const id = cause.luck.id('invocation id');
      const work = workOf(name, payload);
      const by = `${work} ${id}`;
      trace.add({ kind: 'invoked', requestId, executionId, function: work, by });
      const death = Promise.withResolvers<never>();
      const die = (error: Error) => {
        died = true;
        death.reject(error);
      };
      const reach = reachOf(work, by, cause, die);
      const cancel = clock.after(timeout * 1_000, () => {
        reach.end();
        die(named('Sandbox.Timedout', `Task timed out after ${timeout} seconds`));
      });
      const isGivenUp = cause.luck.happens('answer lost', faults.answerLost);
      const keepAnswer = clock.after(cause.luck.between('answer lost after', LOST_AFTER_MS), () => {
        if (!isGivenUp) return;
        reach.slowDown();
        reach.fault('answerLost');
        giveUp(named('Lambda.SdkClientException', 'Unable to execute HTTP request: Read timed out'));
      });
      const skew = faults.clockSkewMs === 0 ? 0 : cause.luck.between('skew', [-faults.clockSkewMs, faults.clockSkewMs]);
      const now = () => Math.floor(clock.now() + skew);
      const done = run(payload, {
        id,
        arn: `arn:aws:lambda:${options.region}:000000000000:function:${name}`,
        documents: documentsFor(reach, options.documentsOf({ by, worksFor: requestId, now }), delays.tableMs),
        connect: options.connectClient(reach, reach.accepted),
        stepFunctions: options.stepFunctionsClient(reach),
        sqs: sqsFor(reach),
        readParameter: options.readParameter(reach),
        kept,
        now: () => new Date(now()),
        pause: async (milliseconds) => {
          await clock.pause(milliseconds);
          await reach.answered();
        },
      });
      try {
        const result = await Promise.race([done, death.promise]);
        return result === undefined ? null : JSON.parse(JSON.stringify(result));
      } catch (error) {
        options.failed(error);
        throw error;
      } finally {
        cancel();
        keepAnswer();
        reach.end();
      }
    } finally {
      running -= 1;
      if (!died) environments.giveBack(name, kept);
      const { invocations, milliseconds } = use[name] ?? { invocations: 0, milliseconds: 0 };
      use[name] = { invocations: invocations + 1, milliseconds: milliseconds + clock.now() - began };
    }
  }

  /** The outside world of one invocation, and when the invocation dies. */
  function reachOf(name: string, by: InvocationId, { luck, requestId }: Cause, die: (error: Error) => void) {
    const fault = (kind: string, contactId?: string) =>
      trace.add({
        kind: 'fault',
        fault: kind,
        by,
        ...(requestId && { requestId }),
        ...(contactId !== undefined && { contactId }),
      });
    let answersLeft = luck.happens('dies', faults.functionDies)
      ? 1 + Math.floor(luck.draw('dies at') * DIES_WITHIN)
      : Number.POSITIVE_INFINITY;
    let [ended, isSlow] = [false, false];

    async function answered(): Promise<void> {
      if (isSlow) await clock.pause(luck.between('slow answer', SLOWED_MS));
      answersLeft -= 1;
      if (answersLeft <= 0 && !ended) {
        ended = true;
        fault(`${name} dies`);
        // Half of them crash; the others hang until their timeout.
        if (luck.happens('crashes', 0.5)) die(named('Lambda.Unknown', 'Error: Runtime exited'));
      }
      if (ended) await new Promise<never>(() => undefined);
    }

    return {
      luck,
      faults,
      pause: clock.pause,
      answered,
      fault,
      accepted() {
        if (name !== 'startCall' || !luck.happens('startCall dies', faults.startCallDies)) return;
        answersLeft = 1 + Math.floor(luck.draw('startCall dies at') * START_CALL_DIES_WITHIN);
      },
      slowDown() {
        isSlow = true;
      },
      end() {
        ended = true;
      },
    };
  }

  function sqsFor({ luck, pause, answered }: Reach): SQSClient {
    const send = async ({ input }: SendMessageCommand): Promise<unknown> => {
      await pause(luck.between('message delay', delays.tableMs));
      const queueName = input.QueueUrl?.split('/').at(-1) ?? '';
      options.send(queueName, input.MessageBody ?? '', input.DelaySeconds ?? 0, luck);
      await answered();
      return {};
    };
    return { send } as unknown as SQSClient;
  }

  return { invoke, use };
}
