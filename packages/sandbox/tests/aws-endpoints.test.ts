import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import {
  DescribeExecutionCommand,
  DescribeStateMachineCommand,
  ListExecutionsCommand,
  type ListExecutionsCommandInput,
  SendTaskFailureCommand,
  SendTaskSuccessCommand,
  SFNClient,
  StartExecutionCommand,
  StopExecutionCommand,
} from '@aws-sdk/client-sfn';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { karteEvent, visitor } from '../../../tests/e2e/path-support.ts';
import type { Stack } from '../stack.ts';
import { startStack } from '../start-stack.ts';

let stack: Stack;

beforeAll(async () => {
  stack = await startStack({ agents: 0, secrets: { keys: 'a secret text' } });
});
afterAll(async () => {
  await stack.close();
});

const access = (service: string) => ({
  endpoint: `${stack.url}/aws/${service}`,
  region: 'ap-northeast-1',
  credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  maxAttempts: 1,
});

describe('the AWS SDK at the local stack', () => {
  it('reads a secret, and is told of one that is not there', async () => {
    const client = new SecretsManagerClient(access('secretsmanager'));
    const { SecretString } = await client.send(new GetSecretValueCommand({ SecretId: 'keys' }));
    expect(SecretString).toBe('a secret text');
    await expect(client.send(new GetSecretValueCommand({ SecretId: 'other' }))).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    });
    client.destroy();
  });

  it("sends a message, whatever host the queue's URL names", async () => {
    const client = new SQSClient(access('sqs'));
    const QueueUrl = 'https://sqs.ap-northeast-1.amazonaws.com/000000000000/karte-connect-call-local-release';
    const sent = await client.send(
      new SendMessageCommand({ QueueUrl, MessageBody: '{"tickAt":1}', DelaySeconds: 900 }),
    );
    expect(sent.MessageId).toBeDefined();
    const elsewhere = client.send(new SendMessageCommand({ QueueUrl: `${QueueUrl}-other`, MessageBody: '{}' }));
    await expect(elsewhere).rejects.toMatchObject({ name: 'QueueDoesNotExist' });
    client.destroy();
  });

  it('is refused nonsense at the answers to task tokens', async () => {
    const client = new SFNClient(access('states'));
    const taskToken = 'local-task-00000000-0000-4000-8000-000000000000';
    const answers = [
      [new SendTaskSuccessCommand({ taskToken, output: 'no json' }), 'InvalidOutput'],
      [new SendTaskSuccessCommand({ taskToken, output: '{}' }), 'TaskDoesNotExist'],
    ] as const;
    for (const [command, name] of answers) await expect(client.send(command)).rejects.toMatchObject({ name });
    await expect(client.send(new SendTaskFailureCommand({ taskToken: 'x' }))).rejects.toMatchObject({
      name: 'InvalidToken',
    });
    client.destroy();
  });

  it('lists executions, the most recent first, in pages', async () => {
    // Prepare
    const client = new SFNClient(access('states'));
    const { name: machine } = stack.service.stateMachine;
    const stateMachineArn = `arn:aws:states:ap-northeast-1:000000000000:stateMachine:${machine}`;
    const start = (name: string, event: object) =>
      client.send(new StartExecutionCommand({ stateMachineArn, name, input: JSON.stringify(event) }));
    await start('first', { id: 'first' });
    // Waits for an agent, and so has not ended by itself when it is stopped.
    await start('second', karteEvent(visitor()));
    await start('third', { id: 'third' });
    const executionArn = `${stateMachineArn.replace('stateMachine', 'execution')}:second`;
    expect((await client.send(new StopExecutionCommand({ executionArn }))).stopDate).toBeInstanceOf(Date);
    const unknown = client.send(new StopExecutionCommand({ executionArn: `${executionArn}-too` }));
    await expect(unknown).rejects.toMatchObject({ name: 'ExecutionDoesNotExist' });
    const list = (request: Partial<ListExecutionsCommandInput>) =>
      client.send(new ListExecutionsCommand({ stateMachineArn, ...request }));

    // Act & Assess
    const { executions: two = [], nextToken } = await list({ maxResults: 2 });
    expect(two.map(({ name }) => name)).toEqual(['third', 'second']);
    const { executions: rest = [], ...more } = await list({ maxResults: 2, nextToken });
    expect(rest.map(({ name }) => name)).toEqual(['first']);
    expect(more.nextToken).toBeUndefined();
    expect((await list({ maxResults: 3 })).nextToken).toBeUndefined();
    const { executions: aborted = [] } = await list({ statusFilter: 'ABORTED' });
    expect(aborted).toMatchObject([
      { name: 'second', status: 'ABORTED', stateMachineArn, startDate: expect.any(Date), stopDate: expect.any(Date) },
    ]);

    // What they are asked wrongly is refused as the service does.
    await expect(list({ nextToken: 'none' })).rejects.toMatchObject({ name: 'InvalidToken' });
    await expect(list({ maxResults: 1_001 })).rejects.toMatchObject({ name: 'ValidationException' });
    await expect(list({ stateMachineArn: `${stateMachineArn}-other` })).rejects.toMatchObject({
      name: 'StateMachineDoesNotExist',
    });
    client.destroy();
  });

  it('describes an execution with its input', async () => {
    // Prepare
    const client = new SFNClient(access('states'));
    const { arn } = stack.stateMachine.start({ id: 'described' }, 'described');
    const describeIt = () => client.send(new DescribeExecutionCommand({ executionArn: arn }));

    // Act & Assess
    const running = await describeIt();
    expect(running).toMatchObject({ name: 'described', status: 'RUNNING', input: '{"id":"described"}' });
    expect(running.stopDate).toBeUndefined();
    await stack.stateMachine.abort('described');
    expect(await describeIt()).toMatchObject({
      executionArn: arn,
      status: 'ABORTED',
      input: '{"id":"described"}',
      startDate: running.startDate,
      stopDate: expect.any(Date),
    });
    const other = client.send(new DescribeExecutionCommand({ executionArn: `${arn}-other` }));
    await expect(other).rejects.toMatchObject({ name: 'ExecutionDoesNotExist' });
    client.destroy();
  });

  it('is told which operations there are', async () => {
    const client = new SFNClient(access('states'));
    const undone = client.send(new DescribeStateMachineCommand({ stateMachineArn: 'arn:aws:states:x' }));
    await expect(undone).rejects.toThrow(/knows StartExecution, .+, SendTaskFailure only/);
    client.destroy();
  });
});
