import { usedUpQuota } from './errors.ts';
import type { Pacing } from './stage-settings.ts';

const SECOND_MS = 1_000;

/**
 * A turn as the state machine's Wait takes it: in whole seconds, because Step Functions drops the milliseconds. A turn that
 * lies ahead is put off to its next second, which is also the time that the steps up to the Wait need; a turn that has come
 * keeps nobody waiting.
 *
 * @param at epoch milliseconds
 * @returns ISO 8601
 */
export function turnFor(at: number, now: number): string {
  const round = at > now ? Math.ceil : Math.floor;
  return new Date(round(at / SECOND_MS) * SECOND_MS).toISOString();
}

/** The last moment (epoch milliseconds) at which a turn may lie so that it is written down as one before the deadline. */
export const latestTurn = (deadlineAt: string): number => Math.floor(Date.parse(deadlineAt) / SECOND_MS) * SECOND_MS;

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
