import { describe, expect, it } from 'vitest';
import { BYE, equals, errors, flowOf, loop, say, setVoice } from '../src/flow-builder.ts';
import { stepSeconds } from '../src/simulate/speech.ts';
import { ofKind, said, walk } from './simulate-support.ts';

const prompt = (Parameters: Record<string, unknown>) =>
  flowOf({ Type: 'MessageParticipant', Parameters, Transitions: { Errors: errors({ NoMatchingError: BYE }) } });

describe('the voice', () => {
  it('is Joanna until one is set', () => {
    expect(ofKind(walk(flowOf(say('はい'))), 'say')).toMatchObject([{ voice: 'Joanna', engine: 'Standard' }]);
  });

  it('is the one that was set', () => {
    const steps = walk(flowOf(setVoice('Takumi', 'Neural'), say('はい')));
    expect(steps[0]).toEqual({ kind: 'voice', block: 'block 1', voice: 'Takumi', engine: 'Neural' });
    expect(ofKind(steps, 'say')).toMatchObject([{ voice: 'Takumi', engine: 'Neural' }]);
  });

  it('may be given by a reference', () => {
    const flow = flowOf(setVoice('$.Attributes.voice', '$.Attributes.engine'));
    expect(walk(flow, { attributes: { voice: 'Kazuha', engine: 'neural' } })[0]).toMatchObject({ voice: 'Kazuha' });
  });

  it('is Joanna again after one could not be set, along the error branch', () => {
    // Prepare
    const broken = setVoice('Kazuha', 'Standard', { Transitions: { Errors: errors({ NoMatchingError: 'sorry' }) } });

    // Act
    const steps = walk(
      flowOf(setVoice('Takumi', 'Neural'), broken, say('聞こえない'), say('はい', { Identifier: 'sorry' })),
    );

    // Assess
    expect(steps).toContainEqual({ kind: 'voice', block: 'block 2', voice: 'Joanna', engine: 'Standard' });
    expect(steps).toContainEqual({
      kind: 'go',
      block: 'block 2',
      edge: { kind: 'error', errorType: 'NoMatchingError' },
      to: 'sorry',
      because: 'Kazuha has no Standard engine, only Neural',
    });
    expect(ofKind(steps, 'say')).toMatchObject([{ text: 'はい', voice: 'Joanna' }]);
  });

  it('of the contact is there for anyone who asks', () => {
    expect(said(walk(flowOf(setVoice('Mizuki'), say('$.TextToSpeechVoiceId'))))).toEqual(['Mizuki']);
  });
});

describe('a prompt', () => {
  it('speaks its text, values in place of references', () => {
    expect(said(walk(prompt({ Text: '$.Attributes.name様' }), { attributes: { name: '山田' } }))).toEqual(['山田様']);
  });

  it('names the references that resolve to nothing', () => {
    const [step] = walk(prompt({ Text: '$.Attributes.name様' }));
    expect(step).toMatchObject({ kind: 'say', text: '様', unresolved: ['$.Attributes.name'] });
  });

  it('whose text becomes empty says nothing and goes on', () => {
    const steps = walk(flowOf(say('$.Attributes.nothing'), say('はい')));
    expect(ofKind(steps, 'go')[0]).toMatchObject({ edge: { kind: 'next' }, to: 'block 2' });
    expect(said(steps).filter((text) => text !== '')).toEqual(['はい']);
  });

  it.each([
    ['SSML', { SSML: '<speak>はい<break time="1s"/>、<prosody rate="slow">どうぞ</prosody></speak>' }],
    ['SSML in a text', { Text: '<speak>はい<break time="1000ms"/>、<p>どうぞ</p></speak>' }],
  ])('of %s speaks what is between the tags, and pauses', (_name, parameters) => {
    const [step] = walk(prompt(parameters));
    expect(step).toMatchObject({ kind: 'say', text: 'はい、どうぞ', pauseSeconds: 1 });
  });

  it('of nothing but breaks is silence', () => {
    const [step] = walk(prompt({ SSML: '<speak><break time="10s"/><break time="500ms"/></speak>' }));
    expect(step).toEqual({ kind: 'wait', block: 'block 1', seconds: 10.5 });
  });

  it('without markup keeps its angle brackets', () => {
    expect(said(walk(prompt({ Text: '1 < 2 > 0' })))).toEqual(['1 < 2 > 0']);
  });

  it.each([
    ['PromptId', { PromptId: '$.Attributes.recording' }, 'welcome'],
    ['Media', { Media: { Uri: 's3://bucket/a.wav', SourceType: 'S3', MediaType: 'Audio' } }, 's3://bucket/a.wav'],
  ])('of %s plays a recording', (_name, parameters, recording) => {
    const [step] = walk(prompt(parameters), { attributes: { recording: 'welcome' } });
    expect(step).toEqual({ kind: 'play', block: 'block 1', recording });
  });

  it.each([
    ['more than 3,000 characters', { Text: 'あ'.repeat(3_001) }, 'the prompt has 3001 characters, more than 3000'],
    ['nothing in it', {}, 'there is nothing to say'],
    [
      'more than 6,000 characters, tags counted',
      { SSML: `<speak>${'<p>あ</p>'.repeat(800)}</speak>` },
      'the prompt has 6415 characters, more than 6000',
    ],
    [
      'a pause above ten seconds',
      { Text: '<speak>はい<break time="20s"/></speak>' },
      'the markup cannot be spoken, a pause of 20s is longer than 10 s, the longest there is',
    ],
    ['something that is no text', { Text: 7, SSML: [], PromptId: null }, 'there is nothing to say'],
  ])('with %s takes the error branch', (_name, parameters, because) => {
    expect(walk(prompt(parameters))[0]).toMatchObject({ kind: 'go', edge: { kind: 'error' }, because });
  });

  it.each([
    ['is never closed', { SSML: '<speak>Hello<break time="5s"></speak>' }],
    ['comes with a value', { Text: '<speak>$.Attributes.name</speak>' }],
  ])('whose markup is broken because a tag %s takes the error branch', (_name, parameters) => {
    const [step] = walk(prompt(parameters), { attributes: { name: 'A < B' } });
    expect(step).toMatchObject({ kind: 'go', because: expect.stringContaining('it is not well-formed') });
  });

  it('may be as long as allowed, tags not counted', () => {
    const SSML = `<speak>${'あ'.repeat(3_000)}<break time="1s"/></speak>`;
    expect(said(walk(prompt({ SSML })))[0]).toHaveLength(3_000);
  });
});

