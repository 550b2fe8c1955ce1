import type { InstanceNames } from './arns.ts';
import type { Contact } from './contact.ts';

/** The contact events of a voice call, in the order in which they happen. A transferred contact is not connected again. */
export type ContactEventType =
  | 'INITIATED'
  | 'CONNECTED_TO_SYSTEM'
  | 'QUEUED'
  | 'CONNECTED_TO_AGENT'
  | 'DISCONNECTED'
  | 'COMPLETED';

/**
 * An "Amazon Connect Contact Event" as Amazon EventBridge delivers it. Timestamps in `detail` have milliseconds; the
 * envelope's `time` has none.
 * @see https://docs.aws.amazon.com/connect/latest/adminguide/contact-events.html
 */
export interface ContactEvent {
  version: '0';
  id: string;
  'detail-type': 'Amazon Connect Contact Event';
  source: 'aws.connect';
  account: string;
  time: string;
  region: string;
  /** ARNs of the contact and of the instance. */
  resources: string[];
  detail: {
    eventType: ContactEventType;
    contactId: string;
    initialContactId: string;
    previousContactId?: string;
    channel: 'VOICE';
    instanceArn: string;
    initiationMethod: Contact['initiationMethod'];
    initiationTimestamp: string;
    connectedToSystemTimestamp?: string;
    disconnectTimestamp?: string;
    disconnectReason?: string;
    queueInfo?: { queueArn: string; queueType: 'STANDARD'; enqueueTimestamp: string };
    agentInfo?: { agentArn: string; connectedToAgentTimestamp: string };
    segmentAttributes: Record<string, { ValueString: string }>;
    tags: Record<string, string>;
  };
}

/** The event for what has just happened to the contact: everything known about it so far. */
export function contactEvent(
  eventType: ContactEventType,
  contact: Contact,
  instance: { names: InstanceNames; instanceId: string; region: string; accountId: string; newId: () => string },
): ContactEvent {
  const { names, instanceId } = instance;
  const { previousContactId, answeredAt, queuedAt, queueId, agentAt, agentId, endedAt, disconnectReason } = contact;
  return {
    version: '0',
    id: instance.newId(),
    'detail-type': 'Amazon Connect Contact Event',
    source: 'aws.connect',
    account: instance.accountId,
    time: `${contact.updatedAt.slice(0, 19)}Z`,
    region: instance.region,
    resources: [names.contact(contact.id), names.instance],
    detail: {
      eventType,
      contactId: contact.id,
      initialContactId: contact.initialContactId ?? contact.id,
      ...(previousContactId !== undefined && { previousContactId }),
      channel: 'VOICE',
      instanceArn: names.instance,
      initiationMethod: contact.initiationMethod,
      initiationTimestamp: contact.initiatedAt,
      ...(answeredAt && { connectedToSystemTimestamp: answeredAt }),
      ...(endedAt && { disconnectTimestamp: endedAt }),
      ...(disconnectReason && { disconnectReason }),
      ...(queuedAt &&
        queueId && {
          queueInfo: { queueArn: names.queue(queueId), queueType: 'STANDARD', enqueueTimestamp: queuedAt },
        }),
      ...(agentId && agentAt && { agentInfo: { agentArn: names.agent(agentId), connectedToAgentTimestamp: agentAt } }),
      segmentAttributes: { 'connect:Subtype': { ValueString: 'connect:Telephony' } },
      tags: { 'aws:connect:instanceId': instanceId, 'aws:connect:systemEndpoint': contact.source },
    },
  };
}
