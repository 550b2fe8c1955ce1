import type { FlowWorld } from 'connect-flow-kit';
import type { Contact } from './contact.ts';

/** A customer is handed on to a queue: by the flow of the queue in which the customer waits, or by the agent. */
export interface Transfer {
  by: 'flow' | 'agent';
  /** Id; the queue of the contact itself where nothing is said. */
  queueId?: string;
}

/** The transfers of every call, in order, or of each by itself. */
export type Transfers = readonly Transfer[] | ((contact: Readonly<Contact>) => readonly Transfer[]);

/** What a transfer by itself takes, in seconds of the call. Of an agent's, half of the talk goes before it. */
export const TRANSFER_SECONDS = {
  /** In a queue whose flow will hand the customer on; no agent is given meanwhile. */
  inFirstQueue: 10,
  /** Until an agent who has handed the customer on leaves the call. */
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

/** What the flows of one contact have set goes on in the next; the queue is another. */
export function carryOver(before: FlowWorld, after: FlowWorld): void {
  const { voice, hooks, objects, rounds, queuesJoined } = before.contact;
  Object.assign(after.contact, { voice, hooks: { ...hooks }, objects: { ...objects }, rounds, queuesJoined });
}
