import type { Voice } from '../voices.ts';
import type { KeyQuestion } from './flow-world.ts';

/** Which of a block's transitions was taken. */
export type Edge =
  | { kind: 'next' }
  | { kind: 'error'; errorType: string }
  /** By its place in `Conditions`. */
  | { kind: 'condition'; index: number };

/** One thing that happens on the way through a flow. `block` is always the `Identifier` of the action. */
export type FlowStep =
  /** The voice was set; to the default where it could not be. */
  | ({ kind: 'voice'; block: string } & Voice)
  /**
   * The customer (in a whisper: the agent) hears a text. `unresolved` names references that resolved to nothing;
   * `pauseSeconds` is the silence of speech markup with breaks in it, where there is any, and `ssml` that markup.
   */
  | ({ kind: 'say'; block: string; text: string; ssml?: string; unresolved?: string[]; pauseSeconds?: number } & Voice)
  /** A recording plays. */
  | { kind: 'play'; block: string; recording: string }
  /**
   * Keys count from now on. Where the block has a `prompt`, it comes next, and a key interrupts it. The world is asked what
   * was pressed when the walk goes on after that. `seconds` is the limit for the first key, counted from the end of the
   * prompt, `secondsBetween` the one for each that follows; `isEnough` says whether any more could follow.
   */
  | ({ kind: 'ask'; prompt: boolean; seconds: number; secondsBetween: number } & KeyQuestion & {
        isEnough(pressed: string): boolean;
      })
  /** Keys were asked for; `pressed` is undefined if none came in time. The prompt before is a step of its own. */
  | { kind: 'keys'; block: string; pressed: string | undefined; seconds: number }
  /** Keys are buffered from now on, or no more; or a prompt is skipped, since there are some. */
  | { kind: 'buffer'; block: string; did: 'starts' | 'stops' | 'skips' }
  /**
   * The block was left for another one; every transition is reported. `because` says why where there was a choice, `asNext` that
   * an error changed nothing of where the flow goes.
   */
  | { kind: 'go'; block: string; edge: Edge; to: string; because?: string; asNext?: true }
  /** A flow was set for a later moment, such as `CustomerQueue`; `flow` is an id or ARN. */
  | { kind: 'hook'; block: string; hook: string; flow: string }
  /** Contact attributes were set. */
  | { kind: 'attributes'; block: string; values: Record<string, string> }
  /** The queue for a later transfer was set; `queue` is an id or ARN. */
  | { kind: 'target-queue'; block: string; queue: string }
  /** The contact joins the queue. The walk is over; what the customer hears now comes from another flow. */
  | { kind: 'enter-queue'; block: string; queue: string }
  /** The call goes to the agent to whom somebody transfers it. The walk is over. */
  | { kind: 'to-agent'; block: string }
  /** Another flow or a module goes on; its blocks follow. `name` as the flow is known, `into` its id or ARN. */
  | { kind: 'enter-flow'; block: string; into: string; name: string }
  /** A module is over and the flow that invoked it goes on. */
  | { kind: 'leave-module'; block: string }
  /** The call is put through to a number outside; the walk goes on where the flow does. The number is not repeated. */
  | { kind: 'dial'; block: string }
  /** A callback contact was made; the customer is called back later. */
  | { kind: 'callback'; block: string; queue: string }
  /** A Lambda function is asked, and has so many seconds to answer: the world is asked for its answer when the walk goes on after that. */
  | { kind: 'ask-function'; block: string; functionArn: string; seconds: number }
  /** A Lambda function was asked; `answered` is what it gave, from the stub. */
  | { kind: 'lambda'; block: string; functionArn: string; answered: Record<string, unknown> }
  /** A data table was read; `found` by query, or by group of a list. */
  | { kind: 'data-table'; block: string; type: string; found: Record<string, unknown> }
  /** Nothing is heard for so long. */
  | { kind: 'wait'; block: string; seconds: number }
  /**
   * The customer hears the messages over and over, the first one first unless `from` says otherwise. With
   * `interruptAfterSeconds` the walk goes on when that time has passed; without it the walk is over, and the loop lasts
   * as long as the customer waits. `reached` is how many of the messages are heard before the interruption, where it is
   * not all: those after them never are.
   */
  | ({
      kind: 'loop';
      block: string;
      messages: LoopMessage[];
      interruptAfterSeconds: number | undefined;
      reached?: number;
      from?: LoopPlace;
    } & Voice)
  /** The Loop prompts that was interrupted goes on: `again` from its beginning, with the `next` message, or `on` as if nothing had been. */
  | { kind: 'resume'; block: string; to: string; how: 'again' | 'next' | 'on' }
  /** The flow is over and the contact stays where it is: in the queue, if it waits in one. The walk is over. */
  | { kind: 'end'; block: string }
  /**
   * The call ends on purpose, or the flow cannot go on (`broken`): anyone who waits in a queue stays there, any other call is
   * dropped. The walk is over.
   */
  | { kind: 'hang-up'; block: string; because: string; broken?: true }
  /** The block does something a voice call does not meet; the walk follows its main transition. `known` types are in the catalogue. */
  | { kind: 'not-simulated'; block: string; type: string; known: boolean };

/** A text, a recording, or so many seconds of silence (of an SSML that is nothing but breaks). */
export type LoopMessage =
  | { kind: 'text'; text: string; ssml?: string; unresolved?: string[]; pauseSeconds?: number }
  | { kind: 'recording'; recording: string }
  | { kind: 'silence'; seconds: number };

/** A place in the messages of a loop. */
export interface LoopPlace {
  /** Index of the message. */
  message: number;
  /** Of it that were heard already. */
  seconds: number;
}
