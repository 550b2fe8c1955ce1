import { describe, expect, it } from 'vitest';
import type { OutboundCall } from '../../adapters/connect.ts';
import { CallError, type CallErrorName } from '../../domain/errors.ts';
import {
  CONTACT_ID,
  EXECUTION_ID,
  FLOW_ARN,
  goodRequest,
  holdsTheNumber,
  memoryCalls,
  NOW,
  OTHER_EXECUTION_ID,
  QUEUE_ARN,
  REQUEST_ID,
  recordingLog,
  secondsAfter,
  setEnvironment,
} from './support.ts';

setEnvironment();
const { startCall } = await import('../../functions/start-call.ts');

const INPUT = {
  executionId: EXECUTION_ID,
  contactFlowArn: FLOW_ARN,
  state: { decision: 'continue', request: goodRequest, queueArn: QUEUE_ARN, turnAt: NOW.toISOString() },
} as const;
const CLAIMED = { requestId: REQUEST_ID, executionId: EXECUTION_ID, status: 'claimed', attempts: 0 } as const;
const AFTER_DEADLINE = secondsAfter(301);

type Answer = Error | { contactId: string; ringTimeoutRefused: boolean };
const PLACED: Answer = { contactId: CONTACT_ID, ringTimeoutRefused: false };
const error = (name: CallErrorName) => new CallError(name, `Amazon Connect: ${name}`);

/** A Connect that gives the answers one by one, and a clock that can be set. */
function prepare(answers: Answer[] = [PLACED], calls = memoryCalls([{ ...CLAIMED }])) {
  const log = recordingLog();
  const asked: OutboundCall[] = [];
  const clock = { now: NOW };
  const connect = {
    async startCall(call: OutboundCall) {
      asked.push(call);
      const answer = answers.shift();
      if (answer === undefined) throw new Error('Connect was asked once too often');
      if (answer instanceof Error) throw answer;
      return answer;
    },
  };
  return {
    asked,
    calls,
    clock,
    log,
    run: startCall({ calls, connect, pressToConnect: false, now: () => clock.now, log }),
  };
}

describe('startCall', () => {
  it('places the call and hands its contact on', async () => {
    // Prepare
    const { asked, calls, log, run } = prepare();

    // Act
    const state = await run(INPUT);

    // Assess
    expect(state).toEqual({ ...INPUT.state, contactId: CONTACT_ID });
    expect(asked).toHaveLength(1);
    expect(asked[0]).toMatchObject({ destination: '+819012345678', clientToken: REQUEST_ID });
    expect(calls.records.get(REQUEST_ID)).toMatchObject({
      ...CLAIMED,
      status: 'calling',
      attempts: 1,
      lastAttemptAt: NOW.toISOString(),
    });
    expect(log.lines).toEqual([
      { level: 'info', message: 'call placed', fields: { requestId: REQUEST_ID, contactId: CONTACT_ID } },
    ]);
  });

  it.each([
    ['belongs to another execution', [{ ...CLAIMED, executionId: OTHER_EXECUTION_ID }]],
    ['is gone', []],
    ['was ended', [{ ...CLAIMED, status: 'ended' as const }]],
  ])('never asks Amazon Connect where the record %s', async (_name, records) => {
    // Prepare
    const { asked, run } = prepare([PLACED], memoryCalls(records));

    // Act & Assess
    expect(await run(INPUT)).toMatchObject({ decision: 'end', ending: { outcome: 'duplicate' } });
    expect(asked).toEqual([]);
  });

  it('never asks Amazon Connect where the attempt could not be noted', async () => {
    // Prepare
    const outage = new Error('the table does not answer');
    const calls = { ...memoryCalls(), beginAttempt: () => Promise.reject(outage) };
    const { asked, run } = prepare([PLACED], calls);

    // Act & Assess
    await expect(run(INPUT)).rejects.toBe(outage);
    expect(asked).toEqual([]);
  });

  it('still calls at the very deadline', async () => {
    const { clock, run } = prepare();
    clock.now = secondsAfter(300);
    expect(await run(INPUT)).toHaveProperty('contactId', CONTACT_ID);
  });

  it('says where the ring time-out was refused, because every call costs a second request then', async () => {
    // Prepare
    const { log, run } = prepare([{ contactId: CONTACT_ID, ringTimeoutRefused: true }]);

    // Act
    const state = await run(INPUT);

    // Assess
    expect(state).toHaveProperty('contactId', CONTACT_ID);
    expect(log.lines.map(({ level }) => level)).toEqual(['warn', 'info']);
    expect(log.lines[0]?.message).toMatch(/ringTimeoutSeconds.*null.*stages/);
  });

  it('logs nothing that holds the number', async () => {
    const { log, run } = prepare([{ contactId: CONTACT_ID, ringTimeoutRefused: true }]);
    await run(INPUT);
    expect(holdsTheNumber(log.lines)).toBe(false);
  });
});

