import { BYE, equals, errors, flowOf, say, setQueue, type TestBlock, TRANSFER } from 'connect-flow-kit/flow-builder';
import { describe, expect, it, vi } from 'vitest';
import type { ConnectOptions } from '../connect/connect-options.ts';
import type { Contact } from '../connect/contact.ts';
import {
  call,
  contactOf,
  flowInstance,
  GREETING_SECONDS,
  happened,
  heard,
  instance,
  pass,
  stopTime,
} from './connect-model-support.ts';
import { FLOW, QUEUE, QUEUE_ARN, QUEUE_FLOW, REQUEST } from './connect-support.ts';

stopTime();

describe('a phone that is answered by hand', () => {
  it('tells of each state with the time at which it began', async () => {
    // Prepare
    const told: unknown[] = [];
    const contact = ({ state, initiatedAt, answeredAt, queuedAt, agentAt, endedAt }: Readonly<Contact>) =>
      told.push([
        state,
        { ringing: initiatedAt, 'in-flow': answeredAt, 'in-queue': queuedAt, 'with-agent': agentAt, ended: endedAt }[
          state
        ],
      ]);
    const { model } = instance({ answer: 'by-hand', watch: { contact, agent: () => undefined } });
    model.addAgent({ name: '佐藤', queues: [QUEUE] });

    // Act
    const id = call(model);
    await pass(30);
    model.answerCall(id);
    await pass(GREETING_SECONDS);
    model.hangUp(id);

    // Assess
    const connected = expect.stringMatching(/^2026-11-22T03:00:3\d/);
    expect(told).toEqual([
      ['ringing', '2026-11-22T03:00:00.000Z'],
      ['in-flow', '2026-11-22T03:00:30.000Z'],
      ['in-queue', connected],
      ['with-agent', connected],
      ['ended', '2026-11-22T03:00:40.000Z'],
    ]);
  });

  it('rings until somebody picks it up, and goes on from there', async () => {
    // Prepare
    const { model, eventTypes } = instance({ answer: 'by-hand' });
    model.addAgent({ name: '佐藤', queues: [QUEUE] });
    const id = call(model);

    // Act & Assess
    await pass(30);
    expect(contactOf(model, id).state).toBe('ringing');
    expect(model.answerCall(id)).toBe(true);
    expect(model.answerCall(id)).toBe(false);
    expect(contactOf(model, id)).toMatchObject({ state: 'in-flow', answeredAt: '2026-11-22T03:00:30.000Z' });
    await pass(GREETING_SECONDS);
    expect(contactOf(model, id).state).toBe('with-agent');
    model.hangUp(id);
    await model.idle();
    expect(happened(contactOf(model, id))).toEqual([
      'The phone rings.',
      'The customer answers.',
      'The customer waits in the queue.',
      '佐藤 takes the call.',
      'The customer hangs up.',
    ]);
    expect(eventTypes()).toEqual([
      'INITIATED',
      'CONNECTED_TO_SYSTEM',
      'QUEUED',
      'CONNECTED_TO_AGENT',
      'DISCONNECTED',
      'COMPLETED',
    ]);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('rings out where nobody does', async () => {
    const { model } = instance({ answer: 'by-hand' });
    const { ContactId } = model.startOutbound({ ...REQUEST, RingTimeoutInSeconds: 20 });
    await pass(20);
    expect(happened(contactOf(model, ContactId))).toEqual(['The phone rings.', 'Nobody answers.']);
    expect(contactOf(model, ContactId).disconnectReason).toBe('TELECOM_ORIGINATOR_CANCEL');
    expect(model.answerCall(ContactId)).toBe(false);
  });

  it('does not hang up by itself: the agent does', async () => {
    const { model } = instance({ answer: 'by-hand' });
    model.addAgent({ name: '佐藤', queues: [QUEUE] });
    const id = call(model);
    model.answerCall(id);
    await pass(GREETING_SECONDS + 30);
    expect(contactOf(model, id).disconnectReason).toBe('AGENT_DISCONNECT');
  });

  it.each([
    ['human', true, 'The customer answers.'],
    ['voicemail', true, 'The customer answers.'],
    ['no-answer', true, 'The customer answers.'],
    ['busy', false, 'The phone rings.'],
  ] as const)('though it is set to %s: %s', async (answer, picksUp, last) => {
    const { model } = instance({ answer });
    const id = call(model);
    expect(model.answerCall(id)).toBe(picksUp);
    expect(happened(contactOf(model, id)).at(-1)).toBe(last);
  });

  it('is picked up once, though it would have been picked up anyway', async () => {
    const { model, eventTypes } = instance();
    const id = call(model);
    await pass(1);
    model.answerCall(id);
    await pass(60);
    expect(eventTypes().filter((type) => type === 'CONNECTED_TO_SYSTEM')).toHaveLength(1);
    expect(happened(contactOf(model, id)).filter((text) => text.includes('answers'))).toHaveLength(1);
  });

  it('is picked up once where the flow lets no time pass', async () => {
    const { model, eventTypes } = flowInstance(flowOf(setQueue(QUEUE_ARN), TRANSFER));
    const id = call(model);
    model.answerCall(id);
    await pass(60);
    expect(eventTypes()).toEqual(['INITIATED', 'CONNECTED_TO_SYSTEM', 'QUEUED']);
  });

  it('may decline the call, which looks to the network like a busy line', async () => {
    const { model, eventTypes } = instance({ answer: 'by-hand' });
    const id = call(model);
    model.hangUp(id);
    await model.idle();
    expect(contactOf(model, id)).toMatchObject({ state: 'ended', disconnectReason: 'TELECOM_BUSY' });
    expect(contactOf(model, id).answeredAt).toBeUndefined();
    expect(happened(contactOf(model, id))).toEqual(['The phone rings.', 'The customer declines the call.']);
    expect(eventTypes()).toEqual(['INITIATED', 'DISCONNECTED', 'COMPLETED']);
  });

  it('is so from the next call on, when it is set while the instance runs', async () => {
    const { model } = instance({ answer: () => 'busy' });
    const first = call(model);
    model.setAnswer('by-hand');
    const second = call(model);
    await pass(3);
    expect(model.answer()).toBe('by-hand');
    expect([first, second].map((id) => contactOf(model, id).state)).toEqual(['ended', 'ringing']);
  });
});

/** Heard for a second and a half. */
const PROMPT = '1を押してください。';

const asking = (parameters: Record<string, unknown>, change: Partial<TestBlock> = {}): TestBlock => ({
  Type: 'GetParticipantInput',
  Parameters: { Text: PROMPT, InputTimeLimitSeconds: '8', ...parameters },
  ...change,
});

const MENU = flowOf(
  say('おはようございます。'),
  asking(
    { StoreInput: 'False' },
    {
      Transitions: {
        Conditions: equals({ 1: 'one', '#': 'hash' }),
        Errors: errors({ InputTimeLimitExceeded: 'nothing', NoMatchingCondition: 'other', NoMatchingError: BYE }),
      },
    },
  ),
  ...['one', 'hash', 'nothing', 'other'].map((Identifier) =>
    say(Identifier, { Identifier, Transitions: { NextAction: BYE } }),
  ),
);

/** Seconds of the two prompts of the menu, at seven characters a second. */
const [HELLO, ASK] = ['おはようございます。', PROMPT].map((text) => text.length / 7) as [number, number];

/** Rings, and is picked up at once. */
function answeredCall(flow: Parameters<typeof flowInstance>[0], options: Partial<ConnectOptions> = {}) {
  const { model } = flowInstance(flow, { answer: 'by-hand', ...options });
  const id = call(model);
  model.answerCall(id);
  return { model, id, keysAsked: () => contactOf(model, id).keysAsked, said: () => heard(contactOf(model, id)).at(-1) };
}

describe('the keys of a phone', () => {
  it('are waited for, as long as the block says', async () => {
    // Prepare
    const { model, id, keysAsked, said } = answeredCall(MENU);
    await pass(HELLO + ASK + 7.9);

    // Act & Assess
    expect(keysAsked()).toEqual({ choices: ['1', '#'] });
    expect(said()).toBe(PROMPT);
    await pass(0.2);
    expect(keysAsked()).toBeUndefined();
    expect(said()).toBe('nothing');
    expect(happened(contactOf(model, id))).toContain('The customer presses no key.');
  });

  it.each([
    ['1', 'one'],
    ['#', 'hash'],
    ['9', 'other'],
  ])('decide as soon as one is pressed: %s leads to %s', async (key, to) => {
    const { model, id, keysAsked, said } = answeredCall(MENU);
    await pass(HELLO + ASK + 3);
    expect(model.pressKey(id, key)).toBe(true);
    await pass(0);
    expect(said()).toBe(to);
    expect(keysAsked()).toBeUndefined();
    expect(happened(contactOf(model, id)).filter((text) => text.includes('presses'))).toEqual([
      `The customer presses ${key}.`,
    ]);
    expect(model.pressKey(id, '1')).toBe(false);
  });

  it('interrupt the prompt that asks for them', async () => {
    const { model, id, keysAsked, said } = answeredCall(MENU);
    await pass(HELLO + 0.1);
    expect(keysAsked()).toBeDefined();
    model.pressKey(id, '1');
    await pass(0);
    expect(said()).toBe('one');
    await pass(60);
    expect(heard(contactOf(model, id))).toEqual(['おはようございます。', PROMPT, 'one']);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('do nothing at other times, and other keys do nothing ever', async () => {
    const { model, id, said } = answeredCall(MENU);
    expect(model.pressKey(id, '1')).toBe(false);
    await pass(HELLO + 0.1);
    expect(model.pressKey(id, 'A')).toBe(false);
    expect(model.pressKey(id, '12')).toBe(false);
    expect(model.pressKey('nobody', '1')).toBe(false);
    await pass(ASK + 5);
    expect(said()).toBe(PROMPT);
  });

  it('are told to anyone who watches the contact', async () => {
    const asked: Contact['keysAsked'][] = [];
    const { model, id } = answeredCall(MENU, { onChange: ({ keysAsked }) => asked.push(keysAsked) });
    await pass(HELLO + 0.1);
    expect(asked.at(-1)).toEqual({ choices: ['1', '#'] });
    model.hangUp(id);
    await pass(0);
    expect(asked.at(-1)).toBeUndefined();
    expect(contactOf(model, id).state).toBe('ended');
    expect(model.pressKey(id, '1')).toBe(false);
  });

  it('are asked for without a word, too', async () => {
    const silent = flowOf({
      Type: 'GetParticipantInput',
      Parameters: { StoreInput: 'True', InputTimeLimitSeconds: '5' },
    });
    const asked: Contact['keysAsked'][] = [];
    const { model, id } = answeredCall(silent, { onChange: ({ keysAsked }) => asked.push(keysAsked) });
    await pass(4.9);
    expect(asked.at(-1)).toEqual({});
    await pass(0.2);
    expect(contactOf(model, id).state).toBe('ended');
  });

  it('are not asked for where the prompt fails', async () => {
    const tooLong = asking(
      { Text: 'あ'.repeat(3_001) },
      { Transitions: { Errors: errors({ NoMatchingError: 'sorry' }) } },
    );
    const { model, id, keysAsked, said } = answeredCall(
      flowOf(tooLong, say('申し訳ございません。', { Identifier: 'sorry' })),
    );
    await pass(0.1);
    expect(said()).toBe('申し訳ございません。');
    expect(keysAsked()).toBeUndefined();
    expect(model.pressKey(id, '1')).toBe(false);
  });

  it('are pressed by a human, unless somebody is faster', async () => {
    const { model, id, said } = answeredCall(MENU, { answer: 'human' });
    await pass(HELLO + ASK + 0.9);
    expect(said()).toBe(PROMPT);
    model.pressKey(id, '#');
    await pass(0.2);
    expect(said()).toBe('hash');
    expect(happened(contactOf(model, id)).filter((text) => text.includes('presses'))).toEqual([
      'The customer presses #.',
    ]);
  });

  it('are none to a voicemail', async () => {
    const { model } = flowInstance(MENU, { answer: 'voicemail' });
    const id = call(model);
    await pass(2 + HELLO + ASK + 1);
    expect(contactOf(model, id).keysAsked).toBeUndefined();
    expect(model.pressKey(id, '1')).toBe(false);
  });

  it('count no more once an agent has taken the call out of the queue', async () => {
    // Prepare: the flow of the queue asks for keys over and over.
    const { model } = instance({
      answer: 'by-hand',
      flows: new Map([
        [
          FLOW,
          {
            name: 'entry',
            type: 'CONTACT_FLOW',
            document: flowOf(
              {
                Type: 'UpdateContactEventHooks',
                Parameters: { EventHooks: { CustomerQueue: QUEUE_FLOW } },
              },
              setQueue(QUEUE_ARN),
              TRANSFER,
            ),
          },
        ],
        [QUEUE_FLOW, { name: 'queue', type: 'CUSTOMER_QUEUE', document: MENU }],
      ]),
    });
    const id = call(model);
    model.answerCall(id);
    await pass(HELLO + 0.1);
    expect(contactOf(model, id)).toMatchObject({ state: 'in-queue', keysAsked: { choices: ['1', '#'] } });

    // Act
    model.addAgent({ name: '佐藤', queues: [QUEUE] });

    // Assess
    expect(contactOf(model, id).keysAsked).toBeUndefined();
    expect(model.pressKey(id, '1')).toBe(false);
    await pass(20);
    expect(heard(contactOf(model, id)).at(-1)).toBe(PROMPT);
  });
});
