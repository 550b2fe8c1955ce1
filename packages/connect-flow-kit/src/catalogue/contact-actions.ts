import {
  ATTRIBUTE_MAP,
  BOOLEAN,
  CONTACT_TRANSFERS_QUEUE,
  doc,
  EVERYWHERE,
  exports_,
  live,
  NO_ERRORS,
  NO_MATCHING_ERROR,
  resource,
  TEXT_OR_REFERENCE,
  unrestrictedAnd,
  WHISPERS,
} from './shared.ts';
import type { ActionSpec, ValueSpec } from './spec.ts';

/** The flows that may be set for a later moment. `CustomerRemaining` is the disconnect flow. */
const EVENT_HOOKS = [
  'AgentHold',
  'AgentWhisper',
  'CustomerHold',
  'CustomerQueue',
  'CustomerRemaining',
  'CustomerWhisper',
  'DefaultAgentUI',
  'DisconnectAgentUI',
  'PauseContact',
  'ResumeContact',
] as const;

const RECORDED: ValueSpec = { kind: 'list', items: { kind: 'word', oneOf: ['Agent', 'Customer'] } };
const SWITCH: ValueSpec = { kind: 'word', oneOf: ['Enabled', 'Disabled'] };

/** What is known of a contact besides its attributes. Voice ID ended in May 2026; older flows still set it up. */
const CONTACT_DATA: Readonly<Record<string, ValueSpec>> = {
  Name: TEXT_OR_REFERENCE,
  Description: TEXT_OR_REFERENCE,
  LanguageCode: TEXT_OR_REFERENCE,
  CustomerId: TEXT_OR_REFERENCE,
  WisdomSessionArn: TEXT_OR_REFERENCE,
  IsVoiceIdStreamingEnabled: BOOLEAN,
  IsVoiceAuthenticationEnabled: BOOLEAN,
  IsFraudDetectionEnabled: BOOLEAN,
  VoiceAuthenticationThreshold: TEXT_OR_REFERENCE,
  VoiceAuthenticationResponseTime: TEXT_OR_REFERENCE,
  FraudDetectionThreshold: TEXT_OR_REFERENCE,
  WatchlistId: TEXT_OR_REFERENCE,
};

/**
 * Blocks that change the contact or move it.
 * @see https://docs.aws.amazon.com/connect/latest/devguide/contact-actions.html
 */
