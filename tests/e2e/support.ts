import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CallRecord } from '../../domain/call-record.ts';
import type { Contact } from '../../local/connect/contact.ts';
import type { Event } from '../../local/event-bus.ts';
import type { Stack } from '../../local/stack.ts';
import type { Execution } from '../../local/state-machine.ts';
import { PROJECT } from '../command.ts';

export const sample = (name: string): Event => JSON.parse(readFileSync(join(PROJECT, 'events', name), 'utf8'));

let count = 0;

/** An event as KARTE sends it, with an id of its own. */
export function karteEvent(content: unknown, envelope: Event = {}): Event {
  count += 1;
  return {
    ...sample('call-request.visitor.json'),
    id: `11111111-2222-4333-8444-${String(count).padStart(12, 'e')}`,
    detail: { name: 'karte_ivr_call_request', content },
    ...envelope,
  };
}

export const visitor = (fields: Record<string, unknown> = {}) => ({
  phone_e164: '+819012345678',
  user_type: 'visitor',
  inquiry_type: '料金について',
  ...fields,
});

export interface Ended {
  execution: Execution;
  record: CallRecord;
  contact: Contact | undefined;
}

/** Puts an event on the bus and waits until its execution, and a call it placed, have ended. */
export async function send(stack: Stack, event: Event): Promise<Ended> {
  const delivery = stack.put(event);
  if (delivery.result !== 'started') throw new Error(`not started: ${delivery.because}`);
  return ended(stack, delivery.execution);
}

export async function ended(stack: Stack, execution: Execution): Promise<Ended> {
  await execution.done;
  await stack.connect.idle();
  const output = execution.states.find(({ name }) => name === 'RecordOutcome')?.output as { requestId: string };
  const record = await stack.record(output.requestId);
  if (!record) throw new Error('the request has no record');
  return { execution, record, contact: record.contactId ? stack.connect.contact(record.contactId) : undefined };
}

/** What the customer heard, in order. */
export const heard = (contact: Contact | undefined): string[] =>
  (contact?.transcript ?? []).filter(({ kind }) => kind === 'prompt').map(({ text }) => text);

/** Every spelling of the number the tests use, as a search in logs must not find it. */
export const NUMBER_FORMS = /819012345678|9012345678|090[-\s‐-―ー−]*1234[-\s‐-―ー−]*5678|０９０|９０１２/;
