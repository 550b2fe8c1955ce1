import { describe, expect, it, vi } from 'vitest';
import {
  call,
  contactOf,
  GREETING_SECONDS,
  happened,
  heard,
  instance,
  pass,
  stopTime,
} from './connect-model-support.ts';
import { CUSTOMER, INSTANCE, INSTANCE_ARN, QUEUE, QUEUE_ARN, REQUEST, SOURCE } from './connect-support.ts';

stopTime();

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
    expect(contact.walk.at(-1)).toEqual({ kind: 'enter-queue', block: 'Transfer', queue: QUEUE_ARN });
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
      block: 'Thank',
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

  it('leave out the times that never came', async () => {
    const { model, events } = instance({ answer: 'no-answer' });
    call(model);
    await pass(61);
    expect(Object.keys(events.at(-1)?.detail ?? {}).filter((field) => field.endsWith('Timestamp'))).toEqual([
      'initiationTimestamp',
      'disconnectTimestamp',
    ]);
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
