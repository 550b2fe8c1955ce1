import { createHash } from 'node:crypto';
import { SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type ReleaseQueue, sqsReleaseQueue } from '../../adapters/release-queue.ts';
import { LOCAL_CLIENT, startTinyServer, type TinyServer } from './tiny-server.ts';

const FUNCTION_ARN = 'arn:aws:lambda:ap-northeast-1:123456789012:function:releaseWaiting';
let server: TinyServer;
let client: SQSClient;
let queue: ReleaseQueue;

beforeAll(async () => {
  server = await startTinyServer();
  client = new SQSClient({ ...LOCAL_CLIENT, endpoint: server.endpoint, useQueueUrlAsEndpoint: false, maxAttempts: 2 });
  queue = sqsReleaseQueue(FUNCTION_ARN, 'release-of-the-tests', client);
});
afterAll(async () => {
  client.destroy();
  await server.close();
});
beforeEach(() => {
  server.seen.splice(0);
  server.replies.splice(0);
});

const accepted = (text: string) => ({
  body: { MessageId: 'message', MD5OfMessageBody: createHash('md5').update(text).digest('hex') },
});

describe('a message to the release function', () => {
  it.each([
    [{ tickAt: 1_795_316_403_000 }, 3],
    [{}, 0],
  ])('goes to the queue in the account and region of the calling function: %j', async (message, delaySeconds) => {
    const text = JSON.stringify(message);
    server.replies.push(accepted(text));
    await queue.send(message, delaySeconds);
    expect(server.seen).toEqual([
      {
        method: 'POST',
        path: '/',
        target: 'SendMessage',
        body: {
          QueueUrl: 'https://sqs.ap-northeast-1.amazonaws.com/123456789012/release-of-the-tests',
          MessageBody: text,
          DelaySeconds: delaySeconds,
        },
      },
    ]);
  });

  it('is sent again where the queue did not answer', async () => {
    server.replies.push({ error: 'InternalError', status: 500 }, accepted('{}'));
    await queue.send({}, 0);
    expect(server.seen).toHaveLength(2);
  });

  it('fails where the queue refuses it', async () => {
    server.replies.push({ error: 'QueueDoesNotExist', status: 400 });
    await expect(queue.send({}, 0)).rejects.toMatchObject({ name: 'QueueDoesNotExist' });
  });
});
