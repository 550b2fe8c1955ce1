import { describe, expect, it } from 'vitest';
import type { FlowDocument } from '../src/document.ts';
import {
  BYE,
  END,
  errors,
  flowOf,
  loop,
  say,
  setHook,
  setQueue,
  setVoice,
  type TestBlock,
  TRANSFER,
} from '../src/flow-builder.ts';
import type { CallCase } from '../src/simulate/call-case.ts';
import { eventsOf, heardAt, QUEUE, simulated } from './simulate-support.ts';

/** Seven characters: a second of speech. */
const SECOND = 'あいうえおかき';

const toQueue = [setQueue(QUEUE), TRANSFER];

describe('a queue', () => {
  const entry = flowOf(setVoice('Mizuki'), setHook('CustomerQueue', 'waiting'), say(SECOND), ...toQueue);
  const waiting = flowOf(loop([{ Text: SECOND }], 10), say('もう少し', { Transitions: { NextAction: 'block 1' } }));

  it('gives the customer to an agent who is free at once', () => {
    const call = simulated(entry, {}, { waiting });
    expect(call).toMatchObject({ end: 'agent', because: 'An agent talks to the customer at once.' });
    expect(heardAt(call)).toEqual([[0, SECOND]]);
  });

  it('plays its flow, in the voice of the contact, until an agent is free', () => {
    // Act
    const call = simulated(entry, { agentAfterSeconds: 15 }, { waiting });

    // Assess: ten seconds of the loop, then a prompt; the agent breaks into the second loop.
    expect(call).toMatchObject({
      end: 'agent',
      because: 'An agent talks to the customer after 15 seconds in the queue.',
    });
    expect(heardAt(call).slice(1)).toEqual([[11, 'もう少し']]);
    expect(call.lines.findLast((line) => line.kind === 'step')).toMatchObject({
      flow: 'waiting',
      step: { kind: 'loop', voice: 'Mizuki' },
    });
    expect(call.lines.at(-1)).toMatchObject({ at: 16, text: 'The customer and the agent talk.' });
  });

  it('lets an agent break into a prompt', () => {
    const call = simulated(entry, { agentAfterSeconds: 1 }, { waiting: flowOf(say(SECOND.repeat(9))) });
    expect(call.end).toBe('agent');
  });

  it('may be left by its flow', () => {
    const call = simulated(entry, { agents: 0 }, { waiting: flowOf(say('混み合っております')) });
    expect(call).toMatchObject({ end: 'goodbye' });
  });

  it('keeps the customer whose flow is over', () => {
    const call = simulated(entry, { agentAfterSeconds: 100 }, { waiting: flowOf(END) });
    expect(call).toMatchObject({ end: 'agent' });
  });

  it('is given up after an hour', () => {
    const call = simulated(entry, { agents: 0 }, { waiting });
    expect(call).toMatchObject({
      end: 'waiting',
      because: 'After 3600 seconds the customer is still waiting in the queue.',
    });
  });

  it.each([
    [
      'plays the default flow where none was set',
      flowOf(...toQueue),
      "Amazon Connect's default queue flow plays, in English.",
    ],
    ['names a flow that is not at hand', entry, 'Flow "waiting" plays, but is unknown here.'],
  ])('%s', (_name, flow, event) => {
    expect(eventsOf(simulated(flow, { agents: 0 }))).toContain(event);
  });

  it('may hand the customer to another queue, and not without end', () => {
    const other = { Type: 'DequeueContactAndTransferToQueue', Parameters: { QueueId: 'other' } };
    const once = simulated(entry, { agents: 0 }, { waiting: flowOf(loop([{ Text: SECOND }], 60), other) });
    expect(once.lines.findLast((line) => line.kind === 'step')?.step).toMatchObject({
      kind: 'hang-up',
      because: 'block "block 2" has no branch for NoMatchingError: the contact was in 12 queues already',
    });
  });

  it('keeps a customer whose flow stops, and gives the next agent', () => {
    // Prepare: the prompts fail, and there is no branch for it.
    const stops = flowOf(loop([{ Text: SECOND }]), END);
    const fail = { 'waiting/block 1': 'NoMatchingError' };

    // Act
    const call = simulated(entry, { agentAfterSeconds: 90, fail }, { waiting: stops });

    // Assess
    expect(eventsOf(call)).toContain('The flow of the queue is over, and the customer stays in line.');
    expect(call).toMatchObject({
      end: 'agent',
      because: 'An agent talks to the customer after 90 seconds in the queue.',
    });
  });

  it('may be looked at by its flow alone', () => {
    const alone = flowOf(loop([{ Text: SECOND }]), END);
    const fail = { 'block 1': 'NoMatchingError' };
    expect(simulated(alone, { fail })).toMatchObject({
      end: 'over',
      because:
        'The flow stops, and the customer stays in line for the next agent: block "block 1" has no branch for NoMatchingError: it is made to fail.',
    });
    expect(simulated(alone, { fail, agentAfterSeconds: 90 })).toMatchObject({
      end: 'agent',
      because: 'An agent talks to the customer after 90 seconds in the queue.',
    });
    expect(simulated({ ...flowOf({ Type: 'TagContact' }), Metadata: { type: 'customerQueue' } }, { fail }).end).toBe(
      'over',
    );
    expect(
      simulated({ ...flowOf({ Type: 'TagContact' }), Metadata: { type: 'agentWhisper' } }, { fail }),
    ).toMatchObject({
      because: expect.stringContaining('The flow stops, and the call continues without it'),
    });
    expect(simulated({ ...flowOf({ Type: 'TagContact' }), Metadata: { type: 'contactFlow' } }, { fail }).end).toBe(
      'silence',
    );
  });

  it.each<[string, CallCase, string]>([
    ['nobody at work', { agents: 0, staffed: 0 }, 'goodbye'],
    ['an agent who misses the call', { agentMisses: 1 }, 'agent'],
    ['an agent later', { agentAfterSeconds: 30 }, 'agent'],
    ['an agent who is free', { agents: 1 }, 'agent'],
  ])('has %s for a flow that is looked at alone, too', (_name, callCase, end) => {
    // Prepare
    const check: TestBlock = {
      Type: 'CheckMetricData',
      Parameters: { MetricType: 'NumberOfAgentsStaffed' },
      Transitions: {
        Conditions: [{ NextAction: 'block 1', Condition: { Operator: 'NumberGreaterThan', Operands: ['0'] } }],
        Errors: errors({ NoMatchingCondition: 'block 3', NoMatchingError: 'bye' }),
      },
    };
    // Act
    const call = simulated(flowOf(loop([{ Text: SECOND }], 15), check, say('$.Queue.Name')), callCase);
    // Assess
    expect(call.end).toBe(end);
    expect(heardAt(call)).toEqual(end === 'goodbye' ? [[15, 'BasicQueue']] : []);
  });

  it.each([
    ['customerWhisper', 'BasicQueue'],
    ['agentWhisper', 'BasicQueue'],
    ['customerHold', 'BasicQueue'],
    ['queueTransfer', 'BasicQueue'],
    ['agentTransfer', 'BasicQueue'],
    ['contactFlow', ''],
  ])('is there before a flow of type %s, looked at alone, or not', (type, name) => {
    expect(heardAt(simulated({ ...flowOf(say('$.Queue.Name')), Metadata: { type } }))).toEqual([[0, name]]);
  });

  it('counts the wait from the first queue on', () => {
    const other = { Type: 'DequeueContactAndTransferToQueue', Parameters: { QueueId: 'other' } };
    const call = simulated(entry, { agentAfterSeconds: 90 }, { waiting: flowOf(loop([{ Text: SECOND }], 60), other) });
    expect(call.because).toBe('An agent talks to the customer after 90 seconds in the queue.');
  });
});

