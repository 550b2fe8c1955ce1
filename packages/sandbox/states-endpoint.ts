import { awsJsonEndpoint, type ServiceRefusal } from './aws-json.ts';
import { ExecutionQuestionError, pageOfExecutions, stateMachineOf } from './execution-list.ts';
import { TaskTokenError } from './local-task-tokens.ts';
import { type Execution, type LocalStateMachine, StartExecutionError } from './state-machine.ts';

/** Text that should be JSON and is not. */
class InvalidTextError extends Error {
  override readonly name: 'InvalidExecutionInput' | 'InvalidOutput';
  constructor(name: InvalidTextError['name']) {
    super('the text is not JSON');
    this.name = name;
  }
}

/** An execution as both ListExecutions and DescribeExecution show it. */
const shown = ({ arn, name, status, startedAt, endedAt }: Omit<Execution, 'done' | 'input' | 'states'>) => ({
  executionArn: arn,
  stateMachineArn: stateMachineOf(arn),
  name,
  status,
  startDate: startedAt / 1000,
  ...(endedAt !== undefined && { stopDate: endedAt / 1000 }),
});

/**
 * Step Functions' StartExecution, StopExecution, ListExecutions and DescribeExecution, SendTaskSuccess and SendTaskFailure. There is one
 * state machine: StartExecution does not compare its ARN.
 * @see https://docs.aws.amazon.com/step-functions/latest/apireference/API_StartExecution.html
 */
export const statesEndpoint = (stateMachine: LocalStateMachine) =>
  awsJsonEndpoint({
    target: 'AWSStepFunctions',
    version: '1.0',
    isRefusal: (error): error is ServiceRefusal =>
      [StartExecutionError, ExecutionQuestionError, TaskTokenError, InvalidTextError].some(
        (kind) => error instanceof kind,
      ),
    operations: {
      StartExecution({ input = '{}', name }) {
        const parsed = parse(input, 'InvalidExecutionInput');
        const { arn, startedAt } = stateMachine.start(parsed, typeof name === 'string' ? name : undefined);
        return { executionArn: arn, startDate: startedAt / 1000 };
      },
      ListExecutions(request) {
        const { executions, ...more } = pageOfExecutions(stateMachine.list(), stateMachine.name, request);
        return { executions: executions.map(shown), ...more };
      },
      DescribeExecution({ executionArn }) {
        const execution = stateMachine.executions.get(String(executionArn).split(':').at(-1) ?? '');
        if (!execution || execution.arn !== executionArn) {
          throw new ExecutionQuestionError('ExecutionDoesNotExist', `there is no execution ${executionArn}`);
        }
        const { input, output, error, cause } = execution;
        return {
          ...shown(execution),
          input: JSON.stringify(input),
          inputDetails: { included: true },
          ...(output !== undefined && { output: JSON.stringify(output), outputDetails: { included: true } }),
          error,
          cause,
        };
      },
      async StopExecution({ executionArn }) {
        const execution = stateMachine.executions.get(String(executionArn).split(':').at(-1) ?? '');
        if (!execution || execution.arn !== executionArn) {
          throw new ExecutionQuestionError('ExecutionDoesNotExist', `there is no execution ${executionArn}`);
        }
        await stateMachine.abort(execution.name);
        return { stopDate: Date.now() / 1000 };
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
