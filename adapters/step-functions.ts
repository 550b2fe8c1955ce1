import { createHash } from 'node:crypto';
import {
  DescribeExecutionCommand,
  ExecutionAlreadyExists,
  ExecutionDoesNotExist,
  type ExecutionListItem,
  ListExecutionsCommand,
  type SFNClient,
  StartExecutionCommand,
} from '@aws-sdk/client-sfn';
import { arnParts } from './function-arn.ts';

/** Starts executions of one state machine. */
export interface StateMachine {
  /**
   * Starts an execution with a name. False if one with that name was started before: names are reserved for 90 days.
   * @see https://docs.aws.amazon.com/step-functions/latest/apireference/API_StartExecution.html
   */
  start(name: string, input: unknown): Promise<boolean>;
  /** The input of an execution; undefined if Step Functions does not know it (any more). */
  inputOf(executionId: string): Promise<unknown>;
}

/** A hash of the request id, as execution names are visible in many places and limited to 80 characters of few kinds. */
export const executionName = (requestId: string): string => createHash('sha256').update(requestId).digest('hex');

/**
 * The stage's state machine.
 *
 * @param functionArn `context.invokedFunctionArn`, for the account and region
 */
export function stateMachineOf(functionArn: string | undefined, name: string, client: SFNClient): StateMachine {
  const stateMachineArn = arnOf(functionArn, name);
  return {
    async start(name, input) {
      try {
        await client.send(new StartExecutionCommand({ stateMachineArn, name, input: JSON.stringify(input) }));
        return true;
      } catch (error) {
        if (error instanceof ExecutionAlreadyExists) return false;
        throw error;
      }
    },

    async inputOf(executionArn) {
      try {
        const { input } = await client.send(new DescribeExecutionCommand({ executionArn }));
        return input === undefined ? undefined : JSON.parse(input);
      } catch (error) {
        if (error instanceof ExecutionDoesNotExist) return undefined;
        throw error;
      }
    },
  };
}

/** Executions of one state machine, from Step Functions. */
export interface Executions {
  /**
   * Those that failed, were aborted or timed out since a moment, in the form of their status events.
   */
  endedSince(since: Date): Promise<ExecutionEvent[]>;
  /** Those that started after one moment and not after another. */
  startedBetween(after: Date, until: Date): Promise<StartedExecution[]>;
  /** The output of a successful execution; undefined for any other, or if Step Functions no longer knows it. */
  outputOf(executionArn: string): Promise<unknown>;
}

/** An execution in a list. */
export interface StartedExecution {
  executionArn: string;
  /** Epoch milliseconds. */
  startedAt: number;
  isOver: boolean;
}

/** As in a "Step Functions Execution Status Change" event. */
interface ExecutionEvent {
  detail: { executionArn: string; status: string; startDate: number; input: string | null; error?: string };
}

const UNHAPPY = ['FAILED', 'TIMED_OUT', 'ABORTED'] as const;
/** The largest page of Step Functions. It sorts by start, latest first. */
const PAGE = 1_000;
/**
 * The executions of the stage's state machine.
 *
 * @param functionArn `context.invokedFunctionArn`, for the account and region
 * @param longestSeconds its TimeoutSeconds: executions that started longer ago cannot have ended since
 */
export function executionsOf(
  functionArn: string | undefined,
  name: string,
  client: SFNClient,
  longestSeconds: number,
): Executions {
  const stateMachineArn = arnOf(functionArn, name);

  async function endedWith(statusFilter: (typeof UNHAPPY)[number], since: Date): Promise<ExecutionListItem[]> {
    const found: ExecutionListItem[] = [];
    let nextToken: string | undefined;
    do {
      const page = await client.send(
        new ListExecutionsCommand({ stateMachineArn, statusFilter, maxResults: PAGE, ...(nextToken && { nextToken }) }),
      );
      const { executions = [] } = page;
      found.push(...executions.filter(({ stopDate }) => stopDate !== undefined && stopDate >= since));
      const oldest = executions.at(-1)?.startDate?.getTime() ?? 0;
      nextToken = oldest > since.getTime() - longestSeconds * 1000 ? page.nextToken : undefined;
    } while (nextToken !== undefined);
    return found;
  }

  return {
    async endedSince(since) {
      const ended = (await Promise.all(UNHAPPY.map((status) => endedWith(status, since)))).flat();
      const events: ExecutionEvent[] = [];
      // One by one: Step Functions allows few of these requests per second.
      for (const { executionArn } of ended) {
        const {
          status = '',
          startDate,
          input,
          error,
        } = await client.send(new DescribeExecutionCommand({ executionArn }));
        events.push({
          detail: {
            executionArn: executionArn ?? '',
            status,
            startDate: startDate?.getTime() ?? 0,
            input: input ?? null,
            ...(error !== undefined && { error }),
          },
        });
      }
      return events;
    },

    async startedBetween(after, until) {
      const found: StartedExecution[] = [];
      let nextToken: string | undefined;
      do {
        const page = await client.send(
          new ListExecutionsCommand({ stateMachineArn, maxResults: PAGE, ...(nextToken && { nextToken }) }),
        );
        const listed = (page.executions ?? []).map(({ executionArn = '', startDate, status }) => ({
          executionArn,
          startedAt: startDate?.getTime() ?? 0,
          isOver: status !== 'RUNNING',
        }));
        found.push(...listed.filter(({ startedAt }) => startedAt > after.getTime() && startedAt <= until.getTime()));
        nextToken = (listed.at(-1)?.startedAt ?? 0) > after.getTime() ? page.nextToken : undefined;
      } while (nextToken !== undefined);
      return found;
    },

    async outputOf(executionArn) {
      try {
        const { output } = await client.send(new DescribeExecutionCommand({ executionArn }));
        return output === undefined ? undefined : JSON.parse(output);
      } catch (error) {
        if (error instanceof ExecutionDoesNotExist) return undefined;
        throw error;
      }
    },
  };
}

function arnOf(functionArn: string | undefined, name: string): string {
  const { partition, region, account } = arnParts(functionArn);
  return `arn:${partition}:states:${region}:${account}:stateMachine:${name}`;
}
