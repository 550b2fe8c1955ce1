import { SFNClient, StopExecutionCommand } from '@aws-sdk/client-sfn';
import type { ClientOptions } from './client-options.ts';

/**
 * Aborts an execution; its end is then settled like any other.
 *
 * @param cause for anyone who reads its history
 * @returns the name of the error if it could not be stopped; undefined if it was stopped or had ended already
 * @see https://docs.aws.amazon.com/step-functions/latest/apireference/API_StopExecution.html
 */
export async function stopExecution(
  executionArn: string,
  cause: string,
  options: ClientOptions,
): Promise<string | undefined> {
  const client = new SFNClient(options);
  try {
    await client.send(new StopExecutionCommand({ executionArn, error: 'Cancelled', cause }));
    return undefined;
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return error.name === 'ExecutionDoesNotExist' ? undefined : error.name;
  } finally {
    client.destroy();
  }
}
