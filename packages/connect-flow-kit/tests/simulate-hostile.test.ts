import { describe, expect, it } from 'vitest';
import { CATALOGUE } from '../src/catalogue/catalogue.ts';
import { readFlow } from '../src/document.ts';
import type { CallCase, SimulatedCall } from '../src/simulate/call-case.ts';
import { simulateCall } from '../src/simulate/simulate-call.ts';
import { renderTimeline } from '../src/simulate/timeline.ts';

/** Numbers from 0 to 1, the same for the same seed; neighbouring seeds have nothing in common. */
function numbersFrom(seed: number): () => number {
  let state = Math.imul(seed, 0x9e3779b1) | 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}

const BLOCKS = ['a', 'b', 'c', 'd', 'e', 'f', '__proto__', 'constructor'];
// The ways out of a flow several times, so that more than one road leads there.
const EXITS = [
  'DisconnectParticipant',
  'MessageParticipant',
  'MessageParticipantIteratively',
  'UpdateContactTargetQueue',
  'TransferContactToQueue',
];
const TYPES = [
  ...CATALOGUE.keys(),
  ...Array.from({ length: 12 }, () => EXITS).flat(),
  'NoSuchType',
  'toString',
  '__proto__',
];
const PARAMETERS = [
  ...['Text', 'SSML', 'PromptId', 'Media', 'Messages', 'InterruptFrequencySeconds', 'QueueId', 'ContactFlowId'],
  ...['FlowModuleId', 'LoopCount', 'ComparisonValue', 'EventHooks', 'Attributes', 'FlowAttributes', 'MetricType'],
  ...['StoreInput', 'InputTimeLimitSeconds', 'InputValidation', 'TextToSpeechVoice', 'LambdaFunctionARN'],
  ...['TimeLimitSeconds', 'ThirdPartyPhoneNumber', 'Result', 'ResultData', 'Input', 'HoursOfOperationId'],
];
const VALUES: readonly unknown[] = [
  ...['', ' ', 'True', '5', '-1', '1e9', 'NaN', 'flow', '$.Attributes.x', '$.External.__proto__.x', "$['a']['b']"],
  ...['<speak><break time="99999s"/></speak>', '<speak', 'Kazuha', 'Neural', '${Token}', 'NumberOfAgentsStaffed'],
  ...[0, -7, 1e308, true, null, [], {}, [null, 7, 'x'], [{ Text: 'はい' }, { PromptId: 'x' }], { a: { b: ['c'] } }],
  { CustomerQueue: 'flow', AgentWhisper: 'flow', CustomerHold: 'flow' },
  { PhoneNumberValidation: { NumberFormat: 'Local', CountryCode: 'JP' } },
  JSON.parse('{"__proto__": "x", "constructor": "y"}'),
];
const ERRORS = ['NoMatchingError', 'NoMatchingCondition', 'QueueAtCapacity', 'InputTimeLimitExceeded', 'Odd'];
const OPERANDS = ['1', 'True', 'False', 'ContinueLooping', 'DoneLooping', 'MessagesInterrupted', 'x', ''];
const OPERATORS = ['Equals', 'NumberGreaterThan', 'NumberLessThan', 'TextContains', 'KeyExists', 'Odd'];

/** A flow that nobody in his right mind would write, the same for the same seed. */
function hostileFlow(seed: number): string {
  const random = numbersFrom(seed);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const some = <T>(most: number, make: () => T): T[] => Array.from({ length: Math.floor(random() * (most + 1)) }, make);
  const target = (): string => (random() < 0.9 ? pick(BLOCKS) : 'gone');
  const action = (Identifier: string) => ({
    Identifier,
    Type: pick(TYPES),
    Parameters: {
      ...Object.fromEntries(some(6, () => [pick(PARAMETERS), pick(VALUES)])),
      ...(random() < 0.5 && { Text: 'はい' }),
    },
    Transitions: {
      ...(random() < 0.9 && { NextAction: target() }),
      Errors: some(3, () => ({ NextAction: target(), ErrorType: pick(ERRORS) })),
      Conditions: some(3, () => ({
        NextAction: target(),
        Condition: { Operator: pick(OPERATORS), Operands: some(2, () => pick(OPERANDS)) },
      })),
    },
  });
  return JSON.stringify({ Version: '2019-10-30', StartAction: pick(BLOCKS), Actions: BLOCKS.map(action) });
}

const CASES: readonly CallCase[] = [
  { press: ['1', '', '12345'], lambda: { '*': { a: '1' } } },
  { agents: 0, hours: 'closed', queueFull: true, answer: 'voicemail' },
  { agentAfterSeconds: 30, holdSeconds: 20, percent: 50, intent: 'x' },
  { agents: 0, lambda: { '*': 'error' }, fail: { a: 'NoMatchingError', 'flow/b': 'Odd' } },
];

describe('any flow at all', () => {
  /** FUZZ_RUNS multiplies them. */
  const seeds = Array.from({ length: Math.round(Number(process.env.FUZZ_RUNS ?? 2_000) / 8) }, (_, index) => index + 1);

  const callsOf = (seed: number): SimulatedCall[] => {
    const flow = { name: 'flow', document: readFlow(hostileFlow(seed)).flow };
    return CASES.map((callCase) => simulateCall(flow, callCase, (name) => (name === 'flow' ? flow : undefined)));
  };

  it('comes to an end that is told, in time that never runs back', () => {
    const ends = new Set<string>();
    for (const seed of seeds) {
      for (const { lines, end, because } of callsOf(seed)) {
        ends.add(end);
        expect(because, `seed ${seed}`).toMatch(/\.$/);
        expect(lines.length, `seed ${seed}`).toBeLessThan(40_000);
        const times = lines.map(({ at }) => at);
        expect(
          times.every((at, index) => at >= (times[index - 1] ?? 0)),
          `seed ${seed}`,
        ).toBe(true);
      }
    }
    // The generator is worth its name only if it leads to more than one end.
    expect([...ends].sort()).toEqual(expect.arrayContaining(['agent', 'goodbye', 'silence', 'waiting']));
  });

  it('is the same call every time, and can be shown', () => {
    for (const seed of seeds.slice(0, 30)) {
      const [call] = callsOf(seed);
      expect(callsOf(seed)[0]).toEqual(call);
      if (call)
        expect(renderTimeline(call, { flow: (name) => name, block: (_flow, name) => name }).at(-1)).toContain(
          call.because,
        );
    }
  });

  it('only follows transitions that are written', () => {
    for (const seed of seeds.slice(0, 150)) {
      const { Actions } = readFlow(hostileFlow(seed)).flow;
      const written = new Set(
        Actions.flatMap(({ Identifier, Transitions }) =>
          [
            Transitions.NextAction,
            ...Transitions.Errors.map((e) => e.NextAction),
            ...Transitions.Conditions.map((c) => c.NextAction),
          ].map((to) => `${Identifier} → ${to}`),
        ),
      );
      for (const { taken } of callsOf(seed)) {
        expect(taken.filter(({ block, to }) => !written.has(`${block} → ${to}`))).toEqual([]);
      }
    }
  });
});

it('a flow whose transitions and parameters are no objects is survived', () => {
  const text =
    '{"StartAction": "a", "Actions": [{"Identifier": "a", "Type": "Compare", "Parameters": [], "Transitions": 7}, null, 3]}';
  const flow = { name: 'flow', document: readFlow(text).flow };
  expect(simulateCall(flow, {}, () => undefined).end).toBe('silence');
});
