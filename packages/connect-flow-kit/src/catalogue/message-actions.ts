import {
  adminGuide,
  doc,
  EVERYWHERE,
  exports_,
  live,
  NO_MATCHING_ERROR,
  resource,
  TEXT_OR_REFERENCE,
  unrestrictedAnd,
} from './shared.ts';
import type { ActionSpec, FieldsSpec } from './spec.ts';

/** One end of a chat that is started, such as a phone number. */
const ENDPOINT: FieldsSpec = {
  fields: { Address: TEXT_OR_REFERENCE, Type: TEXT_OR_REFERENCE },
  required: ['Address', 'Type'],
};

/**
 * Blocks that write to the customer, or read what the customer wrote: chats, emails, and who is writing.
 * @see https://docs.aws.amazon.com/connect/latest/adminguide/send-message.html
 */
export const MESSAGE_ACTIONS: readonly ActionSpec[] = [
  {
    type: 'StartOutboundChatContact',
    block: 'Send message (SMS, WhatsApp)',
    flowTypes: EVERYWHERE,
    next: 'followed',
    forms: [
      {
        parameters: {
          fields: {
            SourceEndpoint: { kind: 'object', ...ENDPOINT },
            DestinationEndpoint: { kind: 'object', ...ENDPOINT },
            ContactFlowArn: resource('flow'),
            ContactSubtype: TEXT_OR_REFERENCE,
            InitialSystemMessage: { kind: 'any' },
            RelatedContact: { kind: 'word', oneOf: ['CURRENT'] },
          },
          required: ['SourceEndpoint', 'DestinationEndpoint', 'ContactFlowArn', 'ContactSubtype'],
          // Channels other than SMS were added after the page was written.
          open: true,
        },
        errors: { required: ['NoMatchingError'], optional: ['TemplateRenderingError'] },
      },
    ],
    sources: [
      doc('contact-actions-startoutboundchatcontact'),
      adminGuide('send-message'),
      exports_('behind a template, TemplateRenderingError is there too'),
    ],
  },
  {
    type: 'RenderMessageTemplate',
    block: 'Send message (its template)',
    flowTypes: EVERYWHERE,
    next: 'followed',
    forms: [
      {
        parameters: {
          fields: { WisdomKnowledgeBaseArn: TEXT_OR_REFERENCE, WisdomMessageTemplateArn: TEXT_OR_REFERENCE },
          required: ['WisdomKnowledgeBaseArn', 'WisdomMessageTemplateArn'],
          open: 'doubtful',
        },
        errors: { required: ['TemplateRenderingError', 'NoMatchingError'] },
      },
    ],
    sources: [
      adminGuide('send-message'),
      live('both ARNs and both errors are required; Template and AttributeMap are refused', 'aicc'),
    ],
  },
  {
    type: 'CreateContact',
    block: 'Send message (its contact)',
    flowTypes: EVERYWHERE,
    next: 'followed',
    forms: [
      {
        parameters: {
          fields: { Channel: TEXT_OR_REFERENCE, RelatedContact: TEXT_OR_REFERENCE },
          required: ['Channel'],
          open: true,
        },
        errors: NO_MATCHING_ERROR,
      },
    ],
    sources: [
      adminGuide('send-message'),
      exports_('the block exports it between the template and the mail, with Channel EMAIL and RelatedContact CURRENT'),
    ],
  },
  {
    type: 'StartOutboundEmailContact',
    block: 'Send message (e-mail)',
    flowTypes: EVERYWHERE,
    next: 'followed',
    forms: [
      {
        parameters: {
          fields: {
            FromEmailAddress: {
              kind: 'object',
              fields: { EmailAddress: TEXT_OR_REFERENCE, DisplayName: TEXT_OR_REFERENCE },
              required: ['EmailAddress'],
              open: true,
            },
            DestinationEmailAddress: { kind: 'any' },
            EmailMessage: { kind: 'any' },
          },
          required: ['FromEmailAddress', 'DestinationEmailAddress'],
          open: true,
        },
        errors: { required: ['NoMatchingError'], optional: ['TemplateRenderingError'] },
      },
    ],
    sources: [
      adminGuide('send-message'),
      live('FromEmailAddress.EmailAddress and DestinationEmailAddress are required', 'aicc'),
      exports_('behind a template, TemplateRenderingError is there too'),
    ],
  },
  {
    type: 'LoadContactContent',
    block: 'Get stored content',
    flowTypes: EVERYWHERE,
    next: 'followed',
    forms: [
      {
        parameters: {
          fields: { ContentType: { kind: 'word', oneOf: ['EmailMessage'], doubtfulOthers: true } },
          required: ['ContentType'],
        },
        errors: NO_MATCHING_ERROR,
      },
    ],
    sources: [adminGuide('get-stored-content'), live('NoMatchingError is required', 'aicc')],
  },
  {
    type: 'CreatePersistentContactAssociation',
    block: 'Create persistent contact association',
    flowTypes: EVERYWHERE,
    next: 'followed',
    forms: [
      {
        parameters: {
          // Exported as "From Segment", where the API operation of the same name has FROM_SEGMENT.
          fields: {
            RehydrationType: TEXT_OR_REFERENCE,
            SourceContactId: TEXT_OR_REFERENCE,
            ClientToken: TEXT_OR_REFERENCE,
          },
          required: ['RehydrationType'],
        },
        errors: NO_MATCHING_ERROR,
      },
    ],
    sources: [adminGuide('create-persistent-contact-association-block'), live('NoMatchingError is required', 'aicc')],
  },
  {
    type: 'AuthenticateParticipant',
    block: 'Authenticate customer',
    flowTypes: unrestrictedAnd('CONTACT_FLOW'),
    next: 'followed',
    forms: [
      {
        parameters: {
          fields: {
            CognitoConfiguration: {
              kind: 'object',
              fields: { UserPoolArn: TEXT_OR_REFERENCE, AppClientId: TEXT_OR_REFERENCE },
              required: ['UserPoolArn', 'AppClientId'],
            },
            CustomerProfilesConfiguration: {
              kind: 'object',
              fields: { ObjectTypeName: TEXT_OR_REFERENCE },
              required: ['ObjectTypeName'],
            },
            TimeLimitMinutes: { kind: 'number', from: 3, to: 15, dynamic: true },
          },
          required: ['CognitoConfiguration'],
          open: 'doubtful',
        },
        errors: { required: ['TimeLimitExceeded', 'NoMatchingError'] },
        conditions: { operators: ['Equals'], operands: ['OptedOut'], min: 0, max: 1 },
      },
    ],
    sources: [
      adminGuide('authenticate-customer'),
      live('both errors are required', 'aicc'),
      exports_('an export of all blocks has these parameters, and the condition OptedOut'),
    ],
  },
  {
    type: 'ConnectParticipantWithAgenticCX',
    block: 'Agentic CX',
    flowTypes: unrestrictedAnd(
      'CONTACT_FLOW',
      'CUSTOMER_QUEUE',
      'CUSTOMER_HOLD',
      'CUSTOMER_WHISPER',
      'OUTBOUND_WHISPER',
      'AGENT_TRANSFER',
      'QUEUE_TRANSFER',
    ),
    next: 'followed',
    forms: [
      {
        parameters: {
          fields: {
            AgentConfiguration: {
              kind: 'object',
              fields: {
                WorkspaceId: TEXT_OR_REFERENCE,
                ApplicationId: TEXT_OR_REFERENCE,
                Alias: TEXT_OR_REFERENCE,
                ContextVariables: { kind: 'map', values: { kind: 'any' }, maxEntries: 10 },
              },
              required: ['WorkspaceId', 'ApplicationId', 'Alias'],
            },
            SpeechRecognitionConfiguration: {
              kind: 'object',
              fields: { SpeechRecognitionEngine: TEXT_OR_REFERENCE },
              open: true,
            },
            // Contains true, false and numbers as they are, not as texts.
            AudioFillerConfiguration: { kind: 'any' },
          },
          required: ['AgentConfiguration'],
          // How long a chat may be idle.
          open: 'doubtful',
        },
        errors: { required: ['NoMatchingError', 'NoMatchingCondition', 'InputTimeLimitExceeded'] },
        conditions: { operators: ['Equals'], operands: ['Escalation'], doubtfulOthers: true, min: 0 },
      },
    ],
    sources: [
      adminGuide('agentic-cx-block'),
      live('exported and taken back by the service; all three errors are required', 'aicc'),
    ],
  },
];
