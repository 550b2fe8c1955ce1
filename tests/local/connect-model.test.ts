import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Contact } from '../../local/connect/contact.ts';
import type { ContactEvent } from '../../local/connect/contact-events.ts';
import type { FlowDocument } from '../../local/connect/flow-walker.ts';
import type { ConnectModel, ConnectOptions } from '../../local/connect/model.ts';
import {
  ATTRIBUTES,
  CUSTOMER,
  FLOW,
  INSTANCE,
  INSTANCE_ARN,
  OTHER_QUEUE,
  QUEUE,
  QUEUE_ARN,
  QUEUE_FLOW,
  REQUEST,
  repositoryFlow,
  SOURCE,
  testModel,
} from './connect-support.ts';

const START = new Date('2026-11-22T03:00:00.000Z');

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'], now: START });
});
afterEach(() => {
  vi.useRealTimers();
});

/** Lets this many seconds of life pass. */
const pass = (seconds: number) => vi.advanceTimersByTimeAsync(seconds * 1_000);

/** An instance that runs as fast as life, with what it told. */
function instance(options: Partial<ConnectOptions> = {}) {
  const events: ContactEvent[] = [];
  const model = testModel({ speed: 1, onContactEvent: (event) => events.push(event), ...options });
  return { model, events, eventTypes: () => events.map(({ detail }) => detail.eventType) };
}

const call = (model: ConnectModel, request: Partial<typeof REQUEST> = {}): string =>
  model.startOutbound({ ...REQUEST, ...request }).ContactId;

function contactOf(model: ConnectModel, id: string): Contact {
  const contact = model.contact(id);
  if (!contact) throw new Error(`no contact ${id}`);
  return contact;
}

const heard = (contact: Contact): string[] =>
  contact.transcript.filter(({ kind }) => kind === 'prompt').map(({ text }) => text);
const happened = (contact: Contact): string[] =>
  contact.transcript.filter(({ kind }) => kind === 'system').map(({ text }) => text);

/** Long enough for the greeting of the flow, which is 59 characters at seven a second. */
const GREETING_SECONDS = 10;

/** An instance whose only flow is this one. */
const flowInstance = (document: FlowDocument, options: Partial<ConnectOptions> = {}) =>
  instance({ flows: new Map([[FLOW, { name: 'test', type: 'CONTACT_FLOW', document }]]), ...options });

