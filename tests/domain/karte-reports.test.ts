import { describe, expect, it } from 'vitest';
import type { CallRecord } from '../../domain/call-record.ts';
import { karteKeyOf } from '../../domain/karte-key.ts';
import { dueReports } from '../../domain/karte-reports.ts';

const CLAIMED: CallRecord = {
  requestId: 'request-1',
  executionId: 'execution-1',
  status: 'claimed',
  phone: '+819012345678',
  karteKey: { user_id: 'member-1' },
  attempts: 0,
  requestedAt: '2026-11-22T03:00:00.000Z',
  receivedAt: '2026-11-22T03:00:01.000Z',
  expiresAt: 1_800_000_000,
};
const PLACED: CallRecord = {
  ...CLAIMED,
  status: 'ended',
  outcome: 'call_placed',
  class: 'placed',
  reason: 'call_started',
  contactId: 'contact-1',
  attempts: 1,
  placedAt: '2026-11-22T03:00:03.000Z',
};
const CONNECTED: CallRecord = {
  ...PLACED,
  answeredAt: '2026-11-22T03:00:09.000Z',
  agentAt: '2026-11-22T03:00:33.000Z',
};
const ENDED: CallRecord = {
  ...CONNECTED,
  outcome: 'completed',
  class: 'reached',
  reason: 'agent_connected',
  endedAt: '2026-11-22T03:04:03.000Z',
  hungUpBy: 'customer',
};

const names = (before: CallRecord | undefined, after: CallRecord) =>
  dueReports(before, after, '').map(({ event }) => event.event_name);

describe('what a write of a record tells KARTE', () => {
  it('is the step that it adds', () => {
    expect(names(undefined, CLAIMED)).toEqual([]);
    expect(names(CLAIMED, PLACED)).toEqual(['call_try']);
    expect(names(PLACED, CONNECTED)).toEqual(['call_connected']);
    expect(names(CONNECTED, ENDED)).toEqual(['call_ended']);
  });

  it('is every step where the record jumps', () => {
    expect(names(CLAIMED, ENDED)).toEqual(['call_try', 'call_connected', 'call_ended']);
    expect(names(undefined, ENDED)).toEqual(['call_try', 'call_connected', 'call_ended']);
  });

  it('is nothing where a write adds something else, or comes back to the same', () => {
    expect(names(ENDED, ENDED)).toEqual([]);
    expect(names(ENDED, { ...ENDED, duplicates: ['execution-2'] })).toEqual([]);
    expect(names(PLACED, { ...PLACED, placedAt: '2026-11-22T03:00:02.000Z' })).toEqual([]);
  });

  it('has the same ids when it comes again', () => {
    expect(dueReports(CLAIMED, ENDED, '')).toEqual(dueReports(CLAIMED, ENDED, ''));
    const ids = dueReports(undefined, ENDED, '').map(({ event }) => event.values.event_id);
    expect(new Set(ids).size).toBe(3);
  });

  it('is another end where what became of a lost call is found out', () => {
    const lost: CallRecord = { ...PLACED, outcome: 'lost', class: 'missed', reason: 'no_end_seen' };
    const [first] = dueReports(PLACED, lost, '');
    const late = dueReports(lost, ENDED, '').filter(({ event }) => event.event_name === 'call_ended');
    expect(late).toHaveLength(1);
    expect(late[0]?.event.values.event_id).not.toBe(first?.event.values.event_id);
  });

  it('is call_fail, and no call, where none was placed', () => {
    const refused: CallRecord = { ...CLAIMED, status: 'ended', outcome: 'stale', class: 'refused', reason: 'too_old' };
    expect(names(CLAIMED, refused)).toEqual(['call_fail']);
    const unconfirmed: CallRecord = { ...refused, outcome: 'call_unconfirmed', class: 'failed', reason: 'no_answer' };
    expect(names(CLAIMED, unconfirmed)).toEqual(['call_fail']);
  });

  it('has how long the parts of the call took, in seconds', () => {
    expect(dueReports(CONNECTED, ENDED, '')[0]?.event.values).toMatchObject({
      ringing_seconds: 6,
      waiting_seconds: 24,
      talk_seconds: 210,
    });
  });

  it('is of each try its own call, with the request that it follows', () => {
    const again: CallRecord = { ...PLACED, requestId: 'request-1.try2', tryOf: 'request-1', try: 2 };
    expect(dueReports(undefined, again, '')[0]?.event.values).toMatchObject({
      event_id: 'request-1.try2:call_try',
      try_of: 'request-1',
    });
  });

  it('is nothing where KARTE does not know the visitor, or nobody asked for the call', () => {
    const { karteKey: _, ...unknown } = ENDED;
    expect(names(undefined, unknown)).toEqual([]);
    expect(names(undefined, { ...ENDED, kind: 'inbound' })).toEqual([]);
  });

  it('has no telephone number, in whichever field somebody wrote one', () => {
    const told = JSON.stringify(
      dueReports(undefined, { ...ENDED, trackId: '090-1234-5678' }, '').map(({ event }) => event),
    );
    expect(told).not.toMatch(/1234/);
  });
});

describe('who asks, to KARTE', () => {
  it.each([
    [{ user_id: 'member-1', visitor_id: 'vis-0000' }, { user_id: 'member-1' }],
    [{ user_id: '', visitor_id: 'vis-0000' }, { visitor_id: 'vis-0000' }],
    [{ user_id: 'null', visitor_id: 'vis-0000' }, { visitor_id: 'vis-0000' }],
    [{ user_id: 4711 }, { user_id: '4711' }],
    [{ user_id: { id: 'member-1' } }, undefined],
    [{ user_id: 'x'.repeat(201) }, undefined],
    [{}, undefined],
  ])('%j is %j', (content, key) => {
    expect(karteKeyOf(content)).toEqual(key);
  });
});
