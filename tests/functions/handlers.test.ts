import { SQSClient } from '@aws-sdk/client-sqs';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { expect, it, vi } from 'vitest';
import { goodRequest, setEnvironment } from './function-support.ts';

setEnvironment();

// Node 24 on Lambda takes a third parameter for a callback and refuses to start the function
// (Runtime.CallbackHandlerDeprecated).
it.each([
  'accept-sns-notification',
  'check-queue',
  'claim-request',
  'enter-waiting-room',
  'record-outcome',
  'release-waiting',
  'settle-execution',
  'start-call',
  'take-later-turn',
  'track-contact',
  'validate-request',
])('the handler of %s takes an event and a context, and no callback', async (name) => {
  const { handler } = await import(`../../functions/${name}.ts`);
  expect(handler).toBeTypeOf('function');
  expect(handler.length).toBeLessThanOrEqual(2);
});

it('keeps one client for all messages, so that connections are used again', async () => {
  // Prepare
  const clients = new Set<unknown>();
  vi.spyOn(DynamoDBDocumentClient.prototype, 'send').mockImplementation(async () => ({}));
  const send = vi.spyOn(SQSClient.prototype, 'send').mockImplementation(async function (this: unknown) {
    clients.add(this);
  });
  const { handler } = await import('../../functions/enter-waiting-room.ts');
  const state = { decision: 'wait', request: goodRequest, holdsGuards: true, waitSeconds: 60 } as const;
  // Act
  for (const token of ['one', 'two', 'three']) await handler({ token, state }, {} as never, () => {});
  // Assess
  expect(send).toHaveBeenCalledTimes(3);
  expect(clients.size).toBe(1);
  vi.restoreAllMocks();
});
