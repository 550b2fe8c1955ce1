import type { EntryOf, Moment, Trace } from './trace.ts';

/** A contact that a customer goes through. */
interface ContactOfCall {
  startedAt: Moment;
  agentAt?: Moment;
  endedAt?: Moment;
}

/** The result of one call, as it really was. */
export interface PlacedCall {
  requestId: string;
  /** The contact that rang; the customer may have continued in others. */
  contactId: string;
  phone: string;
  rangAt: Moment;
  answeredAt?: Moment;
  queuedAt?: Moment;
  agentAt?: Moment;
  /** When the customer was no longer on the line; missing if the run ended before. */
  overAt?: Moment;
  /** Why its last contact ended, as Amazon Connect names it. */
  reason?: string;
  /** What the contact flow reported about the end. */
  result?: string;
  /** All its contacts by id, including the first one. */
  contacts: ReadonlyMap<string, Readonly<ContactOfCall>>;
}

type Growing = Omit<PlacedCall, 'contacts'> & { contacts: Map<string, ContactOfCall> };

/** The calls of a run, in the order in which they rang. */
export function placedCalls(trace: Trace): PlacedCall[] {
  const calls = new Map<string, Growing>();
  for (const entry of trace) {
    if (entry.kind === 'rang') {
      const { requestId, contactId, phone, at } = entry;
      const contacts = new Map([[contactId, { startedAt: at }]]);
      calls.set(contactId, { requestId, contactId, phone, rangAt: at, contacts });
    }
    if (entry.kind === 'line-over') {
      const call = calls.get(entry.contactId);
      if (call) call.overAt = entry.at;
    }
    const call = entry.kind === 'call' ? calls.get(entry.root ?? entry.contactId) : undefined;
    if (call && entry.kind === 'call') goOn(call, entry);
  }
  return [...calls.values()];
}

function goOn(call: Growing, { contactId, state, at, reason, result }: EntryOf<'call'>): void {
  const contact: ContactOfCall = call.contacts.get(contactId) ?? { startedAt: at };
  call.contacts.set(contactId, contact);
  if (state === 'in-flow') call.answeredAt ??= at;
  if (state === 'in-queue') call.queuedAt ??= at;
  if (state === 'with-agent') {
    call.agentAt ??= at;
    contact.agentAt ??= at;
  }
  if (state === 'ended') {
    contact.endedAt ??= at;
    if (reason !== undefined) call.reason = reason;
    if (result !== undefined) call.result = result;
  }
}

export const wasAnswered = ({ answeredAt, queuedAt }: PlacedCall): boolean =>
  answeredAt !== undefined || queuedAt !== undefined;

/** Those of requests whose phone rang once, as it should. */
export function singleCalls(trace: Trace): PlacedCall[] {
  const calls = placedCalls(trace);
  const rings = Map.groupBy(calls, ({ requestId }) => requestId);
  return calls.filter(({ requestId }) => rings.get(requestId)?.length === 1);
}
