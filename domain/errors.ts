import { type Ending, OUTCOMES, type Outcome } from './outcomes.ts';

/** Names of the errors this project throws on purpose. Step Functions sees `error.name` as the error's name. */
export type CallErrorName =
  | 'ConnectThrottled'
  | 'ConnectLimitExceeded'
  | 'ConnectUnavailable'
  | 'ConnectDestinationNotAllowed'
  | 'ConnectOutboundNotPermitted'
  | 'ConnectRequestRejected'
  | 'ConnectResourceNotFound'
  | 'ConnectAccessDenied';

/**
 * An error whose name decides retry and outcome. The name is a literal, because minified class names are not stable.
 * Messages end up in the execution's history: they carry no telephone number.
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
  | 'ClaimRequest'
  | 'CheckQueue'
  | 'WaitForAgent'
  | 'StartCall'
  | 'TakeLaterTurn';

/** Error name → how the request ends when the retries did not help. */
const ENDING_OF_ERROR = {
  ConnectThrottled: { outcome: 'throttled', reason: 'api_rate' },
  ConnectLimitExceeded: { outcome: 'capacity_exhausted', reason: 'quota' },
  ConnectUnavailable: { outcome: 'call_unconfirmed', reason: 'connect_unavailable' },
  ConnectDestinationNotAllowed: { outcome: 'destination_not_allowed', reason: 'country_not_enabled' },
  ConnectOutboundNotPermitted: { outcome: 'outbound_not_permitted', reason: 'outbound_disabled' },
  ConnectRequestRejected: { outcome: 'misconfigured', reason: 'request_rejected' },
  ConnectResourceNotFound: { outcome: 'misconfigured', reason: 'resource_not_found' },
  ConnectAccessDenied: { outcome: 'access_denied', reason: 'not_authorized' },
} as const satisfies Record<CallErrorName, Ending>;

const isCallErrorName = (name: string): name is CallErrorName => Object.hasOwn(ENDING_OF_ERROR, name);

/**
 * The ending of a request whose state failed for good.
 * A function that crashed or timed out while placing the call leaves the call's fate unknown; anywhere else it proves
 * that nobody was called.
 *
 * @param state the state that failed
 * @param errorName the name Step Functions caught: one of ours, or Lambda's or Step Functions' own
 */
export function endingOfFailure(state: TaskState, errorName: string): Ending {
  const known = isCallErrorName(errorName) ? ENDING_OF_ERROR[errorName] : undefined;
  switch (state) {
    case 'StartCall':
      return known ?? { outcome: 'call_unconfirmed', reason: 'function_failed' };
    case 'CheckQueue': {
      // Reading was refused or unanswered: only faults an operator must mend keep their own outcome.
      if (known && OUTCOMES[known.outcome].retry === 'none') return known;
      return { outcome: 'queue_unreadable', reason: known ? 'connect_unavailable' : 'function_failed' };
    }
    case 'WaitForAgent':
      return errorName === 'States.Timeout'
        ? { outcome: 'no_agents_available', reason: 'waited_in_vain' }
        : { outcome: 'internal_error', reason: 'function_failed' };
    case 'ValidateRequest':
    case 'ClaimRequest':
    case 'TakeLaterTurn':
      return { outcome: 'internal_error', reason: 'function_failed' };
  }
}

/** True where an attempt that failed with this error may still have placed the call. */
export const leavesCallUnknown = (error: unknown): boolean =>
  !(error instanceof CallError) || error.name === 'ConnectUnavailable';

/** Retry class of one of our errors, from the outcome it ends in. */
export const retryOfError = (name: CallErrorName): (typeof OUTCOMES)[Outcome]['retry'] =>
  OUTCOMES[ENDING_OF_ERROR[name].outcome].retry;
