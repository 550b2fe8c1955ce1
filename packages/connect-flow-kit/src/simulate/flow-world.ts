import type { NamedFlow } from '../document.ts';
import type { ReferenceValues } from '../references.ts';
import { DEFAULT_VOICE, type Voice } from '../voices.ts';

/** What a contact carries from flow to flow. A run changes it as its blocks do. */
export interface ContactState {
  voice: Voice;
  attributes: Record<string, string>;
  /** `CustomerEndpoint.Address`, `Queue.Name` … */
  system: Record<string, string>;
  /** Last responses of Lambda (`External`), Lex and the queue metrics (`Metrics`), by the root of their references. */
  objects: Record<string, unknown>;
  /** Id or ARN of the queue for the next transfer. */
  targetQueue: string | undefined;
  /** Flows set for later moments, by hook. */
  hooks: Record<string, string>;
  /** Rounds that each `Loop` has made, by flow and block: they last as long as the call. */
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
  /** At work, including busy ones. */
  agentsStaffed: number;
  agentsOnline: number;
  contactsWaiting: number;
  oldestContactSeconds: number;
}

/** Keys that a flow asks for. */
export interface KeyQuestion {
  block: string;
  /** The keys a menu accepts; missing if a number of any length is asked for. */
  choices?: readonly string[];
}

/** What a flow finds out about the contact and the contact centre while it runs. Asked at the moment the run needs it. */
export interface FlowWorld {
  contact: ContactState;
  /** The flow or module identified by an id, an ARN or a token. */
  findFlow(reference: string): NamedFlow | undefined;
  /** The queue identified by an id or an ARN. */
  queue(idOrArn: string): { name: string; arn: string } | undefined;
  /** Could one more contact wait in the queue? */
  queueHasRoom(idOrArn: string): boolean;
  queueNow(idOrArn: string): QueueNow;
  /** Is an agent's phone ringing for the contact? Until that is over, the contact cannot leave its queue. */
  agentIsRung?(): boolean;
  /** Are these opening hours, or those of the queue, open now? Undefined if there are none. */
  isOpen(of: { hours: string } | { queue: string }): boolean | undefined;
  /** What the customer presses; undefined if nothing in time. */
  press(question: KeyQuestion): string | undefined;
  /** Keys that the customer presses unasked as soon as they are buffered. */
  pressAhead?(): string;
  /** The response of a Lambda function, `error` if it fails. */
  invoke(functionArn: string): unknown;
  /** What a data table has for a query, or for a group of a list; missing if the content of tables is not given. */
  dataTable?(name: string): unknown;
  /** Intent that Lex recognises. */
  intent(): string | undefined;
  /** 1–100 */
  drawPercent(): number;
  answeredBy(): 'human' | 'voicemail';
  /** Language of speech; if not given, Japanese. */
  secondsPerCharacter?: number;
  /** For tests: the error type with which this block fails instead of doing its work. */
  failAt?(flow: string, block: string): string | undefined;
}
