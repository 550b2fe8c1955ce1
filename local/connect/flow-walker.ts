import { type ReferenceValues, resolveReferences } from './references.ts';
import { DEFAULT_VOICE, findVoice, type Voice } from './voices.ts';

/**
 * The content of a flow, as Amazon Connect takes it.
 * @see https://docs.aws.amazon.com/connect/latest/APIReference/flow-language.html
 */
export interface FlowDocument {
  Version: string;
  StartAction: string;
  Actions: FlowAction[];
  /** Layout of the flow designer; nothing here reads it. */
  Metadata?: unknown;
}

/** One block of a flow. */
export interface FlowAction {
  Identifier: string;
  Type: string;
  Parameters?: Record<string, unknown>;
  Transitions?: {
    NextAction?: string;
    Errors?: { NextAction: string; ErrorType: string }[];
    /** Tried in order; the first that holds wins. */
    Conditions?: { NextAction: string; Condition: { Operator: string; Operands: string[] } }[];
  };
}

/** What a flow finds out about the contact and the contact centre while it runs. */
export interface FlowWorld extends ReferenceValues {
  /** Is there such a queue? Asked with whatever the flow gives: an id or an ARN. */
  queueExists(idOrArn: string): boolean;
  /** Could one more contact wait in the queue? */
  queueHasRoom(idOrArn: string): boolean;
  /** The queue the contact has before the flow sets one: the `QueueId` the call was asked for with. */
  targetQueue?: string;
  /** The voice in force when the flow starts: a voice belongs to the contact and outlives the flow that set it. */
  voice?: Voice;
  /** For tests: the error type with which this block fails instead of doing its work. */
  failAt?(identifier: string): string | undefined;
}

/** One thing that happens on the way through a flow. `block` is always the `Identifier` of the action. */
export type FlowStep =
  /** The voice was set; to the default where it could not be. */
  | ({ kind: 'voice'; block: string } & Voice)
  /** The customer hears a text. */
  | ({ kind: 'say'; block: string; text: string } & Voice)
  /** The flow left the straight way: a condition held, none held, or the block failed. */
  | { kind: 'branch'; block: string; to: string; because: string }
  /** A flow was set for a later moment, such as `CustomerQueue`; `flow` is an id or ARN. */
  | { kind: 'hook'; block: string; hook: string; flow: string }
  /** The queue for a later transfer was set; `queue` is an id or ARN. */
  | { kind: 'target-queue'; block: string; queue: string }
  /** The contact joins the queue. The walk is over; what the customer hears now comes from another flow. */
  | { kind: 'enter-queue'; block: string; queue: string }
  /**
   * The customer hears the messages over and over. With `interruptAfterSeconds` the walk goes on when that time has
   * passed; without it the walk is over, and the loop lasts as long as the customer waits.
   */
  | ({ kind: 'loop'; block: string; messages: string[]; interruptAfterSeconds: number | undefined } & Voice)
  /** The flow is over and the contact stays where it is: in the queue, if it waits in one. The walk is over. */
  | { kind: 'end'; block: string }
  /** The call ends, on purpose or because the flow cannot go on. The walk is over. */
  | { kind: 'hang-up'; block: string; because: string }
  /** A block that is not simulated; the walk follows its `NextAction`. */
  | { kind: 'unknown'; block: string; type: string; to: string | undefined };

/** Something that can walk a flow. */
export interface FlowSimulator {
  /**
   * Walks a flow as a customer lives it. Lazy: the caller lets time pass (a text being spoken) between two steps, and
   * the world is asked only when the walk gets there. Always ends, whatever the flow says.
   */
  walk(flow: FlowDocument, world: FlowWorld): Generator<FlowStep, void, void>;
}

/** Blocks in one walk after which it is taken for an endless loop. A real call has no such limit. */
const MAX_BLOCKS = 1_000;

/**
 * Characters one prompt may have; a longer one takes the error branch.
 * @see https://docs.aws.amazon.com/connect/latest/adminguide/play.html
 */
const MAX_PROMPT_CHARACTERS = 3_000;

