import { flowOf, setQueue, TRANSFER } from 'connect-flow-kit/flow-builder';
import { describe, expect, it } from 'vitest';
import type { ConnectModel } from '../connect/model.ts';
import type { Transfer } from '../connect/transfers.ts';
import { call, contactOf, flowInstance, GREETING_SECONDS, instance, pass, stopTime } from './connect-model-support.ts';
import { CUSTOMER, INSTANCE, OTHER_QUEUE, QUEUE, QUEUE_ARN } from './connect-support.ts';

stopTime();

/** The phone rings for 2 s, and the flow says nothing. */
const CONNECTED = 2;
const SILENT_FLOW = flowOf(setQueue(QUEUE_ARN), TRANSFER);

/** Two agents, one for each queue. */
function twoQueues(transfers: readonly Transfer[] = [], options: Parameters<typeof instance>[0] = {}) {
  const all = flowInstance(SILENT_FLOW, { transfers, ...options });
  all.model.addAgent({ name: '一人目', queues: [QUEUE] });
  all.model.addAgent({ name: '二人目', queues: [OTHER_QUEUE] });
  return all;
}

const states = (model: ConnectModel) => model.contacts().map(({ state }) => state);
const agentsBusy = (model: ConnectModel) => model.agents().map(({ contactId }) => contactId !== undefined);

describe('an agent who hands a customer on', () => {
  it('stays for a moment, and the customer goes on in another contact', async () => {
    // Prepare
    const { model, events } = twoQueues([{ by: 'agent', queueId: OTHER_QUEUE }], { afterCallSeconds: 7 });
    const first = call(model);

    // Act & Assess: half of the talk, then the agent stays for 5 s and does the work after the call.
    await pass(CONNECTED + 14);
    expect(states(model)).toEqual(['with-agent']);
    await pass(1);
    const second = model.contacts()[1]?.id ?? '';
    expect(states(model)).toEqual(['with-agent', 'with-agent']);
    expect(model.activeCalls()).toBe(1);
    await pass(5);
    expect(states(model)).toEqual(['ended', 'with-agent']);
    expect(agentsBusy(model)).toEqual([true, true]);
    await pass(7);
    expect(agentsBusy(model)).toEqual([true, false]);
    expect(model.agents().map(({ name, contactId }) => [name, contactId])).toEqual([
      ['二人目', second],
      ['一人目', undefined],
    ]);
    await pass(18 + 7);
    expect(model.activeCalls()).toBe(0);
    expect(events.map(({ detail }) => [detail.eventType, detail.contactId === first ? 1 : 2])).toEqual([
      ['INITIATED', 1],
      ['CONNECTED_TO_SYSTEM', 1],
      ['QUEUED', 1],
      ['CONNECTED_TO_AGENT', 1],
      ['INITIATED', 2],
      ['QUEUED', 2],
      ['CONNECTED_TO_AGENT', 2],
      ['DISCONNECTED', 1],
      ['COMPLETED', 1],
      ['DISCONNECTED', 2],
      ['COMPLETED', 2],
    ]);
  });

  it('leaves a chain in which each contact names the first and the one before', async () => {
    // Prepare
    const { model, events } = twoQueues([
      { by: 'agent', queueId: OTHER_QUEUE },
      { by: 'agent', queueId: QUEUE },
    ]);

    // Act
    const first = call(model);
    await pass(CONNECTED + 15 + 15 + 30);

    // Assess
    const [, second = '', third = ''] = model.contacts().map(({ id }) => id);
    const described = [first, second, third].map((id) => model.describeContact(INSTANCE, id).Contact);
    expect(described).toMatchObject([
      { InitiationMethod: 'API', InitialContactId: first, DisconnectReason: 'AGENT_DISCONNECT' },
      {
        InitiationMethod: 'TRANSFER',
        InitialContactId: first,
        PreviousContactId: first,
        DisconnectReason: 'AGENT_DISCONNECT',
        QueueInfo: { Id: OTHER_QUEUE },
        CustomerEndpoint: { Address: CUSTOMER },
      },
      {
        InitiationMethod: 'TRANSFER',
        InitialContactId: first,
        PreviousContactId: second,
        DisconnectReason: 'CUSTOMER_DISCONNECT',
        QueueInfo: { Id: QUEUE },
      },
    ]);
    expect(described.map(({ AgentInfo }) => typeof AgentInfo)).toEqual(['object', 'object', 'object']);
    const links = events.map(({ detail }) => [detail.contactId, detail.initialContactId, detail.previousContactId]);
    expect(new Set(links.map((link) => JSON.stringify(link)))).toEqual(
      new Set(
        [
          [first, first],
          [second, first, first],
          [third, first, second],
        ].map((link) => JSON.stringify([...link, undefined].slice(0, 3))),
      ),
    );
    expect(JSON.stringify(events)).not.toContain('nextContactId');
  });

  it('may be somebody whom a person tells so', async () => {
    const { model } = twoQueues();
    const first = call(model);
    expect(model.transfer(first, { queueId: OTHER_QUEUE, by: 'agent' })).toBeUndefined();
    await pass(CONNECTED + 3);
    const second = model.transfer(first, { queueId: OTHER_QUEUE, by: 'agent' }) ?? '';
    expect(contactOf(model, second)).toMatchObject({ state: 'with-agent', previousContactId: first });
    expect(() => model.transfer(second, { queueId: 'nowhere', by: 'agent' })).toThrow('queue does not exist');
  });
});

