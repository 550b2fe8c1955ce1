/**
 * - `placed`: Amazon Connect accepted the call. Its result is not known yet.
 * - `reached`: the customer spoke with an agent.
 * - `missed`: the call was placed, but as far as known nobody spoke with an agent.
 * - `refused`: the request itself must not be called (bad number, stale, duplicate …).
 * - `unavailable`: nobody could answer, so nobody was called.
 * - `failed`: an operator's fault or an outage prevented the call, its fate is unknown, or a customer who was promised a call, at
 *   opening time or at a chosen time, did not get it.
 */
export type OutcomeClass = 'placed' | 'reached' | 'missed' | 'refused' | 'unavailable' | 'failed';

/** A sentence for people, in the two languages of this project. */
export interface Sentence {
  ja: string;
  en: string;
}

export interface OutcomeRow extends Sentence {
  class: OutcomeClass;
  /** True if an operator must act: the execution fails and an alarm goes off. */
  failsExecution: boolean;
  /** Every reason the call record can carry under this outcome. */
  reasons: Readonly<Record<string, Sentence>>;
}
