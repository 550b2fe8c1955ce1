import { ExecutionAlreadyExists, type SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { arnParts } from './function-arn.ts';

/** Starts executions of one state machine. */
export interface StateMachine {
  /** Starts an execution under a name. False when one of that name was started before. */
  start(name: string, input: unknown): Promise<boolean>;
}

/**
 * The stage's state machine.
 *
 * @param functionArn `context.invokedFunctionArn`, for the account and region
 */
export function stateMachineOf(functionArn: string | undefined, name: string, client: SFNClient): StateMachine {
  const { partition, region, account } = arnParts(functionArn);
  const stateMachineArn = `arn:${partition}:states:${region}:${account}:stateMachine:${name}`;
  return {
    async start(executionName, input) {
      try {
        await client.send(
          new StartExecutionCommand({ stateMachineArn, name: executionName, input: JSON.stringify(input) }),
        );
        return true;
      } catch (error) {
        if (error instanceof ExecutionAlreadyExists) return false;
        throw error;
      }
    },
  };
}
