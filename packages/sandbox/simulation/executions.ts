import { AsyncLocalStorage } from 'node:async_hooks';
import { AslRunner } from '../asl-runner.ts';
import type { ListedExecution } from '../execution-list.ts';
import type { TaskTokens } from '../local-task-tokens.ts';
import type { StateMachineDefinition } from '../service.ts';
import { localDefinition, TOKEN_SECONDS, waitsForToken } from '../state-machine-definition.ts';
import type { TokenBucket } from './bucket.ts';
import type { VirtualClock } from './clock.ts';
import type { Invocations } from './invocations.ts';
import type { Luck } from './random.ts';
import type { Delays, Faults } from './scenario.ts';
import type { ExecutionEnd, TraceRecorder } from './trace.ts';

/** An execution that is over. Times are epoch milliseconds. */
export interface EndedExecution {
  arn: string;
  name: string;
  requestId: string;
  input: unknown;
  startedAt: number;
  endedAt: number;
  status: ExecutionEnd;
  error?: string;
  luck: Luck;
}

/** What Step Functions returns about an execution. */
export interface ToldExecution extends ListedExecution {
  input: unknown;
  error?: string;
}

export interface Executions {
  /** Those that are running and those that did not succeed, the most recent first. */
  told(): ToldExecution[];
  /** The input of an execution, even of one that succeeded. */
  inputOf(arn: string): unknown;
  /** Starts an execution; it runs by itself and is forgotten when it is over. */
  start(name: string, input: unknown, requestId: string, luck: Luck): void;
  /** Executions that are not over. */
  running(): number;
}

interface Options {
  definition: StateMachineDefinition;
  /** What `Ref` refers to. */
  /** Name of the state machine. */
  name: string;
  region: string;
  clock: VirtualClock;
  lambda: Invocations;
  tokens: TaskTokens;
  /** The quota of state transitions. */
  transitions: TokenBucket;
  delays: Delays;
  faults: Faults;
  trace: TraceRecorder;
  onEnd(execution: EndedExecution): void;
}

interface Invocation {
  FunctionName: { 'Fn::GetAtt': [string, string] };
  Payload: unknown;
  [TOKEN_SECONDS]?: number;
}

/** What the runner reports. */
interface LoggedEvent {
  type: string;
  Error?: string;
  state?: { name: string; input?: unknown };
}

/** Where a redriven execution continues. */
interface From {
  state: string;
  input: unknown;
}

/** The runner draws the jitter of retries from Math.random; there, each execution gets its own random draws. */
const drawing = new AsyncLocalStorage<Luck>();

/** Makes executions use their own random draws. @returns restores the real Math.random */
export function installLuck(fallback: Luck): () => void {
  const real = Math.random;
  Math.random = () => (drawing.getStore() ?? fallback).draw('Math.random');
  return () => {
    Math.random = real;
  };
}

