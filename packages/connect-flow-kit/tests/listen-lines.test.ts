import { describe, expect, it } from 'vitest';
import type { FlowDocument } from '../src/document.ts';
import { END, errors, flowOf, loop, say, setHook, setQueue, setVoice, TRANSFER } from '../src/flow-builder.ts';
import { type HeardLine, heardLines } from '../src/listen/call-lines.ts';
import { unheardIn } from '../src/listen/unheard.ts';
import type { CallCase } from '../src/simulate/call-case.ts';
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

  it('is one silence where one follows the other, of breaks or of a wait', () => {
    const pause = { Type: 'MessageParticipant', Parameters: { SSML: '<speak><break time="10s"/></speak>' } };
    const wait = { Type: 'Wait', Parameters: { TimeLimitSeconds: '5' } };
    expect(short(linesOf(flowOf(pause, pause, wait)))).toContainEqual({ kind: 'silence', seconds: 25 });
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

describe('who hears it', () => {
  it('is the agent in a whisper, and its flow is named', () => {
    const lines = linesOf(
      flowOf(setHook('AgentWhisper', 'whisper'), setQueue('support'), TRANSFER),
      {},
      {
        whisper: flowOf(say('会員のお客様です。'), END),
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
  expect(short(lines).at(-1)).toEqual(event('The call goes on like this; this page does not.'));
});
