import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Stack } from '../../packages/sandbox/stack.ts';
import { startStack } from '../../packages/sandbox/start-stack.ts';
import { flowStageNamed } from '../../resources/flow-stage.ts';
import {
  ended,
  heard,
  karteEvent,
  MANY_AGENTS,
  NO_LIMITS,
  NUMBER_FORMS,
  sample,
  send,
  visitor,
} from './path-support.ts';

let stack: Stack;

beforeAll(async () => {
  stack = await startStack({ speed: 200, agents: MANY_AGENTS, settings: NO_LIMITS });
});

afterAll(async () => {
  await stack.close();
});

const outcomes = async (event: Parameters<typeof send>[1]) => {
  const { record } = await send(stack, event);
  return { outcome: record.outcome, reason: record.reason };
};

/** The firm's own names, which the stage gives to the flows. */
const { CompanyName, ServiceName, RecordingNotice } = flowStageNamed('local').flowValues;

/** What every customer hears first. */
const COMPANY = `${CompanyName}でございます。ウェブサイトよりお申し込みいただき、お電話を差し上げました。${RecordingNotice}`;

describe('a request that is called', () => {
  it.each([
    ['member', `いつも${ServiceName}をご利用いただきありがとうございます。`],
    ['visitor', `${ServiceName}の利用をご検討いただきありがとうございます。`],
    ['somebody-else', 'お問い合わせいただきありがとうございます。'],
  ])('greets a %s in the words of the guide, in a Japanese neural voice', async (userType, greeting) => {
    // Act
    const { record, contact, execution } = await send(stack, karteEvent(visitor({ user_type: userType })));
    // Assess
    expect(heard(contact)).toEqual([
      COMPANY,
      greeting,
      '料金についてのお問い合わせですね。オペレーターにおつなぎします。',
    ]);
    const voices = new Set(
      contact?.transcript.filter(({ kind }) => kind === 'prompt').map(({ voice, engine }) => `${voice} ${engine}`),
    );
    expect([...voices]).toEqual(['Kazuha Neural']);
    expect(contact?.agentId).toBeDefined();
    expect(execution.status).toBe('SUCCEEDED');
    expect(record).toMatchObject({
      status: 'ended',
      outcome: 'completed',
      class: 'reached',
      reason: 'agent_connected',
      contactId: contact?.id,
      phone: '+819012345678',
      attempts: 1,
    });
  });

  it('skips the read-back where there is no inquiry', async () => {
    const { contact } = await send(stack, karteEvent({ phone_e164: '09012345678', user_type: 'member' }));
    expect(heard(contact)).toEqual([
      COMPANY,
      `いつも${ServiceName}をご利用いただきありがとうございます。`,
      'オペレーターにおつなぎします。',
    ]);
  });

  it('transfers to the queue that the stage routes the user_type to, which is the queue that was checked', async () => {
    const { record, contact } = await send(stack, karteEvent(visitor({ user_type: 'member' })));
    const { queues } = stack.service.stage.file.connect;
    expect(record.queueId).toBe(queues.members);
    expect(contact?.queueId).toBe(queues.members);
    expect(contact?.attributes.queue_arn).toMatch(new RegExp(`/queue/${queues.members}$`));
  });

  it('takes the content as JSON text, and carries further fields but no identity', async () => {
    const content = JSON.stringify(visitor({ plan: 'standard', email: 'visitor@example.com', nested: { a: 1 } }));
    const { record, contact } = await send(stack, karteEvent(content));
    expect(contact?.attributes).toMatchObject({ plan: 'standard', inquiry_type: '料金について' });
    expect(JSON.stringify(contact?.attributes)).not.toMatch(/visitor@example\.com|9012345678/);
    expect(record.leftOut).toEqual(['email', 'nested']);
  });

  it('tells the agent who it is in name and description', async () => {
    const { contact } = await send(stack, karteEvent(visitor({ track_id: 'A7K2' })));
    expect(contact?.name).toBe('Web: 料金について');
    expect(contact?.description).toContain('A7K2');
    expect(contact?.attributes.track_id_spoken).toBe('A、7、K、2');
  });

  it('enters at most twelve states', async () => {
    const { execution } = await send(stack, karteEvent(visitor()));
    expect(execution.states.length).toBeLessThanOrEqual(12);
  });
});

describe('the same event delivered more than once', () => {
  it('makes one call, however many deliveries come at once', async () => {
    // Prepare
    const event = karteEvent(visitor());
    const before = stack.connect.contacts().length;
    // Act
    const executions = Array.from({ length: 10 }, () => stack.put(event)).flatMap((delivery) =>
      delivery.result === 'started' ? [delivery.execution] : [],
    );
    const all = await Promise.all(executions.map((execution) => ended(stack, execution)));
    // Assess
    expect(stack.connect.contacts().length - before).toBe(1);
    const recorded = all.map(({ execution }) => (execution.output as { outcome: string }).outcome);
    expect(recorded.filter((outcome) => outcome === 'call_placed')).toHaveLength(1);
    expect(recorded.filter((outcome) => outcome === 'duplicate')).toHaveLength(9);
    const record = await stack.record(String(event.id));
    expect(record?.outcome).toBe('completed');
    expect(record?.duplicates).toHaveLength(9);
  });

  it('leaves a refusal recorded once', async () => {
    const event = karteEvent(visitor({ phone_e164: '110' }));
    await send(stack, event);
    const again = await send(stack, event);
    expect(again.record).toMatchObject({ outcome: 'number_refused', reason: 'emergency' });
    expect(again.record.duplicates).toHaveLength(1);
  });
});

