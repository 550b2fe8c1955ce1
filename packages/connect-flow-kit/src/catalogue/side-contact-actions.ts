import {
  adminGuide,
  BOOLEAN,
  CONTACT_AND_TRANSFERS,
  CONTACT_TRANSFERS_QUEUE,
  doc,
  EVERYWHERE,
  everywhereBut,
  exports_,
  FIXED,
  live,
  NO_MATCHING_ERROR,
  NO_PARAMETERS,
  OPEN_FORM,
  resource,
  TEXT_OR_REFERENCE,
  unrestrictedAnd,
  WHISPERS,
} from './shared.ts';
import type { ActionForm, ActionSpec } from './spec.ts';

/** Voice ID listened to the customer in every flow except hold flows. */
const WHERE_THE_CUSTOMER_IS_HEARD = [...CONTACT_TRANSFERS_QUEUE, ...WHISPERS];

/** Where the agent who takes the call gets help. */
const WITH_AN_AGENT_TO_COME = [...CONTACT_TRANSFERS_QUEUE, 'OUTBOUND_WHISPER'] as const;

/** What Voice ID can be asked, and its results. */
const voiceIdForm = (option: string, answers: readonly string[]): ActionForm => ({
  parameters: {
    fields: { CheckVoiceIdOption: { kind: 'word', oneOf: [option] } },
    required: ['CheckVoiceIdOption'],
  },
  errors: NO_MATCHING_ERROR,
  conditions: { operators: ['Equals'], operands: answers, min: 1, max: answers.length },
});

/**
 * Blocks beside the call: tasks, the agent's assistant, Voice ID and the agent's side of a transfer.
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
          // A newer page or template may add more.
          open: 'doubtful',
        },
        errors: NO_MATCHING_ERROR,
      },
    ],
    sources: [
      doc('createtask'),
      live('a name and a flow are required', 'aicc'),
      exports_('4 of 4: Name, ContactFlowId, Description, Attributes'),
    ],
  },
  {
    type: 'CreateWisdomSession',
    block: 'Connect assistant / Amazon Q in Connect',
    flowTypes: WITH_AN_AGENT_TO_COME,
    doubtfulIn: everywhereBut(WITH_AN_AGENT_TO_COME),
    next: 'followed',
    forms: [
      {
        parameters: {
          fields: { WisdomAssistantArn: TEXT_OR_REFERENCE },
          required: ['WisdomAssistantArn'],
          open: 'doubtful',
        },
        errors: NO_MATCHING_ERROR,
      },
    ],
    sources: [
      // Allows every type of flow; the guide allows these.
      doc('createwisdomsession'),
      adminGuide('connect-assistant-block'),
      live('NoMatchingError is required', 'aicc'),
      exports_('2 of 2'),
    ],
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
      live('ChatProcessorSettings is required, where the page has it optional', 'pulumi'),
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
    doubtfulIn: ['OUTBOUND_WHISPER'],
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
    sources: [
      doc('contact-actions-updatepreviouscontactparticipantstate'),
      // Allows outbound whispers, which the page above does not.
      adminGuide('hold-customer-agent'),
      live('the values are these three', 'pulumi'),
      exports_('8 of 8'),
    ],
  },
  {
    type: 'RouteContactToAgent',
    block: 'Interrupt agent',
    flowTypes: unrestrictedAnd('CUSTOMER_QUEUE'),
    next: 'followed',
    forms: [OPEN_FORM],
    sources: [adminGuide('interrupt-agent')],
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
      live('the answers are written without spaces, other than on the page', 'pulumi'),
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
];