/** What the blocks of one walk change. */
interface WalkState {
  voice: Voice;
  queue: string | undefined;
}

/** How a block ended. */
type BlockResult =
  | { kind: 'next' }
  | { kind: 'branch'; to: string; because: string }
  | { kind: 'error'; error: string; because: string }
  | { kind: 'over' };

const NEXT: BlockResult = { kind: 'next' };
const OVER: BlockResult = { kind: 'over' };
const noMatchingError = (because: string): BlockResult => ({ kind: 'error', error: 'NoMatchingError', because });

/** Walks the action types that the flows of this project use; any other is reported as `unknown`. */
export const flowWalker: FlowSimulator = {
  *walk(flow, world) {
    const actions = new Map(flow.Actions.map((action) => [action.Identifier, action]));
    const state: WalkState = { voice: world.voice ?? DEFAULT_VOICE, queue: world.targetQueue };
    let block = flow.StartAction;
    for (let blocks = 0; blocks < MAX_BLOCKS; blocks++) {
      const action = actions.get(block);
      if (!action) {
        yield { kind: 'hang-up', block, because: `the flow has no block "${block}"` };
        return;
      }
      const result = injectedError(action, world) ?? (yield* perform(action, state, world));
      if (result.kind === 'over') return;
      if (result.kind === 'error' && action.Type === 'UpdateContactTextToSpeechVoice') {
        // A voice that cannot be set leaves the contact with the default voice.
        state.voice = DEFAULT_VOICE;
        yield { kind: 'voice', block, ...DEFAULT_VOICE };
      }
      const branch = branchOf(action, result);
      if (branch) yield { kind: 'branch', block, ...branch };
      const next = branch?.to ?? action.Transitions?.NextAction;
      if (next === undefined) {
        yield { kind: 'hang-up', block, because: `block "${block}" leads nowhere` };
        return;
      }
      block = next;
    }
    yield { kind: 'hang-up', block, because: `the flow went through ${MAX_BLOCKS} blocks and found no end` };
  },
};

function injectedError(action: FlowAction, world: FlowWorld): BlockResult | undefined {
  const error = world.failAt?.(action.Identifier);
  return error === undefined ? undefined : { kind: 'error', error, because: 'injected' };
}

/** Where a result leads; undefined where the walk simply follows `NextAction`. */
function branchOf(action: FlowAction, result: BlockResult): { to: string; because: string } | undefined {
  if (result.kind === 'branch') return { to: result.to, because: result.because };
  if (result.kind !== 'error') return undefined;
  const { NextAction, Errors = [] } = action.Transitions ?? {};
  const matching = Errors.find(({ ErrorType }) => ErrorType === result.error);
  // NoMatchingError catches every error type that has no branch of its own.
  const to = (matching ?? Errors.find(({ ErrorType }) => ErrorType === 'NoMatchingError'))?.NextAction ?? NextAction;
  return to === undefined ? undefined : { to, because: `${result.error}: ${result.because}` };
}

