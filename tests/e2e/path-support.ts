import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { vi } from 'vitest';
import { dynamoDocuments } from '../../adapters/dynamodb.ts';
import { dynamoCallLeases } from '../../adapters/shared-state/call-leases.ts';
import { REAL_CLOCK } from '../../adapters/shared-state/shared-state.ts';
import { dynamoWaitingRoom, type Waiter, type WaitingRoom } from '../../adapters/waiting-room.ts';
import { leaseOf } from '../../domain/call-lease.ts';
import type { CallRecord } from '../../domain/call-record.ts';
import type { Contact } from '../../packages/sandbox/connect/contact.ts';
import type { Event } from '../../packages/sandbox/event-bus.ts';
import type { Stack } from '../../packages/sandbox/stack.ts';
import type { Execution } from '../../packages/sandbox/state-machine.ts';
import type { StageOverrides } from '../../resources/load-stage.ts';
import { PROJECT } from '../run-command.ts';

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

/** Settings with which one number can be called again and again, as often as a test likes. */
export const NO_LIMITS = {
  limits: {
    callsPerNumberPerDay: null,
    callsPerDay: null,
    requestsPerMinute: null,
    maxConcurrentCalls: null,
    coolDownSeconds: 0,
  },
} satisfies StageOverrides;

/** Enough for one call after another: nobody waits for an agent. */
export const MANY_AGENTS = 100;

/** Someone else's number each time: of those that are kept free for films and plays, for a stage that calls Britain, too. */
export const otherVisitor = (index: number, fields: Record<string, unknown> = {}) =>
  visitor({ phone_e164: `+441134960${String(index).padStart(3, '0')}`, ...fields });

export const WITH_BRITAIN = { request: { countries: ['JP', 'GB'] } } satisfies StageOverrides;

/** A change as a person makes it. */
export const BY_TEST = { by: 'test', at: '2026-11-22T03:00:00.000Z', why: 'a test' };

/** Puts an event on the bus; its execution goes on by itself. */
export function start(stack: Stack, event: Event): Execution {
  const delivery = stack.put(event);
  if (delivery.result !== 'started') throw new Error(`not started: ${delivery.because}`);
  return delivery.execution;
}

/** Looks at the stack again and again, not at the clock. */
export const until = (isSo: () => unknown) => vi.waitUntil(isSo, { timeout: 120_000, interval: 5 });

/** Resolves when the execution has come to a state. */
export const entered = (execution: Execution, state: string) =>
  until(() => execution.states.some(({ name }) => name === state));

/** The waiting room of the stack, as its functions use it. */
export function waitingRoom(stack: Stack): WaitingRoom & { queueId: string } {
  const { environment, file } = stack.service.stage;
  const room = dynamoWaitingRoom(environment.WAITING_ROOM_TABLE ?? '', documentsOf(stack));
  return { ...room, queueId: file.connect.queues.visitors ?? '' };
}

/**
 * Takes an agent for somebody in line, and goes no further: so does a function that dies before it has counted.
 *
 * @returns tells whether it is still so
 */
export async function takeOnTrial(stack: Stack, { requestId, deadlineAt }: Waiter): Promise<() => Promise<boolean>> {
  const now = Date.now();
  const queueId = waitingRoom(stack).queueId;
  const leases = dynamoCallLeases(stack.service.stage.environment.LEASES_TABLE ?? '', documentsOf(stack), REAL_CLOCK);
  const supply = { queueIds: [queueId], agents: 100, asOf: now, lines: null, now };
  await leases.take(leaseOf({ requestId, queueId, deadlineAt }, now), supply, false);
  return async () => (await leases.all()).some((lease) => lease.requestId === requestId);
}

const documentsOf = (stack: Stack) =>
  dynamoDocuments(
    new DynamoDBClient({
      endpoint: `${stack.url}/aws/dynamodb`,
      region: 'ap-northeast-1',
      credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    }),
  );

/** Resolves when so many wait in the line of the visitors' queue. @returns the line */
export async function inLine(stack: Stack, count: number): Promise<Waiter[]> {
  const room = waitingRoom(stack);
  return vi.waitUntil(
    async () => {
      const line = await room.nextInLine(room.queueId, 25);
      return line.length === count && line;
    },
    { timeout: 120_000, interval: 20 },
  );
}

/** An agent of every queue logs in. */
export const agentComes = (stack: Stack) =>
  stack.connect.addAgent({ name: 'agent', queues: Object.values(stack.service.stage.file.connect.queues) });

interface Ended {
  execution: Execution;
  record: CallRecord;
  contact: Contact | undefined;
}

/** Puts an event on the bus and waits until its execution has ended, and a call it placed, and that is recorded. */
export async function send(stack: Stack, event: Event): Promise<Ended> {
  return ended(stack, start(stack, event));
}

export async function ended(stack: Stack, execution: Execution): Promise<Ended> {
  await execution.done;
  await stack.connect.idle();
  const output = execution.states.find(({ name }) => name === 'RecordOutcome')?.output as { requestId: string };
  await until(async () => (await stack.record(output.requestId))?.outcome !== 'call_placed');
  const record = await stack.record(output.requestId);
  if (!record) throw new Error('the request has no record');
  return { execution, record, contact: record.contactId ? stack.connect.contact(record.contactId) : undefined };
}

/** An event so old that the phone may ring for so many seconds from now on, with the default `maxAgeSeconds`. */
export const secondsToDeadline = (seconds: number): Event => ({
  time: new Date(Date.now() - (300 - seconds) * 1000).toISOString(),
});

/** What the customer heard, in order. */
export const heard = (contact: Contact | undefined): string[] =>
  (contact?.transcript ?? []).filter(({ kind }) => kind === 'prompt').map(({ text }) => text);

/** Every spelling of the number the tests use, as a search in logs must not find it. */
export const NUMBER_FORMS = /819012345678|9012345678|090[-\s‐-―ー−]*1234[-\s‐-―ー−]*5678|０９０|９０１２/;
