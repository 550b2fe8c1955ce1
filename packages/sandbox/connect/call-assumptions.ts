import type { Assumption } from '../assumption.ts';

const EVENTS = 'https://docs.aws.amazon.com/connect/latest/adminguide/contact-events.html';
const RECORD = 'https://docs.aws.amazon.com/connect/latest/adminguide/ctr-data-model.html';

/** What the local model takes for true of a call's life and its events. */
export const CALL_ASSUMPTIONS: readonly Assumption[] = [
  {
    id: 'voicemail-runs-the-flow',
    assumption: 'Without answering machine detection a voicemail is connected and hears the flow like a person.',
    madeIn: 'packages/sandbox/connect/call-life.ts',
    source: EVENTS,
    confidence: 'documented',
    howToCheck: 'Call an own phone with voicemail and let it ring.',
  },
  {
    id: 'disconnect-reasons',
    assumption:
      'The contact record says TELECOM_BUSY for a busy line, TELECOM_NUMBER_INVALID for a number that is not in use, TELECOM_ORIGINATOR_CANCEL for a call that is stopped while it rings, OTHER for one that is stopped later, CONTACT_FLOW_DISCONNECT where the flow hangs up.',
    madeIn: 'packages/sandbox/connect/phone-reactions.ts',
    source: RECORD,
    confidence: 'documented',
    howToCheck: 'Make each of these calls and read DescribeContact.',
  },
  {
    id: 'disconnect-reason-unanswered',
    assumption:
      'A call that nobody answers ends with TELECOM_ORIGINATOR_CANCEL. The page describes TELECOM_TIMEOUT and TELECOM_UNANSWERED in similar words.',
    madeIn: 'packages/sandbox/connect/phone-reactions.ts',
    source: RECORD,
    confidence: 'inferred',
    howToCheck: 'Let an own phone ring out and read DescribeContact.',
  },
  {
    id: 'declined-call',
    assumption:
      'A call that the customer declines while it rings ends with TELECOM_BUSY: to the network, a phone that declines answers like one that is engaged. The page does not speak of declining.',
    madeIn: 'packages/sandbox/connect/call-life.ts',
    source: RECORD,
    confidence: 'inferred',
    howToCheck: 'Decline a call to an own phone and read DescribeContact.',
  },
  {
    id: 'number-not-in-use',
    assumption:
      'A number that is not in use ends the call before it rings, after a second, as busy does. TELECOM_PROBLEM (the network), TELECOM_UNANSWERED and TELECOM_POTENTIAL_BLOCKING are documented for other failures and not modelled.',
    madeIn: 'packages/sandbox/connect/phone-reactions.ts',
    source: RECORD,
    confidence: 'inferred',
    howToCheck: 'Call an own number that was given up, and read the contact events and DescribeContact.',
  },
  {
    id: 'hang-up-before-agent',
    assumption:
      'A customer who hangs up during the announcements or in the queue leaves CUSTOMER_DISCONNECT, as in a talk. The page describes it for a talk only.',
    madeIn: 'packages/sandbox/connect/call-life.ts',
    source: RECORD,
    confidence: 'inferred',
    howToCheck: 'Answer a call on an own phone, hang up while the flow speaks, and read DescribeContact.',
  },
  {
    id: 'transfer-new-contact',
    assumption:
      'A customer whom an agent hands on (TRANSFER) or the flow of a queue (QUEUE_TRANSFER) goes on in a new contact, initiated at that moment, with the id of the first contact and of the one before.',
    madeIn: 'packages/sandbox/connect/transfers.ts',
    source: RECORD,
    confidence: 'documented',
    howToCheck: 'Hand an own call on with a quick connect to a queue, and read DescribeContact of both contacts.',
  },
  {
    id: 'transfer-events',
    assumption:
      'The events of the new contact are INITIATED, QUEUED, CONNECTED_TO_AGENT, DISCONNECTED and COMPLETED, each with initialContactId and previousContactId; it is not CONNECTED_TO_SYSTEM anew. The event model has no nextContactId.',
    madeIn: 'packages/sandbox/connect/contact-events.ts',
    source: EVENTS,
    confidence: 'inferred',
    howToCheck: 'Log the contact events of a call that is handed on.',
  },
  {
    id: 'transfer-ends-the-first',
    assumption:
      'The flow of a queue ends the contact that it hands on at once, without a reason: the list has none for it, and what it does not have is null. The contact of an agent who hands on goes on until the agent leaves, with AGENT_DISCONNECT.',
    madeIn: 'packages/sandbox/connect/call-life.ts',
    source: RECORD,
    confidence: 'inferred',
    howToCheck:
      'Hand own calls on in both ways, and read DisconnectReason and DisconnectTimestamp of the first contacts.',
  },
  {
    id: 'transfer-one-active-call',
    assumption: 'A customer is one active call of the instance, through however many contacts.',
    madeIn: 'packages/sandbox/connect/call-life.ts',
    source: 'https://docs.aws.amazon.com/connect/latest/adminguide/amazon-connect-service-limits.html',
    confidence: 'inferred',
    howToCheck: 'Read ConcurrentCalls in CloudWatch while an agent hands a call on.',
  },
  {
    id: 'transfer-stop-contact',
    assumption:
      'StopContact ends the line of the customer, and does not work for a contact that began with a transfer. That it answers InvalidRequestException then is inferred.',
    madeIn: 'packages/sandbox/connect/model.ts',
    source: 'https://docs.aws.amazon.com/connect/latest/APIReference/API_StopContact.html',
    confidence: 'documented',
    howToCheck: 'Hand an own call on and stop its second contact.',
  },
  {
    id: 'event-disconnect-reason',
    assumption:
      'DISCONNECTED and COMPLETED events carry the disconnectReason of the contact record. The page promises it for outbound campaigns only, so nothing may need it.',
    madeIn: 'packages/sandbox/connect/contact-events.ts',
    source: EVENTS,
    confidence: 'inferred',
    howToCheck: 'Log the contact events of an answered and of an unanswered call.',
  },
  {
    id: 'event-order',
    assumption: 'Contact events are best effort and come in any order. The local ones come once each and in order.',
    madeIn: 'packages/sandbox/connect/model.ts',
    source: EVENTS,
    confidence: 'documented',
    howToCheck: 'Compare the arrival of the events of a day with the timestamps in them.',
  },
  {
    id: 'event-spelling',
    assumption:
      'Fields are written in camel case and channel is "VOICE". Samples on the page also have "Voice" and Pascal case, so letter case may not matter to a reader.',
    madeIn: 'packages/sandbox/connect/contact-events.ts',
    source: EVENTS,
    confidence: 'inferred',
    howToCheck: 'Log the contact events of a call.',
  },
  {
    id: 'event-missing-times',
    assumption:
      'A time that never came is left out of an event. One sample on the page has 1970-01-01T00:00:00.001Z in its place.',
    madeIn: 'packages/sandbox/connect/contact-events.ts',
    source: EVENTS,
    confidence: 'inferred',
    howToCheck: 'Log the contact events of a call that nobody answers.',
  },
  {
    id: 'event-completed',
    assumption:
      'COMPLETED follows DISCONNECTED when the agent has done the work after the call, and at once where there is none; local agents have none unless they are given some.',
    madeIn: 'packages/sandbox/connect/call-life.ts',
    source: EVENTS,
    confidence: 'documented',
    howToCheck: 'Log the contact events of a call that the flow ends, and of one with an agent.',
  },
  {
    id: 'event-before-answer',
    assumption: 'INITIATED, or any later event, may arrive before StartOutboundVoiceContact has answered.',
    madeIn: 'packages/sandbox/connect/model.ts',
    source: EVENTS,
    confidence: 'inferred',
    howToCheck: 'Compare the time of the answer with the arrival of INITIATED over some calls.',
  },
  {
    id: 'describe-contact-at-once',
    assumption: 'DescribeContact knows a contact as soon as its id was returned, and its reason as soon as it is over.',
    madeIn: 'packages/sandbox/connect/contact.ts',
    source: 'https://docs.aws.amazon.com/connect/latest/APIReference/API_DescribeContact.html',
    confidence: 'inferred',
    howToCheck: 'Call it right after StartOutboundVoiceContact, and right after hanging up.',
  },
  {
    id: 'longest-waiting-first',
    assumption: 'With equal priority the contact that waits longest gets the agent who has been idle longest.',
    madeIn: 'packages/sandbox/connect/call-life.ts',
    source: 'https://docs.aws.amazon.com/connect/latest/adminguide/about-routing.html',
    confidence: 'documented',
    howToCheck: 'Queue two calls with no agent free, then make one available.',
  },
  {
    id: 'agent-takes-at-once',
    assumption:
      'An agent who is free takes a contact the moment it is queued; in life the phone of the agent rings first.',
    madeIn: 'packages/sandbox/connect/call-life.ts',
    source: 'https://docs.aws.amazon.com/connect/latest/adminguide/about-routing.html',
    confidence: 'inferred',
    howToCheck: 'Compare the times of QUEUED and CONNECTED_TO_AGENT, with and without auto-accept.',
  },
  {
    id: 'missed-call',
    assumption:
      'An agent has 20 s to take a contact; then it is offered to the next, where it stood in line. From the offer on, and until whoever missed it says so, the agent is not counted as available. Where the metrics counted an agent as available until the call was missed, they would be wrong for up to 15 s more.',
    madeIn: 'packages/sandbox/connect/missed-offers.ts',
    source: 'https://repost.aws/knowledge-center/connect-calculate-agent-non-response',
    confidence: 'inferred',
    howToCheck: 'Let an agent miss a call and read AGENTS_AVAILABLE every second meanwhile.',
  },
  {
    id: 'rung-contact-stays',
    assumption:
      'While the phone of an agent rings for a contact, the flow of its queue goes on, interruptions included, and may hang up. A transfer out of the queue takes its error branch. The simulator is told how many agents miss the call (agentMisses): each rings for 20 s, one right after the other, and the next takes it at once.',
    madeIn: 'packages/connect-flow-kit/src/simulate/agent-offers.ts',
    source: 'https://docs.aws.amazon.com/connect/latest/adminguide/loop-prompts.html',
    confidence: 'inferred',
    howToCheck:
      'Let an agent miss a test call whose queue flow is interrupted every 19 s and transfers then, and read the flow log; it has been seen at https://blog.ilearnaws.com/2020/05/13/dive-deep-to-contact-block-loop-prompts.',
  },
  {
    id: 'inbound-competes',
    assumption:
      'A customer who calls in has contact events like a call of ours, with initiationMethod INBOUND, and waits in the same line by the time of queuing. With all lines of the instance busy the caller gets a busy tone, and there is no contact.',
    madeIn: 'packages/sandbox/connect/call-life.ts',
    source: EVENTS,
    confidence: 'inferred',
    howToCheck: 'Log the contact events of a call to the number of the instance; call in with the quota used up.',
  },
  {
    id: 'disabled-queue',
    assumption:
      'A disabled queue takes no new contacts; a transfer to it takes the branch of a full queue. Only the first half is published.',
    madeIn: 'packages/sandbox/connect/contact-world.ts',
    source: 'https://repost.aws/knowledge-center/connect-remove-callback-queue-contacts',
    confidence: 'inferred',
    howToCheck: 'Disable a queue while a test call hears its greeting.',
  },
];
