import { describe, expect, it } from 'vitest';
import { departureAt, firstFreeTurn, isFarOff, laterBy, paceOf } from '../../domain/pacing.ts';
import { stage } from '../functions/function-support.ts';

describe('a departure', () => {
  it.each([
    ['03:00:04.999', '03:00:03.000'],
    ['03:00:04.500', '03:00:03.000'],
    ['03:00:04.499', '03:00:02.000'],
  ])('at %s wakes the state machine at %s: in whole seconds, and early enough for its steps', (at, wakeAt) => {
    expect(departureAt(Date.parse(`2026-11-22T${at}Z`))).toEqual({
      at: `2026-11-22T${at}Z`,
      wakeAt: `2026-11-22T${wakeAt}Z`,
    });
  });

  it('is far off while there is time to wait for', () => {
    const departure = departureAt(Date.parse('2026-11-22T03:00:04.500Z'));
    expect(isFarOff(departure, Date.parse('2026-11-22T03:00:02.999Z'))).toBe(true);
    expect(isFarOff(departure, Date.parse('2026-11-22T03:00:03.000Z'))).toBe(false);
  });
});

describe('the pace of calls', () => {
  it.each([
    [
      { callsPerSecond: 2, burst: 5, keptForJitter: 3 },
      { interval: 500, burst: 2, lateness: 1_500, lead: 0 },
    ],
    // Nobody may be late: everybody comes early.
    [
      { callsPerSecond: 2, burst: 5, keptForJitter: 0 },
      { interval: 500, burst: 5, lateness: 50, lead: 1_500 },
    ],
    [
      { callsPerSecond: 0.1, burst: 1, keptForJitter: 0 },
      { interval: 10_000, burst: 1, lateness: 50, lead: 1_500 },
    ],
    // One at a time at least, whatever is kept back.
    [
      { callsPerSecond: 2, burst: 5, keptForJitter: 5 },
      { interval: 500, burst: 1, lateness: 2_500, lead: 0 },
    ],
    [
      { callsPerSecond: 2, burst: 2, keptForJitter: 1 },
      { interval: 500, burst: 1, lateness: 500, lead: 0 },
    ],
    // Never faster than the quota.
    [
      { callsPerSecond: 3, burst: 1, keptForJitter: 0 },
      { interval: 334, burst: 1, lateness: 50, lead: 1_500 },
    ],
  ])('of %j is %j', (pacing, pace) => {
    expect(paceOf({ ...stage.pacing, ...pacing })).toEqual(pace);
  });

  it('saves up its burst and no more', () => {
    expect(firstFreeTurn({ interval: 500, burst: 1 }, 10_000)).toBe(10_000);
    expect(firstFreeTurn({ interval: 500, burst: 4 }, 10_000)).toBe(8_500);
  });
});

describe('how much later a call is tried again', () => {
  it.each([
    ['ConnectThrottled', 0, 1_000],
    ['ConnectThrottled', 1, 1_000],
    ['ConnectThrottled', 2, 1_500],
    ['ConnectLimitExceeded', 1, 5_000],
    ['ConnectLimitExceeded', 2, 7_500],
  ])('after %s, tried %i times, is %i ms', (error, attempts, milliseconds) => {
    expect(laterBy(error, attempts)).toBe(milliseconds);
  });

  it.each([10, 1_000, 1e9])('is half a minute at most: tried %i times', (attempts) => {
    expect(laterBy('ConnectThrottled', attempts)).toBe(30_000);
  });
});
