import { describe, expect, it } from 'vitest';
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
  TRANSFER,
} from '../src/flow-builder.ts';
import { renderTimeline } from '../src/simulate/timeline.ts';
import { QUEUE, simulated } from './simulate-support.ts';

const shown = (...args: Parameters<typeof simulated>): string =>
  renderTimeline(simulated(...args), { flow: (name) => `flow ${name}`, block: (_flow, name) => name }).join('\n');

describe('the timeline of a call', () => {
  const entry = flowOf(
    setVoice('Kazuha', 'Neural'),
    setHook('CustomerQueue', 'waiting'),
    setHook('AgentWhisper', 'whisper'),
    {
      Identifier: 'Check user',
      Type: 'Compare',
      Parameters: { ComparisonValue: '$.Attributes.user' },
      Transitions: { Conditions: equals({ member: 'Thank' }), Errors: errors({ NoMatchingCondition: 'Thank' }) },
    },
    say('$.Attributes.name様、ありがとうございます。', { Identifier: 'Thank' }),
    setQueue(QUEUE),
    TRANSFER,
  );
  const waiting = flowOf(loop([{ Text: 'お待ちください。' }, { SSML: '<speak><break time="5s"/></speak>' }]));
  const whisper = flowOf(say('ご利用中のお客様です。'), END);

  it('reads from top to bottom: time, voice, words, and why', () => {
    expect(shown(entry, { attributes: { user: 'member' }, agentAfterSeconds: 20 }, { waiting, whisper })).toBe(
      `     0.0 s                      — The customer answers.

entry

     0.0 s                        · block 1: the voice is Kazuha (Neural)
                                  · block 2: CustomerQueue is flow waiting
                                  · block 3: AgentWhisper is flow whisper
                                  · Check user: $.Attributes.user is "member" → Thank
            Kazuha (Neural)     「様、ありがとうございます。」
     1.9 s                        · block 6: the queue is ${QUEUE}
                                  · block 7: to the queue ${QUEUE}
                                — The customer waits in the queue.

waiting

     1.9 s                        · block 1: over and over, as long as the customer waits:
            Kazuha (Neural)     「お待ちください。」
                                    silence, 5 s
    21.9 s                      — An agent takes the call.

whisper — only the agent hears it

    21.9 s  Kazuha (Neural)     「ご利用中のお客様です。」
    23.4 s                        · block 2: the flow is over
                                — The customer and the agent talk.

Nothing stands in place of $.Attributes.name.

An agent talks to the customer after 20 seconds in the queue. [agent]`,
    );
  });

  it('says what an error was, and where the call was dropped', () => {
    const flow = flowOf(
      setVoice('Kazuha', undefined, { Transitions: { Errors: errors({ NoMatchingError: 'sorry' }) } }),
      say('すみません。', { Identifier: 'sorry', Transitions: { NextAction: 'gone' } }),
    );
    const text = shown(flow);
    expect(text).toContain('· block 1: Kazuha has no Standard engine, only Neural [NoMatchingError] → sorry');
    expect(text).toContain('· gone: the flow stops: flow "entry" has no block "gone"');
    expect(text).toMatch(/\[silence\]$/);
  });

  it('tells a comparison without a match from a failure', () => {
    expect(shown(entry, { attributes: { user: 'guest' } })).toContain(
      '· Check user: $.Attributes.user is "guest", no condition holds → Thank',
    );
  });

  it('does not show the number of the customer', () => {
    const Attributes = { phone: '$.CustomerEndpoint.Address' };
    expect(shown(flowOf({ Type: 'UpdateContactAttributes', Parameters: { Attributes } }))).toContain(
      "sets phone = the customer's number",
    );
  });

  it.each([
    [
      'keys',
      { Type: 'GetParticipantInput', Parameters: { StoreInput: 'True', InputTimeLimitSeconds: '5' } },
      'no key for 5 s',
    ],
    [
      'attributes',
      { Type: 'UpdateContactAttributes', Parameters: { Attributes: { a: '1', b: '2' } } },
      'sets a = "1", b = "2"',
    ],
    [
      'a function',
      { Type: 'InvokeLambdaFunction', Parameters: { LambdaFunctionARN: 'lookup' } },
      'asks lookup, which answers {"name":"山田"}',
    ],
    ['a recording', { Type: 'MessageParticipant', Parameters: { PromptId: 'welcome' } }, '♪ welcome'],
    [
      'silence',
      { Type: 'MessageParticipant', Parameters: { SSML: '<speak><break time="3s"/></speak>' } },
      'silence, 3 s',
    ],
    [
      'keys that are buffered',
      { Type: 'GetParticipantInput', Parameters: { EnableDTMFBuffer: 'True' } },
      'keys are buffered from now on',
    ],
    [
      'a block it does not simulate',
      { Type: 'CreateTask' },
      'CreateTask is not simulated, the flow goes on as if it had worked',
    ],
    ['a block nobody knows', { Type: 'MakeTea' }, 'MakeTea is no known block, the flow goes on as if it had worked'],
    ['a text of which nothing is left', say('$.Attributes.x'), '(an empty text: nothing is said)'],
    [
      'another phone',
      {
        Type: 'TransferParticipantToThirdParty',
        Parameters: { ThirdPartyPhoneNumber: '1' },
        Transitions: { NextAction: BYE },
      },
      'calls an external number',
    ],
  ])('names %s', (_name, block, text) => {
    expect(shown(flowOf(block), { lambda: { '*': { name: '山田' } } })).toContain(text);
  });
});

it('prompts that the interruption never lets be heard are marked', () => {
  const flow = flowOf(loop([{ PromptId: 'music' }, { Text: '二番目' }], 9));
  const lines = shown(flow).split('\n');
  expect(lines.find((line) => line.includes('二番目'))).toContain('(never heard: the interruption comes first)');
  expect(lines.find((line) => line.includes('music'))).not.toContain('never heard');
});
