import { SQSClient } from '@aws-sdk/client-sqs';
import { SSMClient } from '@aws-sdk/client-ssm';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { afterEach, expect, it, onTestFinished, vi } from 'vitest';
import { logger } from '../../adapters/logging.ts';
import { departureAt } from '../../domain/pacing.ts';
import { EXECUTION_ID, FLOW_ARN, goodRequest, QUEUE_ARN, setEnvironment } from './function-support.ts';

setEnvironment();

afterEach(() => {
  vi.restoreAllMocks();
});

// Node 24 on Lambda takes a third parameter for a callback and refuses to start the function
// (Runtime.CallbackHandlerDeprecated).
it.each([
  'accept-sns-notification',
  'admit',
  'enter-waiting-room',
  'release-waiting',
  'road',
  'settle-execution',
  'track-contact',
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
  // Act
  for (const token of ['one', 'two', 'three']) await handler({ token, state }, {} as never, () => {});
  // Assess
  expect(send).toHaveBeenCalledTimes(3);
  expect(clients.size).toBe(1);
});

const state = {
  request: goodRequest,
  holdsGuards: true,
  turn: { ...departureAt(Date.parse(goodRequest.receivedAt)), queueArn: QUEUE_ARN },
  waitSeconds: 60,
  tooMany: { Error: 'ConnectThrottled' },
};
const toStep = (step: string) => ({ step, executionId: EXECUTION_ID, retries: 0, state });

it.each([
  ['road', 'check-queue', 'checkQueue', toStep('CheckQueue')],
  ['road', 'claim-request', 'claimRequest', toStep('CheckQueue')],
  ['road', 'start-call', 'startCall', toStep('StartCall')],
  ['road', 'take-later-turn', 'takeLaterTurn', toStep('TakeLaterTurn')],
  ['road', 'record-outcome', 'recordOutcome', toStep('RecordOutcome')],
  ['enter-waiting-room', 'enter-waiting-room', 'enterWaitingRoom', { token: 'one', state }],
  ['release-waiting', 'release-waiting', 'releaseWaiting', { Records: [{ body: '{}' }] }],
])(
  'in %s, a failure in %s has a stack with %s in it, and no function of ours without a name',
  async (handles, file, name, input) => {
    // Prepare: a spy would come between the frames of an asynchronous stack.
    const { prototype } = DynamoDBDocumentClient;
    Object.defineProperty(prototype, 'send', { configurable: true, value: theTableDoesNotAnswer });
    onTestFinished(() => void Reflect.deleteProperty(prototype, 'send'));
    vi.spyOn(logger, 'error').mockReturnValue();
    const Value = JSON.stringify({ contactFlow: FLOW_ARN });
    vi.spyOn(SSMClient.prototype, 'send').mockImplementation(async () => ({ Parameter: { Value } }));
    const { handler } = await import(`../../functions/${handles}.ts`);
    // Act
    const failure: unknown = await handler(input, {}).catch((error: unknown) => error);
    // Assess
    const frames = failure instanceof Error ? String(failure.stack).split('\n') : [];
    expect(frames).toContainEqual(expect.stringMatching(`at (?:async )?${name} \\(.*/functions/${file}\\.ts`));
    const ours = frames.filter((frame) => /\/(?:functions|adapters)\/[\w/-]+\.ts/.test(frame));
    expect(ours.filter((frame) => !/ at (?:async )?[\w.]+ \(/.test(frame))).toEqual([]);
  },
);

/** As deep below the adapter as the SDK fails. */
const FRAMES_OF_THE_SDK = 8;

async function failBelow(frames: number): Promise<never> {
  await Promise.resolve();
  if (frames === 0) throw new Error('the table does not answer');
  return await failBelow(frames - 1);
}

const theTableDoesNotAnswer = () => failBelow(FRAMES_OF_THE_SDK);
