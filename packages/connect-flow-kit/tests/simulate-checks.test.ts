import { describe, expect, it } from 'vitest';
import { BYE, equals, errors, flowOf, say, setQueue, type TestBlock } from '../src/flow-builder.ts';
import type { FlowWorld } from '../src/simulate/flow-world.ts';
import { CUSTOMER, QUEUE, said, walk } from './simulate-support.ts';

/** A check with one condition: はい where it holds, いいえ where none does, 失敗 where the check fails. */
const decide = (check: TestBlock, Operator: string, operand: string) =>
  flowOf(
    {
      ...check,
      Transitions: {
        Conditions: [{ NextAction: 'yes', Condition: { Operator, Operands: [operand] } }],
        Errors: errors({ NoMatchingCondition: 'no', NoMatchingError: 'failed' }),
      },
    },
    say('はい', { Identifier: 'yes', Transitions: { NextAction: BYE } }),
    say('いいえ', { Identifier: 'no', Transitions: { NextAction: BYE } }),
    say('失敗', { Identifier: 'failed' }),
  );

const compare = (ComparisonValue: string): TestBlock => ({ Type: 'Compare', Parameters: { ComparisonValue } });

describe('a comparison', () => {
  it.each([
    ['Equals', '5', '5', true],
    ['Equals', 'A', 'a', false],
    ['TextStartsWith', '料金について', '料金', true],
    ['TextEndsWith', '料金について', '料金', false],
    ['TextContains', 'about a price', 'a p', true],
    ['NumberGreaterThan', '10', '9', true],
    ['NumberGreaterThan', '9', '9', false],
    ['NumberGreaterOrEqualTo', '9', '9', true],
    ['NumberLessThan', '-1', '0', true],
    ['NumberLessOrEqualTo', '1', '0', false],
    ['NumberLessThan', '', '1', false],
    ['NumberGreaterThan', 'many', '1', false],
    ['KeyExists', 'x', 'True', true],
    ['KeyExists', 'x', 'False', false],
    ['Exists', '1', '1', false],
  ])('%s: "%s" against "%s" is %s', (operator, value, operand, holds) => {
    const flow = decide(compare('$.Attributes.value'), operator, operand);
    expect(said(walk(flow, { attributes: { value } }))).toEqual([holds ? 'はい' : 'いいえ']);
  });

  it('takes the first condition that holds, and says so in plain words', () => {
    // Prepare
    const flow = flowOf(
      {
        ...compare('$.Attributes.count'),
        Transitions: {
          Conditions: [
            { NextAction: 'x', Condition: { Operator: 'NumberLessThan', Operands: ['3'] } },
            { NextAction: BYE, Condition: { Operator: 'NumberGreaterThan', Operands: ['3'] } },
            { NextAction: 'x', Condition: { Operator: 'Equals', Operands: ['7'] } },
          ],
        },
      },
      say('x', { Identifier: 'x' }),
    );

    // Act & Assess
    expect(walk(flow, { attributes: { count: '7' } })[0]).toEqual({
      kind: 'go',
      block: 'block 1',
      edge: { kind: 'condition', index: 1 },
      to: BYE,
      because: '$.Attributes.count is "7", more than 3',
    });
  });

  it.each([
    ['is something else', { user: 'other' }, '$.Attributes.user is "other"'],
    ['is missing', {}, '$.Attributes.user is not set'],
  ])('says what the value is where it %s', (_name, attributes, because) => {
    const flow = decide(compare('$.Attributes.user'), 'Equals', 'member');
    expect(walk(flow, { attributes })[0]).toMatchObject({
      edge: { kind: 'error', errorType: 'NoMatchingCondition' },
      because,
    });
  });

  it('never takes NextAction', () => {
    const flow = flowOf({ ...compare('$.Attributes.user'), Transitions: { Conditions: equals({ member: BYE }) } });
    expect(walk(flow)).toEqual([expect.objectContaining({ kind: 'hang-up', broken: true })]);
  });

  it('does not write the number of the customer down', () => {
    const flow = decide(compare('$.CustomerEndpoint.Address'), 'TextStartsWith', '+81');
    expect(said(walk(flow))).toEqual(['はい']);
    expect(JSON.stringify(walk(flow))).not.toContain(CUSTOMER);
  });
});

describe('a check of opening hours', () => {
  const check = (hours?: string): TestBlock => ({
    Type: 'CheckHoursOfOperation',
    ...(hours !== undefined && { Parameters: { HoursOfOperationId: hours } }),
  });
  const isOpen: FlowWorld['isOpen'] = (of) =>
    'hours' in of ? { day: true, night: false }[of.hours] : of.queue === QUEUE;

  it.each([
    ['day', 'True', 'はい'],
    ['day', 'False', 'いいえ'],
    ['night', 'False', 'はい'],
    ['unknown', 'True', '失敗'],
  ])('of "%s" against %s says %s', (hours, operand, heard) => {
    expect(said(walk(decide(check(hours), 'Equals', operand), { isOpen }))).toEqual([heard]);
  });

  it('asks for those of the queue where it names none', () => {
    const flow = decide(check(), 'Equals', 'True');
    const queued = flowOf(setQueue(QUEUE));
    const [setting] = queued.Actions;
    const withQueue = { ...flow, StartAction: 'first', Actions: [...flow.Actions] };
    if (setting) {
      const Transitions = { NextAction: flow.StartAction, Errors: [], Conditions: [] };
      withQueue.Actions.push({ ...setting, Identifier: 'first', Transitions });
    }
    expect(said(walk(withQueue, { isOpen }))).toEqual(['はい']);
    expect(said(walk(flow, { isOpen }))).toEqual(['失敗']);
  });
});

