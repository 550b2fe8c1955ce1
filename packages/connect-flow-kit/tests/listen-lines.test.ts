import { describe, expect, it } from 'vitest';
import type { FlowDocument } from '../src/document.ts';
import { END, errors, flowOf, loop, say, setHook, setQueue, setVoice, TRANSFER } from '../src/flow-builder.ts';
import { type HeardLine, heardLines } from '../src/listen/call-lines.ts';
import { unheardIn } from '../src/listen/unheard.ts';
import type { CallCase, CallLine } from '../src/simulate/call-case.ts';
import type { FlowStep, LoopMessage } from '../src/simulate/flow-steps.ts';
import { simulateCall } from '../src/simulate/simulate-call.ts';

const NO_PROMPTS = () => false;

/** The lines of a call through a flow, `queue`, `whisper` and `hold` being the flows of its hooks. */
function linesOf(flow: FlowDocument, callCase: CallCase = {}, others: Record<string, FlowDocument> = {}): HeardLine[] {
  const find = (name: string) => {
    const document = others[name];
    return document && { name, document };
  };
  return heardLines(simulateCall({ name: 'test', document: flow }, callCase, find), NO_PROMPTS);
}

/** Without who hears it and where. */
const short = (lines: HeardLine[]) => lines.map(({ flow: _, listener: __, ...line }) => line);

const event = (text: string) => ({ kind: 'event', text });
const ANSWERED = event('The customer answers.');
const HUNG_UP = event('The flow hangs up.');

describe('what is heard of a call', () => {
  it('is spoken with the voice and engine the flow has set by then', () => {
    const lines = linesOf(flowOf(say('Hello.'), setVoice('Kazuha', 'Neural'), say('こんにちは。')));
    expect(short(lines)).toEqual([
      ANSWERED,
      { kind: 'speech', prompt: { voice: 'Joanna', engine: 'Standard', text: 'Hello.' } },
      { kind: 'speech', prompt: { voice: 'Kazuha', engine: 'Neural', text: 'こんにちは。' } },
      HUNG_UP,
    ]);
  });

  it('keeps speech markup, with its values filled in, and tells the pauses in it', () => {
    const flow = flowOf({
      Type: 'MessageParticipant',
      Parameters: { SSML: '<speak>はい、$.Attributes.name<break time="1s"/>様</speak>' },
    });
    expect(short(linesOf(flow, { attributes: { name: '山田' } }))[1]).toEqual({
      kind: 'speech',
      prompt: {
        voice: 'Joanna',
        engine: 'Standard',
        text: 'はい、山田様',
        ssml: '<speak>はい、山田<break time="1s"/>様</speak>',
      },
      pauseSeconds: 1,
    });
  });

  it('is one silence where one follows the other', () => {
    const pause = { Type: 'MessageParticipant', Parameters: { SSML: '<speak><break time="10s"/></speak>' } };
    expect(short(linesOf(flowOf(pause, pause)))).toContainEqual({ kind: 'silence', seconds: 20 });
  });

  it('names recordings, which nobody has here', () => {
    const flow = flowOf({ Type: 'MessageParticipant', Parameters: { PromptId: 'arn:prompt/music' } });
    const lines = linesOf(flow);
    expect(short(lines)[1]).toEqual({ kind: 'recording', recording: 'arn:prompt/music' });
    expect(unheardIn(lines, new Map())).toEqual(['the recording arn:prompt/music']);
  });

  it('says of keys what is pressed, and how long nothing is', () => {
    const ask = {
      Type: 'GetParticipantInput',
      Parameters: { Text: '1を', StoreInput: 'False', InputTimeLimitSeconds: '8' },
      Transitions: { Errors: errors({ InputTimeLimitExceeded: 'block 2', NoMatchingCondition: 'block 2' }) },
    };
    const events = short(linesOf(flowOf(ask, ask), { press: ['', '1'] })).filter(({ kind }) => kind === 'event');
    expect(events.slice(1, 3)).toEqual([
      { kind: 'event', text: 'No key is pressed for 8 s.', seconds: 8 },
      { kind: 'event', text: 'The customer presses 1.', seconds: 1 },
    ]);
  });
});

describe('prompts over and over', () => {
  const SILENCE = { SSML: '<speak><break time="10s"/></speak>' };
  const wait = (flow: FlowDocument, seconds: number) =>
    linesOf(
      flowOf(setHook('CustomerQueue', 'queue'), setQueue('support'), TRANSFER),
      { agentAfterSeconds: seconds },
      {
        queue: flow,
      },
    );

  it('are one silence for as long as they last, where they are nothing else', () => {
    const lines = wait(flowOf(loop([SILENCE], 30), say('もう少し'), END), 1_000);
    expect(short(lines)).toContainEqual({ kind: 'silence', seconds: 30 });
  });

  it('are heard once, then it is said how they go on', () => {
    const lines = short(wait(flowOf(loop([{ Text: 'お待ちください。' }, SILENCE])), 60));
    expect(lines.map((line) => ('prompt' in line ? line.prompt.text : 'text' in line ? line.text : line.kind))).toEqual(
      [
        'The customer answers.',
        'The customer waits in the queue.',
        'お待ちください。',
        'silence',
        'The same over and over, until 60 s have passed.',
        'An agent takes the call.',
        'The customer and the agent talk.',
      ],
    );
  });

  it('end where an agent takes the call', () => {
    // Three characters take three sevenths of a second.
    const lines = wait(flowOf(say('あいう'), loop([SILENCE])), 4);
    expect(short(lines)).toContainEqual({ kind: 'silence', seconds: 3.6 });
  });
});

