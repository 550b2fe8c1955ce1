import type { Assumption } from '../assumption.ts';

const EVENTS = 'https://docs.aws.amazon.com/connect/latest/adminguide/contact-events.html';
const RECORD = 'https://docs.aws.amazon.com/connect/latest/adminguide/ctr-data-model.html';

/** What the local model assumes about the life of a call and its events. */
export const CALL_ASSUMPTIONS: readonly Assumption[] = [
  {
    id: 'voicemail-runs-the-flow',
    assumption:
      'Without answering machine detection, a voicemail is connected and the flow plays to it as to a person.',
    madeIn: 'packages/sandbox/connect/call-life.ts',
    source: EVENTS,
    confidence: 'documented',
    howToCheck: 'Call your own phone with voicemail and let it ring.',
    checkedBy: 'answer',
    test: 'packages/sandbox/tests/connect-model.test.ts > lets a voicemail hear the flow, and the agent hang up',
  },
  {
    id: 'disconnect-reasons',
    assumption:
      'The contact record says TELECOM_BUSY for a busy line, TELECOM_NUMBER_INVALID for a number that is not in use, TELECOM_ORIGINATOR_CANCEL for a call that is stopped while it rings, OTHER for one that is stopped later, and CONTACT_FLOW_DISCONNECT if the flow hangs up.',
    madeIn: 'packages/sandbox/connect/phone-reactions.ts',
    source: RECORD,
    confidence: 'documented',
    howToCheck: 'Make each of these calls and read DescribeContact.',
    checkedBy: 'answer',
    test: 'packages/sandbox/tests/connect-model.test.ts > stops it %s',
  },
  {
    id: 'disconnect-reason-unanswered',
    assumption:
      'An unanswered call ends with TELECOM_ORIGINATOR_CANCEL. The page describes TELECOM_TIMEOUT and TELECOM_UNANSWERED in similar words.',
    madeIn: 'packages/sandbox/connect/phone-reactions.ts',
    source: RECORD,
    confidence: 'inferred',
    howToCheck: 'Let your own phone ring out and read DescribeContact.',
    checkedBy: 'ring',
    test: 'packages/sandbox/tests/connect-model.test.ts > rings for 60 seconds',
  },
  {
    id: 'declined-call',
    assumption:
      'A call that the customer declines while it rings ends with TELECOM_BUSY: to the network, a declined call looks like a busy line. The page does not mention declining.',
    madeIn: 'packages/sandbox/connect/call-life.ts',
    source: RECORD,
    confidence: 'inferred',
    howToCheck: 'Decline a call to your own phone and read DescribeContact.',
    checkedBy: 'answer',
    test: 'packages/sandbox/tests/connect-phone.test.ts > may decline the call, which looks to the network like a busy line',
  },
  {
    id: 'number-not-in-use',
    assumption:
      'A number that is not in use ends the call before it rings, after a second, as a busy line does. TELECOM_PROBLEM (the network), TELECOM_UNANSWERED and TELECOM_POTENTIAL_BLOCKING are documented for other failures and not modelled.',
    madeIn: 'packages/sandbox/connect/phone-reactions.ts',
    source: RECORD,
    confidence: 'inferred',
    howToCheck: 'Call a cancelled number of your own, and read the contact events and DescribeContact.',
    checkedBy: 'answer',
    test: 'packages/sandbox/tests/connect-transfers.test.ts > never rings: the call is over before',
  },
  {
    id: 'hang-up-before-agent',
    assumption:
      'A customer who hangs up during the announcements or in the queue causes CUSTOMER_DISCONNECT, as during a conversation. The page describes it for conversations only.',
    madeIn: 'packages/sandbox/connect/call-life.ts',
    source: RECORD,
    confidence: 'inferred',
    howToCheck: 'Answer a call on your own phone, hang up during an announcement, and read DescribeContact.',
    checkedBy: 'answer',
    test: 'packages/sandbox/tests/connect-model.test.ts > lets the customer hang up, once',
  },
  {
    id: 'transfer-new-contact',
    assumption:
      'A transfer by an agent (TRANSFER) or by a customer queue flow (QUEUE_TRANSFER) starts a new contact at that moment, with the ids of the initial and the previous contact.',
    madeIn: 'packages/sandbox/connect/transfers.ts',
    source: RECORD,
    confidence: 'documented',
    howToCheck: 'Transfer your own call with a quick connect to a queue, and read DescribeContact of both contacts.',
    checkedBy: 'agent',
    test: 'packages/sandbox/tests/connect-transfers.test.ts > leaves a chain in which each contact names the first and the one before',
  },
  {
    id: 'transfer-events',
    assumption:
      'The events of the new contact are INITIATED, QUEUED, CONNECTED_TO_AGENT, DISCONNECTED and COMPLETED, each with initialContactId and previousContactId; CONNECTED_TO_SYSTEM does not occur again. The event model has no nextContactId.',
    madeIn: 'packages/sandbox/connect/contact-events.ts',
    source: EVENTS,
    confidence: 'inferred',
    howToCheck: 'Log the contact events of a transferred call.',
    checkedBy: 'agent',
    test: 'packages/sandbox/tests/connect-transfers.test.ts > stays for a moment, and the customer goes on in another contact',
  },
  {
    id: 'transfer-ends-the-first',
    assumption:
      'A queue flow that transfers ends its contact at once, with a null reason: the documented list has none for it. When an agent transfers, the first contact lasts until the agent leaves, with AGENT_DISCONNECT.',
    madeIn: 'packages/sandbox/connect/call-life.ts',
    source: RECORD,
    confidence: 'inferred',
    howToCheck:
      'Transfer your own calls in both ways, and read DisconnectReason and DisconnectTimestamp of the first contacts.',
    checkedBy: 'agent',
    test: 'packages/sandbox/tests/connect-transfers.test.ts > ends the contact at once, and takes no agent of the first queue',
  },
  {
    id: 'transfer-one-active-call',
    assumption: 'A customer counts as one active call of the instance, however many contacts the call has.',
    madeIn: 'packages/sandbox/connect/call-life.ts',
    source: 'https://docs.aws.amazon.com/connect/latest/adminguide/amazon-connect-service-limits.html',
    confidence: 'inferred',
    howToCheck: 'Read ConcurrentCalls in CloudWatch while an agent transfers a call.',
    checkedBy: 'agent',
    test: 'packages/sandbox/tests/connect-transfers.test.ts > is one active call of the instance, and over once',
  },
  {
    id: 'transfer-stop-contact',
    assumption:
      "StopContact ends the customer's call, and does not work for a contact that began with a transfer. That the error is InvalidRequestException is inferred.",
    madeIn: 'packages/sandbox/connect/model.ts',
    source: 'https://docs.aws.amazon.com/connect/latest/APIReference/API_StopContact.html',
    confidence: 'documented',
    howToCheck: 'Transfer your own call and stop its second contact.',
    checkedBy: 'agent',
    test: 'packages/sandbox/tests/connect-transfers.test.ts > is cut as a whole by StopContact of its first contact, which does not know the others',
  },
  {
    id: 'event-disconnect-reason',
    assumption:
      'DISCONNECTED and COMPLETED events carry the disconnectReason of the contact record. The page promises it for outbound campaigns only, so no code may depend on it.',
    madeIn: 'packages/sandbox/connect/contact-events.ts',
    source: EVENTS,
    confidence: 'inferred',
    howToCheck: 'Log the contact events of an answered and of an unanswered call.',
    checkedBy: 'events',
    test: 'packages/sandbox/tests/connect-model.test.ts > have the documented shape',
  },
  {
    id: 'event-order',
    assumption:
      'Contact events are delivered on a best-effort basis and in any order. The local ones arrive once each and in order.',
    madeIn: 'packages/sandbox/connect/model.ts',
    source: EVENTS,
    confidence: 'documented',
    howToCheck: "Compare the arrival times of a day's events with their timestamps.",
    checkedBy: 'events',
    test: 'packages/sandbox/tests/connect-model.test.ts > rings, greets, queues, talks and ends',
  },
  {
    id: 'event-spelling',
    assumption:
      'Fields are written in camel case and channel is "VOICE". Samples on the page also have "Voice" and Pascal case, so code that reads them must ignore case.',
    madeIn: 'packages/sandbox/connect/contact-events.ts',
    source: EVENTS,
    confidence: 'inferred',
    howToCheck: 'Log the contact events of a call.',
    checkedBy: 'events',
    test: 'packages/sandbox/tests/connect-model.test.ts > have the documented shape',
  },
  {
    id: 'event-missing-times',
    assumption:
      'An event omits timestamps of what did not happen. One sample on the page has 1970-01-01T00:00:00.001Z instead.',
    madeIn: 'packages/sandbox/connect/contact-events.ts',
    source: EVENTS,
    confidence: 'inferred',
    howToCheck: 'Log the contact events of an unanswered call.',
    checkedBy: 'events',
    test: 'packages/sandbox/tests/connect-model.test.ts > leave out the times that never came',
  },
  {
    id: 'event-completed',
    assumption:
      'COMPLETED follows DISCONNECTED when the agent has finished after-contact work, or at once if there is none; local agents have none unless configured.',
    madeIn: 'packages/sandbox/connect/call-life.ts',
    source: EVENTS,
    confidence: 'documented',
    howToCheck: 'Log the contact events of a call that the flow ends, and of one with an agent.',
    checkedBy: 'events',
    test: 'packages/sandbox/tests/connect-centre.test.ts > can be a work of the agent after the call, which keeps the agent from the next',
  },
  {
    id: 'event-before-answer',
    assumption: 'INITIATED, or any later event, may arrive before StartOutboundVoiceContact has answered.',
    madeIn: 'packages/sandbox/connect/model.ts',
    source: EVENTS,
    confidence: 'inferred',
    howToCheck: 'Compare the time of the answer with the arrival of INITIATED over some calls.',
    checkedBy: 'events',
    test: 'packages/sandbox/tests/connect-model.test.ts > rings, greets, queues, talks and ends',
  },
  {
    id: 'describe-contact-at-once',
    assumption:
      'DescribeContact returns a contact as soon as its id has been returned, and its disconnect reason as soon as it has ended.',
    madeIn: 'packages/sandbox/connect/contact.ts',
    source: 'https://docs.aws.amazon.com/connect/latest/APIReference/API_DescribeContact.html',
    confidence: 'inferred',
    howToCheck: 'Call it right after StartOutboundVoiceContact, and right after hanging up.',
    checkedBy: 'ring',
    test: 'packages/sandbox/tests/connect-endpoint.test.ts > describes a call that rings',
  },
  {
    id: 'longest-waiting-first',
    assumption: 'With equal priority the contact that waits longest gets the agent who has been idle longest.',
    madeIn: 'packages/sandbox/connect/call-life.ts',
    source: 'https://docs.aws.amazon.com/connect/latest/adminguide/about-routing.html',
    confidence: 'documented',
    howToCheck: 'Queue two calls with no agent free, then make one available.',
    checkedBy: 'agent',
    test: 'packages/sandbox/tests/connect-queue.test.ts > gives an agent the contact that waits longest',
  },
  {
    id: 'agent-takes-at-once',
    assumption: "A free agent takes a contact the moment it is queued; in reality the agent's phone rings first.",
    madeIn: 'packages/sandbox/connect/call-life.ts',
    source: 'https://docs.aws.amazon.com/connect/latest/adminguide/about-routing.html',
    confidence: 'inferred',
    howToCheck: 'Compare the times of QUEUED and CONNECTED_TO_AGENT, with and without auto-accept.',
    checkedBy: 'agent',
    test: 'packages/sandbox/tests/connect-model.test.ts > rings, greets, queues, talks and ends',
  },
  {
    id: 'missed-call',
    assumption:
      'An agent has 20 s to accept a contact; then it is offered to the next agent and keeps its place in the queue. From the offer until they set their status back, the agent who missed it is not counted as available. If the metrics counted the agent as available until the call was missed, they would be wrong for up to 15 s longer.',
    madeIn: 'packages/sandbox/connect/missed-offers.ts',
    source: 'https://repost.aws/knowledge-center/connect-calculate-agent-non-response',
    confidence: 'inferred',
    howToCheck: 'Let an agent miss a call and read AGENTS_AVAILABLE every second.',
    checkedBy: 'agent',
    test: 'packages/sandbox/tests/connect-queue.test.ts > offers a contact for 20 s to an agent who does not take it, then to the next, where it stood in line',
  },
  {
    id: 'rung-contact-stays',
    assumption:
      "While an agent's phone rings for a contact, its customer queue flow continues, interruptions included, and may hang up. A transfer out of the queue takes the error branch. In the simulator, agentMisses agents miss the call: each phone rings for 20 s, one after the other, and the next agent accepts at once.",
    madeIn: 'packages/connect-flow-kit/src/simulate/agent-offers.ts',
    source: 'https://docs.aws.amazon.com/connect/latest/adminguide/loop-prompts.html',
    confidence: 'inferred',
    howToCheck:
      'Let an agent miss a test call whose queue flow is interrupted every 19 s and then transfers, and read the flow log; reported at https://blog.ilearnaws.com/2020/05/13/dive-deep-to-contact-block-loop-prompts.',
    checkedBy: 'agent',
    test: 'packages/connect-flow-kit/tests/simulate-queue.test.ts > keeps the contact from being transferred %s meanwhile',
  },
  {
    id: 'inbound-competes',
    assumption:
      'An inbound call has the same contact events as an outbound one, with initiationMethod INBOUND, and waits in the same queue in the order of queuing. If the instance is at its quota of active calls, the caller hears a busy tone and no contact is created.',
    madeIn: 'packages/sandbox/connect/call-life.ts',
    source: EVENTS,
    confidence: 'inferred',
    howToCheck: "Log the contact events of a call to the instance's number; call it while the quota is used up.",
    checkedBy: 'caller',
    test: 'packages/sandbox/tests/connect-centre.test.ts > waits in line with those whom we called',
  },
  {
    id: 'disabled-queue',
    assumption:
      'A disabled queue accepts no new contacts; a transfer to it takes the branch for a full queue. Only the first part is documented.',
    madeIn: 'packages/sandbox/connect/contact-world.ts',
    source: 'https://repost.aws/knowledge-center/connect-remove-callback-queue-contacts',
    confidence: 'inferred',
    howToCheck: 'Disable a queue during the greeting of a test call.',
    checkedBy: 'flow',
    test: 'packages/sandbox/tests/connect-queue.test.ts > apologises where it is %s',
  },
];
