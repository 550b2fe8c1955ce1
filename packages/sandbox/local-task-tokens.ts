import { randomUUID } from 'node:crypto';

/** Step Functions' errors for answers to a task token, with the service's names. */
export class TaskTokenError extends Error {
  override readonly name: 'InvalidToken' | 'TaskDoesNotExist' | 'TaskTimedOut';
  constructor(name: TaskTokenError['name'], message: string) {
    super(message);
    this.name = name;
  }
}

/** The error of a task whose token is answered with a failure. */
interface TaskFailure {
  error: string;
  cause: string;
}

/** The task tokens of the executions of one state machine. */
export interface TaskTokens {
  issue(): string;
  /** Waits for the answer to a token. Only an answer settles the promise. */
  answerTo(token: string): Promise<unknown>;
  /** From now on answers are refused, as the task is over. */
  forget(token: string): void;
  /** SendTaskSuccess. @param output the task's result. Throws `TaskTokenError`. */
  succeed(token: string, output: unknown): void;
  /** SendTaskFailure. Throws `TaskTokenError`. */
  fail(token: string, failure: TaskFailure): void;
}

/** The service's own tokens are long and opaque; these only have a recognisable form. */
const TOKEN = /^local-task-[0-9a-f-]{36}$/;

interface Pending {
  resolve(output: unknown): void;
  reject(error: Error): void;
}

/**
 * An answer to a token is accepted once, and only while its task waits.
 * @see https://docs.aws.amazon.com/step-functions/latest/apireference/API_SendTaskSuccess.html#API_SendTaskSuccess_Errors
 */
export function localTaskTokens(): TaskTokens {
  /** Prefix of all tokens of this stack, so that they need not be stored. */
  const own = `local-task-${randomUUID().slice(0, 8)}`;
  const pending = new Map<string, Pending>();

  function take(token: string): Pending {
    if (!TOKEN.test(token)) throw new TaskTokenError('InvalidToken', 'this is no task token');
    if (!token.startsWith(own)) throw new TaskTokenError('TaskDoesNotExist', 'no task of this stack had this token');
    const task = pending.get(token);
    if (!task) throw new TaskTokenError('TaskTimedOut', 'the task was answered before, timed out or is gone');
    pending.delete(token);
    return task;
  }

  return {
    issue: () => `${own}${randomUUID().slice(8)}`,
    answerTo: (token) => new Promise((resolve, reject) => pending.set(token, { resolve, reject })),
    forget: (token) => void pending.delete(token),
    succeed: (token, output) => take(token).resolve(output),
    fail(token, { error, cause }) {
      take(token).reject(Object.assign(new Error(cause), { name: error }));
    },
  };
}