describe('what happens meanwhile', () => {
  const step = (at: number, what: FlowStep): CallLine => ({
    at,
    kind: 'step',
    flow: 'queue',
    listener: 'customer',
    step: what,
  });
  const happens = (at: number, text: string): CallLine => ({ at, kind: 'event', text });
  const voice = { voice: 'Kazuha', engine: 'Neural' };
  const over = (lines: CallLine[]) =>
    short(heardLines({ lines, end: 'agent', because: '', taken: [], attributes: {} }, NO_PROMPTS)).map((line) =>
      'prompt' in line
        ? line.prompt.text
        : 'text' in line
          ? line.text
          : `${line.kind} ${'seconds' in line && line.seconds}`,
    );

  it('interrupts a silence and does not end it', () => {
    const lines = [
      step(0, { kind: 'wait', block: 'a', seconds: 30 }),
      happens(22, 'A phone rings.'),
      step(30, { kind: 'end', block: 'b' }),
    ];
    expect(over(lines)).toEqual(['silence 22', 'A phone rings.', 'silence 8']);
  });

  it('interrupts prompts over and over, which go on with what is next', () => {
    const messages: LoopMessage[] = [
      { kind: 'text', text: '七文字あります' },
      { kind: 'silence', seconds: 10 },
      { kind: 'text', text: 'もう七文字ある' },
    ];
    const loops = step(0, { kind: 'loop', block: 'a', messages, interruptAfterSeconds: undefined, ...voice });
    expect(over([loops, happens(5, 'A phone rings.'), happens(12.5, 'An agent takes the call.')])).toEqual([
      '七文字あります',
      'silence 4',
      'A phone rings.',
      'silence 6',
      'もう七文字ある',
      '七文字あります',
      'An agent takes the call.',
    ]);
  });
});

it('prompts that go on after an interruption go on where they were', () => {
  const messages: LoopMessage[] = [
    { kind: 'text', text: '七文字あります' },
    { kind: 'silence', seconds: 10 },
  ];
  const step: FlowStep = {
    kind: 'loop',
    block: 'a',
    messages,
    interruptAfterSeconds: 8,
    from: { message: 1, seconds: 4 },
    voice: 'Kazuha',
    engine: 'Neural',
  };
  const line: CallLine = { at: 0, kind: 'step', flow: 'queue', listener: 'customer', step };
  const lines = heardLines({ lines: [line], end: 'agent', because: '', taken: [], attributes: {} }, NO_PROMPTS);
  expect(short(lines).map((one) => ('seconds' in one ? one.seconds : one.kind))).toEqual([6, 'speech', 1]);
});

describe('who hears it', () => {
  it('is the agent in a whisper, and its flow is named', () => {
    const lines = linesOf(
      flowOf(setHook('AgentWhisper', 'whisper'), setQueue('support'), TRANSFER),
      {},
      {
        whisper: flowOf(say('ご利用中のお客様です。'), END),
      },
    );
    expect(lines.find(({ kind }) => kind === 'speech')).toMatchObject({ listener: 'agent', flow: 'whisper' });
  });
});

describe('a prompt that fails in the flow', () => {
  const failing = flowOf(
    say('本日の', { Transitions: { Errors: errors({ NoMatchingError: 'block 2' }) } }),
    say('失礼いたします。'),
  );
  const hasPrompt = (_: string, block: string) => block.startsWith('block');
  const lines = (flow: FlowDocument, callCase: CallCase) =>
    heardLines(
      simulateCall({ name: 'test', document: flow }, callCase, () => undefined),
      hasPrompt,
    );

  it('is a part that nobody has heard', () => {
    const heard = lines(failing, { fail: { 'block 1': 'NoMatchingError' } });
    expect(heard[1]).toMatchObject({ kind: 'unsaid', text: expect.stringMatching(/^block 1 fails: /) });
    expect(unheardIn(heard.slice(0, 2), new Map())).toEqual([
      expect.stringMatching(/^a prompt, because block 1 fails: /),
    ]);
  });

  it('is one even where the flow has no branch for it', () => {
    const heard = lines(flowOf(say('本日の')), { fail: { 'block 1': 'NoMatchingError' } });
    expect(heard[1]).toMatchObject({ kind: 'unsaid', text: expect.stringMatching(/^block 1 fails: /) });
  });

  it('is not one that was spoken before the block took its error branch', () => {
    const ask = {
      Type: 'GetParticipantInput',
      Parameters: { Text: '1を', StoreInput: 'False', InputTimeLimitSeconds: '8' },
      Transitions: { Errors: errors({ InputTimeLimitExceeded: 'block 2' }) },
    };
    expect(lines(flowOf(ask, say('失礼いたします。')), {}).map(({ kind }) => kind)).not.toContain('unsaid');
  });
});

it('a flow that speaks for ever ends on the page', () => {
  const flow = flowOf(say('はい', { Transitions: { NextAction: 'block 1' } }));
  const lines = linesOf(flow);
  expect(lines).toHaveLength(501);
  expect(short(lines).at(-1)).toEqual(event('The call continues like this; this page ends here.'));
});