describe('an agent who misses the call', () => {
  const entry = flowOf(setHook('CustomerQueue', 'waiting'), ...toQueue);
  const told = (callCase: CallCase, waiting: FlowDocument) => {
    const call = simulated(entry, callCase, { waiting });
    return { call, events: call.lines.flatMap((line) => (line.kind === 'event' ? [[line.at, line.text]] : [])) };
  };
  const patient = flowOf(loop([{ Text: SECOND }], 15), say(SECOND), END);

  it('lets the phone ring for 20 seconds, in which the flow of the queue goes on', () => {
    const { call, events } = told({ agentMisses: 2 }, patient);
    expect(events).toEqual([
      [0, 'The customer answers.'],
      [0, 'The customer waits in the queue.'],
      [0, "An agent's phone rings."],
      [20, 'The agent does not take the call: the customer is in line as before.'],
      [20, "Another agent's phone rings."],
      [40, 'The agent does not take the call: the customer is in line as before.'],
      [40, 'An agent takes the call.'],
      [40, 'The customer and the agent talk.'],
    ]);
    expect(heardAt(call)).toEqual([
      [15, SECOND],
      [31, SECOND],
    ]);
    expect(call.because).toBe('An agent talks to the customer after 40 seconds in the queue.');
    expect(call.lines.map(({ at }) => at)).toEqual(call.lines.map(({ at }) => at).sort((a, b) => a - b));
  });

  it('is free as late as the first who takes one', () => {
    const { call } = told({ agentMisses: 1, agentAfterSeconds: 30 }, patient);
    expect(call.because).toBe('An agent talks to the customer after 50 seconds in the queue.');
  });

  it('is at work while the phone rings, whatever the case says', () => {
    // Prepare
    const staffing = {
      Type: 'CheckMetricData',
      Parameters: { MetricType: 'NumberOfAgentsStaffed' },
      Transitions: {
        Conditions: [{ NextAction: 'stay', Condition: { Operator: 'NumberGreaterThan', Operands: ['0'] } }],
        Errors: errors({ NoMatchingCondition: BYE, NoMatchingError: BYE }),
      },
    };
    const waiting = flowOf(loop([{ Text: SECOND }], 35), staffing, { ...END, Identifier: 'stay' });
    // Act
    const { call } = told({ agentMisses: 1, agentAfterSeconds: 30, staffed: 0 }, waiting);
    // Assess
    expect(call.because).toBe('An agent talks to the customer after 50 seconds in the queue.');
  });

  it('is nobody where no agent comes', () => {
    const { events } = told({ agentMisses: 1, agents: 0 }, patient);
    expect(events.flat()).not.toContain("An agent's phone rings.");
  });

  it('is not told of where the flow hangs up before the phone rings', () => {
    const brief = flowOf(loop([{ Text: SECOND }], 10), say(SECOND));
    const { call, events } = told({ agentMisses: 1, agentAfterSeconds: 30 }, brief);
    expect(call.because).toBe('The flow speaks and hangs up.');
    expect(events).toHaveLength(2);
  });

  it('may be rung when the flow hangs up, which is told', () => {
    const { call, events } = told({ agentMisses: 1 }, flowOf(loop([{ Text: SECOND }], 10), say(SECOND)));
    expect(call).toMatchObject({
      end: 'goodbye',
      because: "The flow speaks and hangs up, while an agent's phone rings.",
    });
    expect(events.at(-1)).toEqual([11, "An agent's phone was ringing for the customer."]);
  });

  it.each<[string, TestBlock]>([
    ['to another queue', { Type: 'DequeueContactAndTransferToQueue', Parameters: { QueueId: 'other' } }],
    [
      'to a number outside',
      { Type: 'TransferParticipantToThirdParty', Parameters: { ThirdPartyPhoneNumber: '+815000000000' } },
    ],
  ])('keeps the contact from being transferred %s meanwhile', (_name, transfer) => {
    // Prepare
    const leaving = flowOf(
      loop([{ Text: SECOND }], 15),
      { ...transfer, Transitions: { Errors: errors({ NoMatchingError: 'stay' }) } },
      say('もう少し', { Identifier: 'stay' }),
      END,
    );

    // Act
    const { call } = told({ agentMisses: 1 }, leaving);

    // Assess
    expect(heardAt(call)).toEqual([[15, 'もう少し']]);
    expect(call.lines).toContainEqual(
      expect.objectContaining({
        step: expect.objectContaining({ because: "an agent's phone rings for the customer" }),
      }),
    );
  });
});
