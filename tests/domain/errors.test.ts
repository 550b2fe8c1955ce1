import { describe, expect, it } from 'vitest';
import {
  CALL_ERRORS,
  CallError,
  type CallErrorName,
  endingOfFailure,
  leavesCallUnknown,
  retryOfError,
  type TaskState,
  usedUpQuota,
} from '../../domain/errors.ts';
import { OUTCOMES } from '../../domain/outcomes.ts';

const NAMES = Object.keys(CALL_ERRORS) as CallErrorName[];
const namesOf = (retry: ReturnType<typeof retryOfError>) => NAMES.filter((name) => retryOfError(name) === retry);

/** Whatever asked for it: nothing that was to be done was done. */
const isOwnFault = (name: string): boolean =>
  name === 'StageIdsUnavailable' || namesOf('none').includes(name as CallErrorName);

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
  it.each(NAMES)('%s ends in a reason of its outcome', (name) => {
    const { outcome, reason } = endingOfFailure('StartCall', name);
    expect(OUTCOMES[outcome].reasons).toHaveProperty(reason);
  });

  it('end differently each, so that the record tells them apart', () => {
    const endings = NAMES.map((name) => JSON.stringify(endingOfFailure('StartCall', name)));
    expect(new Set(endings).size).toBe(NAMES.length);
  });

  it('leave the call unknown only where Connect did not answer', () => {
    const unknown = NAMES.filter((name) => leavesCallUnknown(new CallError(name, 'message')));
    expect(unknown).toEqual(['ConnectUnavailable']);
  });

  it('may pass by themselves where nobody answered', () => {
    expect(namesOf('backoff')).toEqual(['ConnectUnavailable', 'StageIdsUnavailable']);
  });

  it('get a later turn only where a quota is used up', () => {
    expect(namesOf('later')).toEqual(['ConnectThrottled', 'ConnectLimitExceeded']);
    expect(namesOf('later').map((name) => usedUpQuota(name).ending)).toEqual(
      namesOf('later').map((name) => endingOfFailure('StartCall', name)),
    );
  });

  it.each([...namesOf('none'), ...namesOf('backoff'), ...FOREIGN_ERRORS])(
    'say nothing of a quota in %j: what then keeps a call waiting is the rate',
    (name) => {
      expect(usedUpQuota(name)).toEqual(usedUpQuota('ConnectThrottled'));
    },
  );

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

  it.each(NAMES)(
    'names the fault an operator must fix, or an unreadable queue, where CheckQueue ended in %s',
    (name) => {
      const ending = endingOfFailure('CheckQueue', name);
      if (isOwnFault(name)) expect(ending).toEqual(endingOfFailure('StartCall', name));
      else expect(ending).toEqual({ outcome: 'queue_unreadable', reason: 'connect_unavailable' });
    },
  );

  it('is a wait in vain where WaitForAgent ran into its time-out, which is the deadline', () => {
    const ending = endingOfFailure('WaitForAgent', 'States.Timeout');
    expect(ending).toEqual({ outcome: 'no_agents_available', reason: 'waited_in_vain' });
    expect(OUTCOMES[ending.outcome].failsExecution).toBe(false);
  });

  it.each([...FOREIGN_ERRORS, ...NAMES].filter((name) => name !== 'States.Timeout'))(
    'is an internal error where WaitForAgent ended in %j',
    (name) => {
      expect(endingOfFailure('WaitForAgent', name)).toEqual({ outcome: 'internal_error', reason: 'function_failed' });
    },
  );

  it.each(
    (['ValidateRequest', 'TakeLaterTurn'] satisfies TaskState[]).flatMap((state) =>
      [...FOREIGN_ERRORS, ...NAMES].map((name) => [state, name] as const),
    ),
  )('is an internal error, or the fault an operator must fix, where %s ended in %j', (state, name) => {
    const internal = { outcome: 'internal_error', reason: 'function_failed' };
    expect(endingOfFailure(state, name)).toEqual(isOwnFault(name) ? endingOfFailure('StartCall', name) : internal);
  });

  it.each(
    (['ValidateRequest', 'CheckQueue', 'StartCall', 'TakeLaterTurn'] satisfies TaskState[]).flatMap((state) =>
      [...FOREIGN_ERRORS, ...NAMES].map((name) => [state, name] as const),
    ),
  )('rings the alarm: %s, %j', (state, name) => {
    expect(OUTCOMES[endingOfFailure(state, name).outcome].failsExecution).toBe(true);
  });
});
