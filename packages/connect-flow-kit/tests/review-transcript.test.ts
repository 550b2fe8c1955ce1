import { describe, expect, it } from 'vitest';
import { transcriptOf } from '../src/review/transcript.ts';
import type { CallLine, SimulatedCall } from '../src/simulate/call-case.ts';
import type { FlowStep } from '../src/simulate/flow-steps.ts';

const KAZUHA = { voice: 'Kazuha', engine: 'Neural' };

const callOf = (...lines: CallLine[]): SimulatedCall => ({
  lines,
  end: 'goodbye',
  because: 'The flow speaks & hangs up.',
  taken: [],
  attributes: {},
});

const event = (text: string): CallLine => ({ at: 0, kind: 'event', text });

const step = (one: FlowStep, flow = 'call-me', listener: 'customer' | 'agent' = 'customer'): CallLine => ({
  at: 0,
  kind: 'step',
  flow,
  listener,
  step: one,
});

/** What the transcript says of one step. */
const wordsFor = (one: FlowStep): string[] => transcriptOf(callOf(step(one))).slice(1, -1);

describe('a transcript', () => {
  it.each<[string, FlowStep, string[]]>([
    ['a text', { kind: 'say', block: 'a', text: 'はい。', ...KAZUHA }, ['Kazuha: 「はい。」']],
    ['a text with markup', { kind: 'say', block: 'a', text: '<b>*', ...KAZUHA }, ['Kazuha: 「&lt;b&gt;\\*」']],
    [
      'a text with a hole in it',
      { kind: 'say', block: 'a', text: '様', unresolved: ['$.Attributes.name'], ...KAZUHA },
      ['Kazuha: 「様」 (`$.Attributes.name` is nothing)'],
    ],
    ['a recording', { kind: 'play', block: 'a', recording: 'music' }, ['recording `music`']],
    ['keys', { kind: 'keys', block: 'a', pressed: '1', seconds: 2 }, ['keys pressed: `1`']],
    ['no keys', { kind: 'keys', block: 'a', pressed: undefined, seconds: 5 }, ['no key in 5 seconds']],
    [
      'a choice with its reason',
      { kind: 'go', block: 'A', to: 'B', edge: { kind: 'condition', index: 0 }, because: 'x is "1"' },
      ['A → B: x is "1"'],
    ],
    ['a pause', { kind: 'wait', block: 'a', seconds: 3 }, ['3 seconds pass']],
    [
      'attributes',
      { kind: 'attributes', block: 'a', values: { one: '1', two: '2' } },
      ['`one` is set to 「1」', '`two` is set to 「2」'],
    ],
    [
      'a Lambda function',
      { kind: 'lambda', block: 'a', functionArn: 'find', answered: { a: 1 } },
      ['Lambda function `find` answers `{"a":1}`'],
    ],
    ['a number outside', { kind: 'dial', block: 'a' }, ['an external number is called']],
    ['a callback', { kind: 'callback', block: 'a', queue: 'q' }, ['a callback is arranged']],
    [
      'a block that is passed over',
      { kind: 'not-simulated', block: 'A', type: 'CreateTask', known: true },
      ['A is passed over: `CreateTask` is not simulated'],
    ],
    [
      'a loop that is interrupted',
      {
        kind: 'loop',
        block: 'a',
        messages: [
          { kind: 'silence', seconds: 10 },
          { kind: 'recording', recording: 'music' },
        ],
        interruptAfterSeconds: 30,
        ...KAZUHA,
      },
      ['Kazuha, for 30 seconds: (10 seconds of silence) recording `music`'],
    ],
    [
      'a loop without end',
      {
        kind: 'loop',
        block: 'a',
        messages: [{ kind: 'text', text: 'はい。' }],
        interruptAfterSeconds: undefined,
        ...KAZUHA,
      },
      ['Kazuha, over and over: 「はい。」'],
    ],
  ])('tells %s', (_, one, words) => {
    expect(wordsFor(one)).toEqual(words);
  });

  it.each<FlowStep>([
    { kind: 'go', block: 'A', to: 'B', edge: { kind: 'next' } },
    { kind: 'voice', block: 'A', ...KAZUHA },
    { kind: 'target-queue', block: 'A', queue: 'q' },
  ])('passes over what nobody notices: %j', (one) => {
    expect(transcriptOf(callOf(step(one)))).toHaveLength(1);
  });

  it('names the flow where it changes, who hears it, and the end', () => {
    // Prepare
    const say = (text: string): FlowStep => ({ kind: 'say', block: 'a', text, ...KAZUHA });

    // Act
    const lines = transcriptOf(
      callOf(
        event('The customer answers.'),
        step(say('一')),
        step(say('二')),
        event('An agent takes the call.'),
        step(say('三'), 'whisper', 'agent'),
      ),
    );

    // Assess
    expect(lines).toEqual([
      '*The customer answers.*',
      'flow `call-me`:',
      'Kazuha: 「一」',
      'Kazuha: 「二」',
      '*An agent takes the call.*',
      'flow `whisper`:',
      'Kazuha to the agent: 「三」',
      '**goodbye**: The flow speaks &amp; hangs up.',
    ]);
  });

  it('tells of prompts that start again, and names blocks as it is told to', () => {
    const resume: FlowStep = { kind: 'resume', block: 'uuid', to: 'Music', how: 'again' };
    const [line] = transcriptOf(callOf(step(resume)), (flow, id) => (id === 'uuid' ? `${flow}/Resume` : id)).slice(1);
    expect(line).toBe('call-me/Resume → Music: its prompts start again');
  });

  it('says how many prompts the interruption never lets be heard', () => {
    const messages = ['一', '二', '三'].map((text) => ({ kind: 'text' as const, text }));
    const one: FlowStep = { kind: 'loop', block: 'a', messages, interruptAfterSeconds: 30, reached: 1, ...KAZUHA };
    expect(transcriptOf(callOf(step(one)))[1]).toBe(
      'Kazuha, for 30 seconds: 「一」 「二」 「三」 (the interruption comes before the last 2)',
    );
  });

  it('counts rounds that differ in nothing but numbers instead of writing them', () => {
    // Prepare
    const round = (number: number): CallLine[] => [
      step({ kind: 'go', block: 'A', to: 'B', edge: { kind: 'condition', index: 0 }, because: `round ${number} of 5` }),
      step({ kind: 'say', block: 'B', text: 'お待ちください。', ...KAZUHA }),
    ];

    // Act
    const many = transcriptOf(callOf(...[1, 2, 3, 4, 5].flatMap(round), event('An agent takes the call.')));
    const two = transcriptOf(callOf(...[1, 2].flatMap(round)));

    // Assess
    expect(many.slice(1, -1)).toEqual([
      'A → B: round 1 of 5',
      'Kazuha: 「お待ちください。」',
      '… and so on: these 2 lines × 5',
      '*An agent takes the call.*',
    ]);
    expect(two).toHaveLength(6);
  });
});
