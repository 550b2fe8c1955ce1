import type { Limits } from './stage-settings.ts';

/** Longer than all retries of recording a request's end. */
const BACKSTOP_MS = 15 * 60_000;

/**
 * Until when a number is held for a request if its end is never recorded: the phone may have rung right at the deadline, so at least
 * for the cool-down after that.
 *
 * @param deadlineAt ISO 8601
 */
export const heldUntil = (deadlineAt: string, { coolDownSeconds }: Pick<Limits, 'coolDownSeconds'>): Date =>
  new Date(Date.parse(deadlineAt) + Math.max(BACKSTOP_MS, coolDownSeconds * 1000));
