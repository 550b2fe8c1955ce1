import { describe, expect, it } from 'vitest';
import { chosenTime } from '../../domain/chosen-time.ts';

const NOW = new Date('2026-11-22T12:10:00+09:00');
const STAGE = {
  appointments: { maxDays: 14, slotMinutes: 30, perSlot: 1 },
  callingHours: { start: '08:00', end: '21:00', timeZone: 'Asia/Tokyo' },
  request: { maxAgeSeconds: 300 },
} as unknown as Parameters<typeof chosenTime>[1];

describe('a time that was chosen', () => {
  it.each([
    ['2026-11-30T10:00:00+09:00', '2026-11-30T01:00:00.000Z'],
    ['2026-11-30T10:00+09:00', '2026-11-30T01:00:00.000Z'],
    [' 2026-11-30T01:30:00.000Z ', '2026-11-30T01:30:00.000Z'],
    ['2026-11-29T17:00:00-08:00', '2026-11-30T01:00:00.000Z'],
    // The slot has begun and is not over.
    ['2026-11-22T12:00:00+09:00', '2026-11-22T03:00:00.000Z'],
    ['2026-12-06T12:00:00+09:00', '2026-12-06T03:00:00.000Z'],
  ])('is %s', (callAt, expected) => {
    const deadlineAt = new Date(Date.parse(expected) + 30 * 60_000).toISOString();
    expect(chosenTime(callAt, STAGE, NOW)).toEqual({ callAt: expected, deadlineAt });
  });

  it('leaves a phone as long to ring as any other request, where a slot is shorter', () => {
    const stage = { ...STAGE, request: { ...STAGE.request, maxAgeSeconds: 3_600 } };
    expect(chosenTime('2026-11-30T10:00:00+09:00', stage, NOW)).toMatchObject({
      deadlineAt: '2026-11-30T02:00:00.000Z',
    });
  });

  it.each([undefined, null, '', '   ', '#{call_at}', '{{call_at}}', 'undefined', 'null'])(
    'is none where call_at is %j: a call now',
    (callAt) => {
      expect(chosenTime(callAt, STAGE, NOW)).toBeUndefined();
      expect(chosenTime(callAt, { ...STAGE, appointments: null }, NOW)).toBeUndefined();
    },
  );

  it.each([
    ['2026-11-30T10:00:00', 'without_offset'],
    ['2026-11-30 10:00', 'without_offset'],
    ['2026-11-30', 'without_offset'],
    ['tomorrow at ten', 'unreadable'],
    ['2026/11/30 10:00', 'unreadable'],
    ['2026-11-31T10:00:00+09:00', 'unreadable'],
    ['2026-13-01T10:00:00+09:00', 'unreadable'],
    [1_795_000_000, 'unreadable'],
    [true, 'unreadable'],
    [{ at: '2026-11-30T10:00:00+09:00' }, 'unreadable'],
    [['2026-11-30T10:00:00+09:00'], 'unreadable'],
    ['2026-11-22T11:30:00+09:00', 'in_the_past'],
    ['2025-11-30T10:00:00+09:00', 'in_the_past'],
    ['2026-12-06T12:30:00+09:00', 'too_far_ahead'],
    ['9999-11-30T10:00:00+09:00', 'too_far_ahead'],
    ['2026-11-30T10:10:00+09:00', 'between_slots'],
    ['2026-11-30T10:00:01+09:00', 'between_slots'],
  ])('is refused where call_at is %j: %s', (callAt, reason) => {
    expect(chosenTime(callAt, STAGE, NOW)).toEqual({ outcome: 'appointment_refused', reason });
  });

  it('is refused by a stage that makes no appointments, whatever it is', () => {
    const stage = { ...STAGE, appointments: null };
    expect(chosenTime('2026-11-30T10:00:00+09:00', stage, NOW)).toMatchObject({ reason: 'not_offered' });
  });
});
