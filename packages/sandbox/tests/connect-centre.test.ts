import { describe, expect, it } from 'vitest';
import type { Agent } from '../connect/agents.ts';
import type { Contact } from '../connect/contact.ts';
import type { ConnectModel } from '../connect/model.ts';
import { call, contactOf, GREETING_SECONDS, happened, instance, pass, stopTime } from './connect-model-support.ts';
import { ATTRIBUTES, INSTANCE, OTHER_QUEUE, QUEUE } from './connect-support.ts';

stopTime();

const CONNECTED = 2 + GREETING_SECONDS;

/** The values of the metrics for a queue; none where there is no result. */
function metrics(model: ConnectModel, ...names: string[]): (number | undefined)[] {
  const { MetricResults } = model.currentMetricData({
    InstanceId: INSTANCE,
    Filters: { Queues: [QUEUE] },
    Groupings: ['QUEUE'],
    CurrentMetrics: names.map((Name) => ({ Name, Unit: 'COUNT' })),
  });
  return names.map((_, index) => MetricResults[0]?.Collections[index]?.Value);
}

describe('metrics that lag behind', () => {
  it('show agents as they were so many seconds ago', async () => {
    // Prepare
    const { model } = instance({ metricsLagSeconds: 15 });
    const agent = model.addAgent({ name: '佐藤', queues: [QUEUE] });

    // Act & Assess
    expect(metrics(model, 'AGENTS_AVAILABLE')).toEqual([undefined]);
    await pass(15);
    expect(metrics(model, 'AGENTS_AVAILABLE')).toEqual([1]);
    model.setAgentStatus(agent.id, 'break');
    await pass(14.9);
    expect(metrics(model, 'AGENTS_AVAILABLE')).toEqual([1]);
    await pass(0.1);
    expect(metrics(model, 'AGENTS_AVAILABLE')).toEqual([0]);
    model.removeAgent(agent.id);
    await pass(15);
    expect(metrics(model, 'AGENTS_AVAILABLE')).toEqual([undefined]);
  });

  it('show an agent free while the agent talks already', async () => {
    const { model } = instance({ metricsLagSeconds: 15 });
    model.addAgent({ name: '佐藤', queues: [QUEUE] });
    await pass(15);
    call(model);
    await pass(CONNECTED + 13);
    expect(metrics(model, 'AGENTS_AVAILABLE', 'AGENTS_ON_CALL')).toEqual([1, 0]);
    await pass(2);
    expect(metrics(model, 'AGENTS_AVAILABLE', 'AGENTS_ON_CALL')).toEqual([0, 1]);
  });

  it('show the queue as it was, ages included', async () => {
    const { model } = instance({ metricsLagSeconds: 15 });
    call(model, { Attributes: { ...ATTRIBUTES, has_inquiry_type: 'false' } });
    await pass(2 + GREETING_SECONDS);
    const waitedSince = contactOf(model, model.contacts()[0]?.id ?? '').queuedAt ?? '';
    await pass(10);
    expect(metrics(model, 'CONTACTS_IN_QUEUE')).toEqual([undefined]);
    await pass(20);
    const age = Math.floor((Date.now() - 15_000 - Date.parse(waitedSince)) / 1_000);
    expect(metrics(model, 'CONTACTS_IN_QUEUE', 'OLDEST_CONTACT_AGE')).toEqual([1, age]);
  });

  it('run as much faster than life as the rest', async () => {
    const { model } = instance({ metricsLagSeconds: 15, speed: 10 });
    model.addAgent({ name: '佐藤', queues: [QUEUE] });
    await pass(1.4);
    expect(metrics(model, 'AGENTS_AVAILABLE')).toEqual([undefined]);
    await pass(0.2);
    expect(metrics(model, 'AGENTS_AVAILABLE')).toEqual([1]);
  });
});

