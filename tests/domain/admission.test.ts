import { describe, expect, it } from 'vitest';
import { type QueueSnapshot, whyNotNow } from '../../domain/admission.ts';
import { NOW, QUEUE_ARN, stage } from '../functions/function-support.ts';

const OPEN: QueueSnapshot = {
  queueArn: QUEUE_ARN,
  enabled: true,
  openingHours: { timeZone: 'Asia/Tokyo', intervals: [{ date: '2026-11-22', start: 9 * 60, end: 18 * 60 }] },
};
const CLOSED: Partial<QueueSnapshot> = { openingHours: { timeZone: 'Asia/Tokyo', intervals: [] } };
const AT_NIGHT = { start: '22:00', end: '06:00', timeZone: 'Asia/Tokyo' };

describe('whether the queue takes calls now', () => {
  it('is yes where the queue is enabled and open', () => {
    expect(whyNotNow(OPEN, stage.callingHours, NOW)).toBeUndefined();
  });

  it.each([
    ['a disabled queue', { enabled: false }, stage.callingHours, 'queue_disabled', 'disabled'],
    ['a closed queue', CLOSED, stage.callingHours, 'queue_closed', 'outside_opening_hours'],
    ['an hour at which no phone may ring', {}, AT_NIGHT, 'queue_closed', 'outside_calling_hours'],
  ] as const)('is no for %s', (_name, change, callingHours, outcome, reason) => {
    expect(whyNotNow({ ...OPEN, ...change }, callingHours, NOW)).toEqual({ outcome, reason });
  });

  it.each([
    ['disabled before everything', { enabled: false, ...CLOSED }, AT_NIGHT, 'disabled'],
    ['closed before the calling hours', CLOSED, AT_NIGHT, 'outside_opening_hours'],
  ] as const)('names the most lasting reason: %s', (_name, change, callingHours, reason) => {
    expect(whyNotNow({ ...OPEN, ...change }, callingHours, NOW)?.reason).toBe(reason);
  });

  it("reads the opening hours in the queue's own time zone", () => {
    // Prepare: noon in Tokyo is three in the morning in London.
    const london: QueueSnapshot = { ...OPEN, openingHours: { ...OPEN.openingHours, timeZone: 'Europe/London' } };

    // Act & Assess
    expect(whyNotNow(london, stage.callingHours, NOW)?.reason).toBe('outside_opening_hours');
    expect(whyNotNow(london, stage.callingHours, new Date('2026-11-22T10:00:00Z'))).toBeUndefined();
  });

  it("counts yesterday's overnight shift", () => {
    // Prepare: half past midnight in Tokyo.
    const night = new Date('2026-11-22T15:30:00Z');
    const overnight = { timeZone: 'Asia/Tokyo', intervals: [{ date: '2026-11-22', start: 22 * 60, end: 60 }] };
    const anyHour = { start: '00:00', end: '24:00', timeZone: 'Asia/Tokyo' };

    // Act & Assess
    expect(whyNotNow({ ...OPEN, openingHours: overnight }, anyHour, night)).toBeUndefined();
  });
});
