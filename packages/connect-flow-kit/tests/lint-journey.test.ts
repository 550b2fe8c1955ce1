import { describe, expect, it } from 'vitest';
import { block, next, say } from '../src/lint/example.ts';
import { failTo, lintBlocks, named, typed } from './lint-support.ts';

const lambda = (id: string, then: string, onError: string) =>
  block(
    id,
    'InvokeLambdaFunction',
    { LambdaFunctionARN: '${LookUp}', InvocationTimeLimitSeconds: '3' },
    next(then, failTo(onError)),
  );
const compare = (id: string, answers: Record<string, string>, otherwise: string) =>
  block(
    id,
    'Compare',
    { ComparisonValue: '$.Channel' },
    next(otherwise, failTo(otherwise, 'NoMatchingCondition'), answers),
  );
const callback = (then: string, onError: string) =>
  block(
    'Call back',
    'CreateCallbackContact',
    { InitialCallDelaySeconds: '5', RetryDelaySeconds: '600', MaximumConnectionAttempts: '1' },
    next(then, failTo(onError)),
  );
const menu = (answer: string, onError: string) =>
  block(
    'Ask',
    'GetParticipantInput',
    { Text: 'Press 9 to end the call.', StoreInput: 'False', InputTimeLimitSeconds: '5' },
    next(onError, failTo(onError, 'InputTimeLimitExceeded', 'NoMatchingCondition', 'NoMatchingError'), { 9: answer }),
  );
const loop = (again: string, then: string) =>
  block('Thrice', 'Loop', { LoopCount: '3' }, next(then, {}, { ContinueLooping: again, DoneLooping: then }));
const voice = (TextToSpeechVoice: string, then: string) =>
  block(
    'Set voice',
    'UpdateContactTextToSpeechVoice',
    { TextToSpeechVoice, TextToSpeechEngine: 'Neural' },
    next(then, failTo('Apologise')),
  );

