import type { FlowDocument } from 'connect-flow-kit';
import {
  BYE,
  END,
  equals,
  errors,
  flowOf,
  loop,
  say,
  setHook,
  setQueue,
  setVoice,
  type TestBlock,
  TRANSFER,
} from 'connect-flow-kit/flow-builder';
import { describe, expect, it } from 'vitest';
import type { ConnectOptions } from '../connect/connect-options.ts';
import { call, contactOf, flowInstance, happened, heard, instance, pass, stopTime } from './connect-model-support.ts';
import {
  CUSTOMER,
  FLOW,
  INSTANCE,
  INSTANCE_ARN,
  OTHER_QUEUE,
  QUEUE,
  QUEUE_ARN,
  QUEUE_FLOW,
} from './connect-support.ts';

stopTime();

const OTHER_FLOW = `${INSTANCE_ARN}/contact-flow/${QUEUE_FLOW}`;

/** An instance whose first flow knows another one. */
const twoFlows = (first: FlowDocument, second: FlowDocument, options: Partial<ConnectOptions> = {}) =>
  instance({
    flows: new Map([
      [FLOW, { name: 'first', type: 'CONTACT_FLOW', document: first }],
      [QUEUE_FLOW, { name: 'second', type: 'CONTACT_FLOW', document: second }],
    ]),
    ...options,
  });

const toQueue: readonly TestBlock[] = [setQueue(QUEUE_ARN), TRANSFER];

const menu: TestBlock = {
  Type: 'GetParticipantInput',
  Parameters: { Text: '1を押してください。', StoreInput: 'False', InputTimeLimitSeconds: '5' },
  Transitions: {
    Conditions: equals({ 1: 'pressed' }),
    Errors: errors({ InputTimeLimitExceeded: 'mute', NoMatchingCondition: 'mute', NoMatchingError: BYE }),
  },
};

describe('keys', () => {
  const flow = flowOf(
    menu,
    say('押されました。', { Identifier: 'pressed', Transitions: { NextAction: BYE } }),
    say('何も聞こえません。', { Identifier: 'mute' }),
  );

  it.each([
    ['a human', { answer: 'human' }, 'The customer presses 1.', '押されました。'],
    ['a voicemail', { answer: 'voicemail' }, 'The customer presses no key.', '何も聞こえません。'],
    ['a human who presses 2', { presses: () => '2' }, 'The customer presses 2.', '何も聞こえません。'],
  ] as const)('of %s decide', async (_name, options, did, hears) => {
    const { model } = flowInstance(flow, options);
    const id = call(model);
    await pass(2 + 20);
    expect(happened(contactOf(model, id))).toContain(did);
    expect(heard(contactOf(model, id)).at(-1)).toBe(hears);
  });

  it('of a longer number are not told', async () => {
    const { model } = flowInstance(
      flowOf({
        Type: 'GetParticipantInput',
        Parameters: { Text: '番号をどうぞ。', StoreInput: 'True', InputTimeLimitSeconds: '5' },
      }),
      { presses: () => '4111' },
    );
    const id = call(model);
    await pass(10);
    expect(happened(contactOf(model, id))).toContain('The customer presses some keys.');
    expect(JSON.stringify(contactOf(model, id).transcript)).not.toContain('4111');
  });
});

describe('what a flow asks of the instance', () => {
  const checked = (check: TestBlock, yes: Record<string, string>) =>
    flowOf(
      setQueue(QUEUE_ARN),
      {
        ...check,
        Transitions: {
          Conditions: Object.entries(yes).map(([Operator, operand]) => ({
            NextAction: 'yes',
            Condition: { Operator, Operands: [operand] },
          })),
          Errors: errors({ NoMatchingCondition: 'no', NoMatchingError: 'no' }),
        },
      },
      say('はい。', { Identifier: 'yes', Transitions: { NextAction: BYE } }),
      say('いいえ。', { Identifier: 'no' }),
    );

  const hours = checked({ Type: 'CheckHoursOfOperation' }, { Equals: 'True' });
  const staffed = checked(
    { Type: 'CheckMetricData', Parameters: { MetricType: 'NumberOfAgentsStaffed' } },
    { NumberGreaterThan: '0' },
  );

  it.each([
    // The clock of the tests stands at noon of a Sunday in Japan.
    ['at any hour', {}, 'はい。'],
    ['at noon', { hours: { SUNDAY: [{ start: '09:00', end: '12:01' }] } }, 'はい。'],
    ['before noon', { hours: { SUNDAY: [{ start: '09:00', end: '12:00' }] } }, 'いいえ。'],
    ['over night', { hours: { SATURDAY: [{ start: '20:00', end: '13:00' }] } }, 'はい。'],
    ['never', { open: false }, 'いいえ。'],
  ] as const)('is the hours of a queue that is open %s', async (_name, change, answer) => {
    const { model } = flowInstance(hours);
    model.updateQueue(QUEUE, change);
    const id = call(model);
    await pass(5);
    expect(heard(contactOf(model, id))).toEqual([answer]);
  });

  it.each([
    ['available', QUEUE, 'はい。'],
    ['offline', QUEUE, 'いいえ。'],
    ['break', QUEUE, 'いいえ。'],
    ['available', OTHER_QUEUE, 'いいえ。'],
  ] as const)('is the staff: one agent %s in queue %s', async (status, queue, answer) => {
    const { model } = flowInstance(staffed);
    model.setAgentStatus(model.addAgent({ name: '佐藤', queues: [queue] }).id, status);
    const id = call(model);
    await pass(5);
    expect(heard(contactOf(model, id))).toEqual([answer]);
  });
});

