import { setTimeout as sleep } from 'node:timers/promises';
import type { LocalFunctions } from './local-functions.ts';
import type { TaskTokens } from './local-task-tokens.ts';
import type { StateMachineDefinition } from './service.ts';
import { TOKEN_SECONDS, waitsForToken } from './state-machine-definition.ts';

/** The result of a state, in UTF-8 bytes. */
const MAX_RESULT_BYTES = 262_144;

/** The state after it compares the clock with hours and deadlines: coming there sooner would not help. */
const BY_THE_CLOCK = ['WaitForAppointment', 'WaitUntilDue', 'WaitForOpening'];
/** How often such a wait looks at the clock, which a test may have set forward. */
const CLOCK_LOOK_MS = 100;

/** Lambda's integration as the file has it; the function is named by the first part of its `Fn::GetAtt`. */
interface Invocation {
  FunctionName: { 'Fn::GetAtt': [string, string] };
  Payload: unknown;
  [TOKEN_SECONDS]?: number;
}

interface Options {
  definition: StateMachineDefinition;
  functions: Pick<LocalFunctions, 'invoke'>;
  tokens: TaskTokens;
  speed: number;
  /** Epoch milliseconds. */
  now: () => number;
  /** Aborts when the execution is over. */
  stopped: AbortSignal;
}

/** What the runner calls for each Task and Wait state of one execution, and the context's `$$.Task` and `$$.State`. */
export function stateHandlers({ definition, functions, tokens, speed, now, stopped }: Options) {
  let nextToken: string | undefined;
  const task = {
    /** A new one for each attempt: the handler takes it away. */
    get Token() {
      nextToken ??= tokens.issue();
      return nextToken;
    },
  };

  let failures = 0;
  const current = {
    /** A state that fails is repeated, or another one is entered and succeeds. */
    get RetryCount() {
      return failures;
    },
  };

  async function invoke({ FunctionName, Payload }: Invocation) {
    const logicalId = FunctionName['Fn::GetAtt'][0].replace(/LambdaFunction$/, '');
    const result = await functions.invoke(logicalId.charAt(0).toLowerCase() + logicalId.slice(1), Payload);
    return { ExecutedVersion: '$LATEST', StatusCode: 200, Payload: withinLimit(result) };
  }

  /** The function only passes the token on; the task's result is what somebody answers to it. */
  async function invokeAndWait(invocation: Invocation) {
    const token = task.Token;
    nextToken = undefined;
    const answered = tokens.answerTo(token);
    const over = new AbortController();
    const seconds = invocation[TOKEN_SECONDS];
    try {
      const result = await Promise.race([
        answered,
        invoke(invocation).then(() => new Promise<never>(() => undefined)),
        ...(seconds === undefined ? [] : [timeout((seconds * 1000) / speed, over.signal)]),
        until(stopped),
      ]);
      return withinLimit(result);
    } finally {
      over.abort();
      tokens.forget(token);
    }
  }

  const waitUntil = (path: string, isFaster: boolean) => async (input: unknown) => {
    const moment = Date.parse(String(at(input, path)));
    if (Number.isNaN(moment)) throw named('States.Runtime', `${path} is not a time`);
    if (isFaster) await rest((moment - now()) / speed);
    else while (moment > now()) await rest(Math.min(moment - now(), CLOCK_LOOK_MS));
    return input;
  };

  async function rest(milliseconds: number): Promise<void> {
    if (milliseconds > 0) await sleep(milliseconds, undefined, { signal: stopped }).catch(() => undefined);
    if (stopped.aborted) throw executionOver();
  }

  async function counted(run: (input: Invocation) => Promise<unknown>, input: Invocation): Promise<unknown> {
    try {
      const result = await run(input);
      failures = 0;
      return result;
    } catch (error) {
      failures += 1;
      throw error;
    }
  }

  const handlers = Object.fromEntries(
    Object.entries(definition.States)
      .filter(([, { Type }]) => Type === 'Task' || Type === 'Wait')
      .map(([name, state]) => {
        if (state.Type === 'Wait') return [name, waitUntil(String(state.TimestampPath), !BY_THE_CLOCK.includes(name))];
        const run = waitsForToken(state) ? invokeAndWait : invoke;
        return [name, (input: Invocation) => (stopped.aborted ? Promise.reject(executionOver()) : counted(run, input))];
      }),
  );
  return { handlers, task, current };
}

/** What a path of plain fields (`$.turn.at`) leads to. */
const at = (input: unknown, path: string): unknown =>
  path
    .split('.')
    .slice(1)
    .reduce<unknown>((value, key) => (typeof value === 'object' && value ? Reflect.get(value, key) : undefined), input);

function withinLimit<T>(result: T): T {
  if (Buffer.byteLength(JSON.stringify(result)) <= MAX_RESULT_BYTES) return result;
  throw named('States.DataLimitExceeded', 'the result is longer than a state may return');
}

const named = (name: string, message: string): Error => Object.assign(new Error(message), { name });

/** Neither retried nor caught: nothing of the execution goes on. */
const executionOver = (): Error =>
  Object.assign(named('ExecutionOver', 'the execution is over'), { isRetryable: false, isCatchable: false });

async function timeout(milliseconds: number, over: AbortSignal): Promise<never> {
  await sleep(milliseconds, undefined, { signal: over });
  throw named('States.Timeout', 'nobody answered the task token in time');
}

const until = (stopped: AbortSignal): Promise<never> =>
  new Promise((_, reject) => {
    stopped.addEventListener('abort', () => reject(executionOver()), { once: true });
  });
