/** An execution in a list. Times are epoch milliseconds. */
export interface ListedExecution {
  arn: string;
  name: string;
  status: 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'TIMED_OUT' | 'ABORTED';
  startedAt: number;
  endedAt?: number;
}

/** Parameters of ListExecutions. */
interface ListRequest {
  stateMachineArn?: unknown;
  statusFilter?: unknown;
  maxResults?: unknown;
  nextToken?: unknown;
}

/** Step Functions' errors for requests about executions, with the service's names. */
export class ExecutionQuestionError extends Error {
  override readonly name: 'ExecutionDoesNotExist' | 'InvalidToken' | 'StateMachineDoesNotExist' | 'ValidationException';
  constructor(name: ExecutionQuestionError['name'], message: string) {
    super(message);
    this.name = name;
  }
}

const STATUSES: readonly unknown[] = ['RUNNING', 'SUCCEEDED', 'FAILED', 'TIMED_OUT', 'ABORTED'];
const PAGE = 100;
const LARGEST_PAGE = 1_000;

/** A page begins after the execution in its token. */
const TOKEN = 'behind ';

/**
 * One page of ListExecutions. Throws `ExecutionQuestionError`.
 *
 * @param executions all executions, most recent first
 * @param stateMachine name of their state machine
 * @see https://docs.aws.amazon.com/step-functions/latest/apireference/API_ListExecutions.html
 */
export function pageOfExecutions<Listed extends ListedExecution>(
  executions: readonly Listed[],
  stateMachine: string,
  { stateMachineArn, statusFilter, maxResults, nextToken }: ListRequest,
): { executions: Listed[]; nextToken?: string } {
  if (!String(stateMachineArn).endsWith(`:stateMachine:${stateMachine}`)) {
    throw new ExecutionQuestionError('StateMachineDoesNotExist', `there is no state machine ${stateMachineArn}`);
  }
  const size = Number(maxResults ?? 0) || PAGE;
  if (!(size > 0 && size <= LARGEST_PAGE) || (statusFilter !== undefined && !STATUSES.includes(statusFilter))) {
    throw new ExecutionQuestionError('ValidationException', 'maxResults or statusFilter is none');
  }
  const from = nextToken === undefined ? 0 : 1 + executions.findIndex(({ name }) => nextToken === `${TOKEN}${name}`);
  if (nextToken !== undefined && from === 0) throw new ExecutionQuestionError('InvalidToken', 'this is no token');
  const wanted = executions.slice(from).filter(({ status }) => statusFilter === undefined || status === statusFilter);
  const page = wanted.slice(0, size);
  const last = page.at(-1);
  return { executions: page, ...(last && wanted.length > size && { nextToken: `${TOKEN}${last.name}` }) };
}

/** The ARN of the state machine to which an execution belongs. */
export const stateMachineOf = (executionArn: string): string =>
  executionArn.slice(0, executionArn.lastIndexOf(':')).replace(':execution:', ':stateMachine:');
