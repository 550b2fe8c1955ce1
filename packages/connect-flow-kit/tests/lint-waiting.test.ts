import { describe, expect, it } from 'vitest';
import { block, next, say } from '../src/lint/example.ts';
import { failTo, lintBlocks, typed } from './lint-support.ts';

const of = (rule: string, blocks: object[], document: object = {}) =>
  lintBlocks(blocks, { ...document })
    .filter((finding) => finding.rule === rule)
    .map((finding) => finding.block);

describe('a caller who keeps silent', () => {
  const rule = 'endless-for-the-silent';
  const menu = (onSilence: string, onOther = onSilence, id = 'Menu') =>
    block(
      id,
      'GetParticipantInput',
      { Text: 'Press 1.', StoreInput: 'False', InputTimeLimitSeconds: '5' },
      next(
        'Apologise',
        { InputTimeLimitExceeded: onSilence, NoMatchingCondition: onOther, NoMatchingError: 'Apologise' },
        { 1: 'Apologise' },
      ),
    );
  const loop = (again: string, done: string) =>
    block('Thrice', 'Loop', { LoopCount: '3' }, next(done, {}, { ContinueLooping: again, DoneLooping: done }));
  const store = (then: string) =>
    block(
      'Number',
      'GetParticipantInput',
      {
        Text: 'Your number?',
        StoreInput: 'True',
        InputTimeLimitSeconds: '5',
        InputValidation: { CustomValidation: { MaximumLength: '4' } },
      },
      next(then, failTo('Apologise')),
    );
  const compare = (ComparisonValue: string, answers: Record<string, string>, otherwise: string) =>
    block(
      'Compare',
      'Compare',
      { ComparisonValue },
      next(otherwise, failTo(otherwise, 'NoMatchingCondition'), answers),
    );
  const sulking = block(
    'Bot',
    'ConnectParticipantWithLexBot',
    { Text: 'How can I help?', LexV2Bot: { AliasArn: '${Bot}' } },
    next('Bot', { NoMatchingCondition: 'Bot', NoMatchingError: 'Apologise' }, { Sales: 'Apologise' }),
  );
  const lex = (onNothing: string, intents: Record<string, string>) =>
    block(
      'Bot',
      'ConnectParticipantWithLexBot',
      { Text: 'How can I help?', LexV2Bot: { AliasArn: '${Bot}' } },
      next('Apologise', failTo(onNothing, 'NoMatchingCondition', 'NoMatchingError'), intents),
    );

  it.each<[string, object[], string[]]>([
    ['a menu that repeats itself', [menu('Menu')], ['Menu']],
    ['a menu, by way of a prompt', [menu('Sorry'), say('Sorry', 'Sorry?', 'Menu')], ['Menu']],
    ['a menu whose count leads back when it is done', [menu('Thrice'), loop('Menu', 'Menu')], ['Menu']],
    [
      'what was stored of nobody',
      [store('Compare'), compare('$.StoredCustomerInput', { Timeout: 'Number' }, 'Apologise')],
      ['Number'],
    ],
    [
      'what was stored, where every other answer is asked for again',
      [store('Compare'), compare('$.StoredCustomerInput', { 1: 'Apologise', 2: 'Apologise' }, 'Number')],
      ['Number'],
    ],
    ['a bot that hears nothing', [lex('Bot', { Sales: 'Apologise' })], ['Bot']],
    ['a bot whose errors alone lead on', [sulking], ['Bot']],
    ['a bot whose fallback leads back', [lex('Bot', { FallbackIntent: 'Bot', Sales: 'Apologise' })], ['Bot']],
  ])('is asked for ever by %s', (_, blocks, expected) => {
    expect(of(rule, blocks)).toEqual(expected);
  });

  it.each<[string, object[]]>([
    ['a menu that repeats itself on other keys only', [menu('Apologise', 'Menu')]],
    ['a menu that is counted', [menu('Thrice'), loop('Menu', 'Apologise')]],
    ['a comparison that may lead on', [menu('Compare'), compare('$.Attributes.rounds', { 3: 'Apologise' }, 'Menu')]],
    ['an input that was stored', [store('Compare'), compare('$.StoredCustomerInput', { 1: 'Number' }, 'Apologise')]],
    [
      'a comparison with what may be the same',
      [store('Compare'), compare('$.StoredCustomerInput', { '$.Attributes.silence': 'Apologise' }, 'Number')],
    ],
    ['a bot whose fallback leads on', [lex('Bot', { FallbackIntent: 'Apologise' })]],
    [
      'a module, which may hang up',
      [menu('M'), block('M', 'InvokeFlowModule', { FlowModuleId: '${M}' }, next('Menu', failTo('Menu')))],
    ],
    [
      'a transfer that may succeed',
      [
        menu('T'),
        block('T', 'TransferContactToQueue', {}, next('Menu', failTo('Menu', 'QueueAtCapacity', 'NoMatchingError'))),
      ],
    ],
  ])('gets away from %s', (_, blocks) => {
    expect(of(rule, blocks)).toEqual([]);
  });

  it('hears prompts for ever where a contact flow goes round, and rightly so in a queue', () => {
    const round = [say('A', 'One.', 'B'), say('B', 'Two.', 'A')];
    expect(of(rule, round, typed('contactFlow'))).toHaveLength(1);
    expect(of(rule, round, typed('customerQueue'))).toEqual([]);
    expect(of(rule, round)).toEqual([]);
    expect(of(rule, [menu('Menu')], typed('customerQueue'))).toEqual([]);
  });
});

