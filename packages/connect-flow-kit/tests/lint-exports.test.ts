import { describe, expect, it } from 'vitest';
import { block, next } from '../src/lint/example.ts';
import { failTo, lintBlocks, named, typed } from './lint-support.ts';

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
      'a style of speech that does not exist',
      block(
        'Set voice',
        'UpdateContactTextToSpeechVoice',
        { TextToSpeechVoice: 'Seoyeon', TextToSpeechEngine: 'Standard', TextToSpeechStyle: 'Standard' },
        next('Apologise'),
      ),
    ],
    [
      'the voice Matthew without an engine',
      block('Set voice', 'UpdateContactTextToSpeechVoice', { TextToSpeechVoice: 'Matthew' }, next('Apologise')),
    ],
    [
      'a voice connector in the place of a number',
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
      'empty texts in what a view shows',
      block(
        'Guide',
        'ShowView',
        { ViewResource: { Id: 'form' }, InvocationTimeLimitSeconds: '400', ViewData: { Sections: [{ Heading: '' }] } },
        next('Apologise', failTo('Apologise', 'NoMatchingCondition', 'NoMatchingError', 'TimeLimitExceeded')),
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
      block('Send', 'CreateContact', {}, next('Apologise', failTo('Apologise', 'SomethingNew'))),
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