describe('a flow that hands a customer on', () => {
  it('ends the contact at once, and takes no agent of the first queue', async () => {
    // Prepare
    const { model, events } = twoQueues([{ by: 'flow', queueId: OTHER_QUEUE }]);
    const first = call(model);

    // Act & Assess
    await pass(CONNECTED + 9);
    expect(states(model)).toEqual(['in-queue']);
    await pass(1);
    expect(states(model)).toEqual(['ended', 'with-agent']);
    const second = model.contacts()[1]?.id ?? '';
    expect(contactOf(model, first)).not.toHaveProperty('disconnectReason');
    expect(model.describeContact(INSTANCE, second).Contact).toMatchObject({
      InitiationMethod: 'QUEUE_TRANSFER',
      InitialContactId: first,
      PreviousContactId: first,
    });
    const ended = events.find(({ detail }) => detail.eventType === 'DISCONNECTED');
    expect(ended?.detail).not.toHaveProperty('disconnectReason');
    expect(contactOf(model, second).attributes).toEqual(contactOf(model, first).attributes);
  });

  it('may be told so by a person while the customer waits', async () => {
    const { model } = flowInstance(SILENT_FLOW);
    const first = call(model);
    await pass(CONNECTED + 3);
    expect(model.transfer(first, { queueId: OTHER_QUEUE, by: 'agent' })).toBeUndefined();
    const second = model.transfer(first, { queueId: OTHER_QUEUE, by: 'flow' }) ?? '';
    expect(contactOf(model, second)).toMatchObject({ state: 'in-queue', queueId: OTHER_QUEUE });
    expect(contactOf(model, first).state).toBe('ended');
  });
});

