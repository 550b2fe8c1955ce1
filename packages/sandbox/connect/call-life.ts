import { bufferKeys, type FlowStep, type KeyQuestion, type NamedFlow, type Voice, walkFlow } from 'connect-flow-kit';
import type { CallSurroundings } from './call-surroundings.ts';
import type { PerCall } from './call-times.ts';
import type { Contact, ContactState, DisconnectReason, TranscriptLine } from './contact.ts';
import { playFlow } from './flow-player.ts';
import { waitForAnswer } from './function-calls.ts';
import type { Answer, CustomerLine, LiveCall } from './live-call.ts';
import { missedOffers } from './missed-offers.ts';
import { reactionOf } from './phone-reactions.ts';
import { stepInWords } from './steps-in-words.ts';
import { carryOver, factsAfter, TRANSFER_SECONDS, type Transfer } from './transfers.ts';
import { waitingLines } from './waiting-lines.ts';

/** Whom a flow is for: what the agent hears is a whisper in the customer's transcript. */
type Listening = Exclude<TranscriptLine['kind'], 'system'>;

const nothing = (): void => undefined;

const secondsFor = (contact: Contact, seconds: PerCall): number =>
  typeof seconds === 'number' ? seconds : seconds(contact);

/** Runs the calls of one instance, from the first ring to the last word. */
export function callLives(surroundings: CallSurroundings) {
  const { agents, timers, now, presses = pressOne, askFunction: ask } = surroundings;
  /** By contact id. */
  const live = new Map<string, LiveCall>();
  /** Customers on the line, by the id of each of their contacts. */
  const onLine = new Set<CustomerLine>();
  const customers = new Map<string, CustomerLine>();
  /** Calls waiting in a queue. */
  const lines = waitingLines<LiveCall>();
  const offerInVain = missedOffers({ timers, agents, lines, happened, connectAgents });

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
    const call = begin(contact, newLine(contact, answer));
    happened(call, answer === 'unreachable' ? 'Amazon Connect dials.' : 'The phone rings.');
    surroundings.event('INITIATED', contact);
    const { seconds, over } = reactionOf(answer, secondsFor(contact, surroundings.ringSeconds), ringTimeout);
    wait(call, seconds, () => (over ? end(call, over.reason, over.text) : answered(call)));
  }

  const newLine = (contact: Contact, answer: Answer): CustomerLine => ({
    root: contact.id,
    phone: { answer, entered: '' },
    contactIds: [],
    calls: new Set(),
    transfers: [...surroundings.transfers(contact)],
    keepPatience: nothing,
  });

  function begin(contact: Contact, line: CustomerLine, talkSeconds = surroundings.talkSeconds): LiveCall {
    const call: LiveCall = {
      contact,
      line,
      world: surroundings.world(contact, line.phone),
      talkSeconds,
      cancel: nothing,
      misses: secondsFor(contact, surroundings.missedBy),
      withdraw: nothing,
    };
    live.set(contact.id, call);
    onLine.add(line);
    customers.set(contact.id, line);
    line.contactIds.push(contact.id);
    line.calls.add(call);
    surroundings.moved(contact, undefined);
    return call;
  }

  /** A customer calls in, and hears the contact's flow; without a flow, the call asks for an agent of the contact's queue. */
  function receive(contact: Contact, talkSeconds: number | undefined): void {
    const call = begin(contact, newLine(contact, 'human'), talkSeconds);
    contact.answeredAt = now().toISOString();
    const flow = surroundings.flow(contact.flowId ?? '');
    happened(call, flow ? 'The customer calls back.' : 'A customer calls in.');
    surroundings.event('INITIATED', contact);
    surroundings.event('CONNECTED_TO_SYSTEM', contact);
    beginPatience(call);
    if (flow) play(call, flow, 'prompt', (last) => flowOver(call, last));
    else enterQueue(call, contact.queueId ?? '');
  }

  function answered(call: LiveCall): void {
    const { contact, line } = call;
    contact.answeredAt = now().toISOString();
    if (line.phone.answer === 'voicemail') contact.voicemail = true;
    move(call, 'in-flow');
    happened(call, contact.voicemail ? 'A voicemail answers.' : 'The customer answers.');
    surroundings.event('CONNECTED_TO_SYSTEM', contact);
    beginPatience(call);
    const flow = surroundings.flow(contact.flowId ?? '');
    if (flow) play(call, flow, 'prompt', (last) => flowOver(call, last));
  }

  /** A customer who listens and waits for too long hangs up. */
  function beginPatience({ contact, line }: LiveCall): void {
    const seconds = secondsFor(contact, surroundings.patience);
    if (line.phone.answer !== 'human' || seconds === Number.POSITIVE_INFINITY) return;
    line.keepPatience = timers.after(seconds, () => hangUp(line, 'CUSTOMER_DISCONNECT', 'The customer hangs up.'));
  }

  function play(call: LiveCall, flow: NamedFlow, kind: Listening, over: (last: FlowStep | undefined) => void): void {
    playFlow(walkFlow(flow, call.world), {
      secondsPerCharacter: surroundings.secondsPerCharacter,
      wait: (seconds, then) => wait(call, seconds, then),
      took: (step) => took(call, step),
      asks: (question, press) => asks(call, question, press),
      pressesByItself: (question) => (call.line.phone.answer === 'human' ? presses(call.contact, question) : undefined),
      entered(keys) {
        call.line.phone.entered = keys;
        stopListening(call);
      },
      ...(ask && {
        asksFunction: ({ functionArn, seconds }, then) =>
          waitForAnswer(call, ask(call.contact, functionArn, seconds), then),
      }),
      hears: (text, block, voice) => hears(call, kind, text, block, voice),
      over,
    });
  }

  function asks(call: LiveCall, { choices }: KeyQuestion, press: (key: string) => void): void {
    if (call.line.phone.answer === 'voicemail') return;
    call.press = press;
    call.contact.keysAsked = choices ? { choices } : {};
    surroundings.changed(call.contact);
  }

  function stopListening(call: LiveCall): void {
    delete call.press;
    delete call.contact.keysAsked;
  }

  /** Whatever is in progress in the call is over; nothing of it may come back. */
  function stopFlow(call: LiveCall): void {
    call.cancel();
    stopListening(call);
  }

  function took(call: LiveCall, step: FlowStep): void {
    if (surroundings.keepTranscripts) call.contact.walk.push(step);
    if (step.kind === 'attributes') call.contact.attributes = call.world.contact.attributes;
    const text = stepInWords(step);
    if (text !== undefined) happened(call, text);
  }

  function flowOver(call: LiveCall, last: FlowStep | undefined): void {
    switch (last?.kind) {
      case 'enter-queue':
        if (call.contact.state === 'in-queue') transfer(call, { by: 'flow', queueId: last.queue });
        else enterQueue(call, last.queue);
        return;
      case 'hang-up':
        if (last.broken && call.contact.state === 'in-queue') {
          happened(call, `The flow of the queue stops: ${last.because}.`);
          return;
        }
        end(call, 'CONTACT_FLOW_DISCONNECT', `Amazon Connect hangs up: ${last.because}.`);
        return;
      case 'dial':
        wait(call, secondsFor(call.contact, call.talkSeconds), () =>
          end(call, 'CUSTOMER_DISCONNECT', 'The customer hangs up.'),
        );
        return;
      default:
        // A contact in a queue stays there; any other has nothing left to continue with.
        if (call.contact.state === 'in-flow') end(call, 'CONTACT_FLOW_DISCONNECT', 'The flow is over.');
    }
  }

  function enterQueue(call: LiveCall, idOrArn: string): void {
    const { contact } = call;
    contact.queueId = surroundings.queueId(idOrArn) ?? idOrArn;
    contact.queuedAt = now().toISOString();
    move(call, 'in-queue');
    happened(call, 'The customer waits in the queue.');
    surroundings.event('QUEUED', contact);
    const [next] = call.line.transfers;
    if (next?.by === 'flow') {
      wait(call, TRANSFER_SECONDS.inFirstQueue, () => transferByItself(call));
      return;
    }
    lines.enter(call, contact.queueId);
    connectAgents();
    if (contact.state !== 'in-queue') return;
    const flow = hookFlow(call, 'CustomerQueue');
    if (flow) play(call, flow, 'prompt', (last) => flowOver(call, last));
    else happened(call, "Amazon Connect's default queue flow plays, in English.");
  }

  /** The next of the planned transfers. */
  function transferByItself(call: LiveCall): void {
    const next = call.line.transfers.shift();
    if (next) transfer(call, next);
  }

  /**
   * The customer continues in a new contact, which waits in a queue. A queue flow ends the contact that it transfers;
   * an agent stays for a while.
   * @returns the id of that contact
   */
  function transfer(call: LiveCall, planned: Transfer): string {
    const { contact, line } = call;
    const isByAgent = planned.by === 'agent';
    const queueId = surroundings.queueId(planned.queueId ?? '') ?? contact.queueId ?? '';
    const facts = factsAfter(contact, line.root, { by: planned.by, queueId });
    const next = begin(surroundings.newContact(facts), line, call.talkSeconds);
    carryOver(call.world, next.world);
    happened(next, isByAgent ? 'An agent hands the customer on.' : 'The flow hands the customer on.');
    surroundings.event('INITIATED', next.contact);
    if (isByAgent) {
      stopFlow(call);
      happened(call, 'The agent hands the customer on.');
      wait(call, TRANSFER_SECONDS.untilAgentLeaves, () => end(call, 'AGENT_DISCONNECT', 'The agent leaves the call.'));
    } else end(call, undefined, 'The customer goes on to another queue.');
    enterQueue(next, queueId);
    return next.contact.id;
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
      call.line.keepPatience();
      contact.agentId = agent.id;
      contact.agentAt = now().toISOString();
      move(call, 'with-agent');
      happened(call, `${agent.name} takes the call.`);
      surroundings.event('CONNECTED_TO_AGENT', contact);
      const taken = call;
      whisper(taken, 'AgentWhisper', 'whisper', () => whisper(taken, 'CustomerWhisper', 'prompt', () => talk(taken)));
    }
  }

  /** The flow set for this moment, if there is one. */
  function hookFlow({ world }: LiveCall, hook: string): NamedFlow | undefined {
    const reference = Object.hasOwn(world.contact.hooks, hook) ? world.contact.hooks[hook] : undefined;
    return reference === undefined ? undefined : surroundings.flow(reference);
  }

  /** However a whisper ends, the call continues. */
  function whisper(call: LiveCall, hook: string, kind: Listening, then: () => void): void {
    const flow = hookFlow(call, hook);
    if (flow) play(call, flow, kind, then);
    else then();
  }

  function talk(call: LiveCall): void {
    const { contact, line } = call;
    const seconds = secondsFor(contact, call.talkSeconds);
    const [next] = line.transfers;
    if (next?.by === 'agent') {
      wait(call, seconds / 2, () => transferByItself(call));
      return;
    }
    wait(call, seconds, () => {
      // A customer who hangs up by themselves leaves all agents; the last agent leaves nobody else.
      if (line.phone.answer === 'human') hangUp(line, 'CUSTOMER_DISCONNECT', 'The customer hangs up.');
      else end(call, 'AGENT_DISCONNECT', 'The agent hangs up.');
    });
  }

  /** The customer's line is cut: everything in progress on it is over. */
  function hangUp({ calls }: CustomerLine, reason: DisconnectReason, text: string): void {
    // Somebody who waits must not get the agent who becomes free.
    for (const call of calls) lines.leave(call);
    for (const call of calls) end(call, reason, text);
  }

  /** @param reason missing if the customer continues in another contact */
  function end(call: LiveCall, reason: DisconnectReason | undefined, text: string): void {
    const { contact, line } = call;
    live.delete(contact.id);
    line.calls.delete(call);
    call.withdraw();
    lines.leave(call);
    stopFlow(call);
    contact.endedAt = now().toISOString();
    if (reason !== undefined) contact.disconnectReason = reason;
    move(call, 'ended');
    if (line.calls.size === 0) lineIsOver(line);
    const workSeconds = contact.agentId === undefined ? 0 : secondsFor(contact, surroundings.afterCallSeconds);
    if (workSeconds > 0) agents.wrapUp(contact.id);
    happened(call, text);
    surroundings.event('DISCONNECTED', contact);
    if (workSeconds > 0) timers.after(workSeconds, () => complete(contact));
    else complete(contact);
  }

  function lineIsOver(line: CustomerLine): void {
    line.keepPatience();
    onLine.delete(line);
    for (const id of line.contactIds) customers.delete(id);
    surroundings.lineOver(line.root);
  }

  /** The contact is complete when the agent has finished after-contact work. */
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
    /** Customers on the line: calls that are not over, however many contacts they go through. */
    count: (): number => onLine.size,
    /** Somebody picks up. @returns false if no phone rings: a busy line does not */
    answer(contactId: string): boolean {
      const call = live.get(contactId);
      if (call?.contact.state !== 'ringing') return false;
      const { phone } = call.line;
      if (phone.answer === 'busy' || phone.answer === 'unreachable') return false;
      if (phone.answer !== 'human') phone.answer = 'by-hand';
      call.cancel();
      answered(call);
      return true;
    },
    /** Somebody presses a key: 0–9, * or #. @returns false if no flow asks for keys or buffers them */
    press(contactId: string, key: string): boolean {
      if (!/^[0-9*#]$/.test(key)) return false;
      const calls = [...(customers.get(contactId)?.calls ?? [])];
      const listening = calls.find(({ press }) => press);
      listening?.press?.(key);
      if (listening) return true;
      const buffering = calls.filter(({ world }) => world.contact.keyBuffer !== undefined);
      for (const { world } of buffering) bufferKeys(world.contact, key);
      return buffering.length > 0;
    },
    /**
     * The flow of its queue or its agent transfers a contact.
     * @returns the id of the contact in which the customer continues; undefined if it does not wait, or has no agent
     */
    transfer(contactId: string, planned: Transfer): string | undefined {
      const call = live.get(contactId);
      const from: ContactState = planned.by === 'agent' ? 'with-agent' : 'in-queue';
      return call?.contact.state === from ? transfer(call, planned) : undefined;
    },
    /** The customer hangs up, or declines. Any contact of the line identifies it. */
    hangUp(contactId: string): void {
      const line = customers.get(contactId);
      if (!line) return;
      const rings = live.get(contactId)?.contact.state === 'ringing';
      if (rings) hangUp(line, 'TELECOM_BUSY', 'The customer declines the call.');
      else hangUp(line, 'CUSTOMER_DISCONNECT', 'The customer hangs up.');
    },
    /** Ends a call from outside. @returns false if there is no such live contact */
    stop(contactId: string): boolean {
      const call = live.get(contactId);
      if (!call) return false;
      const reason = call.contact.state === 'ringing' ? 'TELECOM_ORIGINATOR_CANCEL' : 'OTHER';
      hangUp(call.line, reason, 'The call is stopped.');
      return true;
    },
  };
}

const pressOne = (_contact: Contact, { choices = [] }: KeyQuestion): string | undefined =>
  choices.includes('1') ? '1' : undefined;