describe('times of each call', () => {
  it('can be given for each contact by itself', async () => {
    // Prepare
    const slow = ({ attributes }: Readonly<Contact>) => (attributes.user_type === 'visitor' ? 20 : 5);
    const { model } = instance({ ringSeconds: slow, talkSeconds: slow });
    for (const name of ['佐藤', '鈴木']) model.addAgent({ name, queues: [QUEUE] });

    // Act
    const visitor = call(model, { Attributes: { ...ATTRIBUTES, user_type: 'visitor' } });
    const member = call(model);

    // Assess
    await pass(5);
    expect([visitor, member].map((id) => contactOf(model, id).state)).toEqual(['ringing', 'in-flow']);
    await pass(GREETING_SECONDS + 5);
    expect([visitor, member].map((id) => contactOf(model, id).state)).toEqual(['in-flow', 'ended']);
  });

  it('can be a work of the agent after the call, which keeps the agent from the next', async () => {
    // Prepare
    const { model, eventTypes } = instance({ afterCallSeconds: 20 });
    model.addAgent({ name: '佐藤', queues: [QUEUE] });
    const first = call(model);
    const second = call(model);

    // Act & Assess
    await pass(CONNECTED + 30);
    expect(contactOf(model, first).state).toBe('ended');
    expect(contactOf(model, second).state).toBe('in-queue');
    expect(metrics(model, 'AGENTS_AVAILABLE', 'AGENTS_ON_CALL', 'AGENTS_ON_CONTACT')).toEqual([0, 0, 1]);
    expect(metrics(model, 'AGENTS_AFTER_CONTACT_WORK')).toEqual([1]);
    expect(eventTypes().at(-1)).toBe('DISCONNECTED');
    await pass(20);
    expect(eventTypes()).toContain('COMPLETED');
    expect(contactOf(model, second).state).toBe('with-agent');
  });
});

describe('a customer who calls in', () => {
  it('takes an agent as long as they talk, and is no call of ours', async () => {
    // Prepare
    const { model, events } = instance();
    const agent = model.addAgent({ name: '佐藤', queues: [QUEUE] });

    // Act
    const id = model.callIn({ queueId: QUEUE, talkSeconds: 100 }) ?? '';

    // Assess
    expect(contactOf(model, id)).toMatchObject({ state: 'with-agent', agentId: agent.id });
    await pass(99);
    expect(metrics(model, 'AGENTS_AVAILABLE')).toEqual([0]);
    await pass(1);
    expect(contactOf(model, id).state).toBe('ended');
    expect(events.map(({ detail }) => [detail.eventType, detail.initiationMethod])).toEqual(
      ['INITIATED', 'CONNECTED_TO_SYSTEM', 'QUEUED', 'CONNECTED_TO_AGENT', 'DISCONNECTED', 'COMPLETED'].map((type) => [
        type,
        'INBOUND',
      ]),
    );
    expect(model.describeContact(INSTANCE, id).Contact.InitiationMethod).toBe('INBOUND');
  });

  it('waits in line with those whom we called', async () => {
    const { model } = instance();
    const ours = call(model);
    await pass(CONNECTED);
    const theirs = model.callIn({ queueId: QUEUE }) ?? '';
    model.addAgent({ name: '佐藤', queues: [QUEUE] });
    expect([ours, theirs].map((id) => contactOf(model, id).state)).toEqual(['with-agent', 'in-queue']);
    await pass(30);
    expect(contactOf(model, theirs).state).toBe('with-agent');
  });

  it('takes one of the lines of the instance, and gets none where all are taken', () => {
    const { model } = instance({ quotas: { activeCalls: 1 } });
    expect(model.callIn({ queueId: QUEUE })).toBeDefined();
    expect(model.callIn({ queueId: QUEUE })).toBeUndefined();
    expect(() => call(model)).toThrow('1 active calls');
  });
});