describe('the line of a customer who was handed on', () => {
  it.each(['first', 'second'] as const)('is cut as a whole by the customer, by its %s contact', async (which) => {
    // Prepare: nobody serves the other queue, so that the one contact has an agent and the other waits.
    const { model, eventTypes } = flowInstance(SILENT_FLOW);
    model.addAgent({ name: '一人目', queues: [QUEUE] });
    const first = call(model);
    await pass(CONNECTED);
    const second = model.transfer(first, { queueId: QUEUE, by: 'agent' }) ?? '';
    expect(states(model)).toEqual(['with-agent', 'in-queue']);

    // Act
    model.hangUp(which === 'first' ? first : second);
    await model.idle();

    // Assess: the agent who becomes free does not get the contact that waits.
    expect(model.contacts().map(({ disconnectReason }) => disconnectReason)).toEqual([
      'CUSTOMER_DISCONNECT',
      'CUSTOMER_DISCONNECT',
    ]);
    expect(eventTypes().filter((type) => type === 'CONNECTED_TO_AGENT')).toHaveLength(1);
    expect(agentsBusy(model)).toEqual([false]);
  });

  it('is cut by the customer although its first contact is over', async () => {
    const { model } = twoQueues([{ by: 'flow', queueId: OTHER_QUEUE }]);
    const first = call(model);
    await pass(CONNECTED + 10);
    model.hangUp(first);
    expect(states(model)).toEqual(['ended', 'ended']);
    expect(model.activeCalls()).toBe(0);
  });

  it('is cut as a whole by StopContact of its first contact, which does not know the others', async () => {
    const { model } = twoQueues();
    const first = call(model);
    await pass(CONNECTED);
    const second = model.transfer(first, { queueId: OTHER_QUEUE, by: 'agent' }) ?? '';
    expect(() => model.stopContact(INSTANCE, second)).toThrow(
      expect.objectContaining({ name: 'InvalidRequestException' }),
    );
    model.stopContact(INSTANCE, first);
    expect(model.contacts().map(({ disconnectReason }) => disconnectReason)).toEqual(['OTHER', 'OTHER']);
  });

  it('is one active call of the instance, and over once', async () => {
    // Prepare
    const over: string[] = [];
    const { model } = twoQueues([{ by: 'agent', queueId: OTHER_QUEUE }], {
      quotas: { activeCalls: 2 },
      watch: { contact: () => undefined, agent: () => undefined, lineOver: (root) => over.push(root) },
    });

    // Act
    const first = call(model);
    await pass(CONNECTED + 15);
    const other = model.callIn({ queueId: OTHER_QUEUE });

    // Assess
    expect(other).toBeDefined();
    expect(() => call(model)).toThrow('2 active calls');
    await pass(29);
    expect(over).toEqual([]);
    await pass(1);
    expect(over).toEqual([first]);
  });
});

describe('a customer without patience', () => {
  it.each([
    ['during the announcements', 3, 'in-flow'],
    ['while waiting', GREETING_SECONDS + 2, 'in-queue'],
  ] as const)('hangs up %s', async (_, patience, state) => {
    const { model } = instance({ patience });
    const id = call(model);
    await pass(2 + patience - 1);
    expect(contactOf(model, id).state).toBe(state);
    await pass(1);
    expect(contactOf(model, id)).toMatchObject({ state: 'ended', disconnectReason: 'CUSTOMER_DISCONNECT' });
    expect(contactOf(model, id)).not.toHaveProperty('agentAt');
  });

  it('stays with an agent who has come in time, however long they talk', async () => {
    const { model } = twoQueues([], { patience: 1, talkSeconds: 100 });
    const id = call(model);
    await pass(CONNECTED + 90);
    expect(contactOf(model, id).state).toBe('with-agent');
  });
});

describe('a number that is not in use', () => {
  it('never rings: the call is over before', async () => {
    const { model, eventTypes } = instance({ answer: 'unreachable' });
    const id = call(model);
    expect(model.answerCall(id)).toBe(false);
    await pass(1);
    expect(model.describeContact(INSTANCE, id).Contact).toMatchObject({ DisconnectReason: 'TELECOM_NUMBER_INVALID' });
    expect(eventTypes()).toEqual(['INITIATED', 'DISCONNECTED', 'COMPLETED']);
  });
});

describe('DescribeContact', () => {
  it.each([
    ['not-found', 'ResourceNotFoundException'],
    ['throttle', 'ThrottlingException'],
    ['access-denied', 'AccessDeniedException'],
  ] as const)('fails when it is told to: %s', (kind, name) => {
    const { model } = instance();
    const id = call(model);
    model.addFault({ kind, operation: 'DescribeContact', times: 1 });
    expect(() => model.describeContact(INSTANCE, id)).toThrow(expect.objectContaining({ name }));
    expect(model.describeContact(INSTANCE, id).Contact.Id).toBe(id);
  });
});
