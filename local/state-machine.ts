import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { StateMachine as AslRunner } from 'aws-local-stepfunctions';
import type { LocalFunctions } from './functions.ts';
import type { Service, StateMachineDefinition } from './service.ts';

/** Input and output of a state, and the input of an execution, in UTF-8 bytes. */
const MAX_STATE_BYTES = 262_144;

/** One visit of a state. Times are epoch milliseconds. */
export interface StateVisit {
  name: string;
  enteredAt: number;
  exitedAt?: number;
  /** Names of the errors of failed attempts, in order. */
  errors: string[];
  output?: unknown;
}

export interface Execution {
  arn: string;
  name: string;
  input: unknown;
  startedAt: number;
  status: 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'TIMED_OUT' | 'ABORTED';
  states: StateVisit[];
  output?: unknown;
  /** Of an execution that failed: `RequestFailed`'s error, or Step Functions' own. */
  error?: string;
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
  executions: ReadonlyMap<string, Execution>;
  /**
   * Starts an execution. The same name with the same input gives back the running execution, as in the service.
   * Throws `StartExecutionError`.
   */
  start(input: unknown, name?: string): Execution;
  /** Resolves when no execution runs. */
  idle(): Promise<void>;
}

interface Options {
  service: Service;
  functions: LocalFunctions;
  /** What `Ref` means on this machine. */
  references: Record<string, string>;
  /** Waits and retry intervals are divided by this. */
  speed: number;
  /** Is told of every execution that has ended. */
  onEnd?: (execution: Execution) => void;
}

export function localStateMachine({ service, functions, references, speed, onEnd }: Options): LocalStateMachine {
  const executions = new Map<string, Execution>();
  const definition = localDefinition(service.stateMachine.definition, references, speed);
  // The file itself is validated by the tests; retry intervals below a second would not pass.
  const runner = new AslRunner(definition as never, { validationOptions: { noValidate: true } });

  const taskResourceLocalHandlers = Object.fromEntries(
    Object.entries(service.stateMachine.definition.States)
      .filter(([, { Type }]) => Type === 'Task' || Type === 'Wait')
      .map(([state, { Type, TimestampPath }]) => [
        state,
        Type === 'Wait' ? waitUntil(String(TimestampPath), speed) : invokeFunction(functions),
      ]),
  );

  function start(input: unknown, name: string = randomUUID()): Execution {
    const region = service.stage.file.region;
    const text = JSON.stringify(input);
    if (Buffer.byteLength(text) > MAX_STATE_BYTES) {
      throw new StartExecutionError('ValidationException', `the input is longer than ${MAX_STATE_BYTES} bytes`);
    }
    const existing = executions.get(name);
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
    executions.set(name, execution);
    execution.done = run(execution);
    return execution;
  }

  async function run(execution: Execution): Promise<void> {
    const { result, eventLogs } = runner.run(execution.input as never, {
      // The runner's JSON types are wider than what each state is given.
      overrides: { taskResourceLocalHandlers: taskResourceLocalHandlers as never },
      context: {
        Execution: {
          Id: execution.arn,
          Name: execution.name,
          Input: execution.input as never,
          StartTime: new Date(execution.startedAt).toISOString(),
        },
      } as never,
    });
    const end = result.then(
      (output) => ({ status: 'SUCCEEDED', output }) as const,
      ({ name, message }: Error) =>
        ({ status: name === 'ExecutionTimeoutError' ? 'TIMED_OUT' : 'FAILED', error: message }) as const,
    );
    for await (const event of eventLogs) note(execution, event as LoggedEvent);
    Object.assign(execution, await end);
    onEnd?.(execution);
  }

  return {
    executions,
    start,
    async idle() {
      while ([...executions.values()].some(({ status }) => status === 'RUNNING')) {
        await Promise.all([...executions.values()].map(({ done }) => done));
      }
    },
  };
}

interface LoggedEvent {
  type: string;
  timestamp: number;
  Error?: string;
  state?: { name: string; output?: unknown };
}

/** Adds what the runner reports to the execution's states. */
function note(execution: Execution, { type, timestamp, state, Error: error }: LoggedEvent): void {
  if (!state) return;
  if (type === 'StateEntered') {
    execution.states.push({ name: state.name, enteredAt: timestamp, errors: [] });
    return;
  }
  const visit = execution.states.findLast(({ name }) => name === state.name);
  if (!visit) return;
  if (type === 'StateFailed' && error !== undefined) visit.errors.push(error);
  if (type === 'StateExited') Object.assign(visit, { exitedAt: timestamp, output: state.output });
}

/** Lambda's integration: the function is named by the first part of its `Fn::GetAtt`. */
function invokeFunction(functions: LocalFunctions) {
  return async ({ FunctionName, Payload }: { FunctionName: { 'Fn::GetAtt': [string, string] }; Payload: unknown }) => {
    const logicalId = FunctionName['Fn::GetAtt'][0].replace(/LambdaFunction$/, '');
    const name = logicalId.charAt(0).toLowerCase() + logicalId.slice(1);
    const result = await functions.invoke(name, Payload);
    if (Buffer.byteLength(JSON.stringify(result)) > MAX_STATE_BYTES) {
      const error = new Error('the result is longer than a state may return');
      error.name = 'States.DataLimitExceeded';
      throw error;
    }
    return { ExecutedVersion: '$LATEST', StatusCode: 200, Payload: result };
  };
}

/** A Wait state with TimestampPath, faster by `speed`. */
function waitUntil(timestampPath: string, speed: number) {
  const field = timestampPath.replace(/^\$\./, '');
  return async (input: Record<string, string>) => {
    const milliseconds = Date.parse(input[field] ?? '') - Date.now();
    if (milliseconds > 0) await sleep(milliseconds / speed);
    return input;
  };
}

/** The file's definition with references filled in, waits as tasks of ours and retry intervals divided by `speed`. */
function localDefinition(
  definition: StateMachineDefinition,
  references: Record<string, string>,
  speed: number,
): StateMachineDefinition {
  return JSON.parse(JSON.stringify(definition), (key, value: unknown) => {
    if (typeof value !== 'object' || value === null) {
      return key === 'IntervalSeconds' || key === 'MaxDelaySeconds' ? Number(value) / speed : value;
    }
    if ('Ref' in value && typeof value.Ref === 'string') {
      const reference = references[value.Ref];
      if (reference === undefined) throw new Error(`the local stack has nothing for the reference ${value.Ref}`);
      return reference;
    }
    if ('Type' in value && value.Type === 'Wait') {
      const { TimestampPath: _, ...rest } = value as unknown as Record<string, unknown>;
      return { ...rest, Type: 'Task', Resource: 'arn:aws:states:::lambda:invoke' };
    }
    return value;
  });
}
