import { marshall } from '@aws-sdk/util-dynamodb';
import { indexKeysOf } from '../../../adapters/calls-index.ts';
import { CONTROLS_KEY } from '../../../adapters/shared-state/controls.ts';
import type { Operation } from './account-operation.ts';

/** Operations of Step Functions and of DynamoDB, as far as a call log needs them. */
export const EXECUTIONS_AND_TABLES: Readonly<Record<string, Operation>> = {
  'states:ListExecutions': ({ executions }, { stateMachineArn }) => ({
    executions: executions.map(({ name, startedAt, endedAt, status }) => ({
      executionArn: `${String(stateMachineArn).replace(':stateMachine:', ':execution:')}:${name}`,
      name,
      status: status ?? (endedAt === undefined ? 'RUNNING' : 'SUCCEEDED'),
      startDate: seconds(startedAt),
      ...(endedAt !== undefined && { stopDate: seconds(endedAt) }),
    })),
  }),
  'states:DescribeStateMachine': ({ accountId }, { stateMachineArn }) => ({
    stateMachineArn,
    roleArn: `arn:aws:iam::${accountId}:role/${String(stateMachineArn).split(':').at(-1)}`,
  }),
  'states:GetExecutionHistory': ({ executions }, { executionArn }) => {
    const { startedAt = '', pausesMs = [] } =
      executions.find(({ name }) => name === String(executionArn).split(':').at(-1)) ?? {};
    let at = seconds(startedAt);
    return {
      events: pausesMs.flatMap((pause, index) => {
        const exited = { id: 2 * index + 1, type: 'TaskStateExited', timestamp: at };
        at += pause / 1_000;
        return [exited, { id: 2 * index + 2, type: 'TaskStateEntered', timestamp: at }];
      }),
    };
  },
  'dynamodb:Query': ({ records }, { ExpressionAttributeValues }) => {
    const { ':day': day } = ExpressionAttributeValues as Record<string, { S: string }>;
    const found = records.map((record) => ({ requestId: record.requestId, ...indexKeysOf(record) }));
    return { Items: found.filter((entry) => entry.day === day?.S).map((entry) => marshall(entry)) };
  },
  'dynamodb:BatchGetItem': ({ records }, { RequestItems }) => {
    const [[table = '', { Keys }] = ['', { Keys: [] }]] = Object.entries(
      RequestItems as Record<string, { Keys: { requestId: { S: string } }[] }>,
    );
    const wanted = Keys.map(({ requestId }) => requestId.S);
    const found = records.filter(({ requestId }) => wanted.includes(requestId));
    return { Responses: { [table]: found.map((record) => marshall(record)) }, UnprocessedKeys: {} };
  },
  'dynamodb:GetItem': ({ controls }, { Key }) =>
    controls && (Key as { guardId?: { S: string } }).guardId?.S === CONTROLS_KEY.guardId
      ? { Item: marshall({ ...CONTROLS_KEY, ...controls }) }
      : {},
  'dynamodb:DescribeTable': ({ warmThroughput }, { TableName }) => ({
    Table: {
      TableName,
      ...(warmThroughput && {
        WarmThroughput: {
          ReadUnitsPerSecond: warmThroughput.read,
          WriteUnitsPerSecond: warmThroughput.write,
        },
      }),
    },
  }),
};

/** Epoch seconds, as AWS's JSON has times. */
const seconds = (iso: string): number => Date.parse(iso) / 1_000;
