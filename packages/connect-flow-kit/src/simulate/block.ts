import type { FlowAction, NamedFlow } from '../document.ts';
import { type ReferenceValues, type ResolvedText, resolveText } from '../references.ts';
import type { FlowStep, LoopPlace } from './flow-steps.ts';
import type { FlowWorld } from './flow-world.ts';
import type { Outcome } from './way-out.ts';

/** A flow while it is being run. */
export interface Frame {
  flow: NamedFlow;
  /** `Identifier` of the next block. */
  next: string;
  /** `$.FlowAttributes`: they end with the flow. */
  flowAttributes: Record<string, string>;
  /** The most recently interrupted Loop prompts block, to which Resume returns. */
  interrupted?: InterruptedLoop;
  /** Where the messages of that Loop prompts block continue, from Resume until they do. */
  resumeAt?: LoopPlace;
  /** The Wait whose Continue branch is being run, and how much of its time is left. */
  waiting?: { block: string; secondsLeft: number };
  /** Depth of nested modules; 0 in a flow. */
  depth: number;
  /** For a module: its input, and where to return to. */
  module?: { input: Record<string, unknown>; caller: Frame; invokedBy: FlowAction };
}

/** Prompts that were interrupted, with what determines how they continue. */
interface InterruptedLoop {
  /** `Identifier` of the block. */
  block: string;
  /** "Continue prompts during interrupt". */
  continues: boolean;
  /** Where they were interrupted. */
  at: LoopPlace;
  /** Where the message after that begins. */
  next: LoopPlace;
  /** Something else has been heard or asked for since. */
  heardElse: boolean;
}

/** How a block ended, or that something else now runs: another flow, or a block that was left for a while. */
export type BlockEnd =
  | Outcome
  | { kind: 'resume'; to: string }
  | { kind: 'enter'; flow: NamedFlow; into: string; as: 'flow' | 'module'; input?: Record<string, unknown> }
  | { kind: 'return'; result: string | undefined; data: Record<string, unknown> };

/** A block with everything it needs to do its work. */
export interface Block {
  id: string;
  action: FlowAction;
  parameters: Readonly<Record<string, unknown>>;
  frame: Frame;
  world: FlowWorld;
  values: ReferenceValues;
}

/** The steps of a block's work, and how it ended. */
export type Work = Generator<FlowStep, BlockEnd, void>;

/** Does the work of one action type; those without a visible effect end without a step. */
export type Perform = (block: Block) => Work | BlockEnd;

/** A parameter with its references resolved; undefined if it is missing or not a text. */
export function parameter(block: Block, name: string): string | undefined {
  const value = block.parameters[name];
  return value === undefined ? undefined : resolved(value, block.values)?.text;
}

/** A value of a parameter with its references resolved; undefined if it is not a text (or number). */
export function resolved(value: unknown, values: ReferenceValues): ResolvedText | undefined {
  if (typeof value === 'number' || typeof value === 'boolean') return { text: String(value), unresolved: [] };
  return typeof value === 'string' ? resolveText(value, values) : undefined;
}

/** A number of a parameter, whole or not, at least 0; undefined if there is none. */
export function numberParameter(block: Block, name: string): number | undefined {
  const text = parameter(block, name);
  if (text === undefined || text.trim() === '') return undefined;
  const number = Number(text);
  return Number.isFinite(number) && number >= 0 ? number : undefined;
}
