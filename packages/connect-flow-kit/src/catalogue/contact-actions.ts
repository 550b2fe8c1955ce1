import type { FlowType } from '../flow-types.ts';
import { RECORDING_ACTIONS } from './recording-actions.ts';
import {
  ATTRIBUTE_MAP,
  adminGuide,
  BOOLEAN,
  CONTACT_TRANSFERS_QUEUE,
  doc,
  EVERYWHERE,
  everywhereBut,
  exports_,
  HOLDS,
  live,
  NO_ERRORS,
  NO_MATCHING_ERROR,
  resource,
  TEXT_OR_REFERENCE,
  unrestrictedAnd,
  WHISPERS,
} from './shared.ts';
import type { ActionForm, ActionSpec, ValueSpec } from './spec.ts';

/** The flows that can be set for later. `CustomerRemaining` is the disconnect flow. */
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

/** Tags with this prefix are reserved for the service. */
const TAG_KEY = '^(?![aA][wW][sS]:)';
const TAG_EXPECTED = 'a name that does not begin with aws:, which is reserved';

/** Exactly one flow is set; it is doubtful whether the service refuses none. */
const HOOKS: ActionForm = {
  parameters: {
    fields: {
      EventHooks: {
        kind: 'object',
        fields: Object.fromEntries(EVENT_HOOKS.map((hook) => [hook, resource('flow')])),
        atMostOne: [EVENT_HOOKS],
        doubtfulAtLeastOne: [EVENT_HOOKS],
      },
      EventHooksConfiguration: { kind: 'any' },
    },
    required: ['EventHooks'],
  },
  designerOnly: ['EventHooksConfiguration'],
  errors: NO_MATCHING_ERROR,
};

/** The block that sets this flow, and the flow types in which the guide does not allow it. */
const hookForm = (hook: (typeof EVENT_HOOKS)[number], doubtfulIn: readonly FlowType[]): ActionForm => ({
  when: [{ parameter: `EventHooks.${hook}`, is: true }],
  ...HOOKS,
  doubtfulIn,
});

