import type { FlowDocument, NamedFlow } from '../document.ts';
import { type FlowType, flowTypeOf } from '../flow-types.ts';
import { agentOffers } from './agent-offers.ts';
import type { CallCase, CallEnd, CallLine, SimulatedCall, TakenEdge } from './call-case.ts';
import { freeAgents, worldOfCase } from './call-world.ts';
import type { FlowStep } from './flow-steps.ts';
import type { FlowWorld } from './flow-world.ts';
import { stepSeconds } from './speech.ts';
import { walkFlow } from './walk-flow.ts';

/** Seconds after which the simulation gives up on a flow, and on a queue. */
const PATIENCE_SECONDS = 3_600;

/** Lines after which the simulation gives up: a flow that keeps speaking one word after another for an hour. */
const MAX_LINES = 10_000;

/** The result of a flow: its last step, or that the time was up. */
type Played = FlowStep | 'time is up';

/**
 * Plays one call through the flows, at once and in virtual time: from the moment the customer answers until an agent
 * talks to the customer, the call is over, or nothing more will happen.
 *
 * Nothing external is used: the case says what the contact centre is like and what the customer does. Never throws,
 * whatever is in the flows.
 *
 * @param find the flow that others refer to by an id, an ARN or a token
 */
export function simulateCall(
  entry: NamedFlow,
  callCase: CallCase,
  find: (reference: string) => NamedFlow | undefined,
): SimulatedCall {
  /** In the queue: what happens besides its flow and has not been reported yet. */
  const due: { at: number; text: string }[] = [];
  let agentRings = (_now: number): boolean => false;
  const centre = worldOfCase(callCase, find, comesAfterQueue(entry.document));
  const world: FlowWorld = {
    ...centre,
    agentIsRung: () => agentRings(now),
    // An agent whose phone rings is at work, whatever the case says.
    queueNow(queue) {
      const { agentsStaffed, agentsOnline, ...rest } = centre.queueNow(queue);
      const atLeast = agentRings(now) ? 1 : 0;
      return {
        ...rest,
        agentsStaffed: Math.max(agentsStaffed, atLeast),
        agentsOnline: Math.max(agentsOnline, atLeast),
      };
    },
  };
  const { contact } = world;
  const lines: CallLine[] = [];
  const taken: TakenEdge[] = [];
  let now = 0;
  let speaking = false;
  let callback = false;

  const at = (time = now): number => Math.round(time * 1_000) / 1_000;

  function event(text: string): void {
    tellWhatIsDue();
    lines.push({ at: at(), kind: 'event', text });
  }

  function tellWhatIsDue(): void {
    for (let next = due[0]; next && next.at <= now; next = due[0]) {
      lines.push({ at: at(next.at), kind: 'event', text: next.text });
      due.shift();
    }
  }

  const ended = (end: CallEnd, because: string): SimulatedCall => ({
    lines,
    end,
    because,
    taken,
    attributes: { ...contact.attributes },
  });

  /** Runs a flow until it is over, or until this moment. */
  function play(flow: NamedFlow, listener: 'customer' | 'agent', until: number): Played {
    const names = [flow.name];
    let last: FlowStep = { kind: 'end', block: flow.document.StartAction };
    for (const step of walkFlow(flow, world)) {
      if (lines.length >= MAX_LINES) return 'time is up';
      if (step.kind === 'ask' || step.kind === 'ask-function') continue;
      tellWhatIsDue();
      const name = names.at(-1) ?? flow.name;
      lines.push({ at: at(), kind: 'step', flow: name, listener, step });
      last = step;
      if (step.kind === 'go') taken.push({ flow: name, block: step.block, edge: step.edge, to: step.to });
      if (step.kind === 'enter-flow') names.push(step.name);
      if (step.kind === 'leave-module') names.pop();
      if (step.kind === 'callback') callback = true;
      speaking = speaksAfter(step, speaking);
      const seconds = stepSeconds(step);
      if (seconds > 0 && now + seconds >= until) {
        now = until;
        return 'time is up';
      }
      now += seconds;
    }
    return last;
  }

  function hungUp(step: FlowStep): SimulatedCall {
    if (step.kind === 'dial') return ended('transferred', 'The call is transferred to an external number.');
    if (step.kind === 'hang-up' && step.broken) return stopped(step.because);
    if (callback) return ended('callback', 'A callback was arranged, and the call is over.');
    // In a contact flow there is nobody else to continue: its end ends the call.
    if (step.kind === 'end' && flowTypeOf(entry.document) !== 'CONTACT_FLOW') {
      return ended('over', 'The flow is over without hanging up.');
    }
    const meanwhile = agentRings(now) ? ", while an agent's phone rings" : '';
    return speaking
      ? ended('goodbye', `The flow speaks and hangs up${meanwhile}.`)
      : ended('silence', `The flow hangs up without a prompt${meanwhile}.`);
  }

  /** A flow that cannot continue drops the call, unless it only accompanies it. */
  function stopped(because: string): SimulatedCall {
    if (isForQueue(entry.document)) {
      return ended('over', `The flow stops, and the customer stays in line for the next agent: ${because}.`);
    }
    return ACCOMPANIES.has(flowTypeOf(entry.document))
      ? ended('over', `The flow stops, and the call continues without it: ${because}.`)
      : ended('silence', `The call is dropped: ${because}.`);
  }

  /** @param ownFlow that plays instead of the one the contact has for it */
  function waitInQueue(ownFlow?: NamedFlow): SimulatedCall {
    event('The customer waits in the queue.');
    const since = now;
    const freeAt = freeAgents(callCase) > 0 ? now : now + (callCase.agentAfterSeconds ?? Number.POSITIVE_INFINITY);
    const offers = agentOffers(freeAt, callCase.agentMisses ?? 0);
    if (offers.takenAt === now) return withAgent(since);
    agentRings = offers.ringsAt;
    due.push(...offers.events);
    const until = Math.min(offers.takenAt, now + PATIENCE_SECONDS);
    const inQueue = (): SimulatedCall => {
      now = until;
      if (offers.takenAt <= until) return withAgent(since);
      return ended('waiting', `After ${PATIENCE_SECONDS} seconds the customer is still waiting in the queue.`);
    };

    for (;;) {
      const flow = ownFlow ?? hookFlow('CustomerQueue');
      if (flow === undefined) return inQueue();
      const last = play(flow, 'customer', until);
      // The queue's flow may move the contact to another queue, whose flow is the same.
      if (last !== 'time is up' && last.kind === 'enter-queue') continue;
      const stops = last !== 'time is up' && last.kind === 'hang-up' && last.broken;
      if (stops) event('The flow of the queue is over, and the customer stays in line.');
      if (stops || last === 'time is up' || last.kind === 'end') return inQueue();
      if (agentRings(now)) event("An agent's phone was ringing for the customer.");
      return hungUp(last);
    }
  }

  /** The flow of a hook; says what happens if there is none. */
  function hookFlow(hook: string): NamedFlow | undefined {
    const reference = Object.hasOwn(contact.hooks, hook) ? contact.hooks[hook] : undefined;
    if (reference === undefined) {
      if (hook === 'CustomerQueue') event("Amazon Connect's default queue flow plays, in English.");
      if (hook === 'CustomerHold') event("Amazon Connect's default hold flow plays.");
      return undefined;
    }
    const flow = find(reference);
    if (flow === undefined) event(`Flow "${reference}" plays, but is unknown here.`);
    return flow;
  }

  /** @param since when the customer joined the queue */
  function withAgent(since: number): SimulatedCall {
    const waited = Math.round(now - since);
    event('An agent takes the call.');
    whisper('AgentWhisper', 'agent');
    whisper('CustomerWhisper', 'customer');
    event('The customer and the agent talk.');
    if (callCase.holdSeconds !== undefined && callCase.holdSeconds > 0) hold(callCase.holdSeconds);
    const remaining = contact.hooks.CustomerRemaining;
    if (remaining !== undefined) {
      event(`When the agent hangs up, flow "${find(remaining)?.name ?? remaining}" continues for the customer.`);
    }
    const after = waited === 0 ? 'at once' : `after ${waited} seconds in the queue`;
    return ended('agent', `An agent talks to the customer ${after}.`);
  }

  /** A whisper that breaks off is over; the call continues. */
  function whisper(hook: string, listener: 'customer' | 'agent'): void {
    const flow = hookFlow(hook);
    if (flow !== undefined) play(flow, listener, now + PATIENCE_SECONDS);
  }

  /** Both hear their hold flow at the same time. */
  function hold(seconds: number): void {
    event('The agent puts the customer on hold.');
    const from = now;
    const before = lines.length;
    for (const [hook, listener] of [
      ['CustomerHold', 'customer'],
      ['AgentHold', 'agent'],
    ] as const) {
      now = from;
      const flow = hookFlow(hook);
      if (flow !== undefined) play(flow, listener, from + seconds);
    }
    lines.push(...lines.splice(before).sort((a, b) => a.at - b.at));
    now = from + seconds;
    event('The agent is back.');
  }

  if (callCase.initiation === 'INBOUND') event('The customer calls.');
  else event(callCase.answer === 'voicemail' ? 'A voicemail answers.' : 'The customer answers.');
  // By itself, a queue flow is simulated until it is over, or until the agent of the case comes.
  const { agents, agentAfterSeconds, agentMisses } = callCase;
  const tellsOfAgent = (agents ?? 0) > 0 || agentAfterSeconds !== undefined || agentMisses !== undefined;
  if (isForQueue(entry.document) && tellsOfAgent) return waitInQueue(entry);
  const last = play(entry, 'customer', PATIENCE_SECONDS);
  if (last === 'time is up') {
    // Only queue and hold flows can loop their messages, since they are meant to continue.
    const isForWaiting = lines.some((line) => line.kind === 'step' && line.step.kind === 'loop');
    if (isForWaiting) return ended('waiting', 'The flow continues for as long as the customer waits.');
    return ended('waiting', `The flow continues forever: it was given up after ${at()} seconds.`);
  }
  if (last.kind === 'to-agent') return withAgent(now);
  return last.kind === 'enter-queue' ? waitInQueue() : hungUp(last);
}

