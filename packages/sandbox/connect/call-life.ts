import {
  type FlowStep,
  type FlowWorld,
  type KeyQuestion,
  type NamedFlow,
  type Voice,
  walkFlow,
} from 'connect-flow-kit';
import type { AgentList } from './agents.ts';
import type { CallTimes, PerCall } from './call-times.ts';
import type { Contact, ContactState, DisconnectReason, TranscriptLine } from './contact.ts';
import type { ContactEventType } from './contact-events.ts';
import { playFlow } from './flow-player.ts';
import type { Timers } from './timers.ts';
import { waitingLines } from './waiting-lines.ts';

/** How the customer's phone reacts. `by-hand` does nothing by itself: somebody answers it and presses its keys, or nobody. */
export type Answer = 'human' | 'voicemail' | 'no-answer' | 'busy' | 'by-hand';

/** The customer's end of the line. */
export interface Phone {
  answer: Answer;
  /** The keys that were pressed when a flow last asked. */
  entered: string;
}

/** What calls need of the instance they belong to. */
interface CallSurroundings extends CallTimes {
  now(): Date;
  timers: Timers;
  agents: AgentList;
  /** False keeps neither transcript nor walk: thousands of calls fit in memory then. */
  keepTranscripts: boolean;
  /** The flow with this id or ARN. */
  flow(idOrArn: string): NamedFlow | undefined;
  /** Id of the queue with this id or ARN. */
  queueId(idOrArn: string): string | undefined;
  /** The world in which the flows of the contact run. */
  world(contact: Contact, phone: Readonly<Phone>): FlowWorld;
  /** What a human presses without being told; a menu's 1 where nothing is said. */
  presses?(contact: Contact, question: KeyQuestion): string | undefined;
  /** Tells the world. What the world does about it must come later, not within the call. */
  event(type: ContactEventType, contact: Contact): void;
  changed(contact: Contact): void;
  /** The contact's state is another than it was. */
  moved(contact: Contact, from: ContactState | undefined): void;
}

/** A call that is not over. */
interface LiveCall {
  contact: Contact;
  phone: Phone;
  /** Keeps what the flows set from one to the next. */
  world: FlowWorld;
  talkSeconds: PerCall;
  /** Stops whatever the call waits for. */
  cancel(): void;
  /** Takes a key; only while a flow asks for keys. */
  press?: (key: string) => void;
  /** Agents who will miss the call still. */
  misses: number;
  /** Takes the call back from the agent to whom it is offered. */
  withdraw(): void;
}

/**
 * So long an agent may take a call that is offered, and so long we let one who missed it take until the next is wanted.
 * @see https://repost.aws/knowledge-center/connect-calculate-agent-non-response
 */
const OFFERED_SECONDS = 20;
const MISSED_SECONDS = 60;

/** A busy tone comes after this many seconds. */
const BUSY_SECONDS = 1;

/** Whom a flow is for: what the agent hears is a whisper to the customer's transcript. */
type Listening = Exclude<TranscriptLine['kind'], 'system'>;

const nothing = (): void => undefined;

const secondsFor = (contact: Contact, seconds: PerCall): number =>
  typeof seconds === 'number' ? seconds : seconds(contact);

