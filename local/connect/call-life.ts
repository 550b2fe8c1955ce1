import type { FlowStep, NamedFlow } from '../../flow-language/simulate/steps.ts';
import { walkFlow } from '../../flow-language/simulate/walk-flow.ts';
import type { FlowWorld } from '../../flow-language/simulate/world.ts';
import type { Voice } from '../../flow-language/voices.ts';
import type { AgentList } from './agents.ts';
import type { Contact, DisconnectReason, TranscriptLine } from './contact.ts';
import type { ContactEventType } from './contact-events.ts';
import { playFlow } from './flow-player.ts';
import type { Timers } from './timers.ts';

/** How the customer's phone reacts. */
export type Answer = 'human' | 'voicemail' | 'no-answer' | 'busy';

/** The times of a call, in seconds of its life. */
export interface CallTimes {
  /** From dialling until the phone is picked up. */
  ringSeconds: number;
  /** With the agent. */
  talkSeconds: number;
  /** Of speech, for each character that is spoken. */
  secondsPerCharacter: number;
}

/** What calls need of the instance they belong to. */
export interface CallSurroundings extends CallTimes {
  now(): Date;
  timers: Timers;
  agents: AgentList;
  /** The flow with this id or ARN. */
  flow(idOrArn: string): NamedFlow | undefined;
  /** Id of the queue with this id or ARN. */
  queueId(idOrArn: string): string | undefined;
  /** The world in which the flows of the contact run. */
  world(contact: Contact, answer: Answer): FlowWorld;
  /** Tells the world. What the world does about it must come later, not within the call. */
  event(type: ContactEventType, contact: Contact): void;
  changed(contact: Contact): void;
}

/** A call that is not over. */
interface LiveCall {
  contact: Contact;
  answer: Answer;
  /** Keeps what the flows set from one to the next. */
  world: FlowWorld;
  /** Stops whatever the call waits for. */
  cancel(): void;
}

/** A busy tone comes after this many seconds. */
const BUSY_SECONDS = 1;

/** Whom a flow is for: what the agent hears is a whisper to the customer's transcript. */
type Listening = Exclude<TranscriptLine['kind'], 'system'>;

const nothing = (): void => undefined;