describe('Loop prompts', () => {
  const prompts = (then?: string, seconds?: unknown) =>
    block(
      'Wait',
      'MessageParticipantIteratively',
      { Messages: [{ Text: 'Please wait.' }], ...(seconds !== undefined && { InterruptFrequencySeconds: seconds }) },
      then === undefined ? {} : next(then, failTo(then), { MessagesInterrupted: then }),
    );
  const queue = typed('customerQueue');

  it.each<[string, object]>([
    ['a prompt', say('Before', 'One moment.', 'Wait')],
    [
      'a count',
      block('Before', 'Loop', { LoopCount: '2' }, next('Wait', {}, { ContinueLooping: 'Wait', DoneLooping: 'Wait' })),
    ],
    ['input', block('Before', 'GetParticipantInput', {}, next('Wait', failTo('Wait', 'NoMatchingCondition')))],
    ['media streaming', block('Before', 'UpdateContactMediaStreamingBehavior', {}, next('Wait'))],
    ['a transfer that failed', block('Before', 'TransferContactToQueue', {}, next('Resume', failTo('Wait')))],
    ['a callback', block('Before', 'CreateCallbackContact', {}, next('Wait'))],
  ])('may not have %s before them', (_, before) => {
    expect(of('before-loop-prompts', [before, prompts()], queue)).toEqual(['Wait']);
  });

  it('may not be come back to from a prompt after their interruption', () => {
    expect(of('before-loop-prompts', [prompts('Say', '60'), say('Say', 'Still there?', 'Wait')], queue)).toEqual([
      'Wait',
    ]);
    expect(of('before-loop-prompts', [prompts('Say', '60'), say('Say', 'Still there?', 'Resume')], queue)).toEqual([]);
  });

  it('stand in the way: others after their interruption are not reported once more', () => {
    const others = { ...prompts(), Identifier: 'Others' };
    const before = say('Before', 'One moment.', 'Wait');
    expect(of('before-loop-prompts', [before, prompts('Others', '60'), others], queue)).toEqual(['Wait']);
  });

  it('may have blocks before them that nobody hears', () => {
    const voice = block('Voice', 'UpdateContactTextToSpeechVoice', { TextToSpeechVoice: 'Joanna' }, next('Log'));
    const log = block('Log', 'UpdateFlowLoggingBehavior', { FlowLoggingBehavior: 'Enabled' }, next('Wait'));
    expect(of('before-loop-prompts', [voice, log, prompts()], queue)).toEqual([]);
  });

  it.each<[unknown, boolean]>([
    ['15', true],
    ['20', true],
    [20, true],
    ['21', false],
    ['$.Attributes.seconds', false],
    ['${Seconds}', false],
    [undefined, false],
  ])('interrupted after %s: too soon %s', (seconds, soon) => {
    expect(of('interrupt-too-soon', [prompts('Resume', seconds)], queue)).toEqual(soon ? ['Wait'] : []);
  });
});

describe('waiting on a call', () => {
  const wait = (parameters: object) =>
    block('W', 'Wait', { ...parameters }, next('Apologise', failTo('Apologise'), { WaitCompleted: 'Apologise' }));

  it.each<[string, object, boolean]>([
    ['for a time', { TimeLimitSeconds: '60' }, true],
    ['for the time that the call brings', { TimeLimitSeconds: '$.Attributes.seconds' }, true],
    ['while it keeps running', { TimeLimitSeconds: '60', ContinueExecution: 'True' }, false],
    [
      'for an event that its parameters name',
      { TimeLimitSeconds: '60', LambdaInvocationId: '$.LambdaInvocation.InvocationId' },
      false,
    ],
    ['for the customer of a chat', { TimeLimitSeconds: '60', Events: ['CustomerReturned'] }, false],
    ['for hours, as only chats and tasks do', { TimeLimitSeconds: '3600' }, false],
  ])('%s: reported %s', (_, parameters, reported) => {
    expect(of('wait-on-a-call', [wait(parameters)])).toEqual(reported ? ['W'] : []);
  });

  it('is not reported where the flow looks at the channel or speaks of a chat', () => {
    const channel = block(
      'Channel',
      'Compare',
      { ComparisonValue: '$.Channel' },
      next('Apologise', failTo('Apologise', 'NoMatchingCondition'), { CHAT: 'W' }),
    );
    expect(of('wait-on-a-call', [channel, wait({ TimeLimitSeconds: '60' })])).toEqual([]);
    expect(of('wait-on-a-call', [say('Say', 'Your chat waits.', 'W'), wait({ TimeLimitSeconds: '60' })])).toEqual([]);
  });
});

