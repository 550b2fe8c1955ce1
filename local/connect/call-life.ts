import type { AgentList } from './agents.ts';
import type { Contact, DisconnectReason } from './contact.ts';
import type { ContactEventType } from './contact-events.ts';
import type { FlowDocument, FlowSimulator, FlowStep, FlowWorld } from './flow-walker.ts';
import type { Timers } from './timers.ts';
import type { Voice } from './voices.ts';

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
  simulator: FlowSimulator;
  /** The flow with this id or ARN. */
  flow(idOrArn: string): FlowDocument | undefined;
  /** Id of the queue with this id or ARN. */
  queueId(idOrArn: string): string | undefined;
  /** The world in which a flow of the contact runs. */
  world(contact: Contact): FlowWorld;
  /** Tells the world. What the world does about it must come later, not within the call. */
  event(type: ContactEventType, contact: Contact): void;
  changed(contact: Contact): void;
}

/** A call that is not over. */
interface LiveCall {
  contact: Contact;
  answer: Answer;
  /** Where the flow is that the customer hears. */
  walk?: Generator<FlowStep, void, void>;
  voice?: Voice;
  /** Flow of the `CustomerQueue` hook. */
  queueFlow?: string;
  /** Stops whatever the call waits for. */
  cancel(): void;
}

/** A busy tone comes after this many seconds. */
const BUSY_SECONDS = 1;

/** One pass through a loop of prompts lasts at least this long, so that an empty one does not spin. */
const SHORTEST_LOOP_SECONDS = 1;

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

  function hears(call: LiveCall, text: string, block: string, { voice, engine }: Voice): void {
    const at = now().toISOString();
    call.contact.updatedAt = at;
    call.contact.transcript.push({ at, kind: 'prompt', text, voice, engine, block });
    surroundings.changed(call.contact);
  }

  function wait(call: LiveCall, seconds: number, then: () => void): void {
    call.cancel();
    call.cancel = timers.after(seconds, then);
  }

  const speechSeconds = (text: string): number => text.length * surroundings.secondsPerCharacter;

  /** Starts to ring. @param ringTimeout seconds after which Amazon Connect gives up */
  function start(contact: Contact, answer: Answer, ringTimeout: number): void {
    const call: LiveCall = { contact, answer, cancel: nothing };
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
    enterFlow(call, contact.flowId);
  }

  function enterFlow(call: LiveCall, flowId: string): void {
    const flow = surroundings.flow(flowId);
    if (!flow) return;
    const world = surroundings.world(call.contact);
    call.walk = surroundings.simulator.walk(flow, call.voice ? { ...world, voice: call.voice } : world);
    goOn(call);
  }

  /** Follows the flow to the next thing that takes time. */
  function goOn(call: LiveCall): void {
    for (;;) {
      const next = call.walk?.next();
      if (!next || next.done) {
        flowOver(call);
        return;
      }
      const step = next.value;
      call.contact.walk.push(step);
      switch (step.kind) {
        case 'voice':
          call.voice = { voice: step.voice, engine: step.engine };
          break;
        case 'hook':
          if (step.hook === 'CustomerQueue') call.queueFlow = step.flow;
          break;
        case 'say':
          hears(call, step.text, step.block, step);
          wait(call, speechSeconds(step.text), () => goOn(call));
          return;
        case 'loop':
          playLoop(call, step);
          return;
        case 'enter-queue':
          enterQueue(call, step.queue);
          return;
        case 'hang-up':
          end(call, 'CONTACT_FLOW_DISCONNECT', `Amazon Connect hangs up: ${step.because}.`);
          return;
        case 'end':
          flowOver(call);
          return;
      }
    }
  }

  /** A contact in a queue stays there; any other has nothing left to live for. */
  function flowOver(call: LiveCall): void {
    if (call.contact.state === 'in-flow') end(call, 'CONTACT_FLOW_DISCONNECT', 'The flow is over.');
  }

  function playLoop(call: LiveCall, loop: FlowStep & { kind: 'loop' }): void {
    const interruptAt = loop.interruptAfterSeconds ?? Number.POSITIVE_INFINITY;
    const playFrom = (index: number, elapsed: number): void => {
      if (elapsed >= interruptAt) {
        goOn(call);
        return;
      }
      const text = loop.messages[index];
      if (text !== undefined) hears(call, text, loop.block, loop);
      const isLast = index >= loop.messages.length - 1;
      const spoken = speechSeconds(text ?? '');
      const seconds = Math.min(isLast ? Math.max(spoken, SHORTEST_LOOP_SECONDS) : spoken, interruptAt - elapsed);
      wait(call, seconds, () => playFrom(isLast ? 0 : index + 1, elapsed + seconds));
    };
    playFrom(0, 0);
  }

  function enterQueue(call: LiveCall, idOrArn: string): void {
    const { contact } = call;
    contact.queueId = surroundings.queueId(idOrArn) ?? idOrArn;
    contact.state = 'in-queue';
    contact.queuedAt = now().toISOString();
    line.push(call);
    happened(call, 'The customer waits in the queue.');
    surroundings.event('QUEUED', contact);
    connectAgents();
    if (contact.state !== 'in-queue') return;
    if (call.queueFlow !== undefined && surroundings.flow(call.queueFlow)) enterFlow(call, call.queueFlow);
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
      const [reason, text]: [DisconnectReason, string] =
        call.answer === 'voicemail'
          ? ['AGENT_DISCONNECT', 'The agent hangs up.']
          : ['CUSTOMER_DISCONNECT', 'The customer hangs up.'];
      wait(call, surroundings.talkSeconds, () => end(call, reason, text));
    }
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