/** What is known about a contact besides its attributes. Voice ID ended in May 2026; older flows still set it up. */
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
            TextToSpeechStyle: {
              kind: 'word',
              oneOf: ['None', 'Conversational', 'Newscaster'],
              dynamic: true,
              doubtfulOthers: true,
            },
          },
          required: ['TextToSpeechVoice'],
          mistaken: { VoiceId: 'TextToSpeechVoice', Engine: 'TextToSpeechEngine' },
        },
        errors: { required: [], optional: ['NoMatchingError'] },
      },
    ],
    sources: [
      doc('contact-actions-updatecontacttexttospeechvoice'),
      adminGuide('set-voice'),
      live('LanguageCode, VoiceId and Engine are refused; an engine that does not exist is not', 'aicc', 'flowAsCode'),
      exports_('a published flow has the style "Standard", which does not exist'),
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
    sources: [
      doc('contact-actions-updatecontactattributes'),
      live('NoMatchingError is required, and an empty value is refused', 'aicc', 'pulumi'),
      exports_('53 of 95 leave TargetContact out'),
    ],
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
      live('a fixed number, and NoMatchingError, InvalidNumber or NotDialable, are refused', 'aicc'),
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
    sources: [
      doc('contact-actions-updatecontactdata'),
      live('References is refused, and so is a block without any of these', 'pulumi'),
    ],
  },
  {
    type: 'UpdateContactEventHooks',
    block: 'Set customer queue flow / Set whisper flow / Set hold flow / Set disconnect flow / Set event flow',
    flowTypes: EVERYWHERE,
    next: 'followed',
    forms: [
      hookForm('CustomerQueue', ['CUSTOMER_QUEUE', ...WHISPERS, ...HOLDS]),
      hookForm('AgentHold', ['CUSTOMER_WHISPER', 'AGENT_WHISPER', ...HOLDS]),
      hookForm('CustomerHold', ['CUSTOMER_WHISPER', 'AGENT_WHISPER', ...HOLDS]),
      hookForm('AgentWhisper', [...WHISPERS, ...HOLDS]),
      hookForm('CustomerWhisper', [...WHISPERS, ...HOLDS]),
      {
        when: [{ parameter: 'EventHooksConfiguration', is: true }],
        ...HOOKS,
        parameters: { ...HOOKS.parameters, required: [], doubtfullyRequired: ['EventHooks'] },
      },
      HOOKS,
    ],
    sources: [
      // Allows every type of flow; the guide's page for each block allows fewer.
      doc('contact-actions-updatecontacteventhooks'),
      adminGuide('set-customer-queue-flow'),
      adminGuide('set-hold-flow'),
      adminGuide('set-whisper-flow'),
      adminGuide('set-disconnect-flow'),
      adminGuide('set-event-flow'),
      live('EventHooksConfiguration is refused', 'flowAsCode'),
      live('EventHooks takes one entry, as the page has it', 'pulumi'),
      live('one entry is allowed; none is refused', 'pulumi', 'aicc'),
      live('none and two entries were accepted', 'flowAsCode'),
      exports_('a template of AWS that CloudFormation deploys has EventHooksConfiguration alone'),
    ],
  },
  ...RECORDING_ACTIONS,
  {
    type: 'UpdateContactMediaStreamingBehavior',
    block: 'Start media streaming / Stop media streaming',
    flowTypes: [...CONTACT_TRANSFERS_QUEUE, ...WHISPERS],
    next: 'followed',
    forms: [
      {
        parameters: {
          fields: {
            MediaStreamingState: { kind: 'word', oneOf: ['Enabled', 'Disabled'] },
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
    block: 'Contact tags (tag)',
    flowTypes: EVERYWHERE,
    next: 'followed',
    forms: [
      {
        parameters: {
          fields: {
            Tags: {
              kind: 'map',
              values: { kind: 'any' },
              maxEntries: 6,
              keyPattern: TAG_KEY,
              keyExpected: TAG_EXPECTED,
            },
          },
          required: ['Tags'],
        },
        errors: NO_MATCHING_ERROR,
      },
    ],
    sources: [
      doc('contact-actions-tagcontact'),
      adminGuide('contact-tags-block'),
      // A key that begins with aws: is published, but the operation behind the block refuses it in every call.
      { kind: 'doc', note: 'https://docs.aws.amazon.com/connect/latest/APIReference/API_TagContact.html' },
      live('without NoMatchingError, or with more than 6 tags, the block is refused', 'flowAsCode'),
    ],
  },
  {
    type: 'UntagContact',
    block: 'Contact tags (untag)',
    flowTypes: EVERYWHERE,
    next: 'followed',
    forms: [
      {
        parameters: {
          fields: {
            TagKeys: {
              kind: 'list',
              items: { kind: 'value', dynamic: false, pattern: TAG_KEY, expected: TAG_EXPECTED },
              minItems: 1,
            },
          },
          required: ['TagKeys'],
        },
        errors: NO_MATCHING_ERROR,
      },
    ],
    sources: [
      doc('contact-actions-untagcontact'),
      live('UnTagContact, as the page has it, is refused, and so is an empty list', 'pulumi', 'flowAsCode'),
    ],
  },
  {
    type: 'InvokeFlowModule',
    block: 'Invoke module',
    flowTypes: unrestrictedAnd('CONTACT_FLOW'),
    doubtfulIn: everywhereBut(unrestrictedAnd('CONTACT_FLOW')),
    next: 'followed',
    forms: [
      {
        parameters: {
          fields: { FlowModuleId: resource('flow module'), Input: { kind: 'any' } },
          required: ['FlowModuleId'],
        },
        errors: { required: ['NoMatchingError'], expected: ['NoMatchingCondition'] },
        conditions: { operators: ['Equals'], min: 0 },
      },
    ],
    sources: [
      // Allows contact flows; the guide allows every type of flow.
      doc('flow-language-actions-invoke-flow-module'),
      adminGuide('invoke-module-block'),
      live('NoMatchingCondition and NoMatchingError are declared by every new export', 'pulumi'),
      exports_('46 of 46 older ones have NoMatchingError alone'),
    ],
  },
  {
    type: 'EndFlowModuleExecution',
    block: 'Return / Return from module',
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
