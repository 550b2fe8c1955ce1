import type { Limits } from './stage-settings.ts';

/** Longer than all retries with which a request's end is recorded. */
const BACKSTOP_MS = 15 * 60_000;

/**
 * Until when a number is held for a request, should nothing ever record its end: the phone may have rung at the very deadline,
 * so not shorter than the cool-down from there.
 *
 * @param deadlineAt ISO 8601
 */
export const heldUntil = (deadlineAt: string, { coolDownSeconds }: Pick<Limits, 'coolDownSeconds'>): Date =>
  new Date(Date.parse(deadlineAt) + Math.max(BACKSTOP_MS, coolDownSeconds * 1000));
