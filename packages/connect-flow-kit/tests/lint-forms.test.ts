import { describe, expect, it } from 'vitest';
import { block, next } from '../src/lint/example.ts';
import { failTo, lintBlocks } from './lint-support.ts';

/** What is wrong with one block, each finding as `rule: message`. */
function wrongs(
  type: string,
  parameters: object,
  errors: readonly string[],
  answers: readonly string[] = [],
): string[] {
  const conditions = Object.fromEntries(answers.map((answer) => [answer, 'Apologise']));
  const transitions = next('Apologise', failTo('Apologise', ...errors), conditions);
  return lintBlocks([block('Block', type, { ...parameters }, transitions)]).map(
    ({ rule, message }) => `${rule}: ${message}`,
  );
}

const foreign = (type: string): string[] => [
  `foreign-error-branch: it has a branch for ${type}, which is not an error of this block`,
];
const missing = (type: string): string[] => [`missing-error-branch: it has no branch for ${type}`];

describe('stored input', () => {
  const store = { Text: 'Please enter your number.', StoreInput: 'True', InputTimeLimitSeconds: '5' };
  const number = { ...store, InputValidation: { PhoneNumberValidation: { NumberFormat: 'Local', CountryCode: 'JP' } } };
  const digits = { ...store, InputValidation: { CustomValidation: { MaximumLength: '4' } } };
  const InputEncryption = { EncryptionKeyId: 'key', Key: 'certificate' };

  it.each<[string, object, string[], string[]]>([
    ['a phone number', number, ['NoMatchingError', 'InvalidPhoneNumber'], []],
    ['a phone number', number, ['NoMatchingError'], missing('InvalidPhoneNumber')],
    ['digits', digits, ['NoMatchingError'], []],
    ['digits', digits, ['NoMatchingError', 'InvalidPhoneNumber'], foreign('InvalidPhoneNumber')],
    ['digits, encrypted', { ...digits, InputEncryption }, ['NoMatchingError'], []],
    [
      'a phone number, encrypted',
      { ...number, InputEncryption },
      ['NoMatchingError', 'InvalidPhoneNumber'],
      ['unknown-parameter: there is no parameter InputEncryption'],
    ],
  ])('that is %s has its own errors and parameters', (_, parameters, errors, expected) => {
    expect(wrongs('GetParticipantInput', parameters, errors)).toEqual(expected);
  });
});

describe('a bot', () => {
  const bot = { LexV2Bot: { AliasArn: '${BotAlias}' }, Text: 'How can I help you?' };
  const errors = ['NoMatchingCondition', 'NoMatchingError'];
  const timed = { ...bot, LexTimeoutSeconds: { Text: '300' } };

  it.each<[string, object, string[], string[]]>([
    ['with a prompt', bot, errors, []],
    ['with a time limit', timed, [...errors, 'InputTimeLimitExceeded'], []],
    ['with a time limit', timed, errors, missing('InputTimeLimitExceeded')],
    ['without a time limit', bot, [...errors, 'InputTimeLimitExceeded'], foreign('InputTimeLimitExceeded')],
    [
      'that says nothing',
      { LexV2Bot: bot.LexV2Bot },
      errors,
      ['parameter-combination: it has none of Text, SSML, PromptId, Media, LexInitializationData'],
    ],
  ])('%s has the errors it needs', (_, parameters, given, expected) => {
    expect(wrongs('ConnectParticipantWithLexBot', parameters, given)).toEqual(expected);
  });
});

describe('recording', () => {
  const errors = ['NoMatchingError', 'ChannelMismatch'];

  it.each<[string, object, string[], string[]]>([
    ['a chat', { ChatBehavior: {} }, [...errors, 'InFlightRedactionConfigurationFailed'], []],
    ['a chat', { ChatBehavior: {} }, errors, missing('InFlightRedactionConfigurationFailed')],
    [
      'a call',
      { VoiceBehavior: {} },
      [...errors, 'InFlightRedactionConfigurationFailed'],
      foreign('InFlightRedactionConfigurationFailed'),
    ],
  ])('%s has the errors it needs', (_, parameters, given, expected) => {
    expect(wrongs('UpdateContactRecordingAndAnalyticsBehavior', parameters, given)).toEqual(expected);
  });
});

describe('waiting', () => {
  const leaves = { TimeLimitSeconds: '60', Events: ['BotParticipantDisconnected'] };
  const returns = { TimeLimitSeconds: '60', Events: ['CustomerReturned'] };
  const left = ['WaitCompleted', 'BotParticipantDisconnected'];

  it.each<[string, object, string[], string[], string[]]>([
    ['for time to pass', { TimeLimitSeconds: '3600' }, ['NoMatchingError'], ['WaitCompleted'], []],
    ['for a bot to leave', leaves, ['NoMatchingError', 'ParticipantNotFound'], left, []],
    ['for a bot to leave', leaves, ['NoMatchingError'], left, missing('ParticipantNotFound')],
    [
      'for the customer to return',
      returns,
      ['NoMatchingError', 'ParticipantNotFound'],
      ['WaitCompleted', 'CustomerReturned'],
      foreign('ParticipantNotFound'),
    ],
    [
      'for the customer to return',
      returns,
      ['NoMatchingError'],
      ['WaitCompleted'],
      ['missing-condition: it has no condition for CustomerReturned'],
    ],
    [
      'for either',
      { TimeLimitSeconds: '60', Events: ['CustomerReturned', 'BotParticipantDisconnected'] },
      ['NoMatchingError', 'ParticipantNotFound'],
      ['CustomerReturned', ...left],
      [],
    ],
  ])('%s has the errors and answers it needs', (_, parameters, errors, answers, expected) => {
    expect(wrongs('Wait', parameters, errors, answers)).toEqual(expected);
  });
});

describe('contact data', () => {
  it.each<[object, string[]]>([
    [{ LanguageCode: 'ja-JP' }, []],
    [{ IsVoiceIdStreamingEnabled: 'true', VoiceAuthenticationThreshold: '90', WatchlistId: '$.Attributes.list' }, []],
    [{ Name: 'Call', References: { order: '1' } }, ['unknown-parameter: there is no parameter References']],
    [
      { TargetContact: 'Current' },
      [expect.stringMatching(/^parameter-combination: it has none of Name, Description,/)],
    ],
  ])('may be %j or not', (parameters, expected) => {
    expect(wrongs('UpdateContactData', parameters, ['NoMatchingError'])).toEqual(expected);
  });
});