describe('hanging up without a word', () => {
  it.each<[string, object[], string[]]>([
    ['after an error', [lambda('Look up', 'Apologise', 'Hang up')], ['Look up']],
    [
      'after an error, by way of a block that says nothing',
      [lambda('Look up', 'Apologise', 'Note'), lambda('Note', 'Hang up', 'Hang up')],
      ['Look up'],
    ],
    ['after a comparison', [compare('Is it a chat', { CHAT: 'Hang up' }, 'Apologise')], ['Is it a chat']],
    ['where nothing matches', [compare('Is it a chat', { CHAT: 'Apologise' }, 'Hang up')], ['Is it a chat']],
    [
      'when the rounds of a loop are over',
      [loop('Welcome', 'Hang up'), say('Welcome', 'Good morning.', 'Thrice')],
      ['Thrice'],
    ],
    ['when a callback could not be arranged', [callback('Hang up', 'Hang up')], ['Call back']],
    ['when no key was pressed', [menu('Apologise', 'Hang up')], ['Ask']],
    [
      'where the first words cannot be spoken and others would follow',
      [block('Welcome', 'MessageParticipant', { Text: 'Good morning.' }, next('Apologise', failTo('Hang up')))],
      ['Welcome'],
    ],
  ])('is reported %s', (_, blocks, expected) => {
    expect(named(lintBlocks(blocks))).toEqual(expected.map((id) => `silent-hang-up: ${id}`));
  });

  it('is reported where customers in a queue are cut off, and not where Loop prompts fail', () => {
    const prompts = (onTime: string, onError: string) =>
      block(
        'Wait',
        'MessageParticipantIteratively',
        { Messages: [{ Text: 'Please wait.' }], InterruptFrequencySeconds: '60' },
        next(onTime, failTo(onError), { MessagesInterrupted: onTime }),
      );
    const queue = typed('customerQueue');
    expect(named(lintBlocks([prompts('Hang up', 'Resume')], queue))).toEqual(['silent-hang-up: Wait']);
    expect(lintBlocks([prompts('Hang up', 'Hang up')], queue)[0]?.message).toBe(
      'the branch Equals MessagesInterrupted leads to the end of the call without a prompt',
    );
    expect(named(lintBlocks([prompts('Resume', 'Resume')], queue))).toEqual([]);
  });

  it.each<[string, object[]]>([
    ['the last words cannot be spoken', [say('Good-bye', 'Good-bye.', 'Hang up')]],
    ['the call is over anyway', [say('Good-bye', 'Good-bye.', 'Note'), lambda('Note', 'Hang up', 'Hang up')]],
    ['the customer pressed the key for it', [menu('Hang up', 'Apologise')]],
    [
      'a voicemail answered',
      [
        block(
          'Who is it',
          'CheckOutboundCallStatus',
          {},
          next('Apologise', failTo('Apologise'), { VoicemailBeep: 'Hang up' }),
        ),
      ],
    ],
    [
      'the flow shows a guide on a screen',
      [
        block(
          'Guide',
          'ShowView',
          { ViewResource: { Id: 'form' }, InvocationTimeLimitSeconds: '60' },
          next('Hang up', failTo('Hang up', 'NoMatchingCondition', 'NoMatchingError', 'TimeLimitExceeded')),
        ),
      ],
    ],
  ])('is nothing to report where %s', (_, blocks) => {
    expect(named(lintBlocks(blocks))).toEqual([]);
  });

  it('names the branches, each once', () => {
    const [finding] = lintBlocks([menu('Apologise', 'Hang up')]);
    expect(finding?.message).toBe(
      'the branches InputTimeLimitExceeded, NoMatchingCondition, NoMatchingError lead to the end of the call without a prompt',
    );
  });

  it('counts the end of a contact flow as the end of the call, and that of a queue flow not', () => {
    const blocks = [
      lambda('Look up', 'Wait', 'Resume'),
      block('Wait', 'MessageParticipantIteratively', { Messages: [{ Text: 'Please wait.' }] }),
    ];
    const compareOnly = [lambda('Look up', 'Apologise', 'Resume')];
    expect(named(lintBlocks(blocks, typed('customerQueue')))).toEqual([]);
    expect(named(lintBlocks(compareOnly, typed('contactFlow')))).toEqual([
      'silent-hang-up: Look up',
      'contact-flow-ends-the-flow: Resume',
    ]);
  });
});

describe('going round in a circle', () => {
  it.each<[string, object[], string[]]>([
    ['of functions', [lambda('A', 'B', 'Apologise'), lambda('B', 'A', 'Apologise')], ['silent-circle: A']],
    ['of one block that fails', [lambda('A', 'Apologise', 'A')], ['silent-circle: A']],
    [
      'of a prompt that fails',
      [block('A', 'MessageParticipant', { Text: 'Good morning.' }, next('Apologise', failTo('A')))],
      ['silent-circle: A'],
    ],
    ['twice', [lambda('A', 'B', 'A'), lambda('B', 'Apologise', 'B')], ['silent-circle: A', 'silent-circle: B']],
    ['with a prompt in it', [lambda('A', 'B', 'Apologise'), say('B', 'One moment.', 'A')], []],
    ['that is counted', [lambda('A', 'Thrice', 'Thrice'), loop('A', 'Apologise')], []],
    [
      'that is counted, and then begins again',
      [lambda('A', 'Thrice', 'Thrice'), loop('Apologise', 'A')],
      ['silent-circle: A'],
    ],
    ['with a question in it', [lambda('A', 'Ask', 'Apologise'), menu('Apologise', 'A')], []],
  ])('%s is reported where nobody hears anything', (_, blocks, expected) => {
    const found = named(lintBlocks(blocks)).filter((name) => name.startsWith('silent-circle'));
    expect(found).toEqual(expected);
  });
});

describe('a block that no call comes to', () => {
  it('is not one that only a NextAction leads to which is never taken', () => {
    const transfer = block(
      'To the queue',
      'TransferContactToQueue',
      {},
      next('Thanks', failTo('Apologise', 'QueueAtCapacity', 'NoMatchingError')),
    );
    expect(named(lintBlocks([transfer, say('Thanks', 'Thank you.', 'Hang up')]))).toEqual([]);
  });
});

