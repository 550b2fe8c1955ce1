import { describe, expect, it } from 'vitest';
import { equals, errors, flowOf, loop, say, setQueue, type TestBlock, TRANSFER } from '../src/flow-builder.ts';
import { coverageOf, missedInWords, percentOf } from '../src/scenarios/coverage.ts';
import { transitionsOf } from '../src/scenarios/transitions.ts';
import { simulated } from './simulate-support.ts';

const COMPARE: TestBlock = {
  Type: 'Compare',
  Parameters: { ComparisonValue: '$.Attributes.user_type' },
  Transitions: {
    Conditions: [
      ...equals({ member: 'bye' }),
      { NextAction: 'bye', Condition: { Operator: 'TextContains', Operands: ['x'] } },
    ],
    Errors: errors({ NoMatchingCondition: 'bye' }),
  },
};

const transitions = (block: TestBlock) =>
  transitionsOf(
    flowOf(block).Actions[0] ?? {
      Identifier: '',
      Type: '',
      Parameters: {},
      Transitions: { Errors: [], Conditions: [] },
    },
  );

describe('the transitions a call can take', () => {
  it.each<[string, TestBlock, (string | undefined)[]]>([
    [
      'of a prompt: on to the next, or its error',
      say('はい。', { Transitions: { Errors: errors({ NoMatchingError: 'bye' }) } }),
      [undefined, 'NoMatchingError'],
    ],
    [
      'of a comparison: its conditions and none of them, but not the NextAction that must be written',
      COMPARE,
      ['Equals "member"', 'TextContains "x"', 'NoMatchingCondition'],
    ],
    [
      'of a transfer to a queue: its errors only, since success ends the flow',
      { ...TRANSFER, Transitions: { Errors: errors({ QueueAtCapacity: 'bye' }) } },
      ['QueueAtCapacity'],
    ],
    [
      'of a loop of prompts: its interruption and its error',
      {
        ...loop([{ Text: 'a' }], 30),
        Transitions: {
          NextAction: 'bye',
          Conditions: equals({ MessagesInterrupted: 'bye' }),
          Errors: errors({ NoMatchingError: 'bye' }),
        },
      },
      ['Equals "MessagesInterrupted"', 'NoMatchingError'],
    ],
    [
      'of a menu: its keys and its errors',
      {
        Type: 'GetParticipantInput',
        Parameters: { Text: 'a', StoreInput: 'False', InputTimeLimitSeconds: '5' },
        Transitions: { Conditions: equals({ 1: 'bye' }), Errors: errors({ NoMatchingCondition: 'bye' }) },
      },
      ['Equals "1"', 'NoMatchingCondition'],
    ],
    [
      'of a type that nobody knows: all that is written',
      { Type: 'Unheard', Transitions: { Errors: errors({ Unheard: 'bye' }) } },
      [undefined, 'Unheard'],
    ],
    ['of a block that ends the flow: none', { Type: 'DisconnectParticipant' }, []],
    [
      'of two branches for one error: the first',
      { Type: 'Unheard', Transitions: { Errors: [...errors({ E: 'bye' }), ...errors({ E: 'other' })] } },
      [undefined, 'E'],
    ],
  ])('%s', (_, block, on) => {
    expect(transitions(block).map((transition) => transition.on)).toEqual(on);
  });
});

describe('coverage', () => {
  const flow = flowOf(
    {
      ...COMPARE,
      Transitions: { ...COMPARE.Transitions, Conditions: equals({ member: 'block 2', visitor: 'block 2' }) },
    },
    say('はい。', { Transitions: { Errors: errors({ NoMatchingError: 'bye' }) } }),
    setQueue('q'),
  );
  const flows = [{ name: 'entry', document: flow }];

  it('counts each transition once, however many calls take it', () => {
    // Prepare
    const calls = ['member', 'member', 'nobody'].map((user_type) => simulated(flow, { attributes: { user_type } }));

    // Act
    const [coverage] = coverageOf(
      flows,
      calls.flatMap(({ taken }) => taken),
    );

    // Assess
    expect(coverage).toEqual({
      flow: 'entry',
      taken: 4,
      total: 6,
      missing: [
        { block: 'block 1', on: 'Equals "visitor"', to: 'block 2' },
        { block: 'block 2', on: 'NoMatchingError', to: 'bye' },
      ],
    });
  });

  it('tells conditions with the same target and flows with the same blocks apart', () => {
    // Prepare
    const { taken } = simulated(flow, { attributes: { user_type: 'visitor' } });

    // Act
    const [entry, other] = coverageOf([...flows, { name: 'other', document: flow }], taken);

    // Assess
    expect(entry?.missing.map(missedInWords)).toEqual([
      '"block 1" on Equals "member" → "block 2"',
      '"block 1" on NoMatchingCondition → "bye"',
      '"block 2" on NoMatchingError → "bye"',
    ]);
    expect(other?.taken).toBe(0);
  });

  it('counts what no call can reach as missing', () => {
    const lost = { ...flow, StartAction: 'block 3' };
    const [coverage] = coverageOf([{ name: 'entry', document: lost }], simulated(lost).taken);
    expect(coverage).toMatchObject({ taken: 1, total: 6 });
  });

  it.each([
    [199, 200, 99],
    [200, 200, 100],
    [0, 3, 0],
    [0, 0, 100],
  ])('of %i among %i is %i %%', (taken, total, percent) => {
    expect(percentOf({ flow: 'a', taken, total, missing: [] })).toBe(percent);
  });

  it('names the straight way by its blocks alone', () => {
    expect(missedInWords({ block: 'Greet', to: 'bye' })).toBe('"Greet" → "bye"');
  });
});
