import { randomUUID } from 'node:crypto';
import { AslRunner } from './asl-runner.ts';
import type { ListedExecution } from './execution-list.ts';
import { HISTORY_KEPT_MS, type History, keptHistory } from './kept-history.ts';
import type { LocalFunctions } from './local-functions.ts';
import { localTaskTokens, type TaskTokens } from './local-task-tokens.ts';
import type { Service } from './service.ts';
import { stateHandlers } from './state-handlers.ts';
import { localDefinition } from './state-machine-definition.ts';

/** The input of an execution, in UTF-8 bytes. */
const MAX_INPUT_BYTES = 262_144;

/** One visit of a state. Times are epoch milliseconds. */
export interface StateVisit {
  name: string;
  enteredAt: number;
  exitedAt?: number;
  /** Names of the errors of failed attempts, in order. */
  errors: string[];
  output?: unknown;
}

export interface Execution extends ListedExecution {
  input: unknown;
  states: StateVisit[];
  output?: unknown;
  /** Of an execution that failed: `RequestFailed`'s error, or Step Functions' own. */
  error?: string;
  cause?: string;
  /** Resolves when the execution has ended, however. */
  done: Promise<void>;
}

/** Step Functions' refusals of StartExecution, named as the service names them. */
export class StartExecutionError extends Error {
  override readonly name: 'ExecutionAlreadyExists' | 'ValidationException';
  constructor(name: StartExecutionError['name'], message: string) {
    super(message);
    this.name = name;
  }
}

/** Executes the deployed state machine file. */
export interface LocalStateMachine {
  /** By name: those that run, and those of the last hour. */
  executions: Pick<History<Execution>, 'get' | 'keys'>;
  /** All of them, the most recent first. */
  list(): ListedExecution[];
  /** Name of the state machine. */
  name: string;
  /** Of the executions that wait for an answer. */
  tokens: TaskTokens;
  /**
   * Starts an execution. The same name with the same input gives back the running execution, as in the service.
   * Throws `StartExecutionError`.
   */
  start(input: unknown, name?: string): Execution;
  /** StopExecution: ends a running execution as ABORTED. What a function does meanwhile goes on, unseen. */
  abort(name: string): Promise<void>;
  /** Is any execution under way? */
  isRunning(): boolean;
  /** Resolves when no execution runs. */
  idle(): Promise<void>;
  /** Ends all executions, and tells nobody. */
  close(): Promise<void>;
}

interface Options {
  service: { stateMachine: Service['stateMachine']; stage: { file: { region: string } } };
  functions: Pick<LocalFunctions, 'invoke'>;
  /** What `Ref` means on this machine. */
  references?: Record<string, string>;
  /** Retry intervals, the wait for a turn and for the answer to a task token are divided by this. */
  speed: number;
  /** Epoch milliseconds by which turns are waited for; this machine's clock if nothing is said. */
  now?: () => number;
  /** Is told of every execution that has ended. */
  onEnd?: (execution: Execution) => void;
  /** Is shown an execution when it starts, in each of its states, and when it has ended. It may only look. */
  onChange?: (execution: Readonly<Execution>) => void;
  /** Is told of an execution that ended so long ago that it is not kept any more. */
  onForget?: (execution: Readonly<Execution>) => void;
}

