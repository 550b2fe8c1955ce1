import { describe, expect, it } from 'vitest';
import { equals, flowOf, loop, say, setQueue, type TestBlock, TRANSFER } from '../src/flow-builder.ts';
import { kindOf, shortContentOf, shortened } from '../src/review/block-content.ts';

const blockOf = (block: TestBlock) => flowOf(block).Actions[0] ?? flowOf().Actions[0];

const shortContent = (block: TestBlock): string[] => {
  const action = blockOf(block);
  return action ? shortContentOf(action) : [];
};

describe('a few words on what a block does', () => {
  it.each<[string, TestBlock, string[]]>([
    [
      'its prompt, shortened',
      say('オペレーターにおつなぎします。そのままお待ちください。'),
      ['「オペレーターにおつなぎします。そのままお…」'],
    ],
    [
      'of speech markup what is heard',
      { Type: 'MessageParticipant', Parameters: { SSML: '<speak>はい。</speak>' } },
      ['「はい。」'],
    ],
    [
      'silence, where nothing is heard',
      { Type: 'MessageParticipant', Parameters: { SSML: '<speak><break/></speak>' } },
      ['silence'],
    ],
    [
      'a recording',
      { Type: 'MessageParticipant', Parameters: { Media: { Uri: 's3://b/a.wav' } } },
      ['recording s3://b/a.wav'],
    ],
    [
      'a recording that the stage names',
      { Type: 'MessageParticipant', Parameters: { PromptId: '${HoldMusic}' } },
      ['recording HoldMusic'],
    ],
    [
      'a reference in brackets as one piece',
      say("ご用件は$['Attributes']['inquiry_type']です。"),
      ['「ご用件は{inquiry_type}です…」'],
    ],
    [
      'the first of several messages',
      loop([{ Text: '一' }, { Text: '二' }, { PromptId: 'p' }]),
      ['「一」', 'and 2 more'],
    ],
    ['the attribute it reads', setQueue('$.Attributes.queue_arn'), ['queue_arn']],
    ['the token it holds', setQueue('${DefaultQueue}'), ['DefaultQueue']],
    ['the last part of an ARN', setQueue('arn:aws:connect:ap-northeast-1:1:instance/i/queue/support'), ['support']],
    [
      'the function, and not its time limit',
      {
        Type: 'InvokeLambdaFunction',
        Parameters: { LambdaFunctionARN: 'arn:aws:lambda:x:1:function:find', InvocationTimeLimitSeconds: '8' },
      },
      ['find'],
    ],
    [
      'entries by name',
      { Type: 'UpdateContactAttributes', Parameters: { Attributes: { a: '$.Attributes.b', c: '1' } } },
      ['a: b, c: 1'],
    ],
    ['nothing, where there is nothing to tell', TRANSFER, []],
  ])('are %s', (_, block, content) => {
    expect(shortContent(block)).toEqual(content);
  });

  it.each([
    ['一二三', 3, '一二三'],
    ['一二三四', 3, '一二三…'],
    ['$.Attributes.inquiry_typeの件', 5, '{inquiry_type}…'],
    ['一$.Attributes.inquiry_type', 5, '一…'],
    ['${CompanyName}です', 20, '{CompanyName}です'],
    ['😀😀', 4, '😀😀'],
  ])('shorten %j to %i characters: %j, no reference cut in two', (text, characters, short) => {
    expect(shortened(text, characters)).toBe(short);
  });
});

it.each<[string, TestBlock]>([
  ['end', { Type: 'DisconnectParticipant' }],
  ['end', TRANSFER],
  ['end', { Type: 'TransferToFlow', Parameters: { ContactFlowId: 'other' } }],
  ['prompt', say('はい。')],
  ['prompt', { ...loop([{ Text: '一' }], 30), Transitions: { Conditions: equals({ MessagesInterrupted: 'bye' }) } }],
  ['decision', { Type: 'Compare', Transitions: { Conditions: equals({ a: 'bye' }) } }],
  ['decision', { Type: 'Unheard', Transitions: { Conditions: equals({ a: 'bye' }) } }],
  ['action', setQueue('q')],
  ['action', { Type: 'Unheard' }],
])('drawn as %s: %j', (kind, block) => {
  const action = blockOf(block);
  expect(action && kindOf(action)).toBe(kind);
});
