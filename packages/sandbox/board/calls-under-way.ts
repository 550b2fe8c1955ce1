import type { Contact, ContactState } from '../connect/contact.ts';
import { type CallOver, callOver, type FactsOfCall } from './call-over.ts';
import { NEWEST_ROWS } from './newest-rows.ts';
import type { WorldView } from './protocol.ts';

/** The current state of a call, across its contacts. */
export interface CallUnderWay {
  /** The current contact; the last one once it is over. */
  contactId: string;
  /** All of its contacts, in order. */
  contactIds: readonly string[];
  state: ContactState;
  /** When it entered this state. ISO 8601. */
  since: string;
  /** The current or last agent. */
  agentId?: string;
  /** A voicemail answered. */
  voicemail?: true;
  /** How it ended, once it has. */
  over?: CallOver;
}

/** A customer called the stage's number, without a request on the website. Its request id is the id of its first contact. */
export interface IncomingCall {
  requestId: string;
  /** ISO 8601 */
  startedAt: string;
}

/** A part of a call: one contact. */
type Leg = Pick<Contact, 'id' | 'state' | 'agentId'> & { since: string; facts: FactsOfCall };

/** Groups contacts by call. */
export function callsUnderWay() {
  /** By request id. */
  const calls = new Map<string, Leg[]>();
  /** Contacts that are not over. */
  const live = new Map<string, { id: string; queueId: string | undefined; state: ContactState; voicemail: boolean }>();
  const incoming = new Map<string, IncomingCall>();

  /** Undefined if it belongs to no row. */
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
    /** @returns the id of the request, or of the inbound call */
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
      // After a transfer the old agent stays for a moment: the customer is in the newer contact.
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
    /** Counts by state. An agent who hears a voicemail does not count as talking. */
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