export function localStateMachine(options: Options): LocalStateMachine {
  const { service, functions, references = {}, speed, now = Date.now, onEnd, onChange, onForget } = options;
  /** By name. Those that are over are packed in the history: a list need not unpack them. */
  const listed = new Map<string, ListedExecution>();
  const history = keptHistory<Execution>({
    keptMs: HISTORY_KEPT_MS,
    now,
    onForget(name, execution) {
      listed.delete(name);
      onForget?.(execution);
    },
  });
  /** Those that run, and what stops each. */
  const stops = new Map<Execution, () => void>();
  const tokens = localTaskTokens();
  const { definition } = service.stateMachine;
  const local = localDefinition(definition, references, speed);
  // The file itself is validated by the tests; retry intervals below a second would not pass.
  const runner = new AslRunner(local as never, { validationOptions: { noValidate: true } });
  let closed = false;

  function start(input: unknown, name: string = randomUUID()): Execution {
    const region = service.stage.file.region;
    const text = JSON.stringify(input);
    if (Buffer.byteLength(text) > MAX_INPUT_BYTES) {
      throw new StartExecutionError('ValidationException', `the input is longer than ${MAX_INPUT_BYTES} bytes`);
    }
    const existing = history.get(name);
    if (existing?.status === 'RUNNING' && JSON.stringify(existing.input) === text) return existing;
    if (existing) throw new StartExecutionError('ExecutionAlreadyExists', `there was an execution named ${name}`);

    const execution: Execution = {
      arn: `arn:aws:states:${region}:000000000000:execution:${service.stateMachine.name}:${name}`,
      name,
      input,
      startedAt: Date.now(),
      status: 'RUNNING',
      states: [],
      done: Promise.resolve(),
    };
    history.begin(name, execution);
    listed.set(name, execution);
    execution.done = run(execution);
    onChange?.(execution);
    return execution;
  }

  async function run(execution: Execution): Promise<void> {
    const stopping = new AbortController();
    const { handlers, task, current } = stateHandlers({
      definition,
      functions,
      tokens,
      speed,
      now,
      stopped: stopping.signal,
    });
    const { result, eventLogs, abort } = runner.run(execution.input as never, {
      // The runner's JSON types are wider than what each state is given.
      overrides: { taskResourceLocalHandlers: handlers as never },
      context: {
        Execution: {
          Id: execution.arn,
          Name: execution.name,
          Input: execution.input as never,
          StartTime: new Date(execution.startedAt).toISOString(),
        },
        Task: task,
        State: current,
      } as never,
    });
    stops.set(execution, abort);
    const end = result.then((output) => ({ status: 'SUCCEEDED', output }) as const, endOf);
    for await (const event of eventLogs) {
      if (note(execution, event as LoggedEvent) && !closed) onChange?.(execution);
    }
    Object.assign(execution, await end, { endedAt: Date.now() });
    stops.delete(execution);
    const { arn, name, status, startedAt, endedAt = startedAt } = execution;
    listed.set(name, { arn, name, status, startedAt, endedAt });
    stopping.abort();
    if (closed) return;
    onEnd?.(execution);
    onChange?.(execution);
    history.end(execution.name);
  }

  const running = () => [...stops.keys()];

  return {
    executions: {
      get(name) {
        const execution = history.get(name);
        // A promise is nothing that can be packed.
        return execution?.endedAt === undefined ? execution : { ...execution, done: Promise.resolve() };
      },
      keys: history.keys,
    },
    list: () => [...listed.values()].reverse(),
    name: service.stateMachine.name,
    tokens,
    start,
    async abort(name) {
      const execution = history.get(name);
      if (!execution) return;
      stops.get(execution)?.();
      await execution.done;
    },
    isRunning: () => stops.size > 0,
    async idle() {
      while (running().length > 0) await Promise.all(running().map(({ done }) => done));
    },
    async close() {
      closed = true;
      for (const stop of stops.values()) stop();
      await Promise.all(running().map(({ done }) => done));
    },
  };
}

/** How an execution that did not succeed has ended. */
function endOf({ name, message, cause }: Error): Partial<Execution> {
  if (name === 'ExecutionAbortedError') return { status: 'ABORTED' };
  if (name === 'ExecutionTimeoutError') return { status: 'TIMED_OUT', error: 'States.Timeout' };
  return { status: 'FAILED', error: cause instanceof Error ? cause.name : name, cause: message };
}

interface LoggedEvent {
  type: string;
  timestamp: number;
  Error?: string;
  state?: { name: string; output?: unknown };
}

/** Adds what the runner reports to the execution's states. @returns whether that says anything of a state */
function note(execution: Execution, { type, timestamp, state, Error: error }: LoggedEvent): boolean {
  if (!state) return false;
  if (type === 'StateEntered') {
    execution.states.push({ name: state.name, enteredAt: timestamp, errors: [] });
    return true;
  }
  const visit = execution.states.findLast(({ name }) => name === state.name);
  if (!visit) return false;
  if (type === 'StateFailed' && error !== undefined) visit.errors.push(error);
  if (type === 'StateExited') Object.assign(visit, { exitedAt: timestamp, output: state.output });
  return true;
}
