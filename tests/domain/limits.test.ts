import { describe, expect, it } from 'vitest';
import { callDay, callLimitId, countersOf, requestCounters } from '../../domain/limits.ts';
import { stage } from '../functions/function-support.ts';

const AT = '2026-11-22T03:00:00.000Z';
const idsOf = (receivedAt: string, limits = stage.limits) => countersOf({ receivedAt }, limits).map(({ id }) => id);

describe('what a request is counted against', () => {
  it.each([
    ['2026-11-22T03:00:59.999Z', '2026-11-22T03:00', '2026-11-22'],
    // Midnight in Japan.
    ['2026-11-22T14:59:59.999Z', '2026-11-22T14:59', '2026-11-22'],
    ['2026-11-22T15:00:00.000Z', '2026-11-22T15:00', '2026-11-23'],
    ['2026-12-31T15:00:00.000Z', '2026-12-31T15:00', '2027-01-01'],
    ['2028-02-28T15:00:00.000Z', '2028-02-28T15:00', '2028-02-29'],
  ])('is the minute of %s by the clock, and the Japanese calendar day', (receivedAt, minute, day) => {
    expect(idsOf(receivedAt)).toEqual([`minute#${minute}`, `day#${day}`]);
    expect(callDay({ receivedAt })).toBe(day);
    expect(callLimitId({ receivedAt })).toBe(`day#${day}`);
  });

  it('is the day of the call for an appointment, which was counted as a request when it was made', () => {
    const appointment = { receivedAt: '2026-11-22T03:00:00.000Z', callAt: '2026-11-29T15:00:00.000Z' };
    expect(countersOf(appointment, stage.limits).map(({ id }) => id)).toEqual(['day#2026-11-30']);
    expect(requestCounters(appointment, stage.limits).map(({ id }) => id)).toEqual(['minute#2026-11-22T03:00']);
    expect(callDay(appointment)).toBe('2026-11-30');
  });

  it.each([
    ['requestsPerMinute', ['day#2026-11-22']],
    ['callsPerDay', ['minute#2026-11-22T03:00']],
  ] as const)('is not counted where %s is lifted', (name, ids) => {
    expect(idsOf(AT, { ...stage.limits, [name]: null })).toEqual(ids);
  });

  it('carries the limit and the reason, a limit of nothing included', () => {
    const counters = countersOf({ receivedAt: AT }, { ...stage.limits, callsPerDay: 0, requestsPerMinute: 9 });
    expect(counters.map(({ max, reason }) => [max, reason])).toEqual([
      [9, 'requests_per_minute'],
      [0, 'calls_per_day'],
    ]);
  });

  it('is kept for longer than it counts, and than an event may be late', () => {
    const [minute, day] = countersOf({ receivedAt: '2026-11-22T15:00:00.000Z' }, stage.limits);
    expect(minute?.expiresAt.getTime()).toBeGreaterThan(Date.parse('2026-11-22T16:01:00Z'));
    expect(day?.expiresAt.getTime()).toBeGreaterThan(Date.parse('2026-11-23T15:00:00Z'));
  });
});
