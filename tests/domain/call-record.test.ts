import { describe, expect, it } from 'vitest';
import { type CallRecord, maskRecord, recordOf } from '../../domain/call-record.ts';
import { EXECUTION_ID, goodRequest, NOW, QUEUE_ID, REQUEST_ID } from '../functions/function-support.ts';

describe('the record of a request', () => {
  it('holds what is known of it, and is kept for the days the stage says', () => {
    expect(recordOf(goodRequest, EXECUTION_ID, 30)).toEqual({
      requestId: REQUEST_ID,
      executionId: EXECUTION_ID,
      requestedAt: NOW.toISOString(),
      receivedAt: NOW.toISOString(),
      phone: '+819012345678',
      userType: 'visitor',
      inquiryType: 'KARTE Datahubについて',
      trackId: '48291532',
      queueId: QUEUE_ID,
      leftOut: ['email'],
      expiresAt: Date.parse('2026-12-22T03:00:00Z') / 1000,
    });
  });

  it('has no empty fields where a request was refused before much was known', () => {
    const { requestId, requestedAt, receivedAt } = goodRequest;
    expect(recordOf({ requestId, requestedAt, receivedAt, leftOut: [] }, EXECUTION_ID, 1)).toEqual({
      requestId,
      executionId: EXECUTION_ID,
      requestedAt,
      receivedAt,
      expiresAt: Date.parse('2026-11-23T03:00:00Z') / 1000,
    });
  });

  it('expires in whole seconds', () => {
    const request = { ...goodRequest, receivedAt: '2026-11-22T03:00:00.999Z' };
    expect(recordOf(request, EXECUTION_ID, 0).expiresAt).toBe(NOW.getTime() / 1000);
  });
});

describe('a record as it may be shown', () => {
  const record: CallRecord = {
    requestId: REQUEST_ID,
    executionId: EXECUTION_ID,
    status: 'ended',
    attempts: 0,
    requestedAt: NOW.toISOString(),
    receivedAt: NOW.toISOString(),
    expiresAt: 0,
  };

  it('has its number masked, and the stored one does not change', () => {
    const stored = { ...record, phone: '+819012345678' };
    expect(maskRecord(stored)).toEqual({ ...record, phone: '+81******5678' });
    expect(stored.phone).toBe('+819012345678');
  });

  it("has somebody else's number masked in the visitor's own words", () => {
    const shown = maskRecord({ ...record, inquiryType: '友人 (０９０ー１２３４ー５６７８) の件' });
    expect(shown.inquiryType).toBe('友人 (******5678) の件');
  });

  it('is the same where there is no number', () => {
    expect(maskRecord(record)).toEqual(record);
  });
});
