import { blockInWords } from '../block-name.ts';
import { CATALOGUE } from '../catalogue/catalogue.ts';
import { type FlowAction, type FlowDocument, isObject, type NamedFlow } from '../document.ts';
import { flowTypeOf } from '../flow-types.ts';
import type { Block, BlockEnd, Frame, Perform, Work } from './block.ts';
import { CHECK_BLOCKS } from './check-blocks.ts';
import { DATA_BLOCKS } from './data-blocks.ts';
import { DATA_TABLE_BLOCKS } from './data-table-blocks.ts';
import type { FlowStep } from './flow-steps.ts';
import type { FlowWorld } from './flow-world.ts';
import { INPUT_BLOCKS } from './input-blocks.ts';
import { loop } from './loop-block.ts';
import { breaksIntoPrompts, LOOP_PROMPTS_BLOCKS } from './loop-prompts.ts';
import { stepSeconds } from './speech.ts';
import { SPEECH_BLOCKS, voiceFailed } from './speech-blocks.ts';
import { TRANSFER_BLOCKS } from './transfer-blocks.ts';
import { wait } from './wait-block.ts';
import { failure, NEXT, type Outcome, type Way, wayOut } from './way-out.ts';

const BLOCKS: Readonly<Record<string, Perform>> = {
  ...SPEECH_BLOCKS,
  ...LOOP_PROMPTS_BLOCKS,
  ...INPUT_BLOCKS,
  ...CHECK_BLOCKS,
  ...DATA_BLOCKS,
  ...DATA_TABLE_BLOCKS,
  ...TRANSFER_BLOCKS,
  Loop: loop,
  Wait: wait,
};

/** Consecutive blocks that take no time, after which a run is taken for an endless loop. A real call has no such limit. */
const MAX_BLOCKS_WITHOUT_TIME = 1_000;

/**
 * Runs a flow as a customer experiences it, through modules and into other flows. Lazy: the caller lets time pass (while a text
 * is spoken) between two steps, and the world is asked only when the run gets there.
 *
 * Ends by itself unless the flow loops forever and lets time pass in each round: the caller stops such a run.
 */
export function* walkFlow(flow: NamedFlow, world: FlowWorld): Generator<FlowStep, void, void> {
  let frame = frameOf(flow);
  let blocksWithoutTime = 0;
  for (;;) {
    // However far the Continue branch of a Wait has come, it is over when the time is up.
    if (frame.waiting && frame.waiting.secondsLeft <= 0) frame.next = frame.waiting.block;
    const { next, flow } = frame;
    const action = blocksOf(flow.document).get(next);
    if (action === undefined) {
      yield brokenOff(next, `flow "${flow.name}" has no block "${next}"`);
      return;
    }
    if (++blocksWithoutTime > MAX_BLOCKS_WITHOUT_TIME) {
      yield brokenOff(next, `flow "${flow.name}" goes round in circles`);
      return;
    }

    const work = workOf(action, frame, world);
    let did = work.next();
    for (; !did.done; did = work.next()) {
      if (stepSeconds(did.value) > 0) blocksWithoutTime = 0;
      if (frame.waiting) frame.waiting.secondsLeft -= stepSeconds(did.value, world.secondsPerCharacter);
      if (frame.interrupted && breaksIntoPrompts(did.value)) frame.interrupted.heardElse = true;
      yield did.value;
    }

    let left = action;
    let end = did.value;
    if (end.kind === 'enter') {
      yield { kind: 'enter-flow', block: next, into: end.into, name: end.flow.name };
      frame = entered(end, action, frame);
      continue;
    }
    if (end.kind === 'return') {
      if (frame.module === undefined) {
        // A module may be run by itself; a flow has nothing to return to.
        if (flowTypeOf(flow.document) === 'MODULE') yield { kind: 'end', block: next };
        else yield brokenOff(next, `"${flow.name}" was not invoked as a module: there is nothing to return to`);
        return;
      }
      yield { kind: 'leave-module', block: next };
      world.contact.objects = { ...world.contact.objects, Modules: { Result: end.result, ResultData: end.data } };
      left = frame.module.invokedBy;
      frame = frame.module.caller;
      end = resultOf(left, end.result);
    }
    if (end.kind === 'over') return;
    if (end.kind === 'resume') {
      frame.next = end.to;
      continue;
    }

    const way = wayOf(left, end, frame.flow.document);
    if (typeof way === 'string') {
      yield brokenOff(left.Identifier, way);
      return;
    }
    yield { kind: 'go', block: left.Identifier, ...way };
    frame.next = way.to;
  }
}

