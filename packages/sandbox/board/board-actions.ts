import { reasonText } from '../../../domain/reason-text.ts';
import { DAYS } from '../connect/connect-queues.ts';
import type { Stack } from '../stack.ts';
import { ActionError } from './action-error.ts';
import { sendCrowd } from './crowd.ts';
import type { ActionResult, BoardAction } from './protocol.ts';
import { sendSample } from './sample-events.ts';
import { ROUND_THE_CLOCK } from './world-view.ts';

/** Carries out an action of the board. Throws `ActionError`. */
export async function act(stack: Stack, action: BoardAction): Promise<ActionResult> {
  const { connect, karte } = stack;
  switch (action.do) {
    case 'add-agent':
      connect.addAgent({ name: nextName(stack), queues: connect.queues().map(({ id }) => id) });
      return {};
    case 'remove-agent':
      connect.removeAgent(knownAgent(stack, action.agent));
      return {};
    case 'set-agent':
      connect.setAgentStatus(knownAgent(stack, action.agent), action.status);
      return {};
    case 'set-queue':
      setQueue(stack, action);
      return {};
    case 'call-in':
      if (connect.callIn({ queueId: knownQueue(stack, action.queue) }) === undefined) {
        throw new ActionError('all lines of the instance are busy');
      }
      return {};
    case 'call-back':
      return { requestId: callBack(stack, action.contact) };
    case 'add-fault':
      connect.addFault({ kind: action.kind, operation: action.operation, times: action.times });
      return {};
    case 'clear-faults':
      connect.clearFaults();
      return {};
    case 'stop':
    case 'resume':
      await stack.controls.setStopped(action.do === 'stop', {
        by: 'board',
        at: new Date().toISOString(),
        why: reasonText(action.why),
      });
      return {};
    case 'set-answer':
      connect.setAnswer(action.answer);
      return {};
    case 'answer':
      connect.answerCall(liveCall(stack, action.contact));
      return {};
    case 'press':
      connect.pressKey(liveCall(stack, action.contact), action.key);
      return {};
    case 'hang-up':
      connect.hangUp(liveCall(stack, action.contact));
      return {};
    case 'transfer':
      handOn(stack, action.contact);
      return {};
    case 'set-karte':
      karte.setOncePerAccess(action.oncePerAccess);
      return {};
    case 'send-sample':
      return sendSample(stack, action.name);
    case 'crowd':
      await sendCrowd(stack, action.count);
      return {};
  }
}

function knownAgent(stack: Stack, id: string): string {
  if (stack.connect.agents().some((agent) => agent.id === id)) return id;
  throw new ActionError('there is no agent with this id');
}

function knownQueue(stack: Stack, id: string): string {
  if (stack.connect.queues().some((queue) => queue.id === id)) return id;
  throw new ActionError('there is no queue with this id');
}

function liveCall(stack: Stack, id: string): string {
  const call = stack.connect.contact(id);
  if (call && call.state !== 'ended') return id;
  throw new ActionError('this call no longer exists');
}

/** @returns the id of the inbound call */
function callBack({ connect }: Stack, contactId: string): string {
  if (connect.contact(contactId)?.state !== 'ended') throw new ActionError('there is no ended call with this id');
  const contact = connect.callBack(contactId);
  if (contact === undefined) throw new ActionError('all lines of the instance are busy');
  return contact;
}

/** To a queue that the customer has not been in, if there is one. */
function handOn({ connect }: Stack, contactId: string): void {
  const queues = connect.queues().map(({ id }) => id);
  const own = connect.contact(contactId)?.queueId;
  const queueId = queues.find((id) => id !== own) ?? own ?? '';
  if (connect.transfer(contactId, { by: 'agent', queueId }) === undefined) {
    throw new ActionError('no agent is in this call any more');
  }
}

/** The first unused agent number. */
function nextName({ connect }: Stack): string {
  const taken = new Set(connect.agents().map(({ name }) => name));
  let number = 1;
  while (taken.has(`agent-${number}`)) number += 1;
  return `agent-${number}`;
}

function setQueue(stack: Stack, { queue, enabled, open, hours }: BoardAction & { do: 'set-queue' }): void {
  const daily = hours === null ? ROUND_THE_CLOCK : hours;
  stack.connect.updateQueue(knownQueue(stack, queue), {
    ...(enabled !== undefined && { enabled }),
    ...(open !== undefined && { open }),
    ...(daily !== undefined && { hours: Object.fromEntries(DAYS.map((day) => [day, [daily]])) }),
  });
}