describe('a call that is answered', () => {
  it('rings, greets, queues, talks and ends', async () => {
    // Prepare
    const { model, eventTypes } = instance();
    const agent = model.addAgent({ name: '佐藤', queues: [QUEUE] });

    // Act & Assess
    const id = call(model);
    expect(contactOf(model, id).state).toBe('ringing');
    await pass(1.9);
    expect(contactOf(model, id).state).toBe('ringing');
    await pass(0.1);
    expect(contactOf(model, id).state).toBe('in-flow');
    await pass(GREETING_SECONDS);
    expect(contactOf(model, id)).toMatchObject({ state: 'with-agent', agentId: agent.id });
    await pass(30);

    const contact = contactOf(model, id);
    expect(contact).toMatchObject({ state: 'ended', disconnectReason: 'CUSTOMER_DISCONNECT' });
    expect(heard(contact)).toEqual([
      'いつもKARTEをご利用いただきありがとうございます。',
      '料金について',
      'のお問い合わせですね。オペレーターにおつなぎします。',
    ]);
    expect(happened(contact)).toEqual([
      'The phone rings.',
      'The customer answers.',
      'The customer waits in the queue.',
      '佐藤 takes the call.',
      'The customer hangs up.',
    ]);
    expect(contact.walk.at(-1)).toEqual({ kind: 'enter-queue', block: 'Transfer to queue', queue: QUEUE_ARN });
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

  it('speaks at seven characters a second, with voice and block in the transcript', async () => {
    const { model } = instance();
    const id = call(model);
    await pass(2);
    const lines = contactOf(model, id).transcript;
    const text = 'いつもKARTEをご利用いただきありがとうございます。';
    expect(lines.at(-1)).toEqual({
      at: '2026-11-22T03:00:02.000Z',
      kind: 'prompt',
      text,
      voice: 'Kazuha',
      engine: 'Neural',
      block: 'Thank member',
    });
    await pass(text.length / 7 - 0.01);
    expect(contactOf(model, id).transcript).toHaveLength(lines.length);
    await pass(0.02);
    expect(contactOf(model, id).transcript).toHaveLength(lines.length + 1);
  });

  it('runs faster than life by its speed', async () => {
    const { model } = instance({ speed: 20 });
    model.addAgent({ name: '佐藤', queues: [QUEUE] });
    const id = call(model);
    await pass((2 + GREETING_SECONDS + 30) / 20);
    expect(contactOf(model, id).state).toBe('ended');
  });

  it('tells of every change', async () => {
    const states: string[] = [];
    const { model } = instance({ onChange: ({ state }) => states.push(state) });
    model.addAgent({ name: '佐藤', queues: [QUEUE] });
    call(model);
    await pass(60);
    expect([...new Set(states)]).toEqual(['ringing', 'in-flow', 'in-queue', 'with-agent', 'ended']);
  });

  it('lets a voicemail hear the flow, and the agent hang up', async () => {
    const { model, eventTypes } = instance({ answer: 'voicemail' });
    model.addAgent({ name: '佐藤', queues: [QUEUE] });
    const id = call(model);
    await pass(60);
    const contact = contactOf(model, id);
    expect(happened(contact)[1]).toBe('A voicemail answers.');
    expect(heard(contact)).toHaveLength(3);
    expect(contact.disconnectReason).toBe('AGENT_DISCONNECT');
    expect(eventTypes()).toContain('CONNECTED_TO_AGENT');
  });
});

describe('a call that is not answered', () => {
  it('rings for 60 seconds', async () => {
    const { model, eventTypes } = instance({ answer: 'no-answer' });
    const id = call(model);
    await pass(59);
    expect(contactOf(model, id).state).toBe('ringing');
    await pass(1);
    expect(contactOf(model, id)).toMatchObject({ state: 'ended', disconnectReason: 'TELECOM_ORIGINATOR_CANCEL' });
    expect(contactOf(model, id).answeredAt).toBeUndefined();
    expect(eventTypes()).toEqual(['INITIATED', 'DISCONNECTED', 'COMPLETED']);
  });

  it('rings as long as it was asked to', async () => {
    const { model } = instance({ answer: 'no-answer' });
    const { ContactId } = model.startOutbound({ ...REQUEST, RingTimeoutInSeconds: 20 });
    await pass(20);
    expect(contactOf(model, ContactId).state).toBe('ended');
  });

  it('is given up before somebody who is slow answers', async () => {
    const { model } = instance({ ringSeconds: 25 });
    const { ContactId } = model.startOutbound({ ...REQUEST, RingTimeoutInSeconds: 20 });
    await pass(30);
    expect(happened(contactOf(model, ContactId))).toEqual(['The phone rings.', 'Nobody answers.']);
  });

  it('ends at once where the line is busy', async () => {
    const { model } = instance({ answer: 'busy' });
    const id = call(model);
    await pass(1);
    expect(contactOf(model, id)).toMatchObject({ state: 'ended', disconnectReason: 'TELECOM_BUSY' });
  });

  it('can be decided for each phone', async () => {
    const { model } = instance({ answer: (destination) => (destination === CUSTOMER ? 'busy' : 'human') });
    const id = call(model);
    await pass(1);
    expect(contactOf(model, id).disconnectReason).toBe('TELECOM_BUSY');
  });
});

describe('the queue', () => {
  it('plays the flow that was set, over and over, in the voice of the contact', async () => {
    const { model } = instance();
    const id = call(model);
    await pass(2 + GREETING_SECONDS + 30);
    const contact = contactOf(model, id);
    const waiting = contact.transcript.filter(({ block }) => block === 'Keep waiting');
    expect(waiting.slice(0, 3).map(({ text }) => text.slice(0, 5))).toEqual(['ただいまオ', 'お待たせし', 'ただいまオ']);
    expect(waiting[0]).toMatchObject({ voice: 'Kazuha', engine: 'Neural' });
  });

  it('falls silent when an agent takes the call', async () => {
    const { model } = instance();
    const id = call(model);
    await pass(2 + GREETING_SECONDS + 5);
    model.addAgent({ name: '佐藤', queues: [QUEUE] });
    const before = heard(contactOf(model, id)).length;
    await pass(29);
    expect(contactOf(model, id).state).toBe('with-agent');
    expect(heard(contactOf(model, id))).toHaveLength(before);
  });

  it('gives an agent the contact that waits longest', async () => {
    // Prepare: the second caller is in the queue before the first, who gets the longer greeting.
    const { model } = instance();
    const slow = call(model);
    const fast = call(model, { Attributes: { ...ATTRIBUTES, has_inquiry_type: 'false' } });
    await pass(2 + GREETING_SECONDS);

    // Act
    model.addAgent({ name: '佐藤', queues: [QUEUE] });

    // Assess
    expect(contactOf(model, fast).state).toBe('with-agent');
    expect(contactOf(model, slow).state).toBe('in-queue');
    await pass(30);
    expect(contactOf(model, fast).state).toBe('ended');
    expect(contactOf(model, slow).state).toBe('with-agent');
  });

  it('gives a contact to the agent who has been free longest, of its own queue', async () => {
    const { model } = instance();
    model.addAgent({ name: '他', queues: [OTHER_QUEUE] });
    const first = model.addAgent({ name: '佐藤', queues: [QUEUE] });
    const second = model.addAgent({ name: '鈴木', queues: [QUEUE] });
    model.setAgentStatus(first.id, 'break');
    model.setAgentStatus(first.id, 'available');
    const id = call(model);
    await pass(2 + GREETING_SECONDS);
    expect(contactOf(model, id).agentId).toBe(second.id);
  });

  it.each(['break', 'offline'] as const)('waits for an agent who is on %s', async (status) => {
    const { model } = instance();
    const agent = model.addAgent({ name: '佐藤', queues: [QUEUE] });
    model.setAgentStatus(agent.id, status);
    const id = call(model);
    await pass(60);
    expect(contactOf(model, id).state).toBe('in-queue');
    model.setAgentStatus(agent.id, 'available');
    expect(contactOf(model, id).state).toBe('with-agent');
  });

  it('lets an agent who leaves finish the call', async () => {
    const { model } = instance();
    const agent = model.addAgent({ name: '佐藤', queues: [QUEUE] });
    const id = call(model);
    await pass(2 + GREETING_SECONDS);
    model.removeAgent(agent.id);
    expect(model.agents()).toEqual([]);
    expect(contactOf(model, id).state).toBe('with-agent');
    await pass(30);
    expect(contactOf(model, id).state).toBe('ended');
  });

  it.each([
    ['full', { maxContacts: 1 }],
    ['disabled', { enabled: false }],
  ])('apologises where it is %s', async (_name, change) => {
    const { model, eventTypes } = instance();
    call(model);
    await pass(2 + GREETING_SECONDS);
    model.updateQueue(QUEUE, change);
    const id = call(model);
    await pass(60);
    const contact = contactOf(model, id);
    expect(heard(contact).at(-1)).toContain('大変混み合っております');
    expect(contact).toMatchObject({ state: 'ended', disconnectReason: 'CONTACT_FLOW_DISCONNECT' });
    expect(happened(contact).at(-1)).toBe('Amazon Connect hangs up: the flow ends the call.');
    expect(eventTypes().filter((type) => type === 'QUEUED')).toHaveLength(1);
  });

  it('plays what Amazon Connect plays where no flow was set', async () => {
    const { model } = instance({
      flows: new Map([[FLOW, { name: 'call-me', type: 'CONTACT_FLOW', document: repositoryFlow('call-me') }]]),
    });
    const id = call(model);
    await pass(60);
    expect(happened(contactOf(model, id)).at(-1)).toBe("Amazon Connect's default queue flow plays, in English.");
  });

  it('is the one of the request where the flow sets none', async () => {
    const { model } = flowInstance({
      Version: '2019-10-30',
      StartAction: 'transfer',
      Actions: [{ Identifier: 'transfer', Type: 'TransferContactToQueue' }],
    });
    const { ContactId } = model.startOutbound({ ...REQUEST, SourcePhoneNumber: undefined, QueueId: OTHER_QUEUE });
    await pass(2);
    expect(contactOf(model, ContactId)).toMatchObject({ state: 'in-queue', queueId: OTHER_QUEUE, source: SOURCE });
  });
});

describe('flows', () => {
  it('that end without a queue end the call', async () => {
    const { model } = flowInstance({
      Version: '2019-10-30',
      StartAction: 'end',
      Actions: [{ Identifier: 'end', Type: 'EndFlowExecution' }],
    });
    const id = call(model);
    await pass(2);
    expect(contactOf(model, id).disconnectReason).toBe('CONTACT_FLOW_DISCONNECT');
  });

  it('that interrupt their loop go on when the time has passed', async () => {
    const { model } = flowInstance({
      Version: '2019-10-30',
      StartAction: 'music',
      Actions: [
        {
          Identifier: 'music',
          Type: 'MessageParticipantIteratively',
          Parameters: { Messages: [{ Text: 'らららららら。' }], InterruptFrequencySeconds: '5' },
          Transitions: { NextAction: 'bye' },
        },
        { Identifier: 'bye', Type: 'DisconnectParticipant' },
      ],
    });
    const id = call(model);
    await pass(2 + 4.9);
    expect(contactOf(model, id).state).toBe('in-flow');
    await pass(0.1);
    expect(contactOf(model, id).state).toBe('ended');
    expect(heard(contactOf(model, id))).toHaveLength(5);
  });

  it('with a loop of nothing wait without spinning', async () => {
    const { model } = flowInstance({
      Version: '2019-10-30',
      StartAction: 'nothing',
      Actions: [{ Identifier: 'nothing', Type: 'MessageParticipantIteratively', Parameters: { Messages: [] } }],
    });
    const timers = vi.spyOn(globalThis, 'setTimeout');
    const id = call(model);
    await pass(600);
    expect(contactOf(model, id)).toMatchObject({ state: 'in-flow', transcript: { length: 2 } });
    expect(timers.mock.calls.length).toBeLessThan(610);
  });

  it('may end while the contact waits', async () => {
    const { model } = instance({
      flows: new Map([
        [FLOW, { name: 'call-me', type: 'CONTACT_FLOW', document: repositoryFlow('call-me') }],
        [
          QUEUE_FLOW,
          {
            name: 'silent',
            type: 'CUSTOMER_QUEUE',
            document: {
              Version: '2019-10-30',
              StartAction: 'end',
              Actions: [{ Identifier: 'end', Type: 'EndFlowExecution' }],
            },
          },
        ],
      ]),
    });
    const id = call(model);
    await pass(60);
    expect(contactOf(model, id).state).toBe('in-queue');
    model.addAgent({ name: '佐藤', queues: [QUEUE] });
    expect(contactOf(model, id).state).toBe('with-agent');
  });
});

describe('ending a call', () => {
  it.each([
    ['while it rings', 1, 'TELECOM_ORIGINATOR_CANCEL'],
    ['in the flow', 3, 'OTHER'],
    ['in the queue', 60, 'OTHER'],
  ])('stops it %s', async (_when, seconds, reason) => {
    const { model, eventTypes } = instance();
    const id = call(model);
    await pass(seconds);
    model.stopContact(INSTANCE, id);
    expect(contactOf(model, id)).toMatchObject({ state: 'ended', disconnectReason: reason });
    await model.idle();
    expect(eventTypes().slice(-2)).toEqual(['DISCONNECTED', 'COMPLETED']);
    expect(vi.getTimerCount()).toBe(0);
    expect(() => model.stopContact(INSTANCE, id)).toThrow(
      expect.objectContaining({ name: 'ContactNotFoundException' }),
    );
  });

  it('gives nobody a contact that has left the queue', async () => {
    const { model } = instance();
    const id = call(model);
    await pass(60);
    model.hangUp(id);
    model.addAgent({ name: '佐藤', queues: [QUEUE] });
    expect(contactOf(model, id).state).toBe('ended');
    expect(model.agents()).toMatchObject([{ status: 'available' }]);
    expect(model.agents()[0]).not.toHaveProperty('contactId');
  });

  it('frees the agent of a call that is stopped', async () => {
    const { model } = instance();
    model.addAgent({ name: '佐藤', queues: [QUEUE] });
    const first = call(model);
    const second = call(model);
    await pass(2 + GREETING_SECONDS);
    expect(contactOf(model, second).state).toBe('in-queue');
    model.stopContact(INSTANCE, first);
    expect(contactOf(model, second).state).toBe('with-agent');
  });

  it('lets the customer hang up, once', async () => {
    const { model, eventTypes } = instance();
    const id = call(model);
    await pass(3);
    model.hangUp(id);
    model.hangUp(id);
    await model.idle();
    expect(contactOf(model, id).disconnectReason).toBe('CUSTOMER_DISCONNECT');
    expect(eventTypes().filter((type) => type === 'DISCONNECTED')).toHaveLength(1);
  });
});

describe('contact events', () => {
  it('have the documented shape', async () => {
    // Prepare
    const { model, events } = instance();
    const agent = model.addAgent({ name: '佐藤', queues: [QUEUE] });

    // Act
    const id = call(model);
    await pass(60);

    // Assess
    expect(events.at(-2)).toEqual({
      version: '0',
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      'detail-type': 'Amazon Connect Contact Event',
      source: 'aws.connect',
      account: '123456789012',
      time: '2026-11-22T03:00:40Z',
      region: 'ap-northeast-1',
      resources: [`${INSTANCE_ARN}/contact/${id}`, INSTANCE_ARN],
      detail: {
        eventType: 'DISCONNECTED',
        contactId: id,
        initialContactId: id,
        channel: 'VOICE',
        instanceArn: INSTANCE_ARN,
        initiationMethod: 'API',
        initiationTimestamp: '2026-11-22T03:00:00.000Z',
        connectedToSystemTimestamp: '2026-11-22T03:00:02.000Z',
        disconnectTimestamp: expect.stringMatching(/^2026-11-22T03:00:40\.\d{3}Z$/),
        disconnectReason: 'CUSTOMER_DISCONNECT',
        queueInfo: {
          queueArn: QUEUE_ARN,
          queueType: 'STANDARD',
          enqueueTimestamp: expect.stringMatching(/^2026-11-22T03:00:10\.\d{3}Z$/),
        },
        agentInfo: {
          agentArn: `${INSTANCE_ARN}/agent/${agent.id}`,
          connectedToAgentTimestamp: expect.stringMatching(/^2026-11-22T03:00:10\.\d{3}Z$/),
        },
        segmentAttributes: { 'connect:Subtype': { ValueString: 'connect:Telephony' } },
        tags: { 'aws:connect:instanceId': INSTANCE, 'aws:connect:systemEndpoint': SOURCE },
      },
    });
    expect(events.at(-1)?.detail).toEqual({ ...events.at(-2)?.detail, eventType: 'COMPLETED' });
    expect(new Set(events.map((event) => event.id)).size).toBe(events.length);
  });

  it('carry neither the number of the customer nor attributes', async () => {
    const { model, events } = instance();
    call(model);
    await pass(20);
    expect(JSON.stringify(events)).not.toContain(CUSTOMER.slice(3));
    expect(JSON.stringify(events)).not.toContain('料金');
  });

  it('may be answered by acting on the model', async () => {
    const { model, eventTypes } = instance({
      onContactEvent: ({ detail }) => {
        if (detail.eventType === 'QUEUED') model.stopContact(INSTANCE, detail.contactId);
      },
    });
    const id = call(model);
    await pass(60);
    expect(contactOf(model, id).disconnectReason).toBe('OTHER');
    expect(eventTypes()).toEqual([]);
  });
});

describe('idle and close', () => {
  it('is idle at once where no call is alive', async () => {
    const { model } = instance();
    await expect(model.idle()).resolves.toBeUndefined();
  });

  it('is idle when the last call has ended and everybody knows', async () => {
    const { model, eventTypes } = instance({ answer: 'busy' });
    call(model);
    call(model);
    const idle = model.idle().then(() => eventTypes());
    await pass(1);
    expect((await idle).filter((type) => type === 'COMPLETED')).toHaveLength(2);
  });

  it('is not idle where the end of a call begins another', async () => {
    const { model, events } = instance({
      answer: 'busy',
      onContactEvent: (event) => {
        events.push(event);
        if (event.detail.eventType === 'COMPLETED' && model.contacts().length === 1) call(model);
      },
    });
    call(model);
    const idle = model.idle().then(() => model.contacts().map(({ state }) => state));
    await pass(2);
    expect(await idle).toEqual(['ended', 'ended']);
  });

  it('stops everything', async () => {
    const { model, events } = instance();
    const id = call(model);
    const idle = model.idle();
    await pass(3);
    const known = events.length;
    model.close();
    await idle;
    call(model);
    await pass(600);
    expect(vi.getTimerCount()).toBe(0);
    expect(contactOf(model, id).state).toBe('in-flow');
    expect(events).toHaveLength(known);
  });

  it('gives out copies only', () => {
    const { model } = instance();
    const id = call(model);
    contactOf(model, id).transcript.length = 0;
    for (const contact of model.contacts()) contact.state = 'ended';
    for (const queue of model.queues()) queue.enabled = false;
    model.addAgent({ name: '佐藤', queues: [QUEUE] }).status = 'offline';
    expect(contactOf(model, id)).toMatchObject({ state: 'ringing', transcript: { length: 1 } });
    expect(model.queues().every(({ enabled }) => enabled)).toBe(true);
    expect(model.agents()).toMatchObject([{ name: '佐藤', status: 'available' }]);
    expect(() => model.removeAgent('nobody')).toThrow('There is no agent nobody');
  });
});
