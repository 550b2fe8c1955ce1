import {
  InvalidToken,
  SendTaskFailureCommand,
  SendTaskSuccessCommand,
  type SFNClient,
  TaskDoesNotExist,
  TaskTimedOut,
} from '@aws-sdk/client-sfn';

/** Answers executions that wait on a task token. */
export interface TaskTokens {
  /** `gone` if nobody waits for the token any more: answered before, timed out, or its execution has ended. */
  succeed(token: string, output: unknown): Promise<'told' | 'gone'>;
  /** @param error name of the error, for the state machine's Catch */
  fail(token: string, error: string, cause: unknown): Promise<'told' | 'gone'>;
}

/** Task tokens of AWS Step Functions. */
export function stepFunctionsTokens(client: SFNClient): TaskTokens {
  return {
    succeed: (taskToken, output) =>
      toldUnlessGone(() => client.send(new SendTaskSuccessCommand({ taskToken, output: JSON.stringify(output) }))),
    fail: (taskToken, error, cause) =>
      toldUnlessGone(() => client.send(new SendTaskFailureCommand({ taskToken, error, cause: JSON.stringify(cause) }))),
  };
}

async function toldUnlessGone(answer: () => Promise<unknown>): Promise<'told' | 'gone'> {
  try {
    await answer();
    return 'told';
  } catch (error) {
    if (error instanceof TaskTimedOut || error instanceof TaskDoesNotExist || error instanceof InvalidToken)
      return 'gone';
    throw error;
  }
}
