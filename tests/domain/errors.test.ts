import { describe, expect, it } from 'vitest';
import {
  CallError,
  type CallErrorName,
  endingOfFailure,
  leavesCallUnknown,
  retryOfError,
  type TaskState,
} from '../../domain/errors.ts';
import { OUTCOMES, type RetryClass } from '../../domain/outcomes.ts';

/** Every error of this project with its retry class and the outcome it ends in while the call is placed. */
const ERRORS = {
  ConnectThrottled: { retry: 'later', outcome: 'throttled' },
  ConnectLimitExceeded: { retry: 'later', outcome: 'capacity_exhausted' },
  ConnectUnavailable: { retry: 'backoff', outcome: 'call_unconfirmed' },
  ConnectDestinationNotAllowed: { retry: 'none', outcome: 'destination_not_allowed' },
  ConnectOutboundNotPermitted: { retry: 'none', outcome: 'outbound_not_permitted' },
  ConnectRequestRejected: { retry: 'none', outcome: 'misconfigured' },
  ConnectResourceNotFound: { retry: 'none', outcome: 'misconfigured' },
  ConnectAccessDenied: { retry: 'none', outcome: 'access_denied' },
} as const satisfies Record<CallErrorName, { retry: RetryClass; outcome: keyof typeof OUTCOMES }>;

const errors = Object.entries(ERRORS) as [CallErrorName, (typeof ERRORS)[CallErrorName]][];

/** Names of lambda:invoke and of Step Functions itself. */
const FOREIGN_ERRORS = [
  'States.Timeout',
  'States.TaskFailed',
  'Lambda.Unknown',
  'Lambda.TooManyRequestsException',
  'Lambda.ServiceException',
  'Sandbox.Timedout',
  'Runtime.ExitError',
  'TypeError',
  'Error',
  '',
  'constructor',
  '__proto__',
];

describe('the errors of this project', () => {
  it.each(errors)('%s is listed by the outcome it ends in', (name, { outcome }) => {
    expect(endingOfFailure('StartCall', name).outcome).toBe(outcome);
    expect(OUTCOMES[outcome].errors).toContain(name);
  });

  it('are all that the outcomes list', () => {
    const listed = Object.values(OUTCOMES).flatMap(({ errors: names }) => [...names]);
    expect(listed.toSorted()).toEqual(Object.keys(ERRORS).toSorted());
  });

  it.each(errors)('%s has its retry class', (name, { retry }) => {
    expect(retryOfError(name)).toBe(retry);
  });

  it.each(errors)('%s ends in a reason of its outcome', (name) => {
    const { outcome, reason } = endingOfFailure('StartCall', name);
    expect(OUTCOMES[outcome].reasons).toHaveProperty(reason);
  });

  it.each(errors)('%s leaves the call unknown only where Connect did not answer', (name) => {
    expect(leavesCallUnknown(new CallError(name, 'message'))).toBe(name === 'ConnectUnavailable');
  });

  it('carry their name as a literal, and their cause', () => {
    const cause = new Error('socket hang up');
    const error = new CallError('ConnectUnavailable', 'no answer', { cause });
    expect(error).toBeInstanceOf(Error);
    expect(error).toMatchObject({ name: 'ConnectUnavailable', message: 'no answer', cause });
  });
});

describe('the ending of a state that failed', () => {
  it.each(FOREIGN_ERRORS)('leaves the call unconfirmed where StartCall ended in %j', (name) => {
    expect(endingOfFailure('StartCall', name)).toEqual({ outcome: 'call_unconfirmed', reason: 'function_failed' });
  });

  it.each(FOREIGN_ERRORS)('proves that nobody was called where CheckQueue ended in %j', (name) => {
    expect(endingOfFailure('CheckQueue', name)).toEqual({ outcome: 'queue_unreadable', reason: 'function_failed' });
  });

  it.each(errors)(
    'names the fault an operator must mend, or an unreadable queue, where CheckQueue ended in %s',
    (name) => {
      const ending = endingOfFailure('CheckQueue', name);
      if (ERRORS[name].retry === 'none') expect(ending.outcome).toBe(ERRORS[name].outcome);
      else expect(ending).toEqual({ outcome: 'queue_unreadable', reason: 'connect_unavailable' });
    },
  );

  it('is a wait in vain where WaitForAgent ran into its time-out, which is the deadline', () => {
    const ending = endingOfFailure('WaitForAgent', 'States.Timeout');
    expect(ending).toEqual({ outcome: 'no_agents_available', reason: 'waited_in_vain' });
    expect(OUTCOMES[ending.outcome].failsExecution).toBe(false);
  });

  it.each([...FOREIGN_ERRORS, ...Object.keys(ERRORS)].filter((name) => name !== 'States.Timeout'))(
    'is an internal error where WaitForAgent ended in %j',
    (name) => {
      expect(endingOfFailure('WaitForAgent', name)).toEqual({ outcome: 'internal_error', reason: 'function_failed' });
    },
  );

  it.each(
    (['ValidateRequest', 'ClaimRequest', 'TakeLaterTurn'] satisfies TaskState[]).flatMap((state) =>
      [...FOREIGN_ERRORS, ...Object.keys(ERRORS)].map((name) => [state, name] as const),
    ),
  )('is an internal error where %s ended in %j', (state, name) => {
    expect(endingOfFailure(state, name)).toEqual({ outcome: 'internal_error', reason: 'function_failed' });
  });

  it.each(
    (['ValidateRequest', 'ClaimRequest', 'CheckQueue', 'StartCall', 'TakeLaterTurn'] satisfies TaskState[]).flatMap(
      (state) => [...FOREIGN_ERRORS, ...Object.keys(ERRORS)].map((name) => [state, name] as const),
    ),
  )('rings the alarm: %s, %j', (state, name) => {
    expect(OUTCOMES[endingOfFailure(state, name).outcome].failsExecution).toBe(true);
  });
});
