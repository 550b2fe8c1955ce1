import { usedUpQuota } from './errors.ts';
import type { Pacing } from './stage-settings.ts';

const SECOND_MS = 1_000;

/**
 * How long before its turn the state machine continues with a call: longer than its steps take, so that the function that places the
 * call is ready in time and waits for the exact millisecond.
 */
const AHEAD_MS = 1_500;

/** When a call leaves, and when the state machine continues. Both ISO 8601. */
interface Departure {
  /** The moment, to the millisecond. */
  at: string;
  /** When the state machine continues, in whole seconds, as its Wait drops milliseconds. */
  wakeAt: string;
}

/** @param at epoch milliseconds */
export const departureAt = (at: number): Departure => ({
  at: new Date(at).toISOString(),
  wakeAt: new Date(Math.floor((at - AHEAD_MS) / SECOND_MS) * SECOND_MS).toISOString(),
});

/** Whether the state machine waits for a departure. A call that leaves soon continues at once, as each state costs time and money. */
export const isFarOff = ({ wakeAt }: Departure, now: number): boolean => Date.parse(wakeAt) > now;

/** The pace of turns: one every `interval` milliseconds, `burst` at once after an idle period. */
export interface Pace {
  interval: number;
  burst: number;
  /**
   * A call that is later than its turn by more than this takes another one. The reserved part of the quota's burst covers as many late
   * calls as are due in this time, however they bunch.
   */
  lateness: number;
  /**
   * The state machine gets no turn closer than this: if nothing is reserved for late calls, everybody must be early.
   */
  lead: number;
}

/** How late a timer may be. */
const TIMER_MS = 50;

/** The part of the quota given out as turns. */
export function paceOf({ callsPerSecond, burst, keptForJitter }: Pacing): Pace {
  const interval = Math.ceil(1000 / callsPerSecond);
  return {
    interval,
    burst: Math.max(1, burst - keptForJitter),
    lateness: Math.max(TIMER_MS, keptForJitter * interval),
    lead: keptForJitter > 0 ? 0 : AHEAD_MS,
  };
}

/**
 * The earliest possible next turn at a moment: an idle pace saves up at most `burst` turns.
 * @see https://en.wikipedia.org/wiki/Generic_cell_rate_algorithm
 */
export const firstFreeTurn = ({ interval, burst }: Pick<Pace, 'interval' | 'burst'>, at: number): number =>
  at - (burst - 1) * interval;

const MAX_DELAY_MS = 30_000;

/**
 * Delay before a rejected call is tried again, in milliseconds: 1.5 times longer each time.
 *
 * @param error name of the error with which it was rejected
 * @param attempts how often the call has been tried
 */
export const laterBy = (error: string, attempts: number): number =>
  Math.min(MAX_DELAY_MS, usedUpQuota(error).laterMs * 1.5 ** Math.max(0, attempts - 1));
