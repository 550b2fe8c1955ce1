import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CallsTable, dynamoCallsTable, type EndedRecord } from '../../adapters/calls-table.ts';
import type { CallRecord } from '../../domain/call-record.ts';
import { EXECUTION_ID, NOW, OTHER_EXECUTION_ID } from '../functions/function-support.ts';
import { type RealTables, startTables } from './dynalite-support.ts';

let tables: RealTables;
let calls: CallsTable;
let count = 0;
/** Each test has a request of its own. */
const newClaim = (change: Partial<CallRecord> = {}): CallRecord => {
  count += 1;
  return {
    requestId: `request-${count}`,
    executionId: EXECUTION_ID,
    status: 'claimed',
    attempts: 0,
    requestedAt: NOW.toISOString(),
    receivedAt: NOW.toISOString(),
    expiresAt: 4_000_000_000,
    ...change,
  };
};
const endOf = ({ requestId }: CallRecord, change: Partial<EndedRecord> = {}): EndedRecord => ({
  ...{ requestId, executionId: EXECUTION_ID, endedAt: NOW.toISOString() },
  ...{ outcome: 'stale', reason: 'too_old', class: 'refused' },
  ...change,
});
const AT = NOW.toISOString();

beforeAll(async () => {
  tables = await startTables();
  calls = dynamoCallsTable(tables.callsTable, tables.documents);
});
afterAll(() => tables.close());

describe('the record of a request', () => {
  it('is claimed by one of 50 executions that come at once, and by that one again', async () => {
    const claim = newClaim();
    const executions = Array.from({ length: 50 }, (_, index) => `${EXECUTION_ID}-${index}`);
    const claimed = await Promise.all(executions.map((executionId) => calls.claim({ ...claim, executionId })));
    expect(claimed.filter(Boolean)).toHaveLength(1);
    const owner = executions[claimed.indexOf(true)] ?? '';
    expect(await calls.claim({ ...claim, executionId: owner })).toBe(true);
    expect(await calls.read(claim.requestId)).toMatchObject({ executionId: owner });
  });

  it('counts attempts, and tells what was known before each', async () => {
    // Prepare
    const claim = newClaim();
    const { requestId } = claim;
    await calls.claim(claim);

    // Act & Assess
    expect(await calls.attempts(requestId)).toEqual({ unanswered: false, count: 0 });
    expect(await calls.beginAttempt(requestId, EXECUTION_ID, AT)).toEqual({ unanswered: false, count: 0 });
    expect(await calls.attempts(requestId)).toEqual({ unanswered: true, count: 1 });
    await calls.failAttempt(requestId, EXECUTION_ID, { attempt: 1, lastError: 'ConnectThrottled', unanswered: false });
    expect(await calls.beginAttempt(requestId, EXECUTION_ID, AT)).toEqual({
      unanswered: false,
      count: 1,
      lastError: 'ConnectThrottled',
    });
    expect(await calls.claim(claim)).toBe(false);
  });

  it('lets nobody begin an attempt but the execution that has it, and only until it ends', async () => {
    const claim = newClaim();
    expect(await calls.beginAttempt(claim.requestId, EXECUTION_ID, AT)).toBeUndefined();
    await calls.claim(claim);
    expect(await calls.beginAttempt(claim.requestId, OTHER_EXECUTION_ID, AT)).toBeUndefined();
    await calls.end(endOf(claim));
    expect(await calls.beginAttempt(claim.requestId, EXECUTION_ID, AT)).toBeUndefined();
    expect(await calls.read(claim.requestId)).toMatchObject({ status: 'ended', attempts: 0 });
  });

  it('is ended by the execution that has it, claimed or not, and by no other', async () => {
    const [claimed, unclaimed] = [newClaim(), newClaim()];
    await calls.claim(claimed);
    expect(await calls.end(endOf(claimed, { executionId: OTHER_EXECUTION_ID }))).toBe(false);
    expect(await calls.end(endOf(claimed))).toBe(true);
    expect(await calls.end(endOf(unclaimed))).toBe(true);
    expect(await calls.end(endOf(unclaimed, { executionId: OTHER_EXECUTION_ID }))).toBe(false);
    expect(await calls.read(unclaimed.requestId)).toEqual({ ...endOf(unclaimed), status: 'ended', attempts: 0 });
  });

  it('is settled once, and never where it has an ending', async () => {
    const [claimed, ended, unclaimed] = [newClaim(), newClaim(), newClaim()];
    await calls.claim(claimed);
    await calls.claim(ended);
    await calls.end(endOf(ended));
    const settle = { outcome: 'internal_error', reason: 'execution_aborted', class: 'failed' } as const;
    expect(await calls.settle(endOf(claimed, { ...settle, executionId: OTHER_EXECUTION_ID }), claimed)).toBe(false);
    expect(await calls.settle(endOf(claimed, settle), undefined)).toBe(false);
    expect(await calls.settle(endOf(claimed, settle), claimed)).toBe(true);
    expect(await calls.settle(endOf(claimed, settle), claimed)).toBe(false);
    expect(await calls.settle(endOf(ended, settle), ended)).toBe(false);
    expect(await calls.settle(endOf(unclaimed, settle), undefined)).toBe(true);
    expect(await calls.read(ended.requestId)).toMatchObject({ outcome: 'stale' });
  });

  it('is settled only as it was read: not after another attempt, nor after the answer to one', async () => {
    const claim = newClaim();
    await calls.claim(claim);
    const settle = endOf(claim, { outcome: 'internal_error', reason: 'execution_aborted', class: 'failed' });
    await calls.beginAttempt(claim.requestId, claim.executionId, claim.receivedAt);
    const asked = await calls.read(claim.requestId);
    expect(await calls.settle(settle, claim)).toBe(false);
    await calls.failAttempt(claim.requestId, claim.executionId, {
      attempt: 1,
      lastError: 'ConnectThrottled',
      unanswered: false,
    });
    expect(await calls.settle(settle, asked)).toBe(false);
    expect(await calls.settle(settle, await calls.read(claim.requestId))).toBe(true);
  });

  it('still says that an attempt was not answered when an older one fails late', async () => {
    const { requestId, executionId } = newClaim();
    await calls.claim({ ...newClaim(), requestId, executionId });
    await calls.beginAttempt(requestId, executionId, NOW.toISOString());
    await calls.beginAttempt(requestId, executionId, NOW.toISOString());
    await calls.failAttempt(requestId, executionId, { attempt: 1, lastError: 'ConnectThrottled', unanswered: false });
    expect(await calls.attempts(requestId)).toEqual({ count: 2, unanswered: true });
  });

  it('counts each second delivery once, and never comes back for one', async () => {
    const [claim, gone] = [newClaim(), newClaim()];
    await calls.claim(claim);
    for (const executionId of ['b', 'a', 'b']) await calls.addDuplicate(claim.requestId, executionId);
    await calls.addDuplicate(gone.requestId, 'a');
    expect(await calls.read(claim.requestId)).toEqual({ ...claim, duplicates: ['a', 'b'] });
    expect(await calls.read(gone.requestId)).toBeUndefined();
  });

  it('notes no more than a hundred second deliveries, however often an event comes', async () => {
    const claim = newClaim();
    await calls.claim(claim);
    for (let nth = 1; nth <= 101; nth += 1) await calls.addDuplicate(claim.requestId, `execution-${nth}`);
    const { duplicates } = (await calls.read(claim.requestId)) ?? {};
    expect(duplicates).toHaveLength(100);
    expect(duplicates).not.toContain('execution-101');
  });
});
