import type { Voice } from '../voices.ts';
import type { KeyQuestion } from './flow-world.ts';

/** Which of a block's transitions was taken. */
export type Edge =
  | { kind: 'next' }
  | { kind: 'error'; errorType: string }
  /** By its index in `Conditions`. */
  | { kind: 'condition'; index: number };

/** One thing that happens while a flow runs. `block` is always the `Identifier` of the action. */
export type FlowStep =
  /** The voice was set; to the default if it could not be. */
  | ({ kind: 'voice'; block: string } & Voice)
  /**
   * The customer (in a whisper: the agent) hears a text. `unresolved` names references that resolved to nothing;
   * `pauseSeconds` is the silence of speech markup that contains breaks, and `ssml` that markup.
   */
  | ({ kind: 'say'; block: string; text: string; ssml?: string; unresolved?: string[]; pauseSeconds?: number } & Voice)
  /** A recording plays. */
  | { kind: 'play'; block: string; recording: string }
  /**
   * Keys count from now on. If the block has a `prompt`, it comes next, and a key interrupts it. The world is asked what
   * was pressed when the run continues after that. `seconds` is the limit for the first key, counted from the end of the
   * prompt, `secondsBetween` the one for each that follows; `isEnough` says whether any more could follow.
   */
  | ({ kind: 'ask'; prompt: boolean; seconds: number; secondsBetween: number } & KeyQuestion & {
        isEnough(pressed: string): boolean;
      })
  /** Keys were asked for; `pressed` is undefined if none came in time. The prompt before is a step of its own. */
  | { kind: 'keys'; block: string; pressed: string | undefined; seconds: number }
  /** Keys are buffered from now on, or no longer; or a prompt is skipped because some are buffered. */
  | { kind: 'buffer'; block: string; did: 'starts' | 'stops' | 'skips' }
  /**
   * The block was left for another one; every transition is reported. `because` says why if there was a choice, `asNext` that
   * an error did not change where the flow goes.
   */
  | { kind: 'go'; block: string; edge: Edge; to: string; because?: string; asNext?: true }
  /** A flow was set for later, such as `CustomerQueue`; `flow` is an id or ARN. */
  | { kind: 'hook'; block: string; hook: string; flow: string }
  /** Contact attributes were set. */
  | { kind: 'attributes'; block: string; values: Record<string, string> }
  /** The queue for a later transfer was set; `queue` is an id or ARN. */
  | { kind: 'target-queue'; block: string; queue: string }
  /** The contact joins the queue. The run is over; what the customer hears now comes from another flow. */
  | { kind: 'enter-queue'; block: string; queue: string }
  /** The call goes to the agent to whom somebody transfers it. The run is over. */
  | { kind: 'to-agent'; block: string }
  /** Another flow or a module takes over; its blocks follow. `name` is the flow's known name, `into` its id or ARN. */
  | { kind: 'enter-flow'; block: string; into: string; name: string }
  /** A module is over and the flow that invoked it continues. */
  | { kind: 'leave-module'; block: string }
  /** The call is transferred to an external number; the run continues if the flow does. The number is not repeated. */
  | { kind: 'dial'; block: string }
  /** A callback contact was created; the customer is called back later. */
  | { kind: 'callback'; block: string; queue: string }
  /**
   * A Lambda function is invoked, and has this many seconds to respond: the world is asked for its response when the run
   * continues after that.
   */
  | { kind: 'ask-function'; block: string; functionArn: string; seconds: number }
  /** A Lambda function was invoked; `answered` is its response, from the stub. */
  | { kind: 'lambda'; block: string; functionArn: string; answered: Record<string, unknown> }
  /** A data table was read; `found` by query, or by group of a list. */
  | { kind: 'data-table'; block: string; type: string; found: Record<string, unknown> }
  /** Nothing is heard for this long. */
  | { kind: 'wait'; block: string; seconds: number }
  /**
   * The customer hears the messages over and over, starting with the first unless `from` says otherwise. With
   * `interruptAfterSeconds`, the run continues when that time has passed; without it, the run is over and the loop lasts
   * as long as the customer waits. `reached` is how many of the messages are heard before the interruption, if
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
  /**
   * The interrupted Loop prompts block continues: `again` from its beginning, with the `next` message, or `on` as if nothing
   * had happened.
   */
  | { kind: 'resume'; block: string; to: string; how: 'again' | 'next' | 'on' }
  /** The flow is over and the contact stays where it is: in the queue, if it is waiting in one. The run is over. */
  | { kind: 'end'; block: string }
  /**
   * The call ends on purpose, or the flow cannot continue (`broken`): somebody waiting in a queue stays there, any other call is
   * dropped. The run is over.
   */
  | { kind: 'hang-up'; block: string; because: string; broken?: true }
  /**
   * The block does something that does not occur in a voice call; the run follows its main transition. `known` types are in the
   * catalogue.
   */
  | { kind: 'not-simulated'; block: string; type: string; known: boolean };

/** A text, a recording, or seconds of silence (for SSML that contains only breaks). */
export type LoopMessage =
  | { kind: 'text'; text: string; ssml?: string; unresolved?: string[]; pauseSeconds?: number }
  | { kind: 'recording'; recording: string }
  | { kind: 'silence'; seconds: number };

/** A place in the messages of a loop. */
export interface LoopPlace {
  /** Index of the message. */
  message: number;
  /** How much of it has already been heard. */
  seconds: number;
}
