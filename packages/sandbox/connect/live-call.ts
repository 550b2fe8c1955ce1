import type { FlowWorld } from 'connect-flow-kit';
import type { PerCall } from './call-times.ts';
import type { Contact } from './contact.ts';
import type { Transfer } from './transfers.ts';

/**
 * How the customer's phone reacts. `by-hand` does nothing by itself: somebody answers it and presses its keys, or nobody does.
 * `unreachable` never rings: the number is not in use.
 */
export type Answer = 'human' | 'voicemail' | 'no-answer' | 'busy' | 'unreachable' | 'by-hand';

/** The customer's end of the line. */
export interface Phone {
  answer: Answer;
  /** The keys that were pressed when a flow last asked. */
  entered: string;
}

/** A customer on the line: one active call of the instance, however many contacts it goes through. */
export interface CustomerLine {
  /** Id of the first contact. */
  root: string;
  phone: Phone;
  /** Ids of all its contacts. */
  contactIds: string[];
  /** Those that are not over. */
  calls: Set<LiveCall>;
  /** The transfers that are still to happen by themselves. */
  transfers: Transfer[];
  /** From now on, the customer no longer hangs up out of impatience. */
  keepPatience(): void;
}

/** A contact that is not over. */
export interface LiveCall {
  contact: Contact;
  line: CustomerLine;
  /** Keeps what the flows set from one to the next. */
  world: FlowWorld;
  talkSeconds: PerCall;
  /** Stops whatever the call waits for. */
  cancel(): void;
  /** Receives a key; only while a flow asks for keys. */
  press?: (key: string) => void;
  /** Agents who are still going to miss the call. */
  misses: number;
  /** Takes the call back from the agent to whom it is offered. */
  withdraw(): void;
}
