import { END, errors, flowOf, loop, say, TRANSFER } from 'connect-flow-kit/flow-builder';
import { describe, expect, it, vi } from 'vitest';
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
import { ATTRIBUTES, FLOW, GREETING_FLOW, OTHER_QUEUE, QUEUE, QUEUE_FLOW, REQUEST, SOURCE } from './connect-support.ts';

stopTime();

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

  it('offers a contact for 20 s to an agent who does not take it, then to the next, where it stood in line', async () => {
    // Prepare
    const misses = [1];
    const { model } = instance({ missedBy: () => misses.pop() ?? 0 });
    model.addAgent({ name: '佐藤', queues: [QUEUE] });
    const missed = call(model);
    await pass(3);
    const second = call(model);
    await pass(2 + GREETING_SECONDS);
    const offered = [contactOf(model, missed).state, contactOf(model, second).state];

    // Act
    await pass(15);
    model.addAgent({ name: '鈴木', queues: [QUEUE] });
    await pass(3);

    // Assess: the one behind is offered to the next; the one who was missed keeps the place.
    expect(offered).toEqual(['in-queue', 'in-queue']);
    expect(happened(contactOf(model, missed))).toContain('佐藤 does not take the call.');
    expect(contactOf(model, second).state).toBe('with-agent');
    await pass(30);
    expect(happened(contactOf(model, missed))).toContain('鈴木 takes the call.');
  });

  it('offers nothing for a minute to an agent who missed a call, also where the customer hangs up meanwhile', async () => {
    // Prepare
    const { model } = instance({ missedBy: 1 });
    model.addAgent({ name: '佐藤', queues: [QUEUE] });
    const gone = call(model);
    await pass(2 + GREETING_SECONDS + 3);

    // Act
    model.hangUp(gone);
    const next = model.callIn({ queueId: QUEUE }) ?? '';
    await pass(59);
    const before = contactOf(model, next).state;
    await pass(1 + 20 + 60);

    // Assess
    expect(happened(contactOf(model, gone))).toContain('佐藤 does not take the call.');
    expect(before).toBe('in-queue');
    expect(contactOf(model, next).state).toBe('with-agent');
  });

  it.each<[string, number, boolean]>([
    ['keeps a contact that its flow transfers while the phone of an agent rings', 1, true],
    ['lets it go where no phone rings', 0, false],
  ])('%s', async (_name, missedBy, stays) => {
    // Prepare
    const document = flowOf(
      loop([{ SSML: '<speak><break time="10s"/></speak>' }], 5),
      {
        Type: 'DequeueContactAndTransferToQueue',
        Parameters: { QueueId: OTHER_QUEUE },
        Transitions: { Errors: errors({ NoMatchingError: 'stay' }) },
      },
      say('まだです。', { Identifier: 'stay' }),
      END,
    );
    const { model } = instance({
      missedBy,
      flows: new Map([
        [FLOW, { name: 'greeting', type: 'CONTACT_FLOW', document: GREETING_FLOW }],
        [QUEUE_FLOW, { name: 'leaving', type: 'CUSTOMER_QUEUE', document }],
      ]),
    });
    if (missedBy > 0) model.addAgent({ name: '佐藤', queues: [QUEUE] });
    const id = call(model);

    // Act
    await pass(2 + GREETING_SECONDS + 6);

    // Assess
    expect(contactOf(model, id).state).toBe(stays ? 'in-queue' : 'ended');
    expect(heard(contactOf(model, id)).includes('まだです。')).toBe(stays);
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
      flows: new Map([[FLOW, { name: 'greeting', type: 'CONTACT_FLOW', document: GREETING_FLOW }]]),
    });
    const id = call(model);
    await pass(60);
    expect(happened(contactOf(model, id)).at(-1)).toBe("Amazon Connect's default queue flow plays, in English.");
  });

  it('is the one of the request where the flow sets none', async () => {
    const { model } = flowInstance(flowOf(TRANSFER));
    const { ContactId } = model.startOutbound({ ...REQUEST, SourcePhoneNumber: undefined, QueueId: OTHER_QUEUE });
    await pass(2);
    expect(contactOf(model, ContactId)).toMatchObject({ state: 'in-queue', queueId: OTHER_QUEUE, source: SOURCE });
  });
});

describe('flows', () => {
  it('that end without a queue end the call', async () => {
    const { model } = flowInstance(flowOf(END));
    const id = call(model);
    await pass(2);
    expect(contactOf(model, id).disconnectReason).toBe('CONTACT_FLOW_DISCONNECT');
  });

  it('that interrupt their loop go on when the time has passed', async () => {
    const { model } = flowInstance(flowOf(loop([{ Text: 'らららららら。' }], 5)));
    const id = call(model);
    await pass(2 + 4.9);
    expect(contactOf(model, id).state).toBe('in-flow');
    await pass(0.1);
    expect(contactOf(model, id).state).toBe('ended');
    expect(heard(contactOf(model, id))).toHaveLength(5);
  });

  it('with a loop of nothing wait without spinning', async () => {
    const { model } = flowInstance(flowOf(loop([{ Text: '$.Attributes.nothing' }])));
    const timers = vi.spyOn(globalThis, 'setTimeout');
    const id = call(model);
    await pass(600);
    expect(contactOf(model, id)).toMatchObject({ state: 'in-flow', transcript: { length: 2 } });
    expect(timers.mock.calls.length).toBeLessThan(610);
  });

  it('that resume start their loop again, after each interruption', async () => {
    // Prepare
    const silence = { SSML: `<speak>${'<break time="10s"/>'.repeat(4)}</speak>` };
    const { model } = instance({
      flows: new Map([
        [FLOW, { name: 'greeting', type: 'CONTACT_FLOW', document: GREETING_FLOW }],
        [
          QUEUE_FLOW,
          {
            name: 'waiting',
            type: 'CUSTOMER_QUEUE',
            document: flowOf(loop([{ Text: 'お待ちください。' }, silence], 25), say('もう少しです。'), END),
          },
        ],
      ]),
    });
    const id = call(model);

    // Act
    await pass(2 + GREETING_SECONDS + 2 * (25 + 1) + 5);

    // Assess
    expect(contactOf(model, id).state).toBe('in-queue');
    expect(heard(contactOf(model, id)).slice(-5)).toEqual([
      'お待ちください。',
      'もう少しです。',
      'お待ちください。',
      'もう少しです。',
      'お待ちください。',
    ]);
  });

  it('that cannot go on leave the customer in line', async () => {
    const { model } = instance({
      flows: new Map([
        [FLOW, { name: 'greeting', type: 'CONTACT_FLOW', document: GREETING_FLOW }],
        [QUEUE_FLOW, { name: 'broken', type: 'CUSTOMER_QUEUE', document: flowOf(loop([])) }],
      ]),
    });
    const id = call(model);
    await pass(60);
    expect(contactOf(model, id).state).toBe('in-queue');
    expect(happened(contactOf(model, id)).at(-1)).toContain(
      'The flow of the queue stops: block "block 1" has no branch',
    );
    model.addAgent({ name: '佐藤', queues: [QUEUE] });
    expect(contactOf(model, id).state).toBe('with-agent');
  });

  it('may end while the contact waits', async () => {
    const { model } = instance({
      flows: new Map([
        [FLOW, { name: 'greeting', type: 'CONTACT_FLOW', document: GREETING_FLOW }],
        [
          QUEUE_FLOW,
          {
            name: 'silent',
            type: 'CUSTOMER_QUEUE',
            document: flowOf(END),
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
