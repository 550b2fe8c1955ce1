import { describe, expect, it } from 'vitest';
import type { CallRecord } from '../../domain/call-record.ts';
import {
  CONTACT_ID,
  EXECUTION_ID,
  GOOD_CONTENT,
  goodRequest,
  holdsTheNumber,
  karteEvent,
  memoryCalls,
  NOW,
  OTHER_EXECUTION_ID,
  QUEUE_ARN,
  REQUEST_ID,
  recordingLog,
  secondsAfter,
  setEnvironment,
  stage,
} from './support.ts';

setEnvironment();
const { recordOutcome } = await import('../../functions/record-outcome.ts');

const READY = { decision: 'continue', request: goodRequest, queueArn: QUEUE_ARN, turnAt: NOW.toISOString() };
const CLAIMED: Partial<CallRecord> = {
  requestId: REQUEST_ID,
  executionId: EXECUTION_ID,
  status: 'calling',
  attempts: 2,
  claimedAt: NOW.toISOString(),
  phone: '+819012345678',
};
const failedAt = (state: string, name: string) => ({ failed: { [state]: { Error: name, Cause: '{}' } } });

function prepare(existing: Partial<CallRecord>[] = [{ ...CLAIMED }]) {
  const log = recordingLog();
  const counted: string[] = [];
  const calls = memoryCalls(existing);
  const run = recordOutcome({
    stage,
    calls,
    now: () => secondsAfter(3),
    log,
    count: (outcome) => {
      counted.push(outcome);
    },
  });
  return { calls, counted, log, run: (state: unknown) => run({ executionId: EXECUTION_ID, state }) };
}

