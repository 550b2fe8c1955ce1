import { describe, expect, it } from 'vitest';
import { block, next } from '../src/lint/example.ts';
import { failTo, lintBlocks, lintText, named, typed } from './lint-support.ts';

/** What flows of real instances have, however odd it looks: Amazon Connect published it. */
describe('nothing is wrong with', () => {
  const profile = failTo('Apologise', 'MultipleFoundError', 'NoneFoundError', 'NoMatchingError');
  const found = failTo('Apologise', 'ContactNotLinked', 'MultipleFound', 'NoneFound', 'NoMatchingError');
  const dial = { ThirdPartyConnectionTimeLimitSeconds: '60', ContinueFlowExecution: 'False' };

  it.each<[string, object]>([
    [
      'errors of customer profiles',
      block(
        'Who is it',
        'GetCustomerProfile',
        {
          ProfileRequestData: { IdentifierName: '_phone', IdentifierValue: '$.CustomerEndpoint.Address' },
          ProfileResponseData: ['FirstName'],
        },
        next('Apologise', profile),
      ),
    ],
    [
      'errors of cases',
      block(
        'Case',
        'GetCase',
        { LinkContactToCase: 'True', CustomerId: '$.Customer.ProfileId', GetLastUpdatedCase: 'True' },
        next('Apologise', found),
      ),
    ],
    [
      'the voice Matthew without an engine',
      block('Set voice', 'UpdateContactTextToSpeechVoice', { TextToSpeechVoice: 'Matthew' }, next('Apologise')),
    ],
    [
      'a voice connector in place of a number',
      block(
        'Put through',
        'TransferParticipantToThirdParty',
        { ...dial, VoiceConnector: { VoiceConnectorType: 'CallTransferConnector', ToUser: '+815000000000' } },
        next('Apologise', failTo('Apologise')),
      ),
    ],
    [
      'a callback that rings the agent first',
      block(
        'Call back',
        'CreateCallbackContact',
        {
          InitialCallDelaySeconds: '99',
          RetryDelaySeconds: '600',
          MaximumConnectionAttempts: '1',
          CallbackMode: 'AgentFirst',
        },
        next('Apologise', failTo('Apologise')),
      ),
    ],
    [
      'an engine that the call brings',
      block(
        'Set voice',
        'UpdateContactTextToSpeechVoice',
        { TextToSpeechVoice: 'Kazuha', TextToSpeechEngine: '$.Attributes.engine' },
        next('Apologise'),
      ),
    ],
    [
      'errors of a block that is hardly known',
      block('Send', 'RouteContactToAgent', {}, next('Apologise', failTo('Apologise', 'SomethingNew'))),
    ],
    [
      'a prompt without error branches',
      block('Welcome', 'MessageParticipant', { Text: 'Good morning.' }, next('Hang up')),
    ],
    [
      'conditions and errors that are empty lists',
      block('Stop', 'DisconnectParticipant', {}, { Errors: [], Conditions: [] }),
    ],
    [
      'hours of the working queue',
      block(
        'Are we open',
        'CheckHoursOfOperation',
        {},
        next('Apologise', failTo('Apologise'), { True: 'Apologise', False: 'Apologise' }),
      ),
    ],
  ])('%s', (_, one) => {
    expect(named(lintBlocks([one]))).toEqual([]);
  });
});

it('a contact flow that ends with the end of the flow is published, and gets a warning', () => {
  const greeting = block('Welcome', 'MessageParticipant', { Text: 'Good morning.' }, next('Resume'));
  expect(lintBlocks([greeting], typed('contactFlow'))).toMatchObject([
    { rule: 'contact-flow-ends-the-flow', severity: 'warning', block: 'Resume' },
  ]);
});

/** Flows that were exported and changed by hand, or written by a program that never asked the service. */
describe('a flow that Amazon Connect did not export like this', () => {
  const exported = JSON.stringify({
    Version: '2019-10-30',
    StartAction: 'queue',
    Metadata: { entryPointPosition: { x: 40, y: 40 }, name: 'probe-ja', type: 'contactFlow', status: 'published' },
    Actions: [
      {
        Identifier: 'queue',
        Type: 'TransferContactToQueue',
        Parameters: {},
        Transitions: { NextAction: '', Errors: [{ NextAction: 'out', ErrorType: 'QueueAtCapacity' }] },
      },
      {
        Identifier: 'out',
        Type: 'TransferToPhoneNumber',
        Parameters: { PhoneNumber: '+815000000000' },
        Transitions: { NextAction: 'bye', Errors: [{ NextAction: 'bye', ErrorType: 'NoMatchingError' }] },
      },
      { Identifier: 'bye', Type: 'DisconnectParticipant', Parameters: {}, Transitions: {} },
    ],
  });
  const errorsOf = (text: string) =>
    lintText(text)
      .filter(({ severity }) => severity === 'error')
      .map(({ rule, block, message, fix }) => `${rule}: ${block}: ${message}. ${fix}`);

  it('has all its mistakes named at once: a type that was made up, and a branch that is empty', () => {
    expect(errorsOf(exported)).toEqual(
      expect.arrayContaining([
        'dangling-transition: queue: NextAction is empty and leads to no block. Write the Identifier of a block of this flow.',
        'no-such-type: out: there is no block type TransferToPhoneNumber. Write TransferParticipantToThirdParty, with the parameters it takes.',
      ]),
    );
  });

  it.each([
    ['the start', '"StartAction":"queue"', '"StartAction":""', 'malformed-document: undefined: StartAction: found ""'],
    [
      'an error',
      '"NextAction":"out"',
      '"NextAction":""',
      'dangling-transition: queue: NextAction, QueueAtCapacity is empty',
    ],
    ['a type', '"TransferToPhoneNumber"', '""', 'malformed-document: out: Actions[1].Type: found ""'],
    [
      'a name',
      '"Identifier":"out"',
      '"Identifier":""',
      'malformed-document: undefined: Actions[1].Identifier: found ""',
    ],
  ])('is told what is empty in it: %s', (_, from, to, sentence) => {
    expect(errorsOf(exported.replace(from, to)).some((error) => error.startsWith(sentence))).toBe(true);
  });
});
