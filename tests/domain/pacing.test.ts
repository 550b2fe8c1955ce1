import { describe, expect, it } from 'vitest';
import { firstFreeTurn, laterBy, paceOf, wholeSecond } from '../../domain/pacing.ts';
import { stage } from '../functions/function-support.ts';

describe('a turn for the state machine', () => {
  it.each([
    ['2026-11-22T03:00:00.000Z', '2026-11-22T03:00:00.000Z'],
    ['2026-11-22T03:00:00.999Z', '2026-11-22T03:00:00.000Z'],
    ['2026-11-22T03:00:01.500Z', '2026-11-22T03:00:01.000Z'],
  ])('at %s is written in whole seconds', (at, written) => {
    expect(wholeSecond(new Date(at))).toBe(written);
  });
});

describe('the pace of calls', () => {
  it.each([
    [
      { callsPerSecond: 2, burst: 5, keptForJitter: 3 },
      { interval: 500, burst: 2 },
    ],
    [
      { callsPerSecond: 2, burst: 5, keptForJitter: 0 },
      { interval: 500, burst: 5 },
    ],
    [
      { callsPerSecond: 0.1, burst: 1, keptForJitter: 0 },
      { interval: 10_000, burst: 1 },
    ],
    // One at a time at least, whatever is kept back.
    [
      { callsPerSecond: 2, burst: 5, keptForJitter: 5 },
      { interval: 500, burst: 1 },
    ],
    [
      { callsPerSecond: 2, burst: 1, keptForJitter: 999 },
      { interval: 500, burst: 1 },
    ],
    // Never faster than the quota.
    [
      { callsPerSecond: 3, burst: 1, keptForJitter: 0 },
      { interval: 334, burst: 1 },
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
