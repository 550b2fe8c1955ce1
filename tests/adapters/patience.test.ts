import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { dynamoDocuments } from '../../adapters/dynamodb.ts';
import { PATIENCE } from '../../adapters/patience.ts';
import { sqsClient, sqsReleaseQueue } from '../../adapters/release-queue.ts';
import { readService } from '../../packages/sandbox/service.ts';
import { LOCAL_CLIENT, startTinyServer, type TinyServer } from './tiny-server.ts';

const FUNCTION_ARN = 'arn:aws:lambda:ap-northeast-1:000000000000:function:checkQueue';
const { maxAttempts, requestHandler } = PATIENCE;
let server: TinyServer;

beforeAll(async () => {
  server = await startTinyServer();
});
afterAll(() => server.close());
beforeEach(() => {
  vi.stubEnv('AWS_REGION', LOCAL_CLIENT.region);
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'local');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'local');
  for (const service of ['DYNAMODB', 'SQS']) vi.stubEnv(`AWS_ENDPOINT_URL_${service}`, server.endpoint);
  server.seen.splice(0);
  server.replies.splice(0);
});
afterEach(() => vi.unstubAllEnvs());

const read = () => dynamoDocuments().send(new GetCommand({ TableName: 'calls', Key: { requestId: 'request' } }));
const tick = () => sqsReleaseQueue(FUNCTION_ARN, 'release', sqsClient()).send({}, 0);

describe('a request to DynamoDB or SQS', () => {
  it.each([
    ['a read', 'fails inside the service', read, { error: 'InternalServerError', status: 500 } as const],
    ['a read', 'is hung up on', read, 'hang up' as const],
    ['a message', 'fails inside the service', tick, { error: 'InternalError', status: 500 } as const],
  ])('is given up after as many attempts as are planned with: %s %s', async (_what, _fate, send, reply) => {
    server.replies.push(reply);
    await expect(send()).rejects.toThrow();
    expect(server.seen).toHaveLength(maxAttempts);
  });

  it('is given up after as many attempts where nobody ever answers', async () => {
    // Prepare
    server.replies.push('silence');
    const impatient = { ...requestHandler, requestTimeout: 50 };
    const client = new DynamoDBClient({ ...PATIENCE, requestHandler: impatient });

    // Act
    const sent = client.send(new ListTablesCommand({}));

    // Assess
    // By the client's count: on a busy machine the server hears of a request only when that has long been given up.
    await expect(sent).rejects.toMatchObject({ name: 'TimeoutError', $metadata: { attempts: maxAttempts } });
    client.destroy();
  });

  it.each(Object.entries(readService('prod', 0).functions))(
    'that stays unanswered leaves %s the time to say so',
    (_name, { timeoutSeconds }) => {
      // Pauses between attempts come on top: less than a second for what is not throttled.
      expect(maxAttempts * requestHandler.requestTimeout + 1_000).toBeLessThan(timeoutSeconds * 1_000);
    },
  );
});
