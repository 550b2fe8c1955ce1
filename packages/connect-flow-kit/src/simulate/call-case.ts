import type { Edge, FlowStep } from './flow-steps.ts';

/** One call to simulate: who calls or is called, and how the contact centre is staffed. Everything has a default. */
export interface CallCase {
  /** Contact attributes the call starts with; none. */
  attributes?: Readonly<Record<string, string>>;
  /** `API`: we rang the customer (default). `INBOUND`: the customer rang the number. */
  initiation?: 'API' | 'INBOUND';
  /** Who picks up; default: a human. A voicemail presses no key. */
  answer?: 'human' | 'voicemail';
  /** Agents free when the customer enters the queue; default: 1, or 0 if `agentAfterSeconds` is given. */
  agents?: number;
  /** Agents at work, including busy ones; default: as many as `agents`, or 1 if one becomes free later. */
  staffed?: number;
  /** Seconds in the queue after which an agent becomes free if none was; default: never. */
  agentAfterSeconds?: number;
  /** Agents whose phone rings and who do not answer, one after another, before one does; default: 0. */
  agentMisses?: number;
  /** Contacts already in the queue; default: 0. */
  waiting?: number;
  /** The queue accepts no more contacts. */
  queueFull?: boolean;
  /** Opening hours of every queue and of everything else that has hours; default: open. */
  hours?: 'open' | 'closed';
  /** Keys pressed, one entry for each time the flow asks; an empty or missing one is silence. */
  press?: readonly string[];
  /** Keys pressed unasked as soon as the flow buffers keys; default: none. */
  pressAhead?: string;
  /** The agent puts the customer on hold for this many seconds, once. */
  holdSeconds?: number;
  /**
   * Response of each Lambda function, by its name or ARN (`*` for all); the text `error` makes it fail. If missing: an empty
   * response.
   */
  lambda?: Readonly<Record<string, unknown>>;
  /**
   * Content of data tables: by the name of a query its values, by that of a group (`default`: the whole table) a list of rows,
   * each with values by attribute. If missing, no data table can be read.
   */
  dataTables?: Readonly<Record<string, unknown>>;
  /** Error type with which a block fails instead of doing its work, by its Identifier or by `<flow>/<Identifier>`. */
  fail?: Readonly<Record<string, string>>;
  /** Percentage drawn when a flow distributes contacts, 1–100; default: 1. */
  percent?: number;
  /** Intent that Lex recognises; default: none. */
  intent?: string;
}

/** One line of a simulated call. */
export type CallLine = {
  /** Seconds of virtual time since the call was answered. */
  at: number;
} & (
  | {
      kind: 'step';
      /** Name of the flow. */
      flow: string;
      /** Who hears what the flow says. */
      listener: 'customer' | 'agent';
      step: FlowStep;
    }
  /** Something outside the flows: an agent answers, the customer is put on hold … */
  | { kind: 'event'; text: string }
);

/** How a call ended. */
export type CallEnd =
  /** The customer talks to an agent. */
  | 'agent'
  /** A flow spoke and hung up, with no choice in between and no fault that led there. */
  | 'goodbye'
  /** A flow hung up without speaking right before, or could not continue: the call is dropped. */
  | 'silence'
  /** Transferred to an external number. */
  | 'transferred'
  /** A callback was arranged. */
  | 'callback'
  /** Still in the queue, or in a flow without an end, when the simulation gave up (an hour of virtual time). */
  | 'waiting'
  /** A whisper, a queue flow or a module that was simulated by itself ended without hanging up. */
  | 'over';

/** A transition that was taken, for coverage. */
export interface TakenEdge {
  flow: string;
  block: string;
  edge: Edge;
  to: string;
}

export interface SimulatedCall {
  lines: CallLine[];
  end: CallEnd;
  /** One sentence. */
  because: string;
  taken: TakenEdge[];
  /** Contact attributes at the end. */
  attributes: Record<string, string>;
}
