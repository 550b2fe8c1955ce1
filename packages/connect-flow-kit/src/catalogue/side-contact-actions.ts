import {
  BOOLEAN,
  CONTACT_AND_TRANSFERS,
  CONTACT_TRANSFERS_QUEUE,
  doc,
  EVERYWHERE,
  exports_,
  FIXED,
  live,
  NO_MATCHING_ERROR,
  NO_PARAMETERS,
  OPEN_FORM,
  resource,
  TEXT_OR_REFERENCE,
  WHISPERS,
} from './shared.ts';
import type { ActionForm, ActionSpec, FieldsSpec } from './spec.ts';

/** Voice ID heard the customer in every flow but holds. */
const WHERE_THE_CUSTOMER_IS_HEARD = [...CONTACT_TRANSFERS_QUEUE, ...WHISPERS];

/** One end of a chat that is started, such as a phone number. */
const ENDPOINT: FieldsSpec = {
  fields: { Address: TEXT_OR_REFERENCE, Type: TEXT_OR_REFERENCE },
  required: ['Address', 'Type'],
};

/** What Voice ID can be asked, and its answers. */
const voiceIdForm = (option: string, answers: readonly string[]): ActionForm => ({
  parameters: {
    fields: { CheckVoiceIdOption: { kind: 'word', oneOf: [option] } },
    required: ['CheckVoiceIdOption'],
  },
  errors: NO_MATCHING_ERROR,
  conditions: { operators: ['Equals'], operands: answers, min: 1, max: answers.length },
});

/** Types whose parameters are not known, and so not looked into. */
const OPEN: readonly { type: string; block: string }[] = [
  { type: 'StartOutboundEmailContact', block: 'Send message' },
  { type: 'CreateContact', block: 'Create contact' },
  { type: 'CreatePersistentContactAssociation', block: 'Create persistent contact association' },
];

/**
 * Blocks beside the call: tasks, chats, stored content, the agent's assistant, Voice ID and the agent's side of a transfer.
 * @see https://docs.aws.amazon.com/connect/latest/devguide/contact-actions.html
 */