/** A flow that declares itself a queue flow, or has blocks that only queue flows have. */
function isForQueue(flow: FlowDocument): boolean {
  const type = flowTypeOf(flow);
  if (type !== undefined) return type === 'CUSTOMER_QUEUE';
  return flow.Actions.some(({ Type }) => Type === 'MessageParticipantIteratively');
}

/**
 * A flow whose contact is already in a queue when it begins: all except those that calls start with.
 * @see https://docs.aws.amazon.com/connect/latest/adminguide/default-queue-transfer.html for transfers
 */
function comesAfterQueue(flow: FlowDocument): boolean {
  const type = flowTypeOf(flow);
  return type === undefined ? isForQueue(flow) : !STARTS_WITHOUT_QUEUE.has(type);
}

const STARTS_WITHOUT_QUEUE: ReadonlySet<FlowType> = new Set<FlowType>(['CONTACT_FLOW', 'CAMPAIGN', 'MODULE']);

const ACCOMPANIES: ReadonlySet<FlowType | undefined> = new Set<FlowType>([
  'CUSTOMER_HOLD',
  'AGENT_HOLD',
  'CUSTOMER_WHISPER',
  'AGENT_WHISPER',
]);

/**
 * Was the last thing the flow gave the customer speech, with no choice or fault since that led to the end? Somebody who was told
 * "I will transfer you" before a transfer failed hears no goodbye; somebody who heard an apology does, although the last words after
 * it could not be spoken. Steps without any effect on the customer do not count.
 */
function speaksAfter(step: FlowStep, before: boolean): boolean {
  switch (step.kind) {
    case 'say':
      return step.text !== '' || before;
    case 'play':
      return true;
    case 'go':
      return before && (step.edge.kind === 'next' || step.asNext === true);
    case 'keys':
    case 'wait':
    case 'loop':
    case 'dial':
      return false;
    default:
      return before;
  }
}
