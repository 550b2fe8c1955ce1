import { OUTCOMES, type Outcome } from './outcomes.ts';

/** Refusals that no visitor can cause: KARTE or the company's own back end supplies these values. */
export const UNUSABLE = ['invalid_event', 'stale', 'signature_refused'] as const satisfies readonly Outcome[];

/** The same, for outcomes whose other reasons are the visitor's fault. */
export const UNUSABLE_REASONS = [
  ['number_refused', 'missing'],
  ['number_refused', 'not_filled_in'],
  ['appointment_refused', 'unreadable'],
  ['appointment_refused', 'without_offset'],
] as const satisfies readonly (readonly [Outcome, string])[];

/** Whether the reason without a call is the visitor's fault, or a limit that somebody set. */
export const isVisitorsFault = (outcome: string, reason: string): boolean =>
  Object.hasOwn(OUTCOMES, outcome) &&
  OUTCOMES[outcome as Outcome].class === 'refused' &&
  !UNUSABLE.some((unusable) => unusable === outcome) &&
  !UNUSABLE_REASONS.some(([unusable, why]) => unusable === outcome && why === reason);