/** Lives the calls of one instance, from the first ring to the last word. */
export function callLives(surroundings: CallSurroundings) {
  const { agents, timers, now, presses = pressOne } = surroundings;
  /** By contact id. */
  const live = new Map<string, LiveCall>();
  /** Calls that wait in a queue. */
  const lines = waitingLines<LiveCall>();

  function happened(call: LiveCall, text: string): void {
    note(call, { at: now().toISOString(), kind: 'system', text });
  }

  function note({ contact }: LiveCall, line: TranscriptLine): void {
    contact.updatedAt = line.at;
    if (surroundings.keepTranscripts) contact.transcript.push(line);
    surroundings.changed(contact);
  }

  function move({ contact }: LiveCall, state: ContactState): void {
    const from = contact.state;
    contact.state = state;
    surroundings.moved(contact, from);
  }

  function hears(call: LiveCall, kind: Listening, text: string, block: string, spoken?: Voice): void {
    const by = spoken && { voice: spoken.voice, engine: spoken.engine };
    note(call, { at: now().toISOString(), kind, text, ...by, block });
  }

  function wait(call: LiveCall, seconds: number, then: () => void): void {
    call.cancel();
    call.cancel = timers.after(seconds, then);
  }

  /** Starts to ring. @param ringTimeout seconds after which Amazon Connect gives up */
  function start(contact: Contact, answer: Answer, ringTimeout: number): void {
    const call = begin(contact, answer);
    happened(call, 'The phone rings.');
    surroundings.event('INITIATED', contact);
    const ringSeconds = secondsFor(contact, surroundings.ringSeconds);
    if (answer === 'busy') {
      wait(call, BUSY_SECONDS, () => end(call, 'TELECOM_BUSY', 'The line is busy.'));
    } else if (answer === 'no-answer' || answer === 'by-hand' || ringSeconds >= ringTimeout) {
      wait(call, ringTimeout, () => end(call, 'TELECOM_ORIGINATOR_CANCEL', 'Nobody answers.'));
    } else {
      wait(call, ringSeconds, () => answered(call));
    }
  }

  function begin(contact: Contact, answer: Answer, talkSeconds = surroundings.talkSeconds): LiveCall {
    const phone: Phone = { answer, entered: '' };
    const call: LiveCall = {
      contact,
      phone,
      world: surroundings.world(contact, phone),
      talkSeconds,
      cancel: nothing,
      misses: secondsFor(contact, surroundings.missedBy),
      withdraw: nothing,
    };
    live.set(contact.id, call);
    surroundings.moved(contact, undefined);
    return call;
  }

  /** A customer calls in and asks for an agent of the contact's queue. */
  function receive(contact: Contact, talkSeconds: number | undefined): void {
    const call = begin(contact, 'human', talkSeconds);
    contact.answeredAt = now().toISOString();
    happened(call, 'A customer calls in.');
    surroundings.event('INITIATED', contact);
    surroundings.event('CONNECTED_TO_SYSTEM', contact);
    enterQueue(call, contact.queueId ?? '');
  }

  function answered(call: LiveCall): void {
    const { contact } = call;
    move(call, 'in-flow');
    contact.answeredAt = now().toISOString();
    happened(call, call.phone.answer === 'voicemail' ? 'A voicemail answers.' : 'The customer answers.');
    surroundings.event('CONNECTED_TO_SYSTEM', contact);
    const flow = surroundings.flow(contact.flowId ?? '');
    if (flow) play(call, flow, 'prompt', (last) => flowOver(call, last));
  }

  function play(call: LiveCall, flow: NamedFlow, kind: Listening, over: (last: FlowStep | undefined) => void): void {
    playFlow(walkFlow(flow, call.world), {
      secondsPerCharacter: surroundings.secondsPerCharacter,
      wait: (seconds, then) => wait(call, seconds, then),
      took: (step) => took(call, step),
      asks: (question, press) => asks(call, question, press),
      pressesByItself: (question) => (call.phone.answer === 'human' ? presses(call.contact, question) : undefined),
      entered(keys) {
        call.phone.entered = keys;
        stopListening(call);
      },
      hears: (text, block, voice) => hears(call, kind, text, block, voice),
      over,
    });
  }

  function asks(call: LiveCall, { choices }: KeyQuestion, press: (key: string) => void): void {
    if (call.phone.answer === 'voicemail') return;
    call.press = press;
    call.contact.keysAsked = choices ? { choices } : {};
    surroundings.changed(call.contact);
  }

  function stopListening(call: LiveCall): void {
    delete call.press;
    delete call.contact.keysAsked;
  }

  /** Whatever goes on in the call is over; nothing of it may come back. */
  function stopFlow(call: LiveCall): void {
    call.cancel();
    stopListening(call);
  }

  function took(call: LiveCall, step: FlowStep): void {
    if (surroundings.keepTranscripts) call.contact.walk.push(step);
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
        wait(call, secondsFor(call.contact, call.talkSeconds), () =>
          end(call, 'CUSTOMER_DISCONNECT', 'The customer hangs up.'),
        );
        return;
      default:
        // A contact in a queue stays there; any other has nothing left to live for.
        if (call.contact.state === 'in-flow') end(call, 'CONTACT_FLOW_DISCONNECT', 'The flow is over.');
    }
  }

  function enterQueue(call: LiveCall, idOrArn: string): void {
    const { contact } = call;
    contact.queueId = surroundings.queueId(idOrArn) ?? idOrArn;
    contact.queuedAt = now().toISOString();
    move(call, 'in-queue');
    lines.enter(call, contact.queueId);
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
    for (let call = lines.first(agents.isFreeFor); call; call = lines.first(agents.isFreeFor)) {
      const { contact } = call;
      const agent = agents.take(contact.queueId ?? '', contact.id);
      if (!agent) return;
      if (call.misses > 0) {
        offerInVain(call, agent.name);
        continue;
      }
      lines.leave(call);
      stopFlow(call);
      contact.agentId = agent.id;
      contact.agentAt = now().toISOString();
      move(call, 'with-agent');
      happened(call, `${agent.name} takes the call.`);
      surroundings.event('CONNECTED_TO_AGENT', contact);
      const taken = call;
      whisper(taken, 'AgentWhisper', 'whisper', () => whisper(taken, 'CustomerWhisper', 'prompt', () => talk(taken)));
    }
  }

  /** The agent does not take the call, which then stands in line where it stood. */
  function offerInVain(call: LiveCall, agentName: string): void {
    const { contact } = call;
    const stepBack = lines.stepOut(call);
    const over = (): void => {
      cancel();
      call.withdraw = nothing;
      const comeBack = agents.miss(contact.id);
      happened(call, `${agentName} does not take the call.`);
      timers.after(MISSED_SECONDS, () => {
        comeBack();
        connectAgents();
      });
    };
    const cancel = timers.after(OFFERED_SECONDS, () => {
      call.misses -= 1;
      over();
      stepBack();
      connectAgents();
    });
    call.withdraw = over;
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
      call.phone.answer === 'human'
        ? ['CUSTOMER_DISCONNECT', 'The customer hangs up.']
        : ['AGENT_DISCONNECT', 'The agent hangs up.'];
    wait(call, secondsFor(call.contact, call.talkSeconds), () => end(call, reason, text));
  }

  function end(call: LiveCall, reason: DisconnectReason, text: string): void {
    const { contact } = call;
    live.delete(contact.id);
    call.withdraw();
    lines.leave(call);
    stopFlow(call);
    contact.endedAt = now().toISOString();
    contact.disconnectReason = reason;
    move(call, 'ended');
    const workSeconds = contact.agentId === undefined ? 0 : secondsFor(contact, surroundings.afterCallSeconds);
    if (workSeconds > 0) agents.wrapUp(contact.id);
    happened(call, text);
    surroundings.event('DISCONNECTED', contact);
    if (workSeconds > 0) timers.after(workSeconds, () => complete(contact));
    else complete(contact);
  }

  /** The contact is complete when the agent has done the work after it. */
  function complete(contact: Contact): void {
    contact.updatedAt = now().toISOString();
    agents.release(contact.id);
    surroundings.event('COMPLETED', contact);
    connectAgents();
  }

  return {
    start,
    receive,
    connectAgents,
    /** Contacts in any queue, the longest waiting first. */
    waiting: (): Contact[] => lines.all().map(({ contact }) => contact),
    /** Calls that are not over. */
    count: (): number => live.size,
    /** Somebody picks up. @returns false where no phone rings: a busy line does not */
    answer(contactId: string): boolean {
      const call = live.get(contactId);
      if (call?.contact.state !== 'ringing' || call.phone.answer === 'busy') return false;
      if (call.phone.answer !== 'human') call.phone.answer = 'by-hand';
      call.cancel();
      answered(call);
      return true;
    },
    /** Somebody presses a key: 0–9, * or #. @returns false where no flow asks for keys */
    press(contactId: string, key: string): boolean {
      const press = live.get(contactId)?.press;
      if (!press || !/^[0-9*#]$/.test(key)) return false;
      press(key);
      return true;
    },
    /** Ends a call from outside. @returns false where there is no such live call */
    stop(contactId: string, by: 'api' | 'customer'): boolean {
      const call = live.get(contactId);
      if (!call) return false;
      const rings = call.contact.state === 'ringing';
      if (by === 'customer' && rings) end(call, 'TELECOM_BUSY', 'The customer declines the call.');
      else if (by === 'customer') end(call, 'CUSTOMER_DISCONNECT', 'The customer hangs up.');
      else if (rings) end(call, 'TELECOM_ORIGINATOR_CANCEL', 'The call is stopped.');
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

const pressOne = (_contact: Contact, { choices = [] }: KeyQuestion): string | undefined =>
  choices.includes('1') ? '1' : undefined;
