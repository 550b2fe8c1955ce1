import { ExecutionAlreadyExists, type SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';

/** Starts executions of one state machine. */
export interface StateMachine {
  /** Starts an execution under a name. False when one of that name was started before. */
  start(name: string, input: unknown): Promise<boolean>;
}

/** What stands for a function's ARN where there is none: `sls invoke local` passes a context without it. */
const NO_ARN = 'arn:aws:lambda:ap-northeast-1:000000000000:function:local';

/**
 * The stage's state machine. Its ARN is built from the calling function's own, because an environment variable may
 * not hold a reference (`sls invoke local` could not resolve it).
 *
 * @param functionArn `context.invokedFunctionArn`, arn:PARTITION:lambda:REGION:ACCOUNT:function:NAME
 */
export function stateMachineOf(functionArn: string | undefined, name: string, client: SFNClient): StateMachine {
  const [, partition, , region, account] = (functionArn ?? NO_ARN).split(':');
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
