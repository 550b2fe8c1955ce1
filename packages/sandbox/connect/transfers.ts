import type { FlowWorld } from 'connect-flow-kit';
import type { Contact } from './contact.ts';

/** A customer is transferred to a queue: by the flow of the queue in which the customer waits, or by the agent. */
export interface Transfer {
  by: 'flow' | 'agent';
  /** Id; if not given, the queue of the contact itself. */
  queueId?: string;
}

/** The transfers of every call, in order, or one list for each call. */
export type Transfers = readonly Transfer[] | ((contact: Readonly<Contact>) => readonly Transfer[]);

/** Durations of an automatic transfer, in seconds of call time. Half of the conversation comes before a transfer by an agent. */
export const TRANSFER_SECONDS = {
  /** In a queue whose flow will transfer the customer; no agent is assigned meanwhile. */
  inFirstQueue: 10,
  /** Until an agent who has transferred the customer leaves the call. */
  untilAgentLeaves: 5,
} as const;

/** How the contact of a transfer began. @see https://docs.aws.amazon.com/connect/latest/adminguide/contact-initiation-methods.html */
export const METHOD_OF: Readonly<Record<Transfer['by'], Contact['initiationMethod']>> = {
  flow: 'QUEUE_TRANSFER',
  agent: 'TRANSFER',
};

/** The facts with which the contact after a transfer begins. */
export function factsAfter(contact: Contact, root: string, { by, queueId }: Required<Transfer>) {
  const { destination, source, name, description, attributes } = contact;
  return {
    state: 'in-flow' as const,
    initiationMethod: METHOD_OF[by],
    initialContactId: root,
    previousContactId: contact.id,
    destination,
    source,
    attributes: { ...attributes },
    queueId,
    ...(name !== undefined && { name }),
    ...(description !== undefined && { description }),
  };
}

/** What the flows of one contact have set carries over to the next; the queue is different. */
export function carryOver(before: FlowWorld, after: FlowWorld): void {
  const { voice, hooks, objects, rounds, queuesJoined } = before.contact;
  Object.assign(after.contact, { voice, hooks: { ...hooks }, objects: { ...objects }, rounds, queuesJoined });
}