describe('agents of two queues', () => {
  it('take the contact that waits longest in either', async () => {
    const { model } = instance();
    const first = model.callIn({ queueId: OTHER_QUEUE }) ?? '';
    const second = model.callIn({ queueId: QUEUE }) ?? '';
    const third = model.callIn({ queueId: OTHER_QUEUE }) ?? '';
    model.addAgent({ name: '佐藤', queues: [QUEUE, OTHER_QUEUE] });
    const talking = () => [first, second, third].map((id) => contactOf(model, id).state);
    expect(talking()).toEqual(['with-agent', 'in-queue', 'in-queue']);
    await pass(30);
    expect(talking()).toEqual(['ended', 'with-agent', 'in-queue']);
  });
});

describe('a model of many calls', () => {
  it('keeps neither transcripts nor walks where none are wanted', async () => {
    const { model } = instance({ keepTranscripts: false });
    model.addAgent({ name: '佐藤', queues: [QUEUE] });
    const id = call(model);
    await pass(60);
    expect(contactOf(model, id)).toMatchObject({ state: 'ended', transcript: [], walk: [] });
    expect(happened(contactOf(model, id))).toEqual([]);
  });

  it('names things as it is told, and shows every change at once', async () => {
    // Prepare
    let count = 0;
    const seen: string[] = [];
    const { model, events } = instance({
      newId: () => `id-${++count}`,
      watch: {
        contact: ({ id, state }) => seen.push(`${id} ${state}`),
        agent: ({ id, status, contactId }: Readonly<Agent>) => seen.push(`${id} ${status} ${contactId ?? ''}`),
      },
    });

    // Act
    const agent = model.addAgent({ name: '佐藤', queues: [QUEUE] });
    const id = call(model);
    await pass(60);

    // Assess
    expect([agent.id, id]).toEqual(['id-1', 'id-2']);
    expect(new Set(events.map((event) => event.id)).size).toBe(6);
    expect(seen).toEqual([
      'id-1 available ',
      'id-2 ringing',
      'id-2 in-flow',
      'id-2 in-queue',
      'id-1 available id-2',
      'id-2 with-agent',
      'id-2 ended',
      'id-1 available ',
    ]);
  });

  it('asks for the reaction of each contact', async () => {
    const { model } = instance({
      answer: (_, { attributes }) => (attributes.user_type === 'member' ? 'busy' : 'human'),
    });
    const id = call(model);
    await pass(1);
    expect(contactOf(model, id).disconnectReason).toBe('TELECOM_BUSY');
  });
});

describe('opening hours of single days', () => {
  const week = Object.fromEntries(['SUNDAY', 'MONDAY'].map((day) => [day, [{ start: '09:00', end: '18:00' }]]));

  it('replace those of the week, and none close the day', () => {
    // Prepare
    const { model } = instance();
    model.updateQueue(QUEUE, {
      hours: week,
      overrides: { '2026-11-22': [{ start: '12:01', end: '13:00' }], '2026-11-23': [] },
    });

    // Act
    const hours = model.effectiveHours(INSTANCE, `hours-of-${QUEUE}`, '2026-11-22', '2026-11-29');

    // Assess
    expect(
      hours.EffectiveHoursOfOperationList.map(({ Date: date, OperationalHours }) => [date, OperationalHours.length]),
    ).toEqual([
      ['2026-11-22', 1],
      ['2026-11-23', 0],
      ...['24', '25', '26', '27', '28'].map((day) => [`2026-11-${day}`, 0]),
      ['2026-11-29', 1],
    ]);
    expect(hours.EffectiveHoursOfOperationList[0]?.OperationalHours).toEqual([
      { Start: { Hours: 12, Minutes: 1 }, End: { Hours: 13, Minutes: 0 } },
    ]);
    expect(hours.EffectiveOverrideHoursList).toEqual([
      {
        Date: '2026-11-22',
        OverrideHours: [
          {
            Start: { Hours: 12, Minutes: 1 },
            End: { Hours: 13, Minutes: 0 },
            OverrideName: 'hours of 2026-11-22',
            OperationalStatus: 'OPEN',
          },
        ],
      },
      { Date: '2026-11-23', OverrideHours: [{ OverrideName: 'hours of 2026-11-23', OperationalStatus: 'CLOSED' }] },
    ]);
  });
});