describe('recording', () => {
  const rule = 'recording-before-announcement';
  const record = (behavior: object, then: string) =>
    block('Record', 'UpdateContactRecordingBehavior', { RecordingBehavior: behavior }, next(then));
  const both = { RecordedParticipants: ['Agent', 'Customer'] };
  const menus = { RecordedParticipants: [], IVRRecordingBehavior: 'Enabled' };
  const tell = (Text: string, then: string) => say('Tell', Text, then);
  const transfer = (then: string) =>
    block('Transfer', 'TransferContactToQueue', {}, next(then, failTo(then, 'QueueAtCapacity', 'NoMatchingError')));

  it.each([
    'This call may be recorded.',
    'Calls are monitored for quality.',
    '応対品質の向上のため、通話を録音いたします。',
    'Esta llamada puede ser grabada.',
  ])('before "%s"', (sentence) => {
    expect(of(rule, [record(menus, 'Tell'), tell(sentence, 'Hang up')])).toEqual(['Record']);
    expect(of(rule, [tell(sentence, 'Record'), record(menus, 'Hang up')])).toEqual([]);
  });

  it('of a talk begins when an agent joins: it is early enough to tell before the transfer', () => {
    const sentence = 'You are recorded.';
    expect(of(rule, [record(both, 'Tell'), tell(sentence, 'Transfer'), transfer('Hang up')])).toEqual([]);
    expect(of(rule, [record(both, 'Transfer'), transfer('Tell'), tell(sentence, 'Hang up')])).toEqual(['Record']);
    const either = block(
      'Who',
      'Compare',
      { ComparisonValue: '$.Attributes.user_type' },
      next('Tell', failTo('Tell', 'NoMatchingCondition'), { member: 'Transfer' }),
    );
    expect(of(rule, [record(both, 'Who'), either, tell(sentence, 'Transfer'), transfer('Hang up')])).toEqual([
      'Record',
    ]);
  });

  it.each<[string, object, boolean]>([
    ['the agent alone', { RecordedParticipants: ['Agent'] }, false],
    ['nobody', { RecordedParticipants: [] }, false],
    ['the agent and the customer', both, true],
  ])('of %s before the customer is told: reported %s', (_, behavior, reported) => {
    const blocks = [record(behavior, 'Transfer'), transfer('Tell'), tell('You are recorded.', 'Hang up')];
    expect(of(rule, blocks)).toEqual(reported ? ['Record'] : []);
  });

  it('is found in the newer block, too', () => {
    const VoiceBehavior = { VoiceRecordingBehavior: menus };
    const newer = block(
      'Record',
      'UpdateContactRecordingAndAnalyticsBehavior',
      { VoiceBehavior },
      next('Tell', failTo('Tell', 'NoMatchingError', 'ChannelMismatch')),
    );
    expect(of(rule, [newer, tell('You are recorded.', 'Hang up')])).toEqual(['Record']);
  });

  it('is not reported where no prompt speaks of it, or none can follow', () => {
    expect(of(rule, [record(menus, 'Tell'), tell('Good morning.', 'Hang up')])).toEqual([]);
    const either = block(
      'Who',
      'Compare',
      { ComparisonValue: '$.Channel' },
      next('Tell', failTo('Tell', 'NoMatchingCondition'), { CHAT: 'Record' }),
    );
    expect(of(rule, [either, record(menus, 'Hang up'), tell('You are recorded.', 'Hang up')])).toEqual([]);
  });
});

describe('an analysis of a talk', () => {
  const record = (RecordedParticipants: string[], AnalyticsBehavior: object) =>
    lintBlocks([
      block(
        'Record',
        'UpdateContactRecordingBehavior',
        {
          RecordingBehavior: { RecordedParticipants },
          AnalyticsBehavior: { AnalyticsLanguage: 'ja-JP', ...AnalyticsBehavior },
        },
        next('Apologise'),
      ),
    ]).map(({ rule }) => rule);
  const on = { Enabled: 'True' };
  const of = (channel: string, mode: string) => ({ ChannelConfiguration: { [channel]: { AnalyticsModes: [mode] } } });

  it.each<[string, string[], string[]]>([
    ['both', ['Agent', 'Customer'], []],
    ['one side', ['Customer'], ['analysis-of-one-side']],
    ['nobody', [], ['analysis-of-one-side']],
  ])('needs both sides: %s', (_, recorded, expected) => {
    expect(record(recorded, on)).toEqual(expected);
  });

  it('needs none where it is switched off, or is of a chat or of a talk with a bot', () => {
    expect(record([], { Enabled: 'False' })).toEqual([]);
    expect(record([], { ...on, ...of('Chat', 'ContactLens') })).toEqual([]);
    expect(record([], { ...on, ...of('Voice', 'AutomatedInteraction') })).toEqual([]);
  });
});