describe('a Japanese text', () => {
  const greeting = say('Welcome', 'お電話ありがとうございます。', 'Hang up');
  const voices = (blocks: object[], type: string, options = {}) =>
    named(lintBlocks(blocks, typed(type), options)).filter((name) => name.startsWith('japanese'));

  it.each<[string, object[], string, string[]]>([
    ['at the start of a call', [greeting], 'contactFlow', ['japanese-text-foreign-voice: Welcome']],
    ['after a Japanese voice', [voice('Takumi', 'Welcome'), greeting], 'contactFlow', []],
    ['after a voice that the call brings', [voice('$.Attributes.voice', 'Welcome'), greeting], 'contactFlow', []],
    [
      'after an English voice',
      [voice('Joanna', 'Welcome'), greeting],
      'contactFlow',
      ['japanese-text-foreign-voice: Welcome'],
    ],
    [
      'after an English voice that a queue flow sets',
      [voice('Joanna', 'Welcome'), greeting],
      'customerQueue',
      ['japanese-text-foreign-voice: Welcome'],
    ],
    ['in a queue flow', [greeting], 'customerQueue', []],
    [
      'on one way around the voice',
      [compare('Is it a chat', { CHAT: 'Set voice' }, 'Welcome'), voice('Takumi', 'Welcome'), greeting],
      'contactFlow',
      ['japanese-text-foreign-voice: Welcome'],
    ],
  ])('%s', (_, blocks, type, expected) => {
    expect(voices(blocks, type)).toEqual(expected);
  });

  it('may come first where another flow hands the call over', () => {
    expect(voices([greeting], 'contactFlow', { continuesCall: true })).toEqual([]);
  });
});

describe('a queue flow', () => {
  const music = (then: string) =>
    block('Music', 'MessageParticipant', { Text: 'Please hold the line.' }, next(then, failTo('Resume')));

  it.each<[string, object[], string, string[]]>([
    ['ends after one prompt', [music('Resume')], 'customerQueue', ['silent-wait']],
    ['repeats its prompt', [music('Music')], 'customerQueue', []],
    ['is none but a whisper', [music('Resume')], 'customerWhisper', []],
  ])('that %s', (_, blocks, type, expected) => {
    expect(named(lintBlocks(blocks, typed(type)))).toEqual(expected);
  });
});

describe('a transfer to the queue', () => {
  const transfer = block(
    'To the queue',
    'TransferContactToQueue',
    {},
    next('Hang up', failTo('Apologise', 'QueueAtCapacity', 'NoMatchingError')),
  );
  const setQueue = block(
    'Choose',
    'UpdateContactTargetQueue',
    { QueueId: '${Sales}' },
    next('To the queue', failTo('Apologise')),
  );

  it.each<[string, object[], object, string[]]>([
    ['without a queue', [transfer], {}, ['transfer-without-queue: To the queue']],
    ['with a queue', [setQueue, transfer], {}, []],
    [
      'with a queue on one way only',
      [compare('Is it a chat', { CHAT: 'Choose' }, 'To the queue'), setQueue, transfer],
      {},
      ['transfer-without-queue: To the queue'],
    ],
    ['after a flow that may have set one', [transfer], { continuesCall: true }, []],
    ['a callback without a queue', [callback('Apologise', 'Apologise')], {}, ['transfer-without-queue: Call back']],
    [
      'a callback that names its queue',
      [
        block(
          'Call back',
          'CreateCallbackContact',
          {
            QueueId: '${SalesQueue}',
            InitialCallDelaySeconds: '5',
            RetryDelaySeconds: '600',
            MaximumConnectionAttempts: '1',
          },
          next('Apologise', failTo('Apologise')),
        ),
      ],
      {},
      [],
    ],
  ])('%s', (_, blocks, options, expected) => {
    expect(named(lintBlocks(blocks, typed('contactFlow'), options))).toEqual(expected);
  });
});
