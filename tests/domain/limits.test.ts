import { describe, expect, it } from 'vitest';
import { callCounters, countersOf } from '../../domain/limits.ts';
import { stage } from '../functions/function-support.ts';

const PHONE = '+819012345678';
const idsOf = (receivedAt: string, limits = stage.limits) =>
  countersOf({ phone: PHONE, receivedAt }, limits).map(({ id }) => id);

describe('what a request is counted against', () => {
  it.each([
    ['2026-11-22T03:00:59.999Z', '2026-11-22T03:00', '2026-11-22'],
    // Midnight in Japan.
    ['2026-11-22T14:59:59.999Z', '2026-11-22T14:59', '2026-11-22'],
    ['2026-11-22T15:00:00.000Z', '2026-11-22T15:00', '2026-11-23'],
    ['2026-12-31T15:00:00.000Z', '2026-12-31T15:00', '2027-01-01'],
    ['2028-02-28T15:00:00.000Z', '2028-02-28T15:00', '2028-02-29'],
  ])('is the minute of %s by the clock, and the Japanese calendar day', (receivedAt, minute, day) => {
    expect(idsOf(receivedAt)).toEqual([`number#${day}#${PHONE}`, `minute#${minute}`, `day#${day}`]);
  });

  it('is told apart by number for the calls of a number only', () => {
    const other = callCounters({ phone: '+447700900001', receivedAt: '2026-11-22T03:00:00.000Z' }, stage.limits);
    expect(other.map(({ id }) => id)).toEqual(['number#2026-11-22#+447700900001', 'day#2026-11-22']);
  });

  it.each([
    ['requestsPerMinute', ['number#2026-11-22#+819012345678', 'day#2026-11-22']],
    ['callsPerNumberPerDay', ['minute#2026-11-22T03:00', 'day#2026-11-22']],
    ['callsPerDay', ['number#2026-11-22#+819012345678', 'minute#2026-11-22T03:00']],
  ] as const)('is not counted where %s is lifted', (name, ids) => {
    expect(idsOf('2026-11-22T03:00:00.000Z', { ...stage.limits, [name]: null })).toEqual(ids);
  });

  it('carries the limit and the reason, a limit of nothing included', () => {
    const receivedAt = '2026-11-22T03:00:00.000Z';
    const limits = { ...stage.limits, callsPerNumberPerDay: 0, callsPerDay: 7, requestsPerMinute: 9 };
    const counters = countersOf({ phone: PHONE, receivedAt }, limits);
    expect(counters.map(({ max, reason }) => [max, reason])).toEqual([
      [0, 'number_per_day'],
      [9, 'requests_per_minute'],
      [7, 'calls_per_day'],
    ]);
  });

  it('is kept for longer than it counts', () => {
    const receivedAt = '2026-11-22T15:00:00.000Z';
    const [, minute] = countersOf({ phone: PHONE, receivedAt }, stage.limits);
    const [, day] = callCounters({ phone: PHONE, receivedAt }, stage.limits);
    expect(minute?.expiresAt.getTime()).toBeGreaterThan(Date.parse('2026-11-22T15:01:00Z'));
    expect(day?.expiresAt.getTime()).toBeGreaterThan(Date.parse('2026-11-23T15:00:00Z'));
  });
});