describe('flows that hand over', () => {
  it('go on with what the first one set', async () => {
    const { model } = twoFlows(
      flowOf(
        setVoice('Takumi', 'Neural'),
        { Type: 'UpdateContactAttributes', Parameters: { Attributes: { step: '二番目' } } },
        { Type: 'TransferToFlow', Parameters: { ContactFlowId: OTHER_FLOW } },
      ),
      flowOf(say('$.Attributes.stepです。')),
    );
    const id = call(model);
    await pass(10);
    const contact = contactOf(model, id);
    expect(contact.transcript).toContainEqual(
      expect.objectContaining({ kind: 'prompt', text: '二番目です。', voice: 'Takumi' }),
    );
    expect(contact.attributes).toMatchObject({ user_type: 'member', step: '二番目' });
  });

  it('move a customer from one queue to another, where another contact goes on', async () => {
    // Prepare
    const { model, events } = twoFlows(
      flowOf(setHook('CustomerQueue', OTHER_FLOW), ...toQueue),
      flowOf(loop([{ Text: 'お待ちください。' }], 10), {
        Type: 'DequeueContactAndTransferToQueue',
        Parameters: { QueueId: OTHER_QUEUE },
      }),
    );
    const first = call(model);
    const second = () => model.contacts().at(-1)?.id ?? '';

    // Act & Assess
    await pass(5);
    expect(contactOf(model, first).queueId).toBe(QUEUE);
    await pass(10);
    expect(contactOf(model, first)).toMatchObject({ queueId: QUEUE, state: 'ended' });
    expect(contactOf(model, second())).toMatchObject({ queueId: OTHER_QUEUE, state: 'in-queue' });
    expect(events.map(({ detail: { eventType, contactId } }) => [eventType, contactId])).toEqual([
      ['INITIATED', first],
      ['CONNECTED_TO_SYSTEM', first],
      ['QUEUED', first],
      ['INITIATED', second()],
      ['DISCONNECTED', first],
      ['COMPLETED', first],
      ['QUEUED', second()],
    ]);
    const metrics = model.currentMetricData({
      InstanceId: INSTANCE,
      Filters: { Queues: [QUEUE, OTHER_QUEUE] },
      CurrentMetrics: [{ Name: 'CONTACTS_IN_QUEUE' }],
    });
    expect(metrics.MetricResults[0]?.Collections[0]?.Value).toBe(1);
    model.addAgent({ name: '他', queues: [OTHER_QUEUE] });
    expect(contactOf(model, second()).state).toBe('with-agent');
  });

  it('cannot pass a contact round for ever', async () => {
    const { model } = twoFlows(
      flowOf(setHook('CustomerQueue', OTHER_FLOW), ...toQueue),
      flowOf({
        Type: 'DequeueContactAndTransferToQueue',
        Parameters: { QueueId: OTHER_QUEUE },
        Transitions: { Errors: errors({ NoMatchingError: BYE }) },
      }),
    );
    call(model);
    await pass(5);
    const contacts = model.contacts();
    // A contact joins twelve queues: the first one, and eleven to which it is handed on.
    expect(contacts).toHaveLength(12);
    expect(contacts.at(-1)?.disconnectReason).toBe('CONTACT_FLOW_DISCONNECT');
    expect(model.activeCalls()).toBe(0);
  });

  it('call a number outside without writing it down', async () => {
    const { model } = flowInstance(
      flowOf({
        Type: 'TransferParticipantToThirdParty',
        Parameters: { ThirdPartyPhoneNumber: CUSTOMER, ContinueFlowExecution: 'False' },
      }),
    );
    const id = call(model);
    await pass(2 + 30);
    const contact = contactOf(model, id);
    expect(contact).toMatchObject({ state: 'ended', disconnectReason: 'CUSTOMER_DISCONNECT' });
    expect(JSON.stringify([contact.transcript, contact.walk])).not.toContain(CUSTOMER);
  });
});

describe('an agent who takes the call', () => {
  it('hears the whisper that was set before the talk begins; the customer does not', async () => {
    // Prepare
    const { model } = twoFlows(
      flowOf(setHook('AgentWhisper', OTHER_FLOW), ...toQueue),
      flowOf(say('ご利用中のお客様です。'.padEnd(70, '。')), END),
    );
    model.addAgent({ name: '佐藤', queues: [QUEUE] });

    // Act
    const id = call(model);
    await pass(2 + 10 + 29);

    // Assess
    expect(contactOf(model, id).state).toBe('with-agent');
    expect(heard(contactOf(model, id))).toEqual([]);
    expect(contactOf(model, id).transcript).toContainEqual(
      expect.objectContaining({ kind: 'whisper', text: expect.stringContaining('ご利用中') }),
    );
    await pass(1);
    expect(contactOf(model, id).state).toBe('ended');
  });

  it('talks to the customer though the whisper breaks off', async () => {
    const { model } = twoFlows(
      flowOf(setHook('CustomerWhisper', OTHER_FLOW), ...toQueue),
      flowOf(say('はい。', { Transitions: { NextAction: 'gone' } })),
    );
    model.addAgent({ name: '佐藤', queues: [QUEUE] });
    const id = call(model);
    await pass(10);
    expect(contactOf(model, id).state).toBe('with-agent');
    expect(heard(contactOf(model, id))).toEqual(['はい。']);
  });
});

it('silence in speech markup takes its time', async () => {
  const { model } = flowInstance(
    flowOf({ Type: 'MessageParticipant', Parameters: { SSML: '<speak><break time="5s"/></speak>' } }, say('はい。')),
  );
  const id = call(model);
  await pass(2 + 4.9);
  expect(heard(contactOf(model, id))).toEqual([]);
  await pass(0.2);
  expect(heard(contactOf(model, id))).toEqual(['はい。']);
});
