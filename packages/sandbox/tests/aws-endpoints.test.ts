import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SendTaskFailureCommand, SendTaskSuccessCommand, SFNClient, StopExecutionCommand } from '@aws-sdk/client-sfn';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Stack } from '../stack.ts';
import { startStack } from '../start-stack.ts';

let stack: Stack;

beforeAll(async () => {
  stack = await startStack({ secrets: { keys: 'a secret text' } });
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

  it('is told which operations there are', async () => {
    const client = new SFNClient(access('states'));
    const stop = client.send(new StopExecutionCommand({ executionArn: 'arn:aws:states:x' }));
    await expect(stop).rejects.toThrow(/knows StartExecution, SendTaskSuccess, SendTaskFailure only/);
    client.destroy();
  });
});
