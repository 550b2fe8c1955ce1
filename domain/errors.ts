import type { Ending } from './outcomes.ts';

/**
 * What the state machine does with an error before the request ends.
 * - `none`: repeating the same request cannot help.
 * - `backoff`: a passing fault; repeat with exponential back-off and full jitter.
 * - `later`: a quota is exhausted; the call takes a later turn, until the request's deadline.
 */
type RetryClass = 'none' | 'backoff' | 'later';

/** What one error means. */
type CallErrorRow = {
  /** How the request ends if the retries of StartCall did not help. */
  ending: Ending;
} & (
  | { retry: Exclude<RetryClass, 'later'> }
  | {
      retry: 'later';
      /** Delay before the first retry, in milliseconds. */
      laterMs: number;
    }
);

/**
 * The errors that this project throws on purpose, by name. Step Functions takes `error.name` as the name of the error: tests compare
 * the `ErrorEquals` lists of the state machine file with this table and its order.
 */
export const CALL_ERRORS = {
  // The rate recovers within a second; a line becomes free when a call ends.
  ConnectThrottled: { ending: { outcome: 'throttled', reason: 'api_rate' }, retry: 'later', laterMs: 1_000 },
  ConnectLimitExceeded: { ending: { outcome: 'capacity_exhausted', reason: 'quota' }, retry: 'later', laterMs: 5_000 },
  ConnectUnavailable: { ending: { outcome: 'call_unconfirmed', reason: 'connect_unavailable' }, retry: 'backoff' },
  ConnectDestinationNotAllowed: {
    ending: { outcome: 'destination_not_allowed', reason: 'country_not_enabled' },
    retry: 'none',
  },
  ConnectOutboundNotPermitted: {
    ending: { outcome: 'outbound_not_permitted', reason: 'outbound_disabled' },
    retry: 'none',
  },
  ConnectRequestRejected: { ending: { outcome: 'misconfigured', reason: 'request_rejected' }, retry: 'none' },
  ConnectResourceNotFound: { ending: { outcome: 'misconfigured', reason: 'resource_not_found' }, retry: 'none' },
  ConnectAccessDenied: { ending: { outcome: 'access_denied', reason: 'not_authorized' }, retry: 'none' },
  // What only the deployed stack knows: adapters/stage-ids.ts. It is read before any request to Amazon Connect.
  StageIdsUnavailable: { ending: { outcome: 'internal_error', reason: 'ids_unreadable' }, retry: 'backoff' },
  StageIdsMissing: { ending: { outcome: 'misconfigured', reason: 'ids_missing' }, retry: 'none' },
} as const satisfies Record<string, CallErrorRow>;

/** Name of one of this project's own errors. */
export type CallErrorName = keyof typeof CALL_ERRORS;

/**
 * An error whose name decides retry and outcome. The name is a literal, because minified class names are not stable.
 * Messages end up in the execution's history, so they must not contain telephone numbers.
 */
export class CallError extends Error {
  override readonly name: CallErrorName;
  constructor(name: CallErrorName, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = name;
  }
}

/** The states of the machine that run a function and can fail. */
export type TaskState =
  | 'ValidateRequest'
  | 'BookAppointment'
  | 'CheckQueue'
  | 'WaitForAgent'
  | 'StartCall'
  | 'TakeLaterTurn';

const rowOf = (name: string): CallErrorRow | undefined =>
  Object.hasOwn(CALL_ERRORS, name) ? CALL_ERRORS[name as CallErrorName] : undefined;

/**
 * The ending of a request whose state failed for good.
 * If a function crashed or timed out while placing the call, the call's fate is unknown; anywhere else, nobody was called.
 *
 * @param state the state that failed
 * @param errorName the name Step Functions caught: one of ours, or Lambda's or Step Functions' own
 */
export function endingOfFailure(state: TaskState, errorName: string): Ending {
  const known = rowOf(errorName);
  switch (state) {
    case 'StartCall':
      return known?.ending ?? { outcome: 'call_unconfirmed', reason: 'function_failed' };
    case 'BookAppointment':
    case 'CheckQueue': {
      // A read was refused or unanswered: only errors that are not about a call keep their own outcome.
      if (known && !isOfCall(known)) return known.ending;
      return { outcome: 'queue_unreadable', reason: known ? 'connect_unavailable' : 'function_failed' };
    }
    case 'WaitForAgent':
      return errorName === 'States.Timeout'
        ? { outcome: 'no_agents_available', reason: 'waited_in_vain' }
        : { outcome: 'internal_error', reason: 'function_failed' };
    case 'ValidateRequest':
    case 'TakeLaterTurn':
      return known && !isOfCall(known) ? known.ending : { outcome: 'internal_error', reason: 'function_failed' };
  }
}

/** Whether its ending is about a requested call. Only StartCall requests one. */
const isOfCall = ({ retry, ending }: CallErrorRow): boolean =>
  retry === 'later' || ending.outcome === 'call_unconfirmed';

/** True if an attempt that failed with this error may still have placed the call. */
export const leavesCallUnknown = (error: unknown): boolean =>
  !(error instanceof CallError) || CALL_ERRORS[error.name].ending.outcome === 'call_unconfirmed';

/** What the state machine does with one of our errors. */
export const retryOfError = (name: CallErrorName): RetryClass => CALL_ERRORS[name].retry;

/**
 * Which quota an error is about. A call that waits for a turn may have failed differently: Amazon Connect refused its ring time-out,
 * and the rate left no room for a second request.
 *
 * @param name of an error that is tried `later`, or that was followed by a lack of turns
 */
export function usedUpQuota(name: string): { ending: Ending; laterMs: number } {
  const row = rowOf(name);
  return row?.retry === 'later' ? row : CALL_ERRORS.ConnectThrottled;
}
