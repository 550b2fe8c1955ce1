import { describe, expect, it } from 'vitest';
import { firstFreeTurn, laterBy, latestTurn, paceOf, turnFor } from '../../domain/pacing.ts';
import { stage } from '../functions/function-support.ts';

describe('a turn for the state machine', () => {
  it.each([
    ['ahead', '03:00:01.001', '03:00:02.000'],
    ['ahead', '03:00:01.500', '03:00:02.000'],
    ['ahead', '03:00:01.000', '03:00:01.000'],
    ['that has come', '03:00:00.750', '03:00:00.000'],
    ['that has come', '03:00:00.250', '03:00:00.000'],
    ['that has come', '02:59:59.999', '02:59:59.000'],
  ])('%s, at %s, is written in whole seconds: neither early nor late', (_where, at, written) => {
    const moment = (time: string) => Date.parse(`2026-11-22T${time}Z`);
    expect(turnFor(moment(at), moment('03:00:00.750'))).toBe(`2026-11-22T${written}Z`);
  });

  it('is written as one before the deadline, where it lies at the latest moment', () => {
    const deadlineAt = '2026-11-22T03:05:00.750Z';
    expect(turnFor(latestTurn(deadlineAt), 0)).toBe('2026-11-22T03:05:00.000Z');
    expect(turnFor(latestTurn(deadlineAt) + 1, 0) > deadlineAt).toBe(true);
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