describe('startCall, where Amazon Connect fails', () => {
  it.each([
    'ConnectThrottled',
    'ConnectLimitExceeded',
    'ConnectUnavailable',
    'ConnectDestinationNotAllowed',
    'ConnectOutboundNotPermitted',
    'ConnectRequestRejected',
    'ConnectResourceNotFound',
    'ConnectAccessDenied',
  ] as const)('notes %s and fails with it', async (name) => {
    // Prepare
    const failure = error(name);
    const { calls, run } = prepare([failure]);

    // Act & Assess
    await expect(run(INPUT)).rejects.toBe(failure);
    expect(calls.records.get(REQUEST_ID)).toMatchObject({ lastError: name, attempts: 1 });
  });

  it('fails with the error of Amazon Connect also where it cannot be noted: its name decides the retry', async () => {
    // Prepare
    const failure = error('ConnectDestinationNotAllowed');
    const calls = {
      ...memoryCalls([{ ...CLAIMED }]),
      failAttempt: () => Promise.reject(new Error('the table does not answer')),
    };

    // Act & Assess
    await expect(prepare([failure], calls).run(INPUT)).rejects.toBe(failure);
  });

  it('keeps a fault that no repeat can help under its own name, whatever came before', async () => {
    const { run } = prepare([error('ConnectUnavailable'), error('ConnectAccessDenied')]);
    await expect(run(INPUT)).rejects.toMatchObject({ name: 'ConnectUnavailable' });
    await expect(run(INPUT)).rejects.toMatchObject({ name: 'ConnectAccessDenied' });
  });

  it('repeats with the same token until the call is placed', async () => {
    // Prepare
    const { asked, calls, run } = prepare([error('ConnectUnavailable'), error('ConnectThrottled'), PLACED]);

    // Act
    await expect(run(INPUT)).rejects.toThrow('ConnectUnavailable');
    // The first attempt may have rung: being turned away now does not settle that.
    await expect(run(INPUT)).rejects.toMatchObject({ name: 'ConnectUnavailable' });
    const state = await run(INPUT);

    // Assess
    expect(state).toHaveProperty('contactId', CONTACT_ID);
    expect(asked.map(({ clientToken }) => clientToken)).toEqual([REQUEST_ID, REQUEST_ID, REQUEST_ID]);
    expect(calls.records.get(REQUEST_ID)?.attempts).toBe(3);
  });
});

describe('startCall, after the deadline', () => {
  it.each([
    ['no attempt', [], 'expired', 'deadline_passed'],
    ['a throttled attempt', [error('ConnectThrottled')], 'throttled', 'api_rate'],
    ['an attempt that met a quota', [error('ConnectLimitExceeded')], 'capacity_exhausted', 'quota'],
    ['an attempt without an answer', [error('ConnectUnavailable')], 'call_unconfirmed', 'connect_unavailable'],
  ] as const)(
    'ends the request without asking again, by what happened before: %s',
    async (_name, failures, outcome, reason) => {
      // Prepare
      const { asked, clock, log, run } = prepare([...failures]);
      for (const _failure of failures) await run(INPUT).catch(() => undefined);
      clock.now = AFTER_DEADLINE;

      // Act
      const state = await run(INPUT);

      // Assess
      expect(state).toEqual({ decision: 'end', request: goodRequest, ending: { outcome, reason } });
      expect(asked).toHaveLength(failures.length);
      expect(log.lines.at(-1)).toMatchObject({
        level: 'warn',
        message: 'not called',
        fields: { outcome, reason },
      });
      expect(holdsTheNumber(log.lines)).toBe(false);
    },
  );

  it.each([
    ['an attempt without an answer, then a throttled one', [error('ConnectUnavailable'), error('ConnectThrottled')]],
    [
      'an attempt without an answer, then one that met a quota',
      [error('ConnectUnavailable'), error('ConnectLimitExceeded')],
    ],
    // A crash or a time-out of the function itself, which leaves no note behind.
    ['an attempt that was cut off', [new Error('the function was cut off')]],
  ])('says that the call is unconfirmed where the phone may have rung: %s', async (_name, failures) => {
    // Prepare
    const { clock, run } = prepare([...failures]);
    for (const _failure of failures) await run(INPUT).catch(() => undefined);
    clock.now = AFTER_DEADLINE;

    // Act
    const state = await run(INPUT);

    // Assess
    expect(state).toMatchObject({ decision: 'end', ending: { outcome: 'call_unconfirmed' } });
  });
});