describe('a request that is refused', () => {
  it.each([
    ['0120-123-45', 'toll_free'],
    ['0570-000-000', 'shared_cost'],
    ['0990-000-000', 'premium_rate'],
    ['020-1234-5678', 'machine'],
    ['110', 'emergency'],
    ['118', 'emergency'],
    ['+81119', 'emergency'],
    ['+1 202 555 0123', 'country_not_allowed'],
    ['090-1234-567', 'too_few_digits'],
    ['', 'missing'],
    ['#{phone_e164}', 'not_filled_in'],
    ['null', 'not_filled_in'],
    ['undefined', 'not_filled_in'],
  ])('records %j as %s and dials nothing', async (phone, reason) => {
    const before = stack.connect.contacts().length;
    const { record, execution } = await send(stack, karteEvent(visitor({ phone_e164: phone })));
    expect(record).toMatchObject({ outcome: 'number_refused', class: 'refused', reason, attempts: 0 });
    expect(execution.status).toBe('SUCCEEDED');
    expect(stack.connect.contacts().length).toBe(before);
  });

  it('records an event older than the stage allows as stale', async () => {
    expect(await outcomes(sample('call-request.stale.json'))).toEqual({ outcome: 'stale', reason: 'too_old' });
  });

  it.each([
    ['content that is missing', undefined, 'content_missing'],
    ['content that is not JSON', 'こんにちは', 'content_not_json'],
    ['content that is JSON but no object', '[1,2]', 'content_not_an_object'],
    ['content that is a number', 7, 'content_not_an_object'],
  ])('records %s as an invalid event', async (_, content, reason) => {
    expect(await outcomes(karteEvent(content))).toEqual({ outcome: 'invalid_event', reason });
  });

  it.each([
    ['a number made of an object', { phone_e164: { toString: '+819012345678' } }],
    ['a list of numbers', { phone_e164: ['+819012345678'] }],
    ['250 KB of text as a number', { phone_e164: '0'.repeat(250_000) }],
    ['prototype keys', JSON.parse('{"__proto__": {"phone_e164": "+819012345678"}, "constructor": {"prototype": 1}}')],
  ])('refuses %s without a crash', async (_, content) => {
    expect((await outcomes(karteEvent(content))).outcome).toBe('number_refused');
  });

  it('calls a request with 250 KB of inquiry, and reads 100 characters of it', async () => {
    const { record, contact } = await send(stack, karteEvent(visitor({ inquiry_type: 'あ'.repeat(80_000) })));
    expect(record.outcome).toBe('completed');
    expect(heard(contact)[2]).toBe(`${'あ'.repeat(100)}のお問い合わせですね。オペレーターにおつなぎします。`);
  });

  it('finds an event longer than an execution takes in the dead-letter queue', () => {
    const delivery = stack.put(karteEvent(visitor({ inquiry_type: 'x'.repeat(262_144) })));
    expect(delivery.result).toBe('dead-letter');
    expect(stack.bus.deadLetters.at(-1)?.event).toBe(delivery.event);
  });

  it('says which field an unmatched event differs in', () => {
    const delivery = stack.put(sample('unmatched.json'));
    expect(delivery).toMatchObject({
      result: 'unmatched',
      because: ['detail.name is "another_action", the rule wants "karte_ivr_call_request"'],
    });
  });
});

describe("the guide's route through SNS", () => {
  it("calls on the guide's own test event, which has no id and no time", async () => {
    const [execution] = await stack.notify(sample('sns-guide-test.json'));
    if (!execution) throw new Error('nothing was started');
    const { record, contact } = await ended(stack, execution);
    expect(record.outcome).toBe('completed');
    expect(heard(contact)[2]).toBe('動作環境についてのお問い合わせですね。オペレーターにおつなぎします。');
  });

  it('starts one execution per record, and a bad record does not stop the good ones beside it', async () => {
    // Prepare
    const other = visitor({ phone_e164: '+815012345678' });
    const message = (id: string, Message: unknown) => ({ Sns: { MessageId: id, Message } });
    const notification = {
      Records: [
        message('aaaaaaaa-0000-4000-8000-000000000001', 'not json'),
        message('aaaaaaaa-0000-4000-8000-000000000002', JSON.stringify(karteEvent(visitor()))),
        { Sns: { MessageId: 'aaaaaaaa-0000-4000-8000-000000000003' } },
        message('aaaaaaaa-0000-4000-8000-000000000004', JSON.stringify({ detail: { content: other } })),
      ],
    };
    // Act
    const executions = await stack.notify(notification);
    const all = await Promise.all(executions.map((execution) => ended(stack, execution)));
    // Assess
    expect(all.map(({ record }) => record.outcome)).toEqual([
      'invalid_event',
      'completed',
      'invalid_event',
      'completed',
    ]);
    expect(all.at(-1)?.record.requestId).toBe('aaaaaaaa-0000-4000-8000-000000000004');

    const before = stack.connect.contacts().length;
    const started = stack.stateMachine.executions.keys().length;
    await stack.notify(notification);
    await stack.idle();
    expect(stack.stateMachine.executions.keys()).toHaveLength(started);
    expect(stack.connect.contacts().length).toBe(before);
  });
});

describe('the logs of everything above', () => {
  it('hold no telephone number in any form', () => {
    expect(stack.functions.logs().length).toBeGreaterThan(50);
    expect(stack.functions.logs().filter((line) => NUMBER_FORMS.test(line))).toEqual([]);
  });

  it('show that the search for numbers can find one', () => {
    expect('{"phone":"090-1234-5678"}').toMatch(NUMBER_FORMS);
    expect('+819012345678').toMatch(NUMBER_FORMS);
  });
});