describe('recordOutcome', () => {
  it('writes a placed call to the claimed record', async () => {
    // Prepare
    const { calls, counted, log, run } = prepare();

    // Act
    const recorded = await run({ ...READY, contactId: CONTACT_ID });

    // Assess
    expect(recorded).toEqual({
      requestId: REQUEST_ID,
      outcome: 'call_placed',
      reason: 'accepted',
      contactId: CONTACT_ID,
      notify: 'quiet',
    });
    expect(calls.records.get(REQUEST_ID)).toMatchObject({
      ...CLAIMED,
      status: 'ended',
      outcome: 'call_placed',
      class: 'placed',
      reason: 'accepted',
      contactId: CONTACT_ID,
      endedAt: secondsAfter(3).toISOString(),
    });
    expect(counted).toEqual(['call_placed']);
    expect(log.lines).toHaveLength(1);
    expect(log.lines[0]).toMatchObject({ level: 'info', message: 'request ended' });
  });

  it.each([
    ['refused', { outcome: 'number_refused', reason: 'toll_free' }],
    ['refused', { outcome: 'stale', reason: 'too_old' }],
    ['unavailable', { outcome: 'queue_closed', reason: 'outside_opening_hours' }],
    ['unavailable', { outcome: 'no_agents_available', reason: 'nobody_free' }],
    ['unavailable', { outcome: 'expired', reason: 'deadline_passed' }],
  ])('writes a quiet ending, %s, also for a request that was never claimed: %j', async (outcomeClass, ending) => {
    // Prepare
    const { calls, counted, log, run } = prepare([]);

    // Act
    const recorded = await run({ decision: 'end', request: goodRequest, ending });

    // Assess
    expect(recorded).toEqual({ requestId: REQUEST_ID, ...ending, notify: 'quiet' });
    expect(calls.records.get(REQUEST_ID)).toMatchObject({
      ...ending,
      class: outcomeClass,
      status: 'ended',
      attempts: 0,
      executionId: EXECUTION_ID,
    });
    expect(counted).toEqual([ending.outcome]);
    expect(log.lines.map(({ level }) => level)).toEqual(['info']);
  });

  it.each([
    ['ClaimRequest', 'TimeoutError', 'internal_error', 'function_failed'],
    ['CheckQueue', 'ConnectUnavailable', 'queue_unreadable', 'connect_unavailable'],
    ['StartCall', 'ConnectDestinationNotAllowed', 'destination_not_allowed', 'country_not_enabled'],
    ['StartCall', 'ConnectLimitExceeded', 'capacity_exhausted', 'quota'],
    ['StartCall', 'Lambda.Unknown', 'call_unconfirmed', 'function_failed'],
  ])('writes a failure of %s, %s, and asks for somebody to act', async (state, error, outcome, reason) => {
    // Prepare
    const { calls, log, run } = prepare();

    // Act
    const recorded = await run({ ...READY, ...failedAt(state, error) });

    // Assess
    expect(recorded).toEqual({ requestId: REQUEST_ID, outcome, reason, notify: 'alarm' });
    expect(calls.records.get(REQUEST_ID)).toMatchObject({
      outcome,
      reason,
      class: 'failed',
      lastError: error,
      attempts: 2,
    });
    expect(log.lines).toHaveLength(1);
    expect(log.lines[0]).toMatchObject({ level: 'error', fields: { requestId: REQUEST_ID, outcome, reason, error } });
  });

  it("writes a failure of the first state under the event's own id, without the event's content", async () => {
    // Prepare
    const { calls, run } = prepare([]);

    // Act
    const recorded = await run({ ...karteEvent(GOOD_CONTENT), ...failedAt('ValidateRequest', 'States.Timeout') });

    // Assess
    expect(recorded).toMatchObject({ requestId: REQUEST_ID, outcome: 'internal_error', notify: 'alarm' });
    expect(calls.records.get(REQUEST_ID)).toEqual({
      requestId: REQUEST_ID,
      executionId: EXECUTION_ID,
      requestedAt: secondsAfter(3).toISOString(),
      receivedAt: secondsAfter(3).toISOString(),
      outcome: 'internal_error',
      reason: 'function_failed',
      class: 'failed',
      lastError: 'States.Timeout',
      status: 'ended',
      attempts: 0,
      endedAt: secondsAfter(3).toISOString(),
      expiresAt: secondsAfter(3).getTime() / 1000 + 30 * 86_400,
    });
  });

  it.each([[null], [{}], ['text'], [[]]])('writes an outcome for a document it cannot read: %j', async (document) => {
    const { calls, run } = prepare([]);
    const { requestId } = await run(document);
    expect(calls.records.get(requestId)).toMatchObject({ outcome: 'internal_error', status: 'ended' });
  });

  it('writes the same again where Step Functions repeats the state', async () => {
    // Prepare
    const { calls, run } = prepare();
    const first = await run({ ...READY, contactId: CONTACT_ID });
    const written = { ...calls.records.get(REQUEST_ID) };

    // Act
    const second = await run({ ...READY, contactId: CONTACT_ID });

    // Assess
    expect(second).toEqual(first);
    expect(calls.records.get(REQUEST_ID)).toEqual(written);
  });

  it('fails where the table fails, so that the state machine repeats it', async () => {
    // Prepare
    const outage = new Error('the table does not answer');
    const counted: string[] = [];
    const run = recordOutcome({
      stage,
      calls: { ...memoryCalls(), end: () => Promise.reject(outage) },
      now: () => NOW,
      log: recordingLog(),
      count: (outcome) => {
        counted.push(outcome);
      },
    });

    // Act & Assess
    await expect(run({ executionId: EXECUTION_ID, state: READY })).rejects.toBe(outage);
    expect(counted).toEqual([]);
  });

  it('logs nothing that holds the number', async () => {
    const { log, run } = prepare();
    await run({ ...READY, contactId: CONTACT_ID });
    await run({ ...READY, ...failedAt('StartCall', 'ConnectUnavailable') });
    expect(log.lines).toHaveLength(2);
    expect(holdsTheNumber(log.lines)).toBe(false);
  });
});

describe('recordOutcome, for a second delivery of the same request', () => {
  const FIRST: Partial<CallRecord> = { ...CLAIMED, executionId: OTHER_EXECUTION_ID };

  it.each([
    [
      'the claim was refused',
      { decision: 'end', request: goodRequest, ending: { outcome: 'duplicate', reason: 'already_claimed' } },
    ],
    [
      'it was refused before the claim',
      { decision: 'end', request: goodRequest, ending: { outcome: 'stale', reason: 'too_old' } },
    ],
    ['it failed before the claim', { ...karteEvent(GOOD_CONTENT), ...failedAt('ValidateRequest', 'States.Timeout') }],
  ])('leaves the first record as it is, notes itself there and ends quietly: %s', async (_name, document) => {
    // Prepare
    const { calls, counted, log, run } = prepare([{ ...FIRST }]);

    // Act
    const recorded = await run(document);

    // Assess
    expect(recorded).toEqual({
      requestId: REQUEST_ID,
      outcome: 'duplicate',
      reason: 'already_claimed',
      notify: 'quiet',
    });
    expect(calls.records.get(REQUEST_ID)).toEqual({ ...FIRST, duplicates: [EXECUTION_ID] });
    expect(counted).toEqual(['duplicate']);
    expect(log.lines[0]).toMatchObject({ level: 'info', fields: { outcome: 'duplicate' } });
  });
});
