import type { FlowStep } from 'connect-flow-kit';
import type { InstanceNames } from './arns.ts';

export type ContactState = 'ringing' | 'in-flow' | 'in-queue' | 'with-agent' | 'ended';

/**
 * Why a call ended, in the words of the contact record.
 * @see https://docs.aws.amazon.com/connect/latest/adminguide/ctr-data-model.html
 */
export type DisconnectReason =
  | 'CUSTOMER_DISCONNECT'
  | 'AGENT_DISCONNECT'
  | 'CONTACT_FLOW_DISCONNECT'
  | 'TELECOM_BUSY'
  | 'TELECOM_NUMBER_INVALID'
  | 'TELECOM_ORIGINATOR_CANCEL'
  | 'OTHER';

/** One line of what happened and what the customer heard. */
export interface TranscriptLine {
  /** ISO 8601 */
  at: string;
  /** `prompt` is heard by the customer, `whisper` by the agent only; `system` happened. */
  kind: 'prompt' | 'whisper' | 'system';
  text: string;
  /** For what is heard: who speaks (nobody in a recording), and which block of the flow. */
  voice?: string;
  engine?: string;
  block?: string;
}

/** One contact: a call, or the part of it before or after a transfer. Times are ISO 8601; a missing time never came. */
export interface Contact {
  id: string;
  state: ContactState;
  /** We called the customer, the customer called in, or was transferred by an agent or by a queue flow. */
  initiationMethod: 'API' | 'INBOUND' | 'TRANSFER' | 'QUEUE_TRANSFER';
  /** The first contact of the chain, if it is a different one, and the one before this. */
  initialContactId?: string;
  previousContactId?: string;
  /** The one after this; Amazon Connect only reveals it through ListAssociatedContacts. */
  nextContactId?: string;
  /** The customer's number, E.164; `anonymous` if the caller withholds it. */
  destination: string;
  /** The company's number, E.164. */
  source: string;
  /** The flow it starts with; none if an inbound call is modelled from the queue on. */
  flowId?: string;
  /** Queue that the call was requested with, or in which it waits or waited. */
  queueId?: string;
  name?: string;
  description?: string;
  attributes: Readonly<Record<string, string>>;
  initiatedAt: string;
  answeredAt?: string;
  /** A voicemail answered, which Amazon Connect does not reveal. */
  voicemail?: true;
  queuedAt?: string;
  agentAt?: string;
  agentId?: string;
  endedAt?: string;
  /** Missing if the customer continued in another contact: the record has no word for it. */
  disconnectReason?: DisconnectReason;
  /** Set while a flow asks for keys; `choices` are those of a menu. */
  keysAsked?: { choices?: readonly string[] };
  /** When anything last changed. */
  updatedAt: string;
  transcript: TranscriptLine[];
  /** Every step through the flows, branches with their reasons. */
  walk: FlowStep[];
}

/**
 * A contact as ListAssociatedContacts returns it.
 * @see https://docs.aws.amazon.com/connect/latest/APIReference/API_AssociatedContactSummary.html
 */
export function associatedContact(contact: Contact, names: InstanceNames) {
  return {
    ContactId: contact.id,
    ContactArn: names.contact(contact.id),
    InitialContactId: contact.initialContactId ?? contact.id,
    PreviousContactId: contact.previousContactId,
    InitiationMethod: contact.initiationMethod,
    Channel: 'VOICE',
    InitiationTimestamp: epochSeconds(contact.initiatedAt),
    DisconnectTimestamp: epochSeconds(contact.endedAt),
  };
}

const epochSeconds = (iso: string | undefined): number | undefined =>
  iso === undefined ? undefined : Date.parse(iso) / 1_000;

/**
 * A contact as DescribeContact returns it. What is undefined is left out of the JSON.
 * @see https://docs.aws.amazon.com/connect/latest/APIReference/API_Contact.html
 */
export function describeContact(contact: Contact, names: InstanceNames) {
  return {
    Arn: names.contact(contact.id),
    Id: contact.id,
    InitialContactId: contact.initialContactId ?? contact.id,
    PreviousContactId: contact.previousContactId,
    InitiationMethod: contact.initiationMethod,
    Name: contact.name,
    Description: contact.description,
    Channel: 'VOICE',
    QueueInfo: contact.queuedAt &&
      contact.queueId && { Id: contact.queueId, EnqueueTimestamp: epochSeconds(contact.queuedAt) },
    AgentInfo: contact.agentId && {
      Id: contact.agentId,
      ConnectedToAgentTimestamp: epochSeconds(contact.agentAt),
    },
    InitiationTimestamp: epochSeconds(contact.initiatedAt),
    ConnectedToSystemTimestamp: epochSeconds(contact.answeredAt),
    DisconnectTimestamp: epochSeconds(contact.endedAt),
    LastUpdateTimestamp: epochSeconds(contact.updatedAt),
    DisconnectReason: contact.disconnectReason,
    CustomerEndpoint: { Type: 'TELEPHONE_NUMBER', Address: contact.destination },
    SystemEndpoint: { Type: 'TELEPHONE_NUMBER', Address: contact.source },
    SegmentAttributes: { 'connect:Subtype': { ValueString: 'connect:Telephony' } },
    Attributes: contact.attributes,
  };
}