/** Lives the calls of one instance, from the first ring to the last word. */
export function callLives(surroundings: CallSurroundings) {
  const { agents, timers, now } = surroundings;
  /** By contact id. */
  const live = new Map<string, LiveCall>();
  /** Calls that wait in a queue, the longest waiting first. */
  let line: LiveCall[] = [];

  function happened(call: LiveCall, text: string): void {
    const at = now().toISOString();
    call.contact.updatedAt = at;
    call.contact.transcript.push({ at, kind: 'system', text });
    surroundings.changed(call.contact);
  }

  function hears(call: LiveCall, kind: Listening, text: string, block: string, spoken?: Voice): void {
    const at = now().toISOString();
    const by = spoken && { voice: spoken.voice, engine: spoken.engine };
    call.contact.updatedAt = at;
    call.contact.transcript.push({ at, kind, text, ...by, block });
    surroundings.changed(call.contact);
  }

  function wait(call: LiveCall, seconds: number, then: () => void): void {
    call.cancel();
    call.cancel = timers.after(seconds, then);
  }

  /** Starts to ring. @param ringTimeout seconds after which Amazon Connect gives up */
  function start(contact: Contact, answer: Answer, ringTimeout: number): void {
    const call: LiveCall = { contact, answer, world: surroundings.world(contact, answer), cancel: nothing };
    live.set(contact.id, call);
    happened(call, 'The phone rings.');
    surroundings.event('INITIATED', contact);
    if (answer === 'busy') {
      wait(call, BUSY_SECONDS, () => end(call, 'TELECOM_BUSY', 'The line is busy.'));
    } else if (answer === 'no-answer' || surroundings.ringSeconds >= ringTimeout) {
      wait(call, ringTimeout, () => end(call, 'TELECOM_ORIGINATOR_CANCEL', 'Nobody answers.'));
    } else {
      wait(call, surroundings.ringSeconds, () => answered(call));
    }
  }

  function answered(call: LiveCall): void {
    const { contact } = call;
    contact.state = 'in-flow';
    contact.answeredAt = now().toISOString();
    happened(call, call.answer === 'voicemail' ? 'A voicemail answers.' : 'The customer answers.');
    surroundings.event('CONNECTED_TO_SYSTEM', contact);
    const flow = surroundings.flow(contact.flowId);
    if (flow) play(call, flow, 'prompt', (last) => flowOver(call, last));
  }

  function play(call: LiveCall, flow: NamedFlow, kind: Listening, over: (last: FlowStep | undefined) => void): void {
    playFlow(walkFlow(flow, call.world), {
      secondsPerCharacter: surroundings.secondsPerCharacter,
      wait: (seconds, then) => wait(call, seconds, then),
      took: (step) => took(call, step),
      hears: (text, block, voice) => hears(call, kind, text, block, voice),
      over,
    });
  }

  function took(call: LiveCall, step: FlowStep): void {
    call.contact.walk.push(step);
    switch (step.kind) {
      case 'attributes':
        call.contact.attributes = call.world.contact.attributes;
        break;
      case 'keys':
        happened(call, keysInWords(step.pressed));
        break;
      case 'dial':
        happened(call, 'Amazon Connect calls a number outside.');
        break;
      case 'callback':
        happened(call, 'A callback is arranged.');
        break;
    }
  }

  function flowOver(call: LiveCall, last: FlowStep | undefined): void {
    switch (last?.kind) {
      case 'enter-queue':
        enterQueue(call, last.queue);
        return;
      case 'hang-up':
        end(call, 'CONTACT_FLOW_DISCONNECT', `Amazon Connect hangs up: ${last.because}.`);
        return;
      case 'dial':
        wait(call, surroundings.talkSeconds, () => end(call, 'CUSTOMER_DISCONNECT', 'The customer hangs up.'));
        return;
      default:
        // A contact in a queue stays there; any other has nothing left to live for.
        if (call.contact.state === 'in-flow') end(call, 'CONTACT_FLOW_DISCONNECT', 'The flow is over.');
    }
  }

  function enterQueue(call: LiveCall, idOrArn: string): void {
    const { contact } = call;
    contact.queueId = surroundings.queueId(idOrArn) ?? idOrArn;
    contact.state = 'in-queue';
    contact.queuedAt = now().toISOString();
    leaveLine(call);
    line.push(call);
    happened(call, 'The customer waits in the queue.');
    surroundings.event('QUEUED', contact);
    connectAgents();
    if (contact.state !== 'in-queue') return;
    const flow = hookFlow(call, 'CustomerQueue');
    if (flow) play(call, flow, 'prompt', (last) => flowOver(call, last));
    else happened(call, "Amazon Connect's default queue flow plays, in English.");
  }

  /** Gives waiting contacts to free agents, the longest waiting first. */
  function connectAgents(): void {
    for (const call of line) {
      const { contact } = call;
      const agent = agents.take(contact.queueId ?? '', contact.id);
      if (!agent) continue;
      leaveLine(call);
      call.cancel();
      contact.state = 'with-agent';
      contact.agentId = agent.id;
      contact.agentAt = now().toISOString();
      happened(call, `${agent.name} takes the call.`);
      surroundings.event('CONNECTED_TO_AGENT', contact);
      whisper(call, 'AgentWhisper', 'whisper', () => whisper(call, 'CustomerWhisper', 'prompt', () => talk(call)));
    }
  }

  /** The flow set for this moment, where there is one. */
  function hookFlow({ world }: LiveCall, hook: string): NamedFlow | undefined {
    const reference = Object.hasOwn(world.contact.hooks, hook) ? world.contact.hooks[hook] : undefined;
    return reference === undefined ? undefined : surroundings.flow(reference);
  }

  /** However a whisper ends, the call goes on. */
  function whisper(call: LiveCall, hook: string, kind: Listening, then: () => void): void {
    const flow = hookFlow(call, hook);
    if (flow) play(call, flow, kind, then);
    else then();
  }

  function talk(call: LiveCall): void {
    const [reason, text]: [DisconnectReason, string] =
      call.answer === 'voicemail'
        ? ['AGENT_DISCONNECT', 'The agent hangs up.']
        : ['CUSTOMER_DISCONNECT', 'The customer hangs up.'];
    wait(call, surroundings.talkSeconds, () => end(call, reason, text));
  }

  function end(call: LiveCall, reason: DisconnectReason, text: string): void {
    const { contact } = call;
    live.delete(contact.id);
    leaveLine(call);
    call.cancel();
    contact.state = 'ended';
    contact.endedAt = now().toISOString();
    contact.disconnectReason = reason;
    agents.release(contact.id);
    happened(call, text);
    surroundings.event('DISCONNECTED', contact);
    // There is no after-call work: the contact is complete at once.
    surroundings.event('COMPLETED', contact);
    connectAgents();
  }

  function leaveLine(call: LiveCall): void {
    line = line.filter((other) => other !== call);
  }

  return {
    start,
    connectAgents,
    /** Contacts in any queue, the longest waiting first. */
    waiting: (): Contact[] => line.map(({ contact }) => contact),
    /** Calls that are not over. */
    count: (): number => live.size,
    /** Ends a call from outside. @returns false where there is no such live call */
    stop(contactId: string, by: 'api' | 'customer'): boolean {
      const call = live.get(contactId);
      if (!call) return false;
      if (by === 'customer') end(call, 'CUSTOMER_DISCONNECT', 'The customer hangs up.');
      else if (call.contact.state === 'ringing') end(call, 'TELECOM_ORIGINATOR_CANCEL', 'The call is stopped.');
      else end(call, 'OTHER', 'The call is stopped.');
      return true;
    },
  };
}

/** What was pressed for a menu may be told; a longer number is the customer's own business. */
function keysInWords(pressed: string | undefined): string {
  if (pressed === undefined) return 'The customer presses no key.';
  return pressed.length === 1 ? `The customer presses ${pressed}.` : 'The customer presses some keys.';
}