const blocks = new WeakMap<FlowDocument, ReadonlyMap<string, FlowAction>>();

/** Blocks by Identifier; of several with the same one, the first. Cached, since many calls go through the same flow. */
function blocksOf(document: FlowDocument): ReadonlyMap<string, FlowAction> {
  const known = blocks.get(document);
  if (known) return known;
  const found = new Map(document.Actions.toReversed().map((action) => [action.Identifier, action]));
  blocks.set(document, found);
  return found;
}

const frameOf = (flow: NamedFlow): Frame => ({
  flow,
  next: flow.document.StartAction,
  flowAttributes: {},
  depth: 0,
});

/** The frame of a flow or module that takes over. After a flow, nothing returns to the previous one. */
function entered(end: BlockEnd & { kind: 'enter' }, invokedBy: FlowAction, caller: Frame): Frame {
  const frame = frameOf(end.flow);
  if (end.as === 'flow') return frame;
  return { ...frame, depth: caller.depth + 1, module: { input: end.input ?? {}, caller, invokedBy } };
}

const brokenOff = (block: string, because: string): FlowStep => ({ kind: 'hang-up', block, because, broken: true });

/** Does the work of a block, or makes it fail if it is to fail. */
function* workOf(action: FlowAction, frame: Frame, world: FlowWorld): Work {
  const { contact } = world;
  const block: Block = {
    id: action.Identifier,
    action,
    parameters: action.Parameters,
    frame,
    world,
    values: {
      attributes: contact.attributes,
      system: { ...contact.system, TextToSpeechVoiceId: contact.voice.voice },
      objects: {
        ...contact.objects,
        FlowAttributes: frame.flowAttributes,
        ...(frame.module && { Modules: { ...resultsOf(contact.objects.Modules), Input: frame.module.input } }),
      },
    },
  };
  const injected = world.failAt?.(frame.flow.name, block.id);
  const end = injected === undefined ? yield* perform(block) : failure(injected, 'it is made to fail');
  if (end.kind === 'error' && action.Type === 'UpdateContactTextToSpeechVoice') yield* voiceFailed(block);
  return end;
}

/** The output of the module invoked last. */
const resultsOf = (modules: unknown): Record<string, unknown> => (isObject(modules) ? modules : {});

function* perform(block: Block): Work {
  const { Type } = block.action;
  const known = Object.hasOwn(BLOCKS, Type) ? BLOCKS[Type] : undefined;
  const work = (known ?? notSimulated)(block);
  return 'kind' in work ? work : yield* work;
}

/** A block that does not occur in a voice call, or that is unknown. */
function* notSimulated({ id, action }: Block): Work {
  yield { kind: 'not-simulated', block: id, type: action.Type, known: CATALOGUE.has(action.Type) };
  return NEXT;
}

/** What the result of a module means for the block that invoked it: a branch of its own, or plain success. */
function resultOf(invokedBy: FlowAction, result: string | undefined): Outcome {
  const { Conditions } = invokedBy.Transitions;
  return result === undefined || Conditions.length === 0
    ? NEXT
    : { kind: 'choose', value: result, fact: `the module's result is "${result}"` };
}

/** A block without NextAction whose work is not simulated continues along its first condition. */
function wayOf(action: FlowAction, outcome: Exclude<Outcome, { kind: 'over' }>, flow: FlowDocument): Way | string {
  const [first] = action.Transitions.Conditions;
  if (
    outcome.kind === 'next' &&
    action.Transitions.NextAction === undefined &&
    first &&
    !Object.hasOwn(BLOCKS, action.Type)
  ) {
    return { edge: { kind: 'condition', index: 0 }, to: first.NextAction };
  }
  return wayOut(action, outcome, () => blockInWords(flow, action.Identifier));
}