/** AWS Step Functions: runs the deployed state machine file in virtual time. */
export function simulatedStateMachine(options: Options): Executions {
  const { definition, clock, lambda, tokens, transitions, delays, faults, trace } = options;
  const runners = new Map<string, InstanceType<typeof AslRunner>>();
  /** Runs the state machine from a state on. */
  function runnerFrom(StartAt: string): InstanceType<typeof AslRunner> {
    const runner =
      runners.get(StartAt) ??
      new AslRunner({ ...localDefinition(definition, {}, 1), StartAt } as never, {
        validationOptions: { noValidate: true },
      });
    runners.set(StartAt, runner);
    return runner;
  }
  const choicesBefore = choicesBetween(definition);
  const states = Object.entries(definition.States).filter(([, { Type }]) => Type === 'Task' || Type === 'Wait');
  /** By ARN, in the order in which they began. One that succeeded is forgotten. */
  const known = new Map<string, ToldExecution>();
  const inputs = new Map<string, unknown>();
  let running = 0;

  function start(name: string, input: unknown, requestId: string, luck: Luck): void {
    const arn = `arn:aws:states:${options.region}:000000000000:execution:${options.name}:${name}`;
    running += 1;
    inputs.set(arn, input);
    known.set(arn, { arn, name, input, startedAt: clock.now(), status: 'RUNNING' });
    trace.add({ kind: 'delivered', requestId, executionId: arn });
    drawing.run(luck, () => void live({ arn, name, requestId, input, startedAt: clock.now(), luck }));
  }

  /** Somebody redrives an execution: it continues, under its own ARN, with the state it had reached. */
  function redrive(ended: Omit<EndedExecution, 'endedAt' | 'status'>, from: From): void {
    const { arn, requestId, luck } = ended;
    if (!luck.happens('redriven', faults.executionRedriven)) return;
    clock.after(luck.between('redriven after', faults.redrivenMs), () => {
      trace.add({ kind: 'fault', fault: 'executionRedriven', requestId });
      running += 1;
      const known_ = known.get(arn);
      if (known_) known.set(arn, { ...known_, status: 'RUNNING' });
      const own = luck.branch('redriven');
      drawing.run(own, () => void live({ ...ended, luck: own }, from));
    });
  }

  async function live(begun: Omit<EndedExecution, 'endedAt' | 'status'>, from?: From): Promise<void> {
    const { arn, requestId, luck, input } = begun;
    const runner = runnerFrom(from?.state ?? definition.StartAt);
    const over = Promise.withResolvers<never>();
    over.promise.catch(() => undefined);
    const { handlers, task, current } = handlersOf(begun, over.promise);
    const { result, eventLogs, abort } = runner.run((from?.input ?? input) as never, {
      overrides: { taskResourceLocalHandlers: handlers as never },
      context: { Execution: { Id: arn, Name: begun.name, Input: input as never }, Task: task, State: current } as never,
    });
    const end = result.then(
      () => ({ status: 'SUCCEEDED' }) as const,
      ({ name, message }: Error) =>
        name === 'ExecutionAbortedError'
          ? ({ status: 'ABORTED' } as const)
          : ({ status: 'FAILED', error: message } as const),
    );
    const cut = cutShort(requestId, luck, abort);

    let error = '';
    let came: From = from ?? { state: definition.StartAt, input };
    for await (const event of eventLogs as AsyncIterable<LoggedEvent>) {
      const state = event.state?.name ?? '';
      if (event.type === 'StateEntered') {
        trace.add({ kind: 'entered', requestId, executionId: arn, state });
        came = { state, input: event.state?.input };
      }
      if (event.type === 'StateFailed') error = event.Error ?? '';
      if (event.type === 'StateRetried') trace.add({ kind: 'retried', requestId, executionId: arn, state, error });
    }
    const ended = { ...begun, ...(await end), endedAt: clock.now() };
    if (ended.status === 'ABORTED') Object.assign(ended, { status: cut.status });
    cut.cancel();
    over.reject(executionOver());
    running -= 1;
    const { status, endedAt } = ended;
    if (status === 'SUCCEEDED') known.delete(arn);
    else {
      const told = 'error' in ended && ended.error !== undefined ? { error: ended.error } : {};
      known.set(arn, { arn, name: begun.name, input, startedAt: begun.startedAt, status, endedAt, ...told });
    }
    trace.add({
      kind: 'execution-ended',
      requestId,
      executionId: arn,
      status: ended.status,
      ...('error' in ended && ended.error !== undefined && { error: ended.error }),
    });
    options.onEnd(ended);
    if (status !== 'SUCCEEDED' && !from) redrive(begun, came);
  }

  /** Somebody aborts the execution, or it times out as a whole. */
  function cutShort(
    requestId: string,
    luck: Luck,
    abort: () => void,
  ): { status: 'ABORTED' | 'TIMED_OUT'; cancel(): void } {
    const aborted = luck.happens('aborted', faults.executionAborted);
    const timedOut = !aborted && luck.happens('timed out', faults.executionTimedOut);
    if (!aborted && !timedOut) return { status: 'ABORTED', cancel: () => undefined };
    const cancel = clock.after(luck.between('ends', faults.executionEndsMs), () => {
      trace.add({ kind: 'fault', fault: aborted ? 'executionAborted' : 'executionTimedOut', requestId });
      abort();
    });
    return { status: aborted ? 'ABORTED' : 'TIMED_OUT', cancel };
  }

  /** What the runner calls for each Task and Wait state of one execution, and the context's `$$.Task` and `$$.State`. */
  function handlersOf(
    { arn, requestId, luck }: Pick<EndedExecution, 'arn' | 'requestId' | 'luck'>,
    over: Promise<never>,
  ) {
    let previous: string | undefined;
    let attempts = 0;
    let nextToken: string | undefined;
    const task = {
      /** A new one for each attempt: the handler removes it. */
      get Token() {
        nextToken ??= tokens.issue();
        return nextToken;
      },
    };

    let failures = 0;
    const current = {
      /** A state that fails is retried, or another one is entered and succeeds. */
      get RetryCount() {
        return failures;
      },
    };

    /** Step Functions takes some time for each state it enters. */
    function delay(state: string): Promise<void> {
      const entered = 1 + (previous === state ? 0 : choicesBefore(previous, state));
      previous = state;
      let seconds = 0;
      for (let count = 0; count < entered; count += 1) seconds += luck.between('state', delays.stateSeconds);
      return clock.pause(seconds * 1_000 + transitions.delayFor(entered));
    }

    async function invoke({ FunctionName, Payload }: Invocation) {
      const logicalId = FunctionName['Fn::GetAtt'][0].replace(/LambdaFunction$/, '');
      const name = logicalId.charAt(0).toLowerCase() + logicalId.slice(1);
      attempts += 1;
      const cause = { luck: luck.branch(`${name}#${attempts}`), requestId, executionId: arn };
      return { ExecutedVersion: '$LATEST', StatusCode: 200, Payload: await lambda.invoke(name, Payload, cause) };
    }

    async function invokeAndWait(invocation: Invocation) {
      const token = task.Token;
      nextToken = undefined;
      const answered = tokens.answerTo(token);
      const timeout = Promise.withResolvers<never>();
      const cancel = clock.after((invocation[TOKEN_SECONDS] ?? Number.POSITIVE_INFINITY) * 1_000, () =>
        timeout.reject(Object.assign(new Error('nobody answered'), { name: 'States.Timeout' })),
      );
      try {
        const passedOn = invoke(invocation).then(() => new Promise<never>(() => undefined));
        return await Promise.race([answered, passedOn, timeout.promise, over]);
      } finally {
        cancel();
        tokens.forget(token);
      }
    }

    async function waitUntil(path: string, input: unknown) {
      // The service truncates milliseconds.
      const moment = Math.floor(Date.parse(String(at(input, path))) / 1_000) * 1_000;
      if (Number.isNaN(moment)) throw Object.assign(new Error(`${path} is not a time`), { name: 'States.Runtime' });
      await clock.pause(moment - clock.now());
      return input;
    }

    let turnAt: number | undefined;

    /** A request that waits for a turn, or goes on to the call itself, was given one. An open one has not been taken yet. */
    function noteTurn(state: StateMachineDefinition['States'][string], input: unknown): void {
      const path = state.TimestampPath === '$.turn.wakeAt' ? '$.turn' : '$.Payload.state.turn';
      const turn = at(input, path) as { at: string; isOpen?: true } | undefined;
      const given = turn && !turn.isOpen ? Date.parse(turn.at) : undefined;
      if (given === undefined || given === turnAt) return;
      turnAt = given;
      trace.add({ kind: 'turn', requestId, turnAt });
    }

    const handlers = Object.fromEntries(
      states.map(([name, state]) => {
        const run = async (input: unknown) => {
          noteTurn(state, input);
          await delay(name);
          if (state.Type === 'Wait') return waitUntil(String(state.TimestampPath), input);
          return waitsForToken(state) ? invokeAndWait(input as Invocation) : invoke(input as Invocation);
        };
        const counted = async (input: unknown) => {
          try {
            const result = await run(input);
            failures = 0;
            return result;
          } catch (error) {
            failures += 1;
            throw error;
          }
        };
        return [name, (input: unknown) => Promise.race([counted(input), over])];
      }),
    );
    return { handlers, task, current };
  }

  return {
    start,
    told: () => [...known.values()].reverse(),
    inputOf: (arn) => inputs.get(arn),
    running: () => running,
  };
}

