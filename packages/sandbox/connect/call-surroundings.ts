import type { FlowWorld, KeyQuestion, NamedFlow } from 'connect-flow-kit';
import type { AgentList } from './agents.ts';
import type { CallTimes } from './call-times.ts';
import type { Contact, ContactState } from './contact.ts';
import type { ContactEventType } from './contact-events.ts';
import type { Phone } from './live-call.ts';
import type { Timers } from './timers.ts';
import type { Transfer } from './transfers.ts';

/** What calls need from the instance they belong to. */
export interface CallSurroundings extends CallTimes {
  now(): Date;
  timers: Timers;
  agents: AgentList;
  /** False keeps neither transcript nor trace of the flows: then thousands of calls fit in memory. */
  keepTranscripts: boolean;
  /** The flow with this id or ARN. */
  flow(idOrArn: string): NamedFlow | undefined;
  /** Id of the queue with this id or ARN. */
  queueId(idOrArn: string): string | undefined;
  /** The world in which the flows of the contact run. */
  world(contact: Contact, phone: Readonly<Phone>): FlowWorld;
  /** A contact that begins now. */
  newContact(facts: NewContact): Contact;
  /** The transfers that happen in a call by themselves. */
  transfers(contact: Contact): readonly Transfer[];
  /** What a human presses unasked; a menu's 1 if not given. */
  presses?(contact: Contact, question: KeyQuestion): string | undefined;
  /** The response of a Lambda function that a flow of the contact invokes; `error` if it fails or takes too long. */
  askFunction?(contact: Contact, functionArn: string, seconds: number): Promise<unknown>;
  /** Notifies the outside. Reactions must come later, not within the call. */
  event(type: ContactEventType, contact: Contact): void;
  changed(contact: Contact): void;
  /** The contact's state has changed. */
  moved(contact: Contact, from: ContactState | undefined): void;
  /** The customer is no longer on the line. @param root id of the first contact */
  lineOver(root: string): void;
}

/** What is known about a contact when it begins, besides its time. */
export type NewContact = Omit<Contact, 'id' | 'initiatedAt' | 'updatedAt' | 'transcript' | 'walk'>;
