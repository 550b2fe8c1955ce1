import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CallsLog, dynamoCallsLog, requestOfContact } from '../../adapters/calls-log.ts';
import { dynamoCallsTable } from '../../adapters/calls-table.ts';
import type { Documents } from '../../adapters/dynamodb.ts';
import type { CallRecord } from '../../domain/call-record.ts';
import { type RealTables, startTables } from './dynalite-support.ts';

const RETENTION_DAYS = 30;
const HOUR_MS = 60 * 60_000;
const hoursAgo = (hours: number) => new Date(Date.now() - hours * HOUR_MS).toISOString();

const record = (requestId: string, receivedAt: string, trackId?: string): CallRecord => ({
  requestId,
  executionId: 'execution',
  status: 'claimed',
  attempts: 0,
  requestedAt: receivedAt,
  receivedAt,
  ...(trackId !== undefined && { trackId }),
  expiresAt: 4_000_000_000,
});

const UNCLAIMED = record('unclaimed', hoursAgo(50));
const YESTERDAY = record('yesterday', hoursAgo(26), '48291532');
const NEWEST = record('newest', hoursAgo(1), '48291532');
const OTHER = record('other', hoursAgo(2), '75214295');
const LAST_DAY = record('last-day', hoursAgo(RETENTION_DAYS * 24), '57240000');
const BEFORE = record('before-the-index', hoursAgo(3), '91234564');

let tables: RealTables;
let log: CallsLog;
const asked: string[] = [];

beforeAll(async () => {
  tables = await startTables();
  const { callsTable, documents } = tables;
  const calls = dynamoCallsTable(callsTable, documents);
  for (const claimed of [YESTERDAY, OTHER, NEWEST, LAST_DAY]) await calls.claim(claimed);
  const { status: _, attempts: __, ...unclaimed } = UNCLAIMED;
  const ending = { outcome: 'stale', reason: 'too_old', class: 'refused', endedAt: UNCLAIMED.receivedAt } as const;
  await calls.end({ ...unclaimed, ...ending });
  await documents.send(new PutCommand({ TableName: callsTable, Item: BEFORE }));
  const send = (command: object) => {
    asked.push(command.constructor.name);
    return documents.send(command as never);
  };
  log = dynamoCallsLog(callsTable, { send } as unknown as Documents, RETENTION_DAYS);
});
afterAll(() => tables.close());

const idsOf = (records: readonly CallRecord[]) => records.map(({ requestId }) => requestId);

/** All that the log shows since a moment, page after page. */
async function read(since?: Date): Promise<CallRecord[]> {
  const records: CallRecord[] = [];
  for await (const page of log.pages(since)) records.push(...page.records);
  return records;
}

describe('a contact', () => {
  it('leads to its request, from whichever transfer it came of', async () => {
    // Prepare
    const { guardsTable, documents } = tables;
    const items = { first: { requestId: 'newest' }, second: { root: 'first' }, foreign: { endedAt: 1 } };
    for (const [id, item] of Object.entries(items)) {
      await documents.send(new PutCommand({ TableName: guardsTable, Item: { guardId: `contact#${id}`, ...item } }));
    }
    // Assess
    const found = await Promise.all(
      ['first', 'second', 'foreign', 'nobody'].map((id) => requestOfContact(guardsTable, documents, id)),
    );
    expect(found).toEqual(['newest', 'newest', undefined, undefined]);
  });
});

describe('the call log', () => {
  it('finds the latest record with an inquiry number, as far back as records are kept', async () => {
    expect(await log.withInquiryNumber('48291532')).toEqual(NEWEST);
    expect(await log.withInquiryNumber('57240000')).toEqual(LAST_DAY);
    expect(await log.withInquiryNumber('4829153')).toBeUndefined();
    expect(await log.withInquiryNumber('91234564')).toBeUndefined();
  });

  it('lists the latest first, over the days, those without an inquiry number included', async () => {
    expect(idsOf(await read())).toEqual(['newest', 'other', 'yesterday', 'unclaimed', 'last-day']);
    expect(idsOf(await read(new Date(hoursAgo(27))))).toEqual(['newest', 'other', 'yesterday']);
    expect(idsOf(await read(new Date(hoursAgo(1.5))))).toEqual(['newest']);
  });

  it('looks at no day before the moment that is asked for, and at none after the page that was enough', async () => {
    asked.length = 0;
    await read(new Date());
    expect(asked.length).toBeLessThanOrEqual(3);
    asked.length = 0;
    for await (const { records } of log.pages()) if (records.length > 0) break;
    expect(asked.filter((command) => command === 'QueryCommand').length).toBeLessThan(15);
  });

  it('reads the whole table for nobody but who asks for all, who gets those from before the index, too', async () => {
    asked.length = 0;
    await read();
    await log.withInquiryNumber('91234564');
    expect(asked).not.toContain('ScanCommand');
    expect(idsOf(await log.all())).toEqual([
      'last-day',
      'unclaimed',
      'yesterday',
      'before-the-index',
      'other',
      'newest',
    ]);
  });

  it('knows of a record what was written, and finds it as before when it has ended', async () => {
    const calls = dynamoCallsTable(tables.callsTable, tables.documents);
    const { requestId, executionId, receivedAt } = OTHER;
    const ending = { outcome: 'stale', reason: 'too_old', class: 'refused', endedAt: receivedAt } as const;
    await calls.end({ requestId, executionId, receivedAt, ...ending });
    expect(await log.withInquiryNumber('75214295')).toEqual({ ...OTHER, ...ending, status: 'ended' });
  });
});
