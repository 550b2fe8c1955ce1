import { expect, it } from 'vitest';
import { shortId } from '../../../adapters/shared-state/short-id.ts';
import type { CallRecord } from '../../../domain/call-record.ts';
import { checkAppointments } from '../simulation/invariants-of-appointments.ts';
import { foundOf, START, USUAL, VISITORS } from './invariants-support.ts';

const CALL_AT = START + 600_000;
const arrived = { kind: 'arrived', requestId: 'v1', phone: '+441134960001', callAt: CALL_AT } as const;
const rang = { kind: 'rang', requestId: 'v1', contactId: 'c1', phone: arrived.phone, queueId: VISITORS } as const;

/** What is found where the record says this, and these have a place in its slot. */
const found = (record: Partial<CallRecord>, places: string[] = [], seconds = 600) =>
  checkAppointments(
    [{ ...arrived, at: START }, ...(record.outcome === undefined ? [{ ...rang, at: START + seconds * 1_000 }] : [])],
    {
      calls: [{ requestId: 'v1', ...record } as CallRecord],
      guards: [{ guardId: `slots#${VISITORS}#2026-11-24`, [CALL_AT]: new Set(places.map(shortId)) }],
      leases: [],
      waitingRoom: [],
    },
    { ...USUAL, clockSkewMs: 1_000 },
  ).map(({ invariant, says }) => `${invariant}: ${says}`);

it('a phone that rings before its time, or that nobody promised, is found', () => {
  const bookedAt = new Date(START).toISOString();
  expect(found({ bookedAt })).toEqual([]);
  expect(found({ bookedAt }, [], 599)).toEqual([]);
  expect(found({ bookedAt }, [], 540)).toEqual(['too early: rang 60 s before its time']);
  expect(found({})).toEqual(['too early: rang, and was never promised']);
});

it('a place that is kept by a request that ended before its time is found', () => {
  const cancelled = { outcome: 'cancelled', endedAt: new Date(START + 60_000).toISOString() } as const;
  expect(found(cancelled, ['v2'])).toEqual([]);
  expect(found({ ...cancelled, endedAt: new Date(CALL_AT).toISOString() }, ['v1'])).toEqual([]);
  expect(found(cancelled, ['v1', 'v2'])).toEqual(['slot: ended as cancelled and keeps its place']);
});

it('a slot with more places than the stage allows is found', () => {
  const slot = (...requestIds: string[]) => ({ kind: 'slot', requestIds }) as const;
  expect(
    foundOf(
      'slot',
      [
        [0, slot('a', 'b')],
        [1, slot('a')],
      ],
      { perSlot: 2 },
    ),
  ).toEqual([]);
  expect(foundOf('slot', [[0, slot('a', 'b', 'c')]], { perSlot: 2 })).toEqual(['a b c']);
});

it('an appointment that is called in its slot is not too late, and one after it is', () => {
  const at = (seconds: number) =>
    foundOf('too late', [
      [0, arrived],
      [seconds, rang],
    ]);
  expect(at(1_199)).toEqual([]);
  expect(at(1_201)).toEqual(['v1']);
});
