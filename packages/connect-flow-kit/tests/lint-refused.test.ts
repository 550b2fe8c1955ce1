import { describe, expect, it } from 'vitest';
import { block, next } from '../src/lint/example.ts';
import { failTo, lintBlocks, typed } from './lint-support.ts';

/** Errors about one block, each as `rule: message`. */
const wrongs = (type: string, parameters: Record<string, unknown>, errors: readonly string[], flow = 'contactFlow') =>
  lintBlocks(
    [block('Block', type, parameters, next('Apologise', errors.length > 0 ? failTo('Apologise', ...errors) : {}))],
    typed(flow),
  )
    .filter(({ severity }) => severity === 'error')
    .map(({ rule, message }) => `${rule}: ${message}`);

describe('what the service refuses is an error', () => {
  const store = (PhoneNumberValidation: object) => ({
    Text: 'Your number, please.',
    StoreInput: 'True',
    InputTimeLimitSeconds: '5',
    InputValidation: { PhoneNumberValidation },
  });
  const stored = (phoneNumber: object) =>
    wrongs('GetParticipantInput', store(phoneNumber), ['NoMatchingError', 'InvalidPhoneNumber']);

  it('a local number of no country', () => {
    expect(stored({ NumberFormat: 'Local' })).toEqual([
      'missing-parameter: it has no InputValidation.PhoneNumberValidation.CountryCode',
    ]);
    expect(stored({ NumberFormat: 'Local', CountryCode: 'JP' })).toEqual([]);
    expect(stored({ NumberFormat: 'E164' })).toEqual([]);
  });

  it('a recording that does not say what is recorded', () => {
    expect(wrongs('UpdateContactRecordingBehavior', { AnalyticsBehavior: { Enabled: 'True' } }, [])).toContain(
      'missing-parameter: it has no RecordingBehavior',
    );
  });

  it.each(['aws:cost', 'AWS:cost'])('the tag %s, which is the service’s own', (tag) => {
    expect(wrongs('TagContact', { Tags: { [tag]: 'x' } }, ['NoMatchingError'])).toMatchObject([/^wrong-value: /]);
    expect(wrongs('UntagContact', { TagKeys: [tag] }, ['NoMatchingError'])).toMatchObject([/^wrong-value: /]);
  });

  it('two flows that are set for later in one block', () => {
    const two = { EventHooks: { CustomerQueue: '${A}', CustomerHold: '${B}' } };
    expect(wrongs('UpdateContactEventHooks', two, ['NoMatchingError'])).toEqual([
      'parameter-combination: EventHooks has CustomerHold and CustomerQueue, which exclude each other',
    ]);
  });

  it('a word or a name that was seen refused, where others are doubtful', () => {
    const wait = (event: string) => wrongs('Wait', { TimeLimitSeconds: '60', Events: [event] }, ['NoMatchingError']);
    expect(wait('LambdaReturned')).toContain('wrong-value: Events[0] is "LambdaReturned"');
    expect(wait('SomethingNew').join()).not.toContain('wrong-value');
    const hours = (name: string) => wrongs('CheckHoursOfOperation', { [name]: 'True' }, ['NoMatchingError']);
    expect(hours('CheckOverride')).toContain('unknown-parameter: there is no parameter CheckOverride');
    expect(hours('CheckOverrides').join()).not.toContain('unknown-parameter');
  });

  it('a reference where a fixed text must stand, or with text around it', () => {
    const path = '$.Attributes.tag';
    expect(wrongs('UntagContact', { TagKeys: [path] }, ['NoMatchingError'])).toEqual([
      `wrong-value: TagKeys[0] is "${path}"`,
    ]);
    const queue = (QueueId: string) => wrongs('UpdateContactTargetQueue', { QueueId }, ['NoMatchingError']);
    expect(queue(`queue/${path}`)).toEqual([`wrong-value: QueueId is "queue/${path}"`]);
    expect(queue(path)).toEqual([]);
  });

  it.each(['0312345678', '81312345678', '+81 3 1234 5678', '+0312345678', 'sales'])('the number %s', (number) => {
    const thirdParty = {
      ThirdPartyPhoneNumber: number,
      ThirdPartyConnectionTimeLimitSeconds: '30',
      ContinueFlowExecution: 'True',
    };
    const errors = ['NoMatchingError', 'CallFailed', 'ConnectionTimeLimitExceeded'];
    expect(wrongs('TransferParticipantToThirdParty', thirdParty, errors)).toEqual([
      `wrong-value: ThirdPartyPhoneNumber is ${JSON.stringify(number)}`,
    ]);
  });

  it('errors of a transfer to a number that goes on, in an agent transfer flow', () => {
    const number = {
      ThirdPartyPhoneNumber: '+81312345678',
      ThirdPartyConnectionTimeLimitSeconds: '30',
      ContinueFlowExecution: 'True',
    };
    const own = ['CallFailed', 'ConnectionTimeLimitExceeded'];
    expect(wrongs('TransferParticipantToThirdParty', number, ['NoMatchingError', ...own], 'agentTransfer')).toEqual(
      own.map((type) => expect.stringMatching(new RegExp(`^foreign-error-branch: .*${type}`))),
    );
  });

  it('words of an analysis that are none', () => {
    const analysed = (analytics: object) =>
      wrongs(
        'UpdateContactRecordingBehavior',
        {
          RecordingBehavior: { RecordedParticipants: ['Agent', 'Customer'] },
          AnalyticsBehavior: { Enabled: 'True', AnalyticsLanguage: 'ja-JP', ...analytics },
        },
        [],
      );
    expect(analysed({})).toEqual([]);
    expect(analysed({ Enabled: 'On' })).toEqual(['wrong-value: AnalyticsBehavior.Enabled is "On"']);
    expect(analysed({ AnalyticsLanguage: 'Japanese' })).toEqual([
      'wrong-value: AnalyticsBehavior.AnalyticsLanguage is "Japanese"',
    ]);
    expect(analysed({ AnalyticsRedactionBehavior: 'True' })).toEqual([
      'wrong-value: AnalyticsBehavior.AnalyticsRedactionBehavior is "True"',
    ]);
  });

  it('a name that is often mistaken for the right one, which it tells', () => {
    const [finding] = lintBlocks([
      block(
        'Again',
        'Loop',
        { Count: '2' },
        next('Apologise', {}, { ContinueLooping: 'Apologise', DoneLooping: 'Apologise' }),
      ),
    ]);
    expect(finding).toMatchObject({ rule: 'unknown-parameter', severity: 'error', fix: 'Write LoopCount.' });
  });
});
