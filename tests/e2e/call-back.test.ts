import { afterEach, expect, it } from 'vitest';
import type { CallRecord } from '../../domain/call-record.ts';
import type { Stack } from '../../packages/sandbox/stack.ts';
import { type StackOptions, startStack } from '../../packages/sandbox/start-stack.ts';
import { heard, karteEvent, NO_LIMITS, NUMBER_FORMS, send, until, visitor } from './path-support.ts';

let stack: Stack;
let logs: string[];

afterEach(async () => {
  await stack.close();
});

async function up(options: StackOptions = {}): Promise<void> {
  logs = [];
  const settings = { ...NO_LIMITS, ...options.settings };
  stack = await startStack({
    ...{ speed: 200, agents: 10, answer: 'no-answer', onLog: (line) => void logs.push(line) },
    ...options,
    settings,
  });
}

/** A member's request whose phone nobody answers. */
async function missedCall(): Promise<CallRecord> {
  const { record } = await send(stack, karteEvent(visitor({ user_type: 'member', track_id: '48291532' })));
  expect(record.outcome).toBe('not_answered');
  return record;
}

/** The customer calls the number that rang, and talks. */
async function callBack(contactId: string | undefined) {
  const id = stack.connect.callBack(contactId ?? '');
  if (id === undefined) throw new Error('nobody could call back');
  await until(() => stack.connect.contact(id)?.state === 'ended');
  await until(async () => (await stack.record(id))?.outcome !== undefined);
  const [contact, record] = [stack.connect.contact(id), await stack.record(id)];
  const whispered = contact?.transcript.filter(({ kind }) => kind === 'whisper').map(({ text }) => text);
  return { id, contact, record, whispered };
}

const AS_ANY_CALLER = ['お電話ありがとうございます。KARTEサポート窓口でございます。', 'オペレーターにおつなぎします。'];

it('a customer who calls back is recognised, reaches the queue of the request, and both records say so', async () => {
  await up();
  const request = await missedCall();

  const { id, contact, record, whispered } = await callBack(request.contactId);

  expect(heard(contact)).toEqual([
    '折り返しのお電話ありがとうございます。先ほどお電話を差し上げました、KARTEサポート窓口でございます。',
    'オペレーターにおつなぎします。',
  ]);
  expect(whispered).toEqual(['折り返しです。電話番号から利用中と推定。', '4、8、2、9、1、5、3、2']);
  // The default queue is another one.
  expect(contact?.queueId).toBe(stack.service.stage.file.connect.queues.members);
  expect(await stack.record(request.requestId)).toMatchObject({
    ...{ outcome: 'not_answered', calledBackBy: id, calledBackAt: expect.stringMatching(/^20.*Z$/) },
  });
  expect(record).toMatchObject({ kind: 'inbound', outcome: 'completed', callBackOf: request.requestId });
  expect(record).not.toHaveProperty('flowAttributes');
  expect(logs.join('\n')).not.toMatch(NUMBER_FORMS);

  // The matter was talked about.
  const again = await callBack(request.contactId);
  expect(heard(again.contact)).toEqual(AS_ANY_CALLER);
  expect(again.whispered).toEqual(['お客様からのお電話です。']);
  expect(again.record).not.toHaveProperty('callBackOf');
  expect(await stack.record(request.requestId)).toMatchObject({ calledBackBy: id });
});

it('in a stage that recognises nobody, everyone who calls back is a caller like any other', async () => {
  await up({ settings: { recognizeCaller: null } });
  const request = await missedCall();
  const { contact, record } = await callBack(request.contactId);
  expect(heard(contact)).toEqual(AS_ANY_CALLER);
  expect(record).toMatchObject({ kind: 'inbound', outcome: 'completed' });
  expect(record).not.toHaveProperty('callBackOf');
  expect(await stack.record(request.requestId)).not.toHaveProperty('calledBackAt');
  expect(logs.join('\n')).not.toContain('recognizeCaller');
});
