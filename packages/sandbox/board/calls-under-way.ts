import type { Contact, ContactState } from '../connect/contact.ts';
import { type CallOver, callOver, type FactsOfCall } from './call-over.ts';
import { NEWEST_ROWS } from './newest-rows.ts';
import type { WorldView } from './protocol.ts';

/** A call as it is now, through however many contacts it has gone. */
export interface CallUnderWay {
  /** The contact it goes on in; the last one when it is over. */
  contactId: string;
  /** All of its contacts, the first one first. */
  contactIds: readonly string[];
  state: ContactState;
  /** Since when it is in this state. ISO 8601. */
  since: string;
  /** Who has it, or had it last. */
  agentId?: string;
  /** A voicemail answered. */
  voicemail?: true;
  /** How it was over, once it is. */
  over?: CallOver;
}

/** A customer called the stage's number: nobody asked for it on the web site. Its request id is its first contact's id. */
export interface IncomingCall {
  requestId: string;
  /** ISO 8601 */
  startedAt: string;
}

/** A part of a call: one contact. */
type Leg = Pick<Contact, 'id' | 'state' | 'agentId'> & { since: string; facts: FactsOfCall };

/** Puts the contacts of each call together. */
export function callsUnderWay() {
  /** By request id. */
  const calls = new Map<string, Leg[]>();
  /** Contacts that are not over. */
  const live = new Map<string, { id: string; queueId: string | undefined; state: ContactState; voicemail: boolean }>();
  const incoming = new Map<string, IncomingCall>();

  /** Undefined where it is nobody's who is shown. */
  function requestIdOf({ id, initialContactId = id, initiationMethod, attributes, initiatedAt }: Readonly<Contact>) {
    if (attributes.request_id !== undefined) return attributes.request_id;
    if (initiationMethod === 'INBOUND' && !incoming.has(id)) {
      incoming.set(id, { requestId: id, startedAt: initiatedAt });
      forgetOldest();
    }
    return incoming.has(initialContactId) ? initialContactId : undefined;
  }

  /** Of requests the executions say how long they are kept; these have none. */
  function forgetOldest(): void {
    const [oldest] = incoming.keys();
    if (oldest === undefined || incoming.size <= NEWEST_ROWS) return;
    incoming.delete(oldest);
    calls.delete(oldest);
  }

  return {
    /** @returns the id of the request, or of the call that came in */
    moved(contact: Readonly<Contact>): string | undefined {
      const { id, state, queueId, agentId, voicemail = false } = contact;
      if (state === 'ended') live.delete(id);
      else live.set(id, { id, queueId, state, voicemail });
      const requestId = requestIdOf(contact);
      if (requestId === undefined) return undefined;
      const legs = calls.get(requestId) ?? [];
      const facts = factsOf(contact);
      const leg = { id, state, since: sinceWhen(contact), facts, ...(agentId !== undefined && { agentId }) };
      const known = legs.findIndex((one) => one.id === id);
      if (known === -1) legs.push(leg);
      else legs[known] = leg;
      calls.set(requestId, legs);
      return requestId;
    },
    callOf(requestId: string): CallUnderWay | undefined {
      const legs = calls.get(requestId) ?? [];
      // An agent who has handed the customer on stays for a moment: the customer goes on in the newer one.
      const leg = legs.findLast(({ state }) => state !== 'ended') ?? legs.at(-1);
      if (!leg) return undefined;
      const { id, facts: _, ...now } = leg;
      const facts: FactsOfCall = Object.assign({}, ...legs.map((one) => one.facts));
      return {
        contactId: id,
        contactIds: legs.map((one) => one.id),
        ...now,
        ...(facts.voicemail && { voicemail: true }),
        ...(now.state === 'ended' && { over: callOver(facts) }),
      };
    },
    liveCalls: () => [...live.values()],
    /** How many are at what. An agent who hears a voicemail talks with nobody. */
    counts(): WorldView['calls'] {
      const ringing = [...live.values()].filter(({ state }) => state === 'ringing').length;
      const talking = [...live.values()].filter((one) => one.state === 'with-agent' && !one.voicemail).length;
      return { ringing, talking, other: live.size - ringing - talking };
    },
    incoming: () => [...incoming.values()],
    incomingCall: (requestId: string) => incoming.get(requestId),
    forget: (requestId: string) => void calls.delete(requestId),
  };
}

function factsOf({ answeredAt, agentAt, disconnectReason, voicemail }: Readonly<Contact>): FactsOfCall {
  return {
    ...(answeredAt !== undefined && { answeredAt }),
    ...(agentAt !== undefined && { agentAt }),
    ...(disconnectReason !== undefined && { disconnectReason }),
    ...(voicemail && { voicemail }),
  };
}

function sinceWhen({ state, initiatedAt, answeredAt, queuedAt, agentAt, endedAt }: Readonly<Contact>): string {
  const times: Record<ContactState, string | undefined> = {
    ringing: initiatedAt,
    'in-flow': answeredAt,
    'in-queue': queuedAt,
    'with-agent': agentAt,
    ended: endedAt,
  };
  return times[state] ?? initiatedAt;
}
