import { usedUpQuota } from './errors.ts';
import type { Pacing } from './stage-settings.ts';

/**
 * A turn as the state machine's Wait takes it. Step Functions truncates milliseconds, so a turn has none: a turn at
 * .500 would come up to a second early.
 */
export const wholeSecond = (at: Date): string => new Date(Math.floor(at.getTime() / 1000) * 1000).toISOString();

/** The pace in which turns are given out: one every `interval` milliseconds, `burst` at once after idleness. */
export interface Pace {
  interval: number;
  burst: number;
}

/** What of the quota is given out as turns. */
export const paceOf = ({ callsPerSecond, burst, keptForJitter }: Pacing): Pace => ({
  interval: Math.ceil(1000 / callsPerSecond),
  burst: Math.max(1, burst - keptForJitter),
});

/**
 * The earliest value the next turn can have at a moment: an idle pace saves up `burst` turns and no more.
 * @see https://en.wikipedia.org/wiki/Generic_cell_rate_algorithm
 */
export const firstFreeTurn = ({ interval, burst }: Pace, at: number): number => at - (burst - 1) * interval;

const MAX_DELAY_MS = 30_000;

/**
 * How much later a call is tried again that Amazon Connect turned away, in milliseconds: each time half as long again.
 *
 * @param error name of the error it was turned away with
 * @param attempts how often the call has been tried
 */
export const laterBy = (error: string, attempts: number): number =>
  Math.min(MAX_DELAY_MS, usedUpQuota(error).laterMs * 1.5 ** Math.max(0, attempts - 1));
