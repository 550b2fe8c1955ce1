import type { Assumption } from '../assumptions.ts';

const EVENTS = 'https://docs.aws.amazon.com/connect/latest/adminguide/contact-events.html';
const RECORD = 'https://docs.aws.amazon.com/connect/latest/adminguide/ctr-data-model.html';
const ATTRIBUTES = 'https://docs.aws.amazon.com/connect/latest/adminguide/connect-attrib-list.html';

/** What the local model takes for true of a call's life, its events and its flows. */
export const CALL_ASSUMPTIONS: readonly Assumption[] = [
  {
    id: 'voicemail-runs-the-flow',
    assumption: 'Without answering machine detection a voicemail is connected and hears the flow like a person.',
    madeIn: 'local/connect/call-life.ts',
    source: EVENTS,
    confidence: 'documented',
    howToCheck: 'Call an own phone with voicemail and let it ring.',
  },
  {
    id: 'disconnect-reasons',
    assumption:
      'The contact record says TELECOM_BUSY for a busy line, TELECOM_ORIGINATOR_CANCEL for a call that is stopped while it rings, OTHER for one that is stopped later, CONTACT_FLOW_DISCONNECT where the flow hangs up.',
    madeIn: 'local/connect/call-life.ts',
    source: RECORD,
    confidence: 'documented',
    howToCheck: 'Make each of these calls and read DescribeContact.',
  },
  {
    id: 'disconnect-reason-unanswered',
    assumption:
      'A call that nobody answers ends with TELECOM_ORIGINATOR_CANCEL. The page describes TELECOM_TIMEOUT and TELECOM_UNANSWERED in similar words.',
    madeIn: 'local/connect/call-life.ts',
    source: RECORD,
    confidence: 'inferred',
    howToCheck: 'Let an own phone ring out and read DescribeContact.',
  },
  {
    id: 'event-disconnect-reason',
    assumption:
      'DISCONNECTED and COMPLETED events carry the disconnectReason of the contact record. The page promises it for outbound campaigns only, so nothing may need it.',
    madeIn: 'local/connect/contact-events.ts',
    source: EVENTS,
    confidence: 'inferred',
    howToCheck: 'Log the contact events of an answered and of an unanswered call.',
  },
  {
    id: 'event-order',
    assumption: 'Contact events are best effort and come in any order. The local ones come once each and in order.',
    madeIn: 'local/connect/model.ts',
    source: EVENTS,
    confidence: 'documented',
    howToCheck: 'Compare the arrival of the events of a day with the timestamps in them.',
  },
  {
    id: 'event-spelling',
    assumption:
      'Fields are written in camel case and channel is "VOICE". Samples on the page also have "Voice" and Pascal case, so letter case may not matter to a reader.',
    madeIn: 'local/connect/contact-events.ts',
    source: EVENTS,
    confidence: 'inferred',
    howToCheck: 'Log the contact events of a call.',
  },
  {
    id: 'event-missing-times',
    assumption:
      'A time that never came is left out of an event. One sample on the page has 1970-01-01T00:00:00.001Z in its place.',
    madeIn: 'local/connect/contact-events.ts',
    source: EVENTS,
    confidence: 'inferred',
    howToCheck: 'Log the contact events of a call that nobody answers.',
  },
  {
    id: 'event-completed',
    assumption: 'COMPLETED follows DISCONNECTED at once where no agent has after-call work; local agents have none.',
    madeIn: 'local/connect/call-life.ts',
    source: EVENTS,
    confidence: 'documented',
    howToCheck: 'Log the contact events of a call that the flow ends, and of one with an agent.',
  },
  {
    id: 'event-before-answer',
    assumption: 'INITIATED, or any later event, may arrive before StartOutboundVoiceContact has answered.',
    madeIn: 'local/connect/model.ts',
    source: EVENTS,
    confidence: 'inferred',
    howToCheck: 'Compare the time of the answer with the arrival of INITIATED over some calls.',
  },
  {
    id: 'describe-contact-at-once',
    assumption: 'DescribeContact knows a contact as soon as its id was returned, and its reason as soon as it is over.',
    madeIn: 'local/connect/contact.ts',
    source: 'https://docs.aws.amazon.com/connect/latest/APIReference/API_DescribeContact.html',
    confidence: 'inferred',
    howToCheck: 'Call it right after StartOutboundVoiceContact, and right after hanging up.',
  },
  {
    id: 'longest-waiting-first',
    assumption: 'With equal priority the contact that waits longest gets the agent who has been idle longest.',
    madeIn: 'local/connect/call-life.ts',
    source: 'https://docs.aws.amazon.com/connect/latest/adminguide/about-routing.html',
    confidence: 'documented',
    howToCheck: 'Queue two calls with no agent free, then make one available.',
  },
  {
    id: 'agent-takes-at-once',
    assumption:
      'An agent who is free takes a contact the moment it is queued; in life the phone of the agent rings first.',
    madeIn: 'local/connect/call-life.ts',
    source: 'https://docs.aws.amazon.com/connect/latest/adminguide/about-routing.html',
    confidence: 'inferred',
    howToCheck: 'Compare the times of QUEUED and CONNECTED_TO_AGENT, with and without auto-accept.',
  },
  {
    id: 'disabled-queue',
    assumption:
      'A disabled queue takes no new contacts; a transfer to it takes the branch of a full queue. Only the first half is published.',
    madeIn: 'local/connect/contact-world.ts',
    source: 'https://repost.aws/knowledge-center/connect-remove-callback-queue-contacts',
    confidence: 'inferred',
    howToCheck: 'Disable a queue while a test call hears its greeting.',
  },
  {
    id: 'default-queue-flow',
    assumption: 'A contact whose flow sets no customer queue flow hears the default one of Amazon Connect, in English.',
    madeIn: 'local/connect/call-life.ts',
    source: 'https://docs.aws.amazon.com/connect/latest/adminguide/sample-queue-configurations.html',
    confidence: 'documented',
    howToCheck: 'Take the hook out of a test flow and listen.',
  },
  {
    id: 'voice-outlives-the-flow',
    assumption: 'The voice belongs to the contact: the customer queue flow speaks with the voice the first flow set.',
    madeIn: 'flow-language/simulate/world.ts',
    source:
      'https://docs.aws.amazon.com/connect/latest/APIReference/contact-actions-updatecontacttexttospeechvoice.html',
    confidence: 'inferred',
    howToCheck: 'Wait in the queue of a test call and listen.',
  },
  {
    id: 'japanese-voices',
    assumption:
      'Mizuki speaks with the standard engine, Takumi with standard and neural, Kazuha and Tomoko with neural only. Another pair takes the error branch of Set voice.',
    madeIn: 'flow-language/voices.ts',
    source: 'https://docs.aws.amazon.com/polly/latest/dg/available-voices.html',
    confidence: 'documented',
    howToCheck: 'aws polly describe-voices --language-code ja-JP',
  },
  {
    id: 'voice-after-error',
    assumption:
      'After the error branch of Set voice the contact has the default voice, Joanna with the standard engine.',
    madeIn: 'flow-language/simulate/speech-blocks.ts',
    source: 'https://docs.aws.amazon.com/connect/latest/adminguide/set-voice.html',
    confidence: 'inferred',
    howToCheck: 'Set Kazuha with the engine Standard in a test flow and listen.',
  },
  {
    id: 'unresolved-reference',
    assumption: 'A reference to an attribute that does not exist becomes nothing, in a prompt and in a comparison.',
    madeIn: 'flow-language/references.ts',
    source: ATTRIBUTES,
    confidence: 'inferred',
    howToCheck: 'Play "a $.Attributes.no_such_attribute b" in a test flow and read the flow log.',
  },
  {
    id: 'reference-in-a-value',
    assumption: 'A value that looks like a reference is spoken as it is, not resolved again.',
    madeIn: 'flow-language/references.ts',
    source: ATTRIBUTES,
    confidence: 'inferred',
    howToCheck: 'Place a test call with the attribute inquiry_type "$.CustomerEndpoint.Address".',
  },
  {
    id: 'empty-prompt',
    assumption: 'A prompt whose text becomes empty says nothing and goes on; it does not take the error branch.',
    madeIn: 'flow-language/simulate/speech.ts',
    source: 'https://docs.aws.amazon.com/connect/latest/adminguide/play.html',
    confidence: 'inferred',
    howToCheck: 'Play "$.Attributes.no_such_attribute" alone in a test flow and read the flow log.',
  },
  {
    id: 'prompt-length',
    assumption: 'A prompt of more than 3,000 characters takes the error branch.',
    madeIn: 'flow-language/simulate/speech-blocks.ts',
    source: 'https://docs.aws.amazon.com/connect/latest/adminguide/play.html',
    confidence: 'documented',
    howToCheck: 'Play an attribute of 3,001 characters in a test flow.',
  },
  {
    id: 'compare-letter-case',
    assumption: 'Check contact attributes compares with letter case.',
    madeIn: 'flow-language/simulate/transitions.ts',
    source: 'https://docs.aws.amazon.com/connect/latest/adminguide/check-contact-attributes.html',
    confidence: 'documented',
    howToCheck: 'Place a test call with user_type "Member".',
  },
  {
    id: 'error-without-branch',
    assumption:
      'A block that fails and has no branch for the error, nor one for NoMatchingError, drops the call; it does not go on along NextAction.',
    madeIn: 'flow-language/simulate/transitions.ts',
    source: 'https://docs.aws.amazon.com/connect/latest/APIReference/flow-language.html',
    confidence: 'inferred',
    howToCheck: 'Publish a flow by API whose prompt has no error branch, and let the prompt fail.',
  },
  {
    id: 'next-action-of-a-check',
    assumption:
      'A check whose conditions do not hold takes its error branch; its NextAction is written and never taken.',
    madeIn: 'flow-language/simulate/transitions.ts',
    source: 'https://docs.aws.amazon.com/connect/latest/APIReference/flow-control-actions-compare.html',
    confidence: 'inferred',
    howToCheck: 'Publish a Compare whose NextAction and NoMatchingCondition lead to different prompts.',
  },
  {
    id: 'whisper-breaks-off',
    assumption: 'However a whisper flow ends, the call goes on.',
    madeIn: 'local/connect/call-life.ts',
    source: 'https://docs.aws.amazon.com/connect/latest/adminguide/create-contact-flow.html',
    confidence: 'inferred',
    howToCheck: 'Let a whisper flow of a test call end in a block that fails.',
  },
  {
    id: 'nothing-stored-is-timeout',
    assumption: 'Store customer input goes on along success with the value Timeout where no key was pressed.',
    madeIn: 'flow-language/simulate/input-blocks.ts',
    source: 'https://docs.aws.amazon.com/connect/latest/adminguide/store-customer-input.html',
    confidence: 'documented',
    howToCheck: 'Press nothing in a test call and read $.StoredCustomerInput in the flow log.',
  },
  {
    id: 'generative-voices',
    assumption:
      'A voice that is not Japanese and not one of the old standard voices is taken to have a generative and a long-form engine: the list of those grows every few months.',
    madeIn: 'flow-language/voices.ts',
    source: 'https://docs.aws.amazon.com/polly/latest/dg/available-voices.html',
    confidence: 'inferred',
    howToCheck: 'aws polly describe-voices --engine generative',
  },
];
