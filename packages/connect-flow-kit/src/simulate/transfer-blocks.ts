import { isObject } from '../document.ts';
import { type Block, type BlockEnd, type Perform, parameter, resolved, type Work } from './block.ts';
import type { ContactState } from './flow-world.ts';
import { failure, NEXT, noMatchingError, type Outcome, OVER } from './way-out.ts';

/**
 * Maximum number of queues that a contact may go through.
 * @see https://docs.aws.amazon.com/connect/latest/APIReference/contact-actions-dequeuecontactandtransfertoqueue.html
 */
const MAX_QUEUES = 12;

/** Maximum depth of nested modules. @see https://docs.aws.amazon.com/connect/latest/adminguide/contact-flow-modules.html */
const MAX_MODULE_DEPTH = 5;

const noQueue = (queue: string): Outcome =>
  noMatchingError(queue === '' ? 'no queue is named' : `there is no queue "${queue}"`);

/**
 * A contact that is being offered to an agent cannot leave its queue.
 * @see https://docs.aws.amazon.com/connect/latest/adminguide/loop-prompts.html
 */
const AGENT_IS_RUNG = noMatchingError("an agent's phone rings for the customer");

function* setQueue(block: Block): Work {
  const queue = parameter(block, 'QueueId') ?? parameter(block, 'AgentId') ?? '';
  const found = block.world.queue(queue);
  if (found === undefined) return noQueue(queue);
  becomesQueue(block.world.contact, queue, found);
  yield { kind: 'target-queue', block: block.id, queue };
  return NEXT;
}

/** The queue that the contact is meant for from now on. */
function becomesQueue(contact: ContactState, queue: string, { name, arn }: { name: string; arn: string }): void {
  contact.targetQueue = queue;
  contact.system = { ...contact.system, 'Queue.Name': name, 'Queue.ARN': arn };
}

function* joinQueue(block: Block, queue: string | undefined): Work {
  const { contact } = block.world;
  if (block.world.agentIsRung?.()) return AGENT_IS_RUNG;
  if (queue === undefined) return noMatchingError('no queue was set');
  const found = block.world.queue(queue);
  if (found === undefined) return noQueue(queue);
  if (contact.queuesJoined >= MAX_QUEUES) return noMatchingError(`the contact was in ${MAX_QUEUES} queues already`);
  if (!block.world.queueHasRoom(queue)) {
    return failure('QueueAtCapacity', `queue "${queue}" takes no more contacts`);
  }
  contact.queuesJoined += 1;
  contact.keyBuffer = undefined;
  becomesQueue(contact, queue, found);
  yield { kind: 'enter-queue', block: block.id, queue };
  return OVER;
}

function transferToFlow(block: Block): BlockEnd {
  const into = parameter(block, 'ContactFlowId') ?? '';
  const flow = block.world.findFlow(into);
  return flow === undefined
    ? noMatchingError(`no flow is known as "${into}"`)
    : { kind: 'enter', flow, into, as: 'flow' };
}

function invokeModule(block: Block): BlockEnd {
  const into = parameter(block, 'FlowModuleId') ?? '';
  const flow = block.world.findFlow(into) ?? block.world.findFlow(into.replace(/:[^:/]*$/, ''));
  if (flow === undefined) return noMatchingError(`no module is known as "${into}"`);
  if (block.frame.depth >= MAX_MODULE_DEPTH) return noMatchingError(`modules may be ${MAX_MODULE_DEPTH} deep`);
  return { kind: 'enter', flow, into, as: 'module', input: resolvedObject(block.parameters.Input, block) };
}

function endModule(block: Block): BlockEnd {
  return {
    kind: 'return',
    result: parameter(block, 'Result'),
    data: resolvedObject(block.parameters.ResultData, block),
  };
}

/** The texts of an object with their references resolved, at any depth. */
function resolvedObject(value: unknown, block: Block): Record<string, unknown> {
  if (!isObject(value)) return {};
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      key,
      isObject(inner) ? resolvedObject(inner, block) : resolved(inner, block.values)?.text,
    ]),
  );
}

function* dial(block: Block): Work {
  if (block.world.agentIsRung?.()) return AGENT_IS_RUNG;
  if (!parameter(block, 'ThirdPartyPhoneNumber')) return failure('CallFailed', 'there is no number to dial');
  yield { kind: 'dial', block: block.id };
  return parameter(block, 'ContinueFlowExecution')?.toLowerCase() === 'true' ? NEXT : OVER;
}

function* createCallback(block: Block): Work {
  const queue = parameter(block, 'QueueId') ?? parameter(block, 'AgentId') ?? block.world.contact.targetQueue;
  if (queue === undefined) return noMatchingError('no queue was set');
  if (block.world.queue(queue) === undefined) return noQueue(queue);
  yield { kind: 'callback', block: block.id, queue };
  return NEXT;
}

/** Blocks after which something else continues: a queue, another flow, another phone, or nothing. */
export const TRANSFER_BLOCKS: Readonly<Record<string, Perform>> = {
  UpdateContactTargetQueue: setQueue,
  TransferContactToQueue: (block) => joinQueue(block, block.world.contact.targetQueue),
  DequeueContactAndTransferToQueue: (block) =>
    joinQueue(block, parameter(block, 'QueueId') ?? parameter(block, 'AgentId')),
  TransferToFlow: transferToFlow,
  InvokeFlowModule: invokeModule,
  EndFlowModuleExecution: endModule,
  TransferParticipantToThirdParty: dial,
  CreateCallbackContact: createCallback,
  *TransferContactToAgent({ id }) {
    yield { kind: 'to-agent', block: id };
    return OVER;
  },
  *DisconnectParticipant({ id }) {
    yield { kind: 'hang-up', block: id, because: 'the flow ends the call' };
    return OVER;
  },
};
