/**
 * - `placed`: the call was handed to Amazon Connect, which accepted it. Its result is not known yet.
 * - `reached`: the customer spoke with an agent.
 * - `missed`: the call was placed, and nobody spoke with an agent, as far as anything tells.
 * - `refused`: the request itself must not be called (bad number, stale, duplicate …).
 * - `unavailable`: nobody could answer, so nobody was called.
 * - `failed`: an operator's fault or an outage kept the call from going out, its fate is unknown, or a customer who was
 *   promised a call, after the opening or at a time of their own, did not get it.
 */
export type OutcomeClass = 'placed' | 'reached' | 'missed' | 'refused' | 'unavailable' | 'failed';

/** A sentence for people, in the two languages of this project. */
export interface Sentence {
  ja: string;
  en: string;
}

export interface OutcomeRow extends Sentence {
  class: OutcomeClass;
  /** True where an operator must act: the execution fails and the alarm rings. */
  failsExecution: boolean;
  /** Every reason the call record can carry under this outcome. */
  reasons: Readonly<Record<string, Sentence>>;
}
