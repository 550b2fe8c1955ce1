import { awsJsonEndpoint, type ServiceRefusal } from './aws-json.ts';
import { TaskTokenError } from './local-task-tokens.ts';
import { type LocalStateMachine, StartExecutionError } from './state-machine.ts';

/** Text that should be JSON and is not. */
class InvalidTextError extends Error {
  override readonly name: 'InvalidExecutionInput' | 'InvalidOutput';
  constructor(name: InvalidTextError['name']) {
    super('the text is not JSON');
    this.name = name;
  }
}

/**
 * Step Functions' StartExecution, SendTaskSuccess and SendTaskFailure. ARNs are not compared: there is one state machine.
 * @see https://docs.aws.amazon.com/step-functions/latest/apireference/API_StartExecution.html
 */
export const statesEndpoint = (stateMachine: LocalStateMachine) =>
  awsJsonEndpoint({
    target: 'AWSStepFunctions',
    version: '1.0',
    isRefusal: (error): error is ServiceRefusal =>
      [StartExecutionError, TaskTokenError, InvalidTextError].some((kind) => error instanceof kind),
    operations: {
      StartExecution({ input = '{}', name }) {
        const parsed = parse(input, 'InvalidExecutionInput');
        const { arn, startedAt } = stateMachine.start(parsed, typeof name === 'string' ? name : undefined);
        return { executionArn: arn, startDate: startedAt / 1000 };
      },
      SendTaskSuccess: ({ taskToken, output }) =>
        stateMachine.tokens.succeed(String(taskToken), parse(output, 'InvalidOutput')),
      SendTaskFailure: ({ taskToken, error = '', cause = '' }) =>
        stateMachine.tokens.fail(String(taskToken), { error: String(error), cause: String(cause) }),
    },
  });

function parse(text: unknown, problem: InvalidTextError['name']): unknown {
  try {
    return JSON.parse(String(text));
  } catch {
    throw new InvalidTextError(problem);
  }
}
