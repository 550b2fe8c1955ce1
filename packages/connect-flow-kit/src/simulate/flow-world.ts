import type { NamedFlow } from '../document.ts';
import type { ReferenceValues } from '../references.ts';
import { DEFAULT_VOICE, type Voice } from '../voices.ts';

/** What a contact carries from flow to flow. A walk changes it as its blocks do. */
export interface ContactState {
  voice: Voice;
  attributes: Record<string, string>;
  /** `CustomerEndpoint.Address`, `Queue.Name` … */
  system: Record<string, string>;
  /** Last answers of Lambda (`External`), Lex and the queue metrics (`Metrics`), by the root of their references. */
  objects: Record<string, unknown>;
  /** Id or ARN of the queue for the next transfer. */
  targetQueue: string | undefined;
  /** Flows set for later moments, by hook. */
  hooks: Record<string, string>;
  /** Rounds that each `Loop` has made, by flow and block: they live as long as the call. */
  rounds: Readonly<Record<string, number>>;
  /** Keys pressed that no block has asked for yet; undefined while they are not buffered. */
  keyBuffer: string | undefined;
  /** Queues the contact has joined. */
  queuesJoined: number;
}

/** A contact before its first flow. @param start attributes and system values it begins with */
export function newContact(start: ReferenceValues & { targetQueue?: string }): ContactState {
  return {
    voice: DEFAULT_VOICE,
    attributes: { ...start.attributes },
    system: { ...start.system },
    objects: { External: {} },
    targetQueue: start.targetQueue,
    hooks: {},
    rounds: {},
    keyBuffer: undefined,
    queuesJoined: 0,
  };
}

/** A queue at one moment. */
export interface QueueNow {
  agentsAvailable: number;
  /** Logged in and at work, busy ones included. */
  agentsStaffed: number;
  agentsOnline: number;
  contactsWaiting: number;
  oldestContactSeconds: number;
}

/** Keys that a flow asks for. */
export interface KeyQuestion {
  block: string;
  /** The keys a menu knows; missing if a number of any length is asked for. */
  choices?: readonly string[];
}

/** What a flow finds out about the contact and the contact centre while it runs. Asked when the walk gets there. */
export interface FlowWorld {
  contact: ContactState;
  /** The flow or module meant by an id, an ARN or a token. */
  findFlow(reference: string): NamedFlow | undefined;
  /** The queue meant by an id or an ARN. */
  queue(idOrArn: string): { name: string; arn: string } | undefined;
  /** Could one more contact wait in the queue? */
  queueHasRoom(idOrArn: string): boolean;
  queueNow(idOrArn: string): QueueNow;
  /** Does the phone of an agent ring for the contact? Until it is over the contact cannot leave its queue. */
  agentIsRung?(): boolean;
  /** Are these opening hours, or those of the queue, open now? Undefined if there are none. */
  isOpen(of: { hours: string } | { queue: string }): boolean | undefined;
  /** What the customer presses; undefined if nothing in time. */
  press(question: KeyQuestion): string | undefined;
  /** Keys that the customer presses, without being asked, as soon as they are buffered. */
  pressAhead?(): string;
  /** What a Lambda function answers, `error` where it fails. */
  invoke(functionArn: string): unknown;
  /** What a data table has for a query, or for a group of a list; missing if nobody says what tables have. */
  dataTable?(name: string): unknown;
  /** Intent that Lex understands. */
  intent(): string | undefined;
  /** 1–100 */
  drawPercent(): number;
  answeredBy(): 'human' | 'voicemail';
  /** Of speech; where nothing is said, that of Japanese. */
  secondsPerCharacter?: number;
  /** For tests: the error type with which this block fails instead of doing its work. */
  failAt?(flow: string, block: string): string | undefined;
}
