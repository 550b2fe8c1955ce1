import {
  DescribeExecutionCommand,
  ExecutionAlreadyExists,
  ExecutionDoesNotExist,
  InvalidToken,
  ListExecutionsCommand,
  SendTaskFailureCommand,
  SendTaskSuccessCommand,
  type SFNClient,
  StartExecutionCommand,
  TaskDoesNotExist,
  TaskTimedOut,
} from '@aws-sdk/client-sfn';
import { pageOfExecutions, stateMachineOf } from '../execution-list.ts';
import { TaskTokenError, type TaskTokens } from '../local-task-tokens.ts';
import type { ToldExecution } from './executions.ts';
import { type Reach, timeoutError } from './outside.ts';
import type { Range } from './scenario.ts';

interface Options {
  tokens: TaskTokens;
  /** The executions that Step Functions lists, the most recent first. */
  executions(): readonly ToldExecution[];
  /** The input of an execution, even of one that succeeded. */
  inputOf(arn: string): unknown;
  /** Starts an execution of our own; false if there was one of that name. */
  start(name: string, input: unknown): boolean;
  /** Name of the state machine. */
  stateMachine: string;
  /** Delay of one response. */
  answerMs: Range;
  tokenTimeout: number;
}

/**
 * Step Functions as one invocation sees it: the task tokens, the executions that are running or did not succeed, and those we
 * start.
 */
export function stepFunctionsClientFor(reach: Reach, options: Options): SFNClient {
  const { luck, pause, fault, answered } = reach;

  async function send(command: unknown): Promise<unknown> {
    await pause(luck.between('token delay', options.answerMs));
    try {
      const answer = answerTo(command, options);
      const changes =
        command instanceof SendTaskSuccessCommand ||
        command instanceof SendTaskFailureCommand ||
        command instanceof StartExecutionCommand;
      if (!changes || !luck.happens('token time-out', options.tokenTimeout)) return answer;
      fault('tokenTimeout');
      throw timeoutError();
    } finally {
      await answered();
    }
  }

  return { send } as unknown as SFNClient;
}

function answerTo(command: unknown, { tokens, executions, inputOf, start, stateMachine }: Options): unknown {
  if (command instanceof StartExecutionCommand) {
    const { name = '', input = '' } = command.input;
    if (start(name, JSON.parse(input))) return {};
    throw new ExecutionAlreadyExists({ message: `there was an execution named ${name}`, $metadata: {} });
  }
  if (command instanceof ListExecutionsCommand) {
    const { statusFilter } = command.input;
    if (statusFilter === undefined || statusFilter === 'SUCCEEDED')
      throw new Error('the simulation keeps no executions that succeeded');
    const page = pageOfExecutions(executions(), stateMachine, command.input);
    return { ...page, executions: page.executions.map(shown) };
  }
  if (command instanceof DescribeExecutionCommand) {
    const { executionArn } = command.input;
    const execution = executions().find(({ arn }) => arn === executionArn);
    const input = inputOf(executionArn ?? '');
    if (input === undefined) throw new ExecutionDoesNotExist({ message: `there is no ${executionArn}`, $metadata: {} });
    if (!execution) return { executionArn, status: 'SUCCEEDED', input: JSON.stringify(input) };
    return { ...shown(execution), input: JSON.stringify(execution.input), error: execution.error };
  }
  try {
    if (command instanceof SendTaskSuccessCommand) {
      tokens.succeed(command.input.taskToken ?? '', JSON.parse(command.input.output ?? 'null'));
    } else if (command instanceof SendTaskFailureCommand) {
      const { taskToken = '', error = '', cause = '' } = command.input;
      tokens.fail(taskToken, { error, cause });
    } else throw new Error(`the simulated Step Functions does not know ${(command as object).constructor.name}`);
    return {};
  } catch (error) {
    if (!(error instanceof TaskTokenError)) throw error;
    throw new TOKEN_ERRORS[error.name]({ message: error.message, $metadata: {} });
  }
}

const shown = ({ arn, name, status, startedAt, endedAt }: ToldExecution) => ({
  executionArn: arn,
  stateMachineArn: stateMachineOf(arn),
  name,
  status,
  startDate: new Date(startedAt),
  ...(endedAt !== undefined && { stopDate: new Date(endedAt) }),
});

const TOKEN_ERRORS = { InvalidToken, TaskDoesNotExist, TaskTimedOut };