export const SIDE_CONTACT_ACTIONS: readonly ActionSpec[] = [
  {
    type: 'CreateTask',
    block: 'Create task',
    flowTypes: EVERYWHERE,
    next: 'followed',
    forms: [
      {
        parameters: {
          fields: {
            Name: TEXT_OR_REFERENCE,
            Description: TEXT_OR_REFERENCE,
            ContactFlowId: resource('flow'),
            TaskTemplateId: FIXED,
            Attributes: { kind: 'map', values: { kind: 'any' } },
            References: { kind: 'map', values: { kind: 'any' } },
            DelaySeconds: { kind: 'number', from: 1, to: 518_400, dynamic: true },
            ScheduledTime: TEXT_OR_REFERENCE,
          },
          required: ['Name'],
          atLeastOne: [['ContactFlowId', 'TaskTemplateId']],
          atMostOne: [['DelaySeconds', 'ScheduledTime']],
          // A newer page or template may bring more.
          open: true,
        },
        errors: NO_MATCHING_ERROR,
      },
    ],
    sources: [doc('createtask'), exports_('4 of 4: Name, ContactFlowId, Description, Attributes')],
  },
  {
    type: 'CreateWisdomSession',
    block: 'Amazon Q in Connect',
    flowTypes: EVERYWHERE,
    next: 'followed',
    forms: [
      {
        parameters: { fields: { WisdomAssistantArn: TEXT_OR_REFERENCE }, required: ['WisdomAssistantArn'], open: true },
        errors: NO_MATCHING_ERROR,
      },
    ],
    sources: [doc('createwisdomsession'), exports_('2 of 2')],
  },
  {
    type: 'StartOutboundChatContact',
    block: 'Send message',
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
          // Other channels than SMS came after the page.
          open: true,
        },
        errors: NO_MATCHING_ERROR,
      },
    ],
    sources: [doc('contact-actions-startoutboundchatcontact'), exports_('1 of 1')],
  },
  {
    type: 'UpdateContactMediaProcessing',
    block: 'Set media processing',
    flowTypes: EVERYWHERE,
    next: 'followed',
    forms: [
      {
        parameters: {
          fields: {
            ChatProcessor: {
              kind: 'object',
              fields: {
                ProcessingEnabled: BOOLEAN,
                LambdaProcessorARN: resource('Lambda function'),
                ChatProcessorSettings: { kind: 'any' },
              },
              required: ['ChatProcessorSettings'],
              open: true,
            },
          },
          required: ['ChatProcessor'],
        },
        errors: { required: ['ChannelMismatch', 'NoMatchingError'] },
      },
    ],
    sources: [
      doc('contact-actions-updatecontactmediaprocessing'),
      live('ChatProcessorSettings is required, where the page has it optional'),
    ],
  },
  {
    type: 'ResumeContact',
    block: 'Resume contact',
    flowTypes: EVERYWHERE,
    next: 'followed',
    forms: [{ parameters: NO_PARAMETERS, errors: NO_MATCHING_ERROR }],
    sources: [doc('contact-actions-updatecontactresumecontact')],
  },
  {
    type: 'UpdatePreviousContactParticipantState',
    block: 'Hold customer or agent',
    flowTypes: CONTACT_AND_TRANSFERS,
    next: 'followed',
    forms: [
      {
        parameters: {
          fields: {
            PreviousContactParticipantState: { kind: 'word', oneOf: ['AgentOnHold', 'CustomerOnHold', 'OffHold'] },
          },
          required: ['PreviousContactParticipantState'],
        },
        errors: NO_MATCHING_ERROR,
      },
    ],
    sources: [doc('contact-actions-updatepreviouscontactparticipantstate'), exports_('8 of 8')],
  },
  {
    type: 'LoadContactContent',
    block: 'Get stored content',
    flowTypes: EVERYWHERE,
    next: 'followed',
    forms: [
      {
        parameters: { fields: { ContentType: TEXT_OR_REFERENCE }, open: true },
        errors: { required: [], optional: ['NoMatchingError'], open: true },
      },
    ],
    sources: [live('seen in an export of all blocks; its parameters are not known')],
  },
  {
    type: 'CheckVoiceId',
    block: 'Check Voice ID',
    flowTypes: WHERE_THE_CUSTOMER_IS_HEARD,
    next: 'written',
    forms: [
      {
        when: [{ parameter: 'CheckVoiceIdOption', is: ['enrollmentStatus'] }],
        ...voiceIdForm('enrollmentStatus', ['Enrolled', 'NotEnrolled', 'OptedOut']),
      },
      {
        when: [{ parameter: 'CheckVoiceIdOption', is: ['fraudDetection'] }],
        ...voiceIdForm('fraudDetection', ['HighRisk', 'LowRisk', 'Inconclusive']),
      },
      voiceIdForm('voiceAuthentication', [
        'Authenticated',
        'NotAuthenticated',
        'Inconclusive',
        'NotEnrolled',
        'OptedOut',
      ]),
    ],
    sources: [
      doc('flow-control-actions-checkvoiceid'),
      live('the answers are written without spaces, other than on the page'),
      exports_('2 of 2 ask for voiceAuthentication and have all its answers'),
    ],
  },
  {
    type: 'StartVoiceIdStream',
    block: 'Set Voice ID',
    flowTypes: WHERE_THE_CUSTOMER_IS_HEARD,
    next: 'followed',
    forms: [{ parameters: NO_PARAMETERS, errors: NO_MATCHING_ERROR }],
    sources: [doc('flow-control-actions-startvoiceidstream'), exports_('2 of 2')],
  },
  ...OPEN.map(
    ({ type, block }): ActionSpec => ({
      type,
      block,
      flowTypes: EVERYWHERE,
      next: 'followed',
      forms: [OPEN_FORM],
      sources: [live('seen in an export of all blocks; its parameters are not known')],
    }),
  ),
];