describe('a check of a queue', () => {
  const check = (MetricType: string, change: Record<string, unknown> = { QueueId: QUEUE }): TestBlock => ({
    Type: 'CheckMetricData',
    Parameters: { MetricType, ...change },
  });

  it.each([
    ['NumberOfAgentsAvailable', 'NumberGreaterThan', '0', 'はい'],
    ['NumberOfAgentsAvailable', 'Equals', '1', 'はい'],
    ['NumberOfAgentsStaffed', 'Equals', '2', 'はい'],
    ['NumberOfAgentsOnline', 'Equals', '3', 'はい'],
    ['NumberOfContactsInQueue', 'NumberGreaterThan', '4', 'いいえ'],
    ['OldestContactInQueueAgeSeconds', 'NumberGreaterOrEqualTo', '300000', 'はい'],
    ['OldestContactInQueueAgeSeconds', 'NumberGreaterThan', '300000', 'いいえ'],
    ['Happiness', 'NumberGreaterThan', '0', '失敗'],
  ])('%s %s %s says %s', (metric, operator, operand, heard) => {
    expect(said(walk(decide(check(metric), operator, operand)))).toEqual([heard]);
  });

  it.each([
    ['no queue', {}],
    ['an unknown queue', { QueueId: 'support' }],
  ])('fails with %s', (_name, change) => {
    expect(said(walk(decide(check('NumberOfAgentsStaffed', change), 'NumberGreaterThan', '0')))).toEqual(['失敗']);
  });
});

describe('metrics of a queue', () => {
  const get: TestBlock = { Type: 'GetMetricData', Parameters: { QueueId: QUEUE } };

  it('can be spoken afterwards', () => {
    const text = '$.Metrics.Queue.Name $.Metrics.Queue.Size $.Metrics.Agents.Staffed.Count';
    expect(said(walk(flowOf(get, say(text))))).toEqual(['support 4 2']);
  });

  it('are missing where nothing happens in the queue', () => {
    const queueNow = () => ({
      agentsAvailable: 0,
      agentsStaffed: 0,
      agentsOnline: 0,
      contactsWaiting: 0,
      oldestContactSeconds: 0,
    });
    const flow = flowOf({ ...get, Transitions: { Errors: errors({ NoMatchingError: BYE }) } }, say('ない'));
    expect(said(walk(flow, { queueNow }))).toEqual([]);
  });
});

describe('a distribution', () => {
  const flow = flowOf(
    {
      Type: 'DistributeByPercentage',
      Transitions: {
        Conditions: [
          { NextAction: 'a', Condition: { Operator: 'NumberLessThan', Operands: ['4'] } },
          { NextAction: 'b', Condition: { Operator: 'NumberLessThan', Operands: ['10'] } },
        ],
        Errors: errors({ NoMatchingCondition: 'rest' }),
      },
    },
    say('a', { Identifier: 'a', Transitions: { NextAction: BYE } }),
    say('b', { Identifier: 'b', Transitions: { NextAction: BYE } }),
    say('rest', { Identifier: 'rest' }),
  );

  it.each([
    [1, 'a'],
    [3, 'a'],
    [4, 'b'],
    [9, 'b'],
    [10, 'rest'],
    [100, 'rest'],
  ])('of %i goes to %s', (percent, heard) => {
    expect(said(walk(flow, { drawPercent: () => percent }))).toEqual([heard]);
  });
});

it.each([
  ['human', 'CallAnswered'],
  ['voicemail', 'VoicemailBeep'],
] as const)('call progress knows a %s as %s', (answer, status) => {
  const flow = decide({ Type: 'CheckOutboundCallStatus' }, 'Equals', status);
  expect(said(walk(flow, { answeredBy: () => answer }))).toEqual(['はい']);
});

it('call progress goes on along NextAction where no condition holds', () => {
  const flow = flowOf(
    {
      Type: 'CheckOutboundCallStatus',
      Transitions: { Conditions: equals({ VoicemailBeep: BYE }), Errors: errors({ NoMatchingError: BYE }) },
    },
    say('はい'),
  );
  expect(said(walk(flow))).toEqual(['はい']);
});

it.each([
  ['Equals', { typed: '4711', code: '4711' }, 'はい'],
  ['Equals', { typed: '4711', code: '$.Attributes.typed' }, 'いいえ'],
  ['Equals', { typed: '4711' }, 'いいえ'],
  ['Equals', {}, 'いいえ'],
  ['TextContains', { typed: '4711' }, 'いいえ'],
  ['NumberGreaterThan', { typed: '12', code: '9' }, 'はい'],
])('a comparison %s with a reference compares with its value, as of %j', (operator, attributes, heard) => {
  const check = { Type: 'Compare', Parameters: { ComparisonValue: '$.Attributes.typed' } };
  expect(said(walk(decide(check, operator, '$.Attributes.code'), { attributes }))).toEqual([heard]);
});
