import { adminGuide, BOOLEAN, doc, EVERYWHERE, exports_, live, NO_ERRORS, unrestrictedAnd } from './shared.ts';
import type { ActionSpec, ValueSpec } from './spec.ts';

const RECORDED: ValueSpec = { kind: 'list', items: { kind: 'word', oneOf: ['Agent', 'Customer'] } };
const SCREENS: ValueSpec = { kind: 'list', items: { kind: 'word', oneOf: ['Agent'] } };
const SWITCH: ValueSpec = { kind: 'word', oneOf: ['Enabled', 'Disabled'] };
const LANGUAGE: ValueSpec = {
  kind: 'value',
  dynamic: true,
  pattern: '^[a-z]{2,3}-[A-Z]{2}$',
  expected: 'a language and a country, such as ja-JP',
};
const MASK_MODE: ValueSpec = { kind: 'word', oneOf: ['PII', 'EntityType'] };
const REDACTION_RESULTS = ['RedactedAndOriginal', 'RedactedOnly'];
/** Kinds of personal data; more are added each year. */
const ENTITIES: ValueSpec = { kind: 'list', items: { kind: 'any' }, minItems: 1 };
const modes = (...oneOf: string[]): ValueSpec => ({
  kind: 'list',
  items: { kind: 'word', oneOf, doubtfulOthers: true },
});
const VOICE_MODES = modes('RealTime', 'PostContact', 'AutomatedInteraction');
const CHAT_MODES = modes('ContactLens');

/** What both ways of analysing a conversation have in common. */
const ANALYTICS: Record<string, ValueSpec> = {
  Enabled: BOOLEAN,
  AnalyticsLanguage: LANGUAGE,
  SentimentConfiguration: { kind: 'object', fields: { Enabled: BOOLEAN }, open: true },
  SummaryConfiguration: {
    kind: 'object',
    fields: { SummaryModes: modes('PostContact', 'AutomatedInteraction') },
    open: true,
  },
};

const REDACTION: Record<string, ValueSpec> = {
  Enabled: BOOLEAN,
  RedactionMaskMode: MASK_MODE,
  RedactionEntities: ENTITIES,
};

/** Analysis of one channel in the newer block. */
const channelAnalytics = (analyticsModes: ValueSpec): ValueSpec => ({
  kind: 'object',
  fields: {
    ...ANALYTICS,
    AnalyticsModes: analyticsModes,
    ConversationalAnalyticsRedactionConfiguration: {
      kind: 'object',
      fields: { ...REDACTION, RedactionResults: { kind: 'word', oneOf: REDACTION_RESULTS, dynamic: true } },
      open: true,
    },
    InFlightChatRedactionConfiguration: {
      kind: 'object',
      fields: { ...REDACTION, DeliverUnprocessedMessages: BOOLEAN },
      open: true,
    },
  },
  open: true,
});

/** The channels of the newer block, one in each. */
const CHANNELS: Record<string, ValueSpec> = {
  ChatBehavior: { kind: 'object', fields: { ChatAnalyticsBehavior: channelAnalytics(CHAT_MODES) }, open: true },
  VoiceBehavior: {
    kind: 'object',
    fields: {
      VoiceRecordingBehavior: {
        kind: 'object',
        fields: { RecordedParticipants: RECORDED, IVRRecordingBehavior: SWITCH },
      },
      VoiceAnalyticsBehavior: channelAnalytics(VOICE_MODES),
    },
  },
  ScreenRecordingBehavior: { kind: 'object', fields: { ScreenRecordedParticipants: SCREENS } },
};

/**
 * Blocks that record a conversation and have it analysed.
 * @see https://docs.aws.amazon.com/connect/latest/adminguide/set-recording-behavior.html
 */
export const RECORDING_ACTIONS: readonly ActionSpec[] = [
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
                ScreenRecordedParticipants: SCREENS,
                IVRRecordingBehavior: SWITCH,
              },
            },
            AnalyticsBehavior: {
              kind: 'object',
              fields: {
                ...ANALYTICS,
                AnalyticsRedactionBehavior: SWITCH,
                // Exports have neither of the other two, which the page has.
                AnalyticsRedactionResults: { kind: 'word', oneOf: [...REDACTION_RESULTS, 'None'], dynamic: true },
                AnalyticsRedactionMaskMode: MASK_MODE,
                AnalyticsRedactionEntities: ENTITIES,
                ChannelConfiguration: {
                  kind: 'object',
                  fields: {
                    Voice: { kind: 'object', fields: { AnalyticsModes: VOICE_MODES }, open: true },
                    Chat: { kind: 'object', fields: { AnalyticsModes: CHAT_MODES }, open: true },
                  },
                  open: true,
                },
              },
              // Older exports have more, such as AnalyticsMode.
              open: true,
            },
          },
          required: ['RecordingBehavior'],
        },
        errors: NO_ERRORS,
      },
    ],
    sources: [
      doc('contact-actions-updatecontactrecordingbehavior'),
      adminGuide('set-recording-behavior'),
      live('Agent and Customer as parameters are refused, and RecordingBehavior is required', 'aicc'),
      exports_('7 of 7 have no errors'),
    ],
  },
  {
    type: 'UpdateContactRecordingAndAnalyticsBehavior',
    block: 'Set recording, analytics and processing behavior',
    flowTypes: EVERYWHERE,
    next: 'followed',
    forms: [
      {
        when: [{ parameter: 'ChatBehavior', is: true }],
        parameters: { fields: CHANNELS, exactlyOne: [Object.keys(CHANNELS)] },
        errors: {
          required: ['NoMatchingError', 'ChannelMismatch', 'InFlightRedactionConfigurationFailed'],
        },
      },
      {
        // The guide also has emails; no source says how the language writes them.
        parameters: { fields: CHANNELS, exactlyOne: [Object.keys(CHANNELS)], open: 'doubtful' },
        errors: { required: ['NoMatchingError', 'ChannelMismatch'] },
      },
    ],
    sources: [
      doc('contact-actions-updatecontactrecordingandanalyticsbehavior'),
      adminGuide('set-recording-analytics-processing-behavior'),
      live('none or two of the channels are refused, and so is a block without its errors', 'flowAsCode', 'aicc'),
      live('InFlightRedactionConfigurationFailed is refused without ChatBehavior', 'pulumi'),
    ],
  },
];
