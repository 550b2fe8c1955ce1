import { usedUpQuota } from './errors.ts';
import type { Pacing } from './stage-settings.ts';

const SECOND_MS = 1_000;

/**
 * How long before its turn the state machine goes on with a call: longer than its steps take, so that the function that
 * asks for the call is there in time and waits for the millisecond itself.
 */
const AHEAD_MS = 1_500;

/** When a call leaves, and how the state machine comes there. Both ISO 8601. */
interface Departure {
  /** The moment, to the millisecond. */
  at: string;
  /** When the state machine goes on, in whole seconds: its Wait drops milliseconds. */
  wakeAt: string;
}

/** @param at epoch milliseconds */
export const departureAt = (at: number): Departure => ({
  at: new Date(at).toISOString(),
  wakeAt: new Date(Math.floor((at - AHEAD_MS) / SECOND_MS) * SECOND_MS).toISOString(),
});

/** Does the state machine wait for a departure? A call that leaves soon goes on at once: each state costs time and money. */
export const isFarOff = ({ wakeAt }: Departure, now: number): boolean => Date.parse(wakeAt) > now;

/** The pace in which turns are given out: one every `interval` milliseconds, `burst` at once after idleness. */
export interface Pace {
  interval: number;
  burst: number;
  /**
   * A call that comes later than its turn by more than this takes another one. What is kept of the quota's burst carries as
   * many late calls as fall due meanwhile, however they bunch.
   */
  lateness: number;
  /**
   * No turn is given to the state machine that lies nearer than this: where nothing is kept for those who are late, everybody
   * must be early.
   */
  lead: number;
}

/** What a timer may be late by. */
const TIMER_MS = 50;

/** What of the quota is given out as turns. */
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
 * The earliest value the next turn can have at a moment: an idle pace saves up `burst` turns and no more.
 * @see https://en.wikipedia.org/wiki/Generic_cell_rate_algorithm
 */
export const firstFreeTurn = ({ interval, burst }: Pick<Pace, 'interval' | 'burst'>, at: number): number =>
  at - (burst - 1) * interval;

const MAX_DELAY_MS = 30_000;

/**
 * How much later a call is tried again that Amazon Connect turned away, in milliseconds: each time half as long again.
 *
 * @param error name of the error it was turned away with
 * @param attempts how often the call has been tried
 */
export const laterBy = (error: string, attempts: number): number =>
  Math.min(MAX_DELAY_MS, usedUpQuota(error).laterMs * 1.5 ** Math.max(0, attempts - 1));
