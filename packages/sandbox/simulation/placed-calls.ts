import type { Moment, Trace } from './trace.ts';

/** What became of one call, as the world knows it. */
export interface PlacedCall {
  requestId: string;
  /** The contact that rang; the customer may have gone on in others. */
  contactId: string;
  phone: string;
  rangAt: Moment;
  answeredAt?: Moment;
  queuedAt?: Moment;
  agentAt?: Moment;
  /** When the customer was on the line no more; missing where the run ended before. */
  overAt?: Moment;
}

/** The calls of a run, in the order in which they rang. */
export function placedCalls(trace: Trace): PlacedCall[] {
  const calls = new Map<string, PlacedCall>();
  for (const entry of trace) {
    if (entry.kind === 'rang') {
      const { requestId, contactId, phone, at } = entry;
      calls.set(contactId, { requestId, contactId, phone, rangAt: at });
    }
    if (entry.kind === 'line-over') {
      const call = calls.get(entry.contactId);
      if (call) call.overAt = entry.at;
    }
    if (entry.kind !== 'call') continue;
    const call = calls.get(entry.root ?? entry.contactId);
    if (!call) continue;
    if (entry.state === 'in-flow') call.answeredAt ??= entry.at;
    if (entry.state === 'in-queue') call.queuedAt ??= entry.at;
    if (entry.state === 'with-agent') call.agentAt ??= entry.at;
  }
  return [...calls.values()];
}

export const wasAnswered = ({ answeredAt, queuedAt }: PlacedCall): boolean =>
  answeredAt !== undefined || queuedAt !== undefined;