function* perform(action: FlowAction, state: WalkState, world: FlowWorld): Generator<FlowStep, BlockResult, void> {
  const { Identifier: block, Type: type, Parameters: parameters = {} } = action;
  const parameter = (name: string): string | undefined => {
    const value = parameters[name];
    return typeof value === 'string' ? resolveReferences(value, world) : undefined;
  };

  switch (type) {
    case 'UpdateContactTextToSpeechVoice': {
      const found = findVoice(parameter('TextToSpeechVoice') ?? '', parameter('TextToSpeechEngine'));
      if (typeof found === 'string') return noMatchingError(found);
      state.voice = found;
      yield { kind: 'voice', block, ...found };
      return NEXT;
    }

    case 'UpdateContactEventHooks': {
      const [hook, flow] = Object.entries(parameters.EventHooks ?? {})[0] ?? [];
      const target = typeof flow === 'string' ? resolveReferences(flow, world) : '';
      if (hook === undefined || target === '') return noMatchingError('there is no flow to set');
      yield { kind: 'hook', block, hook, flow: target };
      return NEXT;
    }

    case 'Compare':
      return compare(action, parameter('ComparisonValue') ?? '', String(parameters.ComparisonValue));

    case 'MessageParticipant': {
      const text = spoken(parameters, world);
      if (text.length > MAX_PROMPT_CHARACTERS) return noMatchingError(`the prompt has ${text.length} characters`);
      yield { kind: 'say', block, text, ...state.voice };
      return NEXT;
    }

    case 'MessageParticipantIteratively': {
      const messages = Array.isArray(parameters.Messages) ? parameters.Messages : [];
      const interrupt = Number(parameter('InterruptFrequencySeconds'));
      const interruptAfterSeconds = interrupt > 0 ? interrupt : undefined;
      const texts = messages.map((message) => spoken(message, world));
      yield { kind: 'loop', block, messages: texts, interruptAfterSeconds, ...state.voice };
      return interruptAfterSeconds === undefined ? OVER : compare(action, 'MessagesInterrupted', 'the loop');
    }

    case 'UpdateContactTargetQueue': {
      const queue = parameter('QueueId') ?? '';
      if (!world.queueExists(queue)) return noMatchingError(`there is no queue "${queue}"`);
      state.queue = queue;
      yield { kind: 'target-queue', block, queue };
      return NEXT;
    }

    case 'TransferContactToQueue':
      if (state.queue === undefined) return noMatchingError('no queue was set');
      if (!world.queueHasRoom(state.queue)) {
        return { kind: 'error', error: 'QueueAtCapacity', because: `queue "${state.queue}" takes no more contacts` };
      }
      yield { kind: 'enter-queue', block, queue: state.queue };
      return OVER;

    case 'DisconnectParticipant':
      yield { kind: 'hang-up', block, because: 'the flow ends the call' };
      return OVER;

    case 'EndFlowExecution':
      yield { kind: 'end', block };
      return OVER;

    default:
      yield { kind: 'unknown', block, type, to: action.Transitions?.NextAction };
      return NEXT;
  }
}

/** What is heard of a message. Recordings are named, not played. */
function spoken(message: Readonly<Record<string, unknown>>, world: FlowWorld): string {
  const { Text, SSML, PromptId } = message;
  if (typeof Text === 'string') return resolveReferences(Text, world);
  if (typeof SSML === 'string') return resolveReferences(SSML, world).replace(/<[^>]*>/g, '');
  return `[recording ${typeof PromptId === 'string' ? resolveReferences(PromptId, world) : ''}]`;
}

/** The first condition that holds for the value decides; none is the error `NoMatchingCondition`. */
function compare(action: FlowAction, value: string, name: string): BlockResult {
  for (const { NextAction, Condition } of action.Transitions?.Conditions ?? []) {
    const operand = Condition.Operands[0] ?? '';
    if (holds(Condition.Operator, value, operand)) {
      return { kind: 'branch', to: NextAction, because: `${name} is "${value}": ${Condition.Operator} "${operand}"` };
    }
  }
  return { kind: 'error', error: 'NoMatchingCondition', because: `${name} is "${value}"` };
}

/**
 * Letter case counts. A number operator is false where either side is no number; an operator that is not in the list
 * never holds.
 * @see https://docs.aws.amazon.com/connect/latest/APIReference/flow-language-actions.html
 */
function holds(operator: string, value: string, operand: string): boolean {
  const number = value.trim() === '' || operand.trim() === '' ? Number.NaN : Number(value);
  const limit = Number(operand);
  switch (operator) {
    case 'Equals':
      return value === operand;
    case 'TextStartsWith':
      return value.startsWith(operand);
    case 'TextEndsWith':
      return value.endsWith(operand);
    case 'TextContains':
      return value.includes(operand);
    case 'NumberGreaterThan':
      return number > limit;
    case 'NumberGreaterOrEqualTo':
      return number >= limit;
    case 'NumberLessThan':
      return number < limit;
    case 'NumberLessOrEqualTo':
      return number <= limit;
    default:
      return false;
  }
}