describe('a loop of prompts', () => {
  const messages = [
    { Text: 'お待ちください。' },
    { PromptId: 'music' },
    { SSML: '<speak><break time="10s"/></speak>' },
  ];

  it('lasts as long as the customer waits', () => {
    expect(walk(flowOf(loop(messages)))).toEqual([
      {
        kind: 'loop',
        block: 'block 1',
        messages: [
          { kind: 'text', text: 'お待ちください。' },
          { kind: 'recording', recording: 'music' },
          { kind: 'silence', seconds: 10 },
        ],
        interruptAfterSeconds: undefined,
        voice: 'Joanna',
        engine: 'Standard',
      },
    ]);
  });

  it.each([
    ['along the condition', { Conditions: equals({ MessagesInterrupted: 'patience' }) }],
    ['along NextAction where there is no condition', { NextAction: 'patience' }],
  ])('that is interrupted goes on %s', (_name, Transitions) => {
    const flow = flowOf(
      { ...loop(messages, 30), Transitions },
      say('ない'),
      say('もう少し', { Identifier: 'patience' }),
    );
    expect(walk(flow)[0]).toMatchObject({ interruptAfterSeconds: 30 });
    expect(said(walk(flow))).toEqual(['もう少し']);
  });

  it('may take the time of its interruption from an attribute', () => {
    const flow = flowOf({
      ...loop(messages),
      Parameters: { Messages: messages, InterruptFrequencySeconds: '$.Attributes.patience' },
    });
    expect(walk(flow, { attributes: { patience: '30' } })[0]).toMatchObject({ interruptAfterSeconds: 30 });
  });

  it.each([
    ['no message', []],
    ['one that is nothing', [{ Text: 'はい' }, {}]],
    ['one with a pause above ten seconds', [{ SSML: '<speak><break time="30s"/></speak>' }]],
    ['one that is too long', [{ Text: 'はい' }, { Text: 'あ'.repeat(3_001) }]],
  ])('with %s takes the error branch', (_name, Messages) => {
    const flow = flowOf({ ...loop(Messages), Transitions: { Errors: errors({ NoMatchingError: BYE }) } });
    expect(walk(flow)[0]).toMatchObject({ kind: 'go', edge: { kind: 'error', errorType: 'NoMatchingError' } });
  });
});

describe('time', () => {
  const voice = { voice: 'Kazuha', engine: 'Neural' };

  it.each([
    ['seven characters of speech', { kind: 'say', block: 'a', text: 'あいうえおかき', ...voice }, 1],
    ['speech with a pause', { kind: 'say', block: 'a', text: 'あいうえおかき', pauseSeconds: 2, ...voice }, 3],
    ['a recording', { kind: 'play', block: 'a', recording: 'x' }, 10],
    ['keys', { kind: 'keys', block: 'a', pressed: undefined, seconds: 5 }, 5],
    ['silence', { kind: 'wait', block: 'a', seconds: 4 }, 4],
    [
      'a loop until it is interrupted',
      { kind: 'loop', block: 'a', messages: [], interruptAfterSeconds: 30, ...voice },
      30,
    ],
    ['a hook', { kind: 'hook', block: 'a', hook: 'CustomerQueue', flow: 'x' }, 0],
  ] as const)('passes with %s', (_name, step, seconds) => {
    expect(stepSeconds(structuredClone(step) as Parameters<typeof stepSeconds>[0])).toBeCloseTo(seconds);
  });

  it('passes for ever in a loop without interruption', () => {
    const [step] = walk(flowOf(loop([{ Text: 'はい' }])));
    expect(step && stepSeconds(step)).toBe(Number.POSITIVE_INFINITY);
  });
});
