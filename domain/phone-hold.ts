/** Longer than all retries with which a request's end is recorded. */
const BACKSTOP_MS = 15 * 60_000;

/** Until when a number is held for a request, should nothing ever give it back. */
export const heldUntil = (deadlineAt: string): Date => new Date(Date.parse(deadlineAt) + BACKSTOP_MS);