/** How many Choice states are between two others. */
function choicesBetween({ StartAt, States }: StateMachineDefinition) {
  const known = new Map<string, number>();
  const nextOf = (name: string): string[] =>
    [...JSON.stringify(States[name]).matchAll(/"(?:Next|Default)":"([^"]+)"/g)].map(([, next = '']) => next);

  function search(from: string | undefined, to: string): number {
    let names = from === undefined ? [StartAt] : nextOf(from);
    for (let choices = 0; names.length > 0; choices += 1) {
      if (names.includes(to)) return choices;
      names = names.filter((name) => States[name]?.Type === 'Choice').flatMap(nextOf);
    }
    return 0;
  }

  return (from: string | undefined, to: string): number => {
    const key = `${from} ${to}`;
    const found = known.get(key) ?? search(from, to);
    known.set(key, found);
    return found;
  };
}

/** The value at a path of plain fields (`$.turn.at`). */
const at = (input: unknown, path: string): unknown =>
  path
    .split('.')
    .slice(1)
    .reduce<unknown>((value, key) => (typeof value === 'object' && value ? Reflect.get(value, key) : undefined), input);

/** Neither retried nor caught: nothing of the execution continues. */
const executionOver = (): Error =>
  Object.assign(new Error('the execution is over'), { name: 'ExecutionOver', isRetryable: false, isCatchable: false });
