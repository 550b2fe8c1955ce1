import { OUTCOMES, type Outcome } from './outcomes.ts';

/** Refusals that no visitor can cause: KARTE or the firm's own back end puts these things in. */
export const UNUSABLE = ['invalid_event', 'stale', 'signature_refused'] as const satisfies readonly Outcome[];

/** The same, of outcomes whose other reasons are the visitor's own. */
export const UNUSABLE_REASONS = [
  ['number_refused', 'missing'],
  ['number_refused', 'not_filled_in'],
  ['appointment_refused', 'unreadable'],
  ['appointment_refused', 'without_offset'],
] as const satisfies readonly (readonly [Outcome, string])[];

/** Was nobody called for a reason that lies with the visitor, or with a limit that somebody set? */
export const isVisitorsFault = (outcome: string, reason: string): boolean =>
  Object.hasOwn(OUTCOMES, outcome) &&
  OUTCOMES[outcome as Outcome].class === 'refused' &&
  !UNUSABLE.some((unusable) => unusable === outcome) &&
  !UNUSABLE_REASONS.some(([unusable, why]) => unusable === outcome && why === reason);
