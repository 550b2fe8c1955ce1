import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type CallsOfNumber, dynamoCallsOfNumber } from '../../adapters/calls-of-number.ts';
import { type CallsTable, dynamoCallsTable } from '../../adapters/calls-table.ts';
import type { Documents } from '../../adapters/dynamodb.ts';
import type { CallRecord } from '../../domain/call-record.ts';
import { type RealTables, startTables } from './dynalite-support.ts';

const PHONE = '+819012345678';
const at = (minutes: number) => new Date(Date.parse('2026-11-22T03:00:00Z') + minutes * 60_000);
const iso = (minutes: number) => at(minutes).toISOString();

let tables: RealTables;
let calls: CallsTable;
let callsOf: CallsOfNumber;
const asked: string[] = [];

const record = (requestId: string, change: Partial<CallRecord> = {}): CallRecord => ({
  ...{ requestId, executionId: 'execution', status: 'claimed', attempts: 0, phone: PHONE },
  ...{ requestedAt: iso(0), receivedAt: iso(0), expiresAt: 4_000_000_000 },
  ...change,
});

async function placed(requestId: string, minutes: number, change: Partial<CallRecord> = {}): Promise<void> {
  const claimed = record(requestId, change);
  await calls.claim(claimed);
  const ending = { outcome: 'call_placed', class: 'placed', reason: 'accepted', placedAt: iso(minutes) } as const;
  const { status: _, attempts: __, ...known } = claimed;
  await calls.end({ ...known, ...ending });
}

beforeAll(async () => {
  tables = await startTables();
  const { callsTable, documents } = tables;
  calls = dynamoCallsTable(callsTable, documents);
  const send = (command: object) => {
    asked.push(command.constructor.name);
    return documents.send(command as never);
  };
  callsOf = dynamoCallsOfNumber(callsTable, { send } as unknown as Documents);
  await placed('first', 1);
  await placed('second', 5);
  await placed('of another', 6, { phone: '+81312345678' });
  await calls.claim(record('not placed'));
  // As one that was written before there was the index.
  const { phone, ...old } = record('old', { placedAt: iso(3), outcome: 'not_answered' });
  await documents.send(new PutCommand({ TableName: callsTable, Item: { ...old, phone } }));
});
afterAll(() => tables.close());

const found = async (phone: string, since: number) =>
  (await callsOf.latest(phone, at(since))).map(({ requestId }) => requestId).sort();

it('the calls of a number are those that were placed to it since then', async () => {
  expect(await found(PHONE, 0)).toEqual(['first', 'old', 'second']);
  expect(await found(PHONE, 3)).toEqual(['old', 'second']);
  expect(await found('+81312345678', 0)).toEqual(['of another']);
});

it('they are whole records, as people read them', async () => {
  const [latest] = await callsOf.latest(PHONE, at(5));
  expect(latest).toEqual(await calls.read('second'));
});

it('a number without calls costs one request, and one with calls two', async () => {
  asked.splice(0);
  expect(await callsOf.latest('+819000000000', at(0))).toEqual([]);
  expect(asked).toEqual(['QueryCommand']);
  await callsOf.latest(PHONE, at(0));
  expect(asked).toEqual(['QueryCommand', 'QueryCommand', 'BatchGetCommand']);
});

it('a customer who called is found by the number once it is known, and so is the latest of more calls than are read', async () => {
  const contact = { requestId: 'contact', kind: 'inbound', executionId: 'contact', status: 'calling' } as const;
  const { phone: _, ...known } = record('contact', contact);
  await calls.open(known as CallRecord);
  await calls.noteCall('contact', { placedAt: iso(9), phone: '+819011111111', outcome: 'completed' }, 1);
  expect(await found('+819011111111', 0)).toEqual(['contact']);
  for (let index = 0; index < 12; index += 1) await placed(`many ${index}`, index, { phone: '+819022222222' });
  const many = await found('+819022222222', 0);
  expect(many).toHaveLength(10);
  expect(many).toContain('many 11');
});

it('a call-back is noted once, on the record of a request that there is', async () => {
  await calls.noteCalledBack('first', { contactId: 'one', at: iso(20) });
  await calls.noteCalledBack('first', { contactId: 'two', at: iso(30) });
  expect(await calls.read('first')).toMatchObject({
    ...{ calledBackAt: iso(20), calledBackBy: 'one', outcome: 'call_placed' },
  });
  await calls.noteCalledBack('contact', { contactId: 'one', at: iso(20) });
  expect(await calls.read('contact')).not.toHaveProperty('calledBackAt');
  await calls.noteCalledBack('nobody', { contactId: 'one', at: iso(20) });
  expect(await calls.read('nobody')).toBeUndefined();
});
