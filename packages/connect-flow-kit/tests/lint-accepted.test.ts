import { describe, expect, it } from 'vitest';
import { block, next } from '../src/lint/example.ts';
import { failTo, lintBlocks, named, typed } from './lint-support.ts';

const ID = '11111111-2222-4333-8444-555555555555';

/** Findings about one block of a flow of this type; the block leads to the end of such a flow. */
function found(
  parameters: Record<string, unknown>,
  type: string,
  { errors = ['NoMatchingError'], answers = [] as readonly string[], flow = 'contactFlow', end = 'Apologise' } = {},
): string[] {
  const conditions = Object.fromEntries(answers.map((answer) => [answer, end]));
  return named(
    lintBlocks([block('Block', type, parameters, next(end, failTo(end, ...errors), conditions))], typed(flow)),
  );
}

const MENU = { Text: 'Press 1.', StoreInput: 'False', InputTimeLimitSeconds: '5' };
const MENU_ERRORS = ['InputTimeLimitExceeded', 'NoMatchingCondition', 'NoMatchingError'];
const PRIMARY = [{ Name: 'k', Value: 'v' }];

describe('what the service takes is taken', () => {
  it.each<[string, string[]]>([
    ['touchtone buffer on', found({ EnableDTMFBuffer: 'True' }, 'GetParticipantInput')],
    [
      'touchtone buffer stopped and emptied',
      found(
        { EnableDTMFBuffer: 'false', StoreInput: 'true', InputEncryption: { EncryptionKeyId: 'k', Key: 'p' } },
        'GetParticipantInput',
      ),
    ],
    [
      'a menu in an outbound whisper',
      found(MENU, 'GetParticipantInput', {
        errors: MENU_ERRORS,
        answers: ['1'],
        flow: 'outboundWhisper',
        end: 'Resume',
      }),
    ],
    [
      'a bot in an outbound whisper',
      found({ Text: 'Hello.', LexV2Bot: { AliasArn: '${Bot}' } }, 'ConnectParticipantWithLexBot', {
        errors: ['NoMatchingCondition', 'NoMatchingError'],
        flow: 'outboundWhisper',
        end: 'Resume',
      }),
    ],
    [
      'a case linked by ContactToLink',
      found({ LinkContactToCase: 'true', CaseTemplateId: ID, ContactToLink: 'Current' }, 'CreateCase', {
        errors: ['ContactNotLinked', 'NoMatchingError'],
      }),
    ],
    [
      'prompts that go on while interrupted',
      found(
        {
          Messages: [{ Text: 'Please hold.' }],
          InterruptFrequencySeconds: '60',
          ContinueMessagingDuringInterrupt: 'True',
        },
        'MessageParticipantIteratively',
        { answers: ['MessagesInterrupted'], flow: 'customerQueue' },
      ),
    ],
    [
      'an input encrypted with keys of the call',
      found(
        {
          Text: 'Your number, please.',
          StoreInput: 'True',
          InputTimeLimitSeconds: '5',
          InputValidation: { CustomValidation: { MaximumLength: '16' } },
          InputEncryption: { EncryptionKeyId: '$.Attributes.keyId', Key: '$.Attributes.key' },
        },
        'GetParticipantInput',
      ).filter((text) => !text.startsWith('unset-attribute')),
    ],
    [
      'a transfer to a number abroad',
      found(
        {
          ThirdPartyPhoneNumber: '+81312345678',
          ThirdPartyConnectionTimeLimitSeconds: '30',
          ContinueFlowExecution: 'True',
        },
        'TransferParticipantToThirdParty',
        { errors: ['NoMatchingError', 'CallFailed', 'ConnectionTimeLimitExceeded'] },
      ),
    ],
  ])('%s', (_, findings) => {
    expect(findings).toEqual([]);
  });
});

describe('the blocks of 2026 are known', () => {
  it.each<[string, Record<string, unknown>, string[], string[]]>([
    ['EvaluateDataTableValues', { DataTableId: ID, Queries: [{ QueryName: 'q', Attributes: ['a'] }] }, [], []],
    [
      'ListDataTableValues',
      { DataTableId: ID, PrimaryKeyGroups: [{ PrimaryKeyGroupName: 'g', PrimaryValues: PRIMARY }] },
      [],
      [],
    ],
    [
      'UpsertDataTableValues',
      {
        DataTableId: ID,
        DataTableUpsertAttributes: [
          { PrimaryKeyGroupName: 'g', PrimaryValues: PRIMARY, Attributes: [{ Name: 'a', UseDefaultValue: true }] },
        ],
      },
      [],
      [],
    ],
    ['CheckSegmentMembership', {}, ['Anything'], []],
    [
      'CheckSegmentMembershipForCustomerProfile',
      { ProfileRequestData: { ProfileId: '$.CustomerId', SegmentName: 'vip' } },
      [],
      ['True', 'False'],
    ],
    [
      'ConnectParticipantWithAgenticCX',
      { AgentConfiguration: { WorkspaceId: ID, ApplicationId: ID, Alias: 'live' } },
      ['NoMatchingCondition', 'InputTimeLimitExceeded'],
      ['Escalation'],
    ],
    [
      'AuthenticateParticipant',
      { CognitoConfiguration: { UserPoolArn: '${Pool}', AppClientId: 'client' }, TimeLimitMinutes: '5' },
      ['TimeLimitExceeded'],
      ['OptedOut'],
    ],
    [
      'RenderMessageTemplate',
      { WisdomKnowledgeBaseArn: '${Base}', WisdomMessageTemplateArn: '${Template}' },
      ['TemplateRenderingError'],
      [],
    ],
    [
      'StartOutboundEmailContact',
      {
        FromEmailAddress: { EmailAddress: 'desk@example.com' },
        DestinationEmailAddress: { EmailAddress: 'a@example.com' },
      },
      ['TemplateRenderingError'],
      [],
    ],
    ['CreateContact', { Channel: 'EMAIL', RelatedContact: 'CURRENT' }, [], []],
    ['LoadContactContent', { ContentType: 'EmailMessage' }, [], []],
    ['CreatePersistentContactAssociation', { RehydrationType: 'From Segment' }, [], []],
  ])('%s', (type, parameters, errors, answers) => {
    expect(found(parameters, type, { errors: ['NoMatchingError', ...errors], answers })).toEqual([]);
  });

  it('RouteContactToAgent, in queue flows', () => {
    expect(found({}, 'RouteContactToAgent', { flow: 'customerQueue' })).toEqual(['silent-wait']);
    expect(found({}, 'RouteContactToAgent')).toEqual(['not-in-flow-type: Block']);
  });
});