export const CONTACT_ACTIONS: readonly ActionSpec[] = [
  {
    type: 'UpdateContactTextToSpeechVoice',
    block: 'Set voice',
    flowTypes: EVERYWHERE,
    next: 'followed',
    forms: [
      {
        parameters: {
          fields: {
            TextToSpeechVoice: TEXT_OR_REFERENCE,
            TextToSpeechEngine: TEXT_OR_REFERENCE,
            TextToSpeechStyle: TEXT_OR_REFERENCE,
          },
          required: ['TextToSpeechVoice'],
        },
        errors: { required: [], optional: ['NoMatchingError'] },
      },
    ],
    sources: [
      doc('contact-actions-updatecontacttexttospeechvoice'),
      live('LanguageCode, VoiceId and Engine are refused; an engine that does not exist is not'),
      exports_('a published flow has the style "Standard", which is none'),
      exports_('10 of 13 have no NoMatchingError'),
    ],
  },
  {
    type: 'UpdateContactAttributes',
    block: 'Set contact attributes',
    flowTypes: EVERYWHERE,
    next: 'followed',
    forms: [
      {
        parameters: {
          fields: { Attributes: ATTRIBUTE_MAP, TargetContact: { kind: 'word', oneOf: ['Current', 'Related'] } },
          required: ['Attributes'],
        },
        errors: NO_MATCHING_ERROR,
      },
    ],
    sources: [doc('contact-actions-updatecontactattributes'), exports_('53 of 95 leave TargetContact out')],
  },
  {
    type: 'UpdateContactCallbackNumber',
    block: 'Set callback number',
    flowTypes: CONTACT_TRANSFERS_QUEUE,
    next: 'followed',
    forms: [
      {
        parameters: { fields: { CallbackNumber: { kind: 'reference' } }, required: ['CallbackNumber'] },
        errors: { required: ['InvalidCallbackNumber', 'CallbackNumberNotDialable'] },
      },
    ],
    sources: [
      doc('contact-actions-updatecontactcallbacknumber'),
      live('a fixed number, and NoMatchingError, InvalidNumber or NotDialable, are refused'),
    ],
  },
  {
    type: 'UpdateContactData',
    block: 'Set contact data',
    flowTypes: EVERYWHERE,
    next: 'followed',
    forms: [
      {
        parameters: {
          fields: { ...CONTACT_DATA, TargetContact: { kind: 'word', oneOf: ['Current', 'Related'] } },
          atLeastOne: [Object.keys(CONTACT_DATA)],
        },
        errors: NO_MATCHING_ERROR,
      },
    ],
    sources: [doc('contact-actions-updatecontactdata'), live('References is refused')],
  },
  {
    type: 'UpdateContactEventHooks',
    block: 'Set customer queue, whisper, hold, disconnect or event flow',
    flowTypes: EVERYWHERE,
    next: 'followed',
    forms: [
      {
        parameters: {
          fields: {
            EventHooks: {
              kind: 'object',
              fields: Object.fromEntries(EVENT_HOOKS.map((hook) => [hook, resource('flow')])),
              exactlyOne: [EVENT_HOOKS],
            },
            EventHooksConfiguration: { kind: 'any' },
          },
          required: ['EventHooks'],
        },
        designerOnly: ['EventHooksConfiguration'],
        errors: NO_MATCHING_ERROR,
      },
    ],
    sources: [doc('contact-actions-updatecontacteventhooks')],
  },
  {
    type: 'UpdateContactRecordingBehavior',
    block: 'Set recording and analytics behavior',
    flowTypes: unrestrictedAnd(
      'CONTACT_FLOW',
      'AGENT_TRANSFER',
      'QUEUE_TRANSFER',
      'OUTBOUND_WHISPER',
      'CUSTOMER_QUEUE',
    ),
    next: 'followed',
    forms: [
      {
        parameters: {
          fields: {
            RecordingBehavior: {
              kind: 'object',
              fields: {
                RecordedParticipants: RECORDED,
                ScreenRecordedParticipants: { kind: 'list', items: { kind: 'word', oneOf: ['Agent'] } },
                IVRRecordingBehavior: SWITCH,
              },
            },
            AnalyticsBehavior: { kind: 'any' },
          },
        },
        errors: NO_ERRORS,
      },
    ],
    sources: [doc('contact-actions-updatecontactrecordingbehavior'), exports_('7 of 7 have no errors')],
  },
  {
    type: 'UpdateContactRecordingAndAnalyticsBehavior',
    block: 'Set recording, analytics and processing behavior',
    flowTypes: EVERYWHERE,
    next: 'followed',
    forms: [
      {
        when: [{ parameter: 'ChatBehavior', is: true }],
        parameters: { fields: { ChatBehavior: { kind: 'any' } } },
        errors: {
          required: ['NoMatchingError', 'ChannelMismatch', 'InFlightRedactionConfigurationFailed'],
        },
      },
      {
        parameters: {
          fields: { VoiceBehavior: { kind: 'any' }, ScreenRecordingBehavior: { kind: 'any' } },
          exactlyOne: [['VoiceBehavior', 'ScreenRecordingBehavior']],
        },
        errors: { required: ['NoMatchingError', 'ChannelMismatch'] },
      },
    ],
    sources: [doc('contact-actions-updatecontactrecordingandanalyticsbehavior')],
  },
  {
    type: 'UpdateContactMediaStreamingBehavior',
    block: 'Start / stop media streaming',
    flowTypes: [...CONTACT_TRANSFERS_QUEUE, ...WHISPERS],
    next: 'followed',
    forms: [
      {
        parameters: {
          fields: {
            MediaStreamingState: SWITCH,
            MediaStreamType: { kind: 'word', oneOf: ['Audio'] },
            Participants: {
              kind: 'list',
              items: {
                kind: 'object',
                fields: {
                  ParticipantType: { kind: 'word', oneOf: ['Customer'] },
                  MediaDirections: { kind: 'list', items: { kind: 'word', oneOf: ['From', 'To'] } },
                },
                required: ['ParticipantType', 'MediaDirections'],
              },
            },
          },
          required: ['MediaStreamingState', 'MediaStreamType', 'Participants'],
        },
        errors: NO_MATCHING_ERROR,
      },
    ],
    sources: [doc('contact-actions-updatecontactmediastreamingbehavior'), exports_('48 of 48 have all three')],
  },
  {
    type: 'TagContact',
    block: 'Contact tags',
    flowTypes: EVERYWHERE,
    next: 'followed',
    forms: [
      {
        parameters: {
          fields: { Tags: { kind: 'map', values: { kind: 'any' }, maxEntries: 6 } },
          required: ['Tags'],
        },
        errors: NO_MATCHING_ERROR,
      },
    ],
    sources: [doc('contact-actions-tagcontact')],
  },
  {
    type: 'UntagContact',
    block: 'Contact tags',
    flowTypes: EVERYWHERE,
    next: 'followed',
    forms: [
      {
        parameters: {
          fields: { TagKeys: { kind: 'list', items: TEXT_OR_REFERENCE, minItems: 1 } },
          required: ['TagKeys'],
        },
        errors: NO_MATCHING_ERROR,
      },
    ],
    sources: [doc('contact-actions-untagcontact'), live('UnTagContact, as the page has it, is refused')],
  },
  {
    type: 'InvokeFlowModule',
    block: 'Invoke module',
    flowTypes: unrestrictedAnd('CONTACT_FLOW'),
    next: 'followed',
    forms: [
      {
        parameters: {
          fields: { FlowModuleId: resource('flow module'), Input: { kind: 'any' } },
          required: ['FlowModuleId'],
        },
        errors: { required: ['NoMatchingError'], optional: ['NoMatchingCondition'] },
        conditions: { operators: ['Equals'], min: 0 },
      },
    ],
    sources: [doc('flow-language-actions-invoke-flow-module')],
  },
  {
    type: 'EndFlowModuleExecution',
    block: 'Return',
    flowTypes: ['MODULE'],
    next: 'none',
    forms: [
      {
        parameters: { fields: { Result: TEXT_OR_REFERENCE, ResultData: { kind: 'any' } } },
        errors: NO_ERRORS,
      },
    ],
    sources: [doc('endflowmoduleexecution')],
  },
];
