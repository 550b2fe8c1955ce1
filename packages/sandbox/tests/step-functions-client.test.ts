import {
  DescribeExecutionCommand,
  ListExecutionsCommand,
  StartExecutionCommand,
  StopExecutionCommand,
} from '@aws-sdk/client-sfn';
import { expect, it } from 'vitest';
import { localTaskTokens } from '../local-task-tokens.ts';
import type { ToldExecution } from '../simulation/executions.ts';
import { luckOf } from '../simulation/random.ts';
import { NO_FAULTS } from '../simulation/scenario.ts';
import { stepFunctionsClientFor } from '../simulation/step-functions-client.ts';

const MACHINE = 'arn:aws:states:ap-northeast-1:000000000000:stateMachine:calls';
const execution = (name: string, status: ToldExecution['status']): ToldExecution => ({
  arn: `arn:aws:states:ap-northeast-1:000000000000:execution:calls:${name}`,
  name,
  status,
  startedAt: 1_000,
  ...(status !== 'RUNNING' && { endedAt: 2_000 }),
  input: { id: name },
});

const started: string[] = [];
const inputs = new Map<string, unknown>(
  [execution('b', 'RUNNING'), execution('d', 'SUCCEEDED')].map(({ arn, input }) => [arn, input]),
);
const client = stepFunctionsClientFor(
  { luck: luckOf(1), faults: NO_FAULTS, pause: async () => {}, answered: async () => {}, fault: () => {} },
  {
    tokens: localTaskTokens(),
    executions: () => [execution('c', 'FAILED'), execution('b', 'RUNNING'), execution('a', 'FAILED')],
    inputOf: (arn) => inputs.get(arn),
    start: (name) => {
      const isNew = !started.includes(name);
      started.push(name);
      return isNew;
    },
    stateMachine: 'calls',
    answerMs: [0, 0],
    tokenTimeout: 0,
  },
);

it('a function of a simulated world lists executions that failed, with dates as the SDK gives them', async () => {
  const list = (nextToken?: string) =>
    client.send(
      new ListExecutionsCommand({ stateMachineArn: MACHINE, statusFilter: 'FAILED', maxResults: 1, nextToken }),
    );
  const first = await list();
  expect(first.executions).toEqual([
    {
      executionArn: execution('c', 'FAILED').arn,
      stateMachineArn: MACHINE,
      name: 'c',
      status: 'FAILED',
      startDate: new Date(1_000),
      stopDate: new Date(2_000),
    },
  ]);
  const second = await list(first.nextToken);
  expect([second.executions?.map(({ name }) => name), second.nextToken]).toEqual([['a'], undefined]);
});

it('a function of a simulated world reads the input of an execution', async () => {
  const describeIt = (executionArn: string) => client.send(new DescribeExecutionCommand({ executionArn }));
  const { arn } = execution('b', 'RUNNING');
  expect(await describeIt(arn)).toMatchObject({ name: 'b', status: 'RUNNING', input: '{"id":"b"}' });
  await expect(describeIt(`${arn}-other`)).rejects.toMatchObject({ name: 'ExecutionDoesNotExist' });
});

it('a simulated world fails loudly where it is asked for what it does not keep or know', async () => {
  const succeeded = client.send(new ListExecutionsCommand({ stateMachineArn: MACHINE, statusFilter: 'SUCCEEDED' }));
  await expect(succeeded).rejects.toThrow('keeps no executions that succeeded');
  const stop = client.send(new StopExecutionCommand({ executionArn: execution('b', 'RUNNING').arn }));
  await expect(stop).rejects.toThrow('does not know StopExecutionCommand');
});

it('a function of a simulated world reads what one that succeeded was started with', async () => {
  const { arn } = execution('d', 'SUCCEEDED');
  const described = await client.send(new DescribeExecutionCommand({ executionArn: arn }));
  expect(described).toMatchObject({ status: 'SUCCEEDED', input: '{"id":"d"}' });
});

it('a function of a simulated world starts an execution once', async () => {
  const start = () => client.send(new StartExecutionCommand({ stateMachineArn: MACHINE, name: 'once', input: '{}' }));
  await start();
  await expect(start()).rejects.toMatchObject({ name: 'ExecutionAlreadyExists' });
});
