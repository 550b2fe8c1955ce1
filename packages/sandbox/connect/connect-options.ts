import type { FlowDocument, KeyQuestion } from 'connect-flow-kit';
import type { Agent } from './agents.ts';
import type { CallTimes } from './call-times.ts';
import type { QueueOptions } from './connect-queues.ts';
import type { Contact } from './contact.ts';
import type { ContactEvent } from './contact-events.ts';
import type { Answer } from './live-call.ts';
import type { Quotas } from './quotas.ts';
import type { Transfers } from './transfers.ts';

/** A published flow. */
export interface ContactFlow {
  name: string;
  /** `CONTACT_FLOW`, `CUSTOMER_QUEUE` … */
  type: string;
  document: FlowDocument;
}

/** What the modelled instance looks like and how the people around it behave. */
export interface ConnectOptions extends Partial<CallTimes> {
  instanceId: string;
  region: string;
  accountId: string;
  /** Numbers claimed to the instance, E.164. */
  sourcePhoneNumbers: readonly [string, ...string[]];
  queues: readonly QueueOptions[];
  /** By flow id. */
  flows: ReadonlyMap<string, ContactFlow>;
  quotas?: { rates?: Partial<Quotas['rates']>; activeCalls?: number };
  /** How many times faster than real time calls run and API rates recover; 1 by default. Timestamps are real time. */
  speed?: number;
  /** How every phone reacts, or one by one by number (E.164). A human answers by default. */
  answer?: Answer | ((destination: string, contact: Readonly<Contact>) => Answer);
  /** Country calling codes that may be dialled; `['+81']` by default. */
  allowedCountries?: readonly string[];
  /** Refuses RingTimeoutInSeconds for traffic other than CAMPAIGN. */
  ringTimeoutNeedsCampaign?: boolean;
  /** What a human presses when a flow asks; a menu's 1 by default. */
  presses?: (contact: Contact, question: KeyQuestion) => string | undefined;
  /** Runs a Lambda function for a flow; without it there is none. */
  askFunction?: (functionArn: string, event: object) => Promise<unknown>;
  /** The transfers that happen by themselves; none by default. */
  transfers?: Transfers;
  /** How many seconds the metrics lag behind; 0 by default. */
  metricsLagSeconds?: number;
  /** False keeps neither transcripts nor traces of the flows. */
  keepTranscripts?: boolean;
  /** How many milliseconds an ended contact is kept; forever if not given. */
  endedKeptMs?: number;
  /** Generates the ids of contacts, agents and events; random UUIDs by default. */
  newId?: () => string;
  now?: () => Date;
  /** Is shown every change immediately. It may only look, and must copy what it keeps. */
  watch?: {
    contact(contact: Readonly<Contact>): void;
    agent(agent: Readonly<Agent>): void;
    /** A customer is no longer on the line. @param root id of the first contact */
    lineOver?(root: string): void;
  };
  /** Gets every contact event, in order, after the request or timer that caused it. */
  onContactEvent?: (event: ContactEvent) => void;
  /** Gets a copy of a contact whenever something happened to it or was said. */
  onChange?: (contact: Contact) => void;
}
