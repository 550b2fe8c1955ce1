import { describe, expect, it } from 'vitest';
import {
  CONTACT_ID,
  EXECUTION_ID,
  GOOD_CONTENT,
  goodRequest,
  holdsTheNumber,
  holdUntil,
  karteEvent,
  NOW,
  REQUEST_ID,
  secondsAfter,
} from './function-support.ts';
import { CLAIMED, EVERYTHING, failedAt, MINUTE, prepareRecordOutcome, READY } from './record-outcome-world.ts';
import { claimedRecord, failOnce } from './tables.ts';

describe('recordOutcome', () => {
  it('writes a placed call to the claimed record', async () => {
    // Prepare
    const { record, counted, log, run } = await prepareRecordOutcome();

    // Act
    const recorded = await run({ ...READY, contactId: CONTACT_ID, placedAt: NOW.toISOString() });

    // Assess
    expect(recorded).toEqual({
      requestId: REQUEST_ID,
      outcome: 'call_placed',
      reason: 'accepted',
      contactId: CONTACT_ID,
      notify: 'quiet',
    });
    expect(await record()).toMatchObject({
      ...CLAIMED,
      status: 'ended',
      outcome: 'call_placed',
      class: 'placed',
      reason: 'accepted',
      contactId: CONTACT_ID,
      placedAt: NOW.toISOString(),
      unanswered: false,
    });
    // Of the call, that is told later.
    expect(await record()).not.toHaveProperty('endedAt');
    expect(counted).toEqual(['call_placed']);
    expect(log.lines).toHaveLength(1);
    expect(log.lines[0]).toMatchObject({ level: 'info', message: 'request ended' });
  });

  it('says that a call is unconfirmed which an attempt that was given up asks for while the next one came too late', async () => {
    // Prepare: the first attempt of StartCall has begun; the second one read the record before that.
    const asking = { ...CLAIMED, status: 'calling', attempts: 1, unanswered: true } as const;
    const { record, counted, run } = await prepareRecordOutcome(asking);
    const ending = { outcome: 'expired', reason: 'deadline_passed' };

    // Act
    const recorded = await run({ decision: 'end', request: goodRequest, ending, holdsGuards: true });

    // Assess
    const unconfirmed = { outcome: 'call_unconfirmed', reason: 'connect_unavailable' };
    expect(recorded).toMatchObject({ ...unconfirmed, notify: 'alarm' });
    expect(await record()).toMatchObject({ ...unconfirmed, status: 'ended' });
    expect(counted).toEqual(['call_unconfirmed']);
  });

  it.each([
    ['refused', { outcome: 'number_refused', reason: 'toll_free' }],
    ['refused', { outcome: 'stale', reason: 'too_old' }],
    ['unavailable', { outcome: 'queue_closed', reason: 'outside_opening_hours' }],
    ['unavailable', { outcome: 'no_agents_available', reason: 'waited_in_vain' }],
    ['unavailable', { outcome: 'expired', reason: 'deadline_passed' }],
  ])('writes a quiet ending, %s, also for a request that was never claimed: %j', async (outcomeClass, ending) => {
    // Prepare
    const { record, counted, log, run } = await prepareRecordOutcome(null);

    // Act
    const recorded = await run({ decision: 'end', request: goodRequest, ending });

    // Assess
    expect(recorded).toEqual({ requestId: REQUEST_ID, ...ending, notify: 'quiet' });
    expect(await record()).toMatchObject({
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
    ['TakeLaterTurn', 'TimeoutError', 'internal_error', 'function_failed'],
    ['CheckQueue', 'ConnectUnavailable', 'queue_unreadable', 'connect_unavailable'],
    ['StartCall', 'ConnectDestinationNotAllowed', 'destination_not_allowed', 'country_not_enabled'],
    ['StartCall', 'ConnectLimitExceeded', 'capacity_exhausted', 'quota'],
    ['StartCall', 'Lambda.Unknown', 'call_unconfirmed', 'function_failed'],
  ])('writes a failure of %s, %s, and asks for somebody to act', async (state, error, outcome, reason) => {
    // Prepare
    const { record, log, run } = await prepareRecordOutcome();

    // Act
    const recorded = await run({ ...READY, ...failedAt(state, error) });

    // Assess
    expect(recorded).toEqual({ requestId: REQUEST_ID, outcome, reason, notify: 'alarm' });
    expect(await record()).toMatchObject({
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
    const { record, run } = await prepareRecordOutcome(null);

    // Act
    const recorded = await run({ ...karteEvent(GOOD_CONTENT), ...failedAt('ValidateRequest', 'States.Timeout') });

    // Assess
    expect(recorded).toMatchObject({ requestId: REQUEST_ID, outcome: 'internal_error', notify: 'alarm' });
    expect(await record()).toEqual({
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
    const { record, run } = await prepareRecordOutcome(null);
    const { requestId } = await run(document);
    expect(await record(requestId)).toMatchObject({ outcome: 'internal_error', status: 'ended' });
  });

  it('writes the same again where Step Functions repeats the state', async () => {
    // Prepare
    const { record, run } = await prepareRecordOutcome();
    const first = await run({ ...READY, contactId: CONTACT_ID });
    const written = await record();

    // Act
    const second = await run({ ...READY, contactId: CONTACT_ID });

    // Assess
    expect(second).toEqual(first);
    expect(await record()).toEqual(written);
  });

  it('changes nothing of an execution that was aborted and has been settled while this function still ran', async () => {
    // Prepare
    const settled = claimedRecord({ status: 'ended', outcome: 'internal_error', reason: 'execution_aborted' });
    const { held, record, run } = await prepareRecordOutcome(settled);

    // Act
    await run({ ...READY, contactId: CONTACT_ID });

    // Assess
    expect(await record()).toEqual(settled);
    expect(await held()).toEqual(EVERYTHING);
  });

  it.each([
    ['internal_error', 'execution_aborted', [MINUTE]],
    ['call_unconfirmed', 'execution_ended', EVERYTHING],
  ] as const)(
    'gives back what a redriven execution took anew that was settled as %s, unless a phone may have rung',
    async (outcome, reason, left) => {
      // Prepare
      const settled = claimedRecord({ status: 'ended', outcome, reason });
      const { held, record, run } = await prepareRecordOutcome(settled);

      // Act
      await run({ ...READY, decision: 'end', ending: { outcome: 'duplicate', reason: 'already_claimed' } });

      expect(await record()).toEqual(settled);
      expect(await held()).toEqual(left);
    },
  );

  it.each([
    ['call_unconfirmed', failedAt('StartCall', 'ConnectUnavailable')],
    ['call_placed', { contactId: CONTACT_ID }],
  ])(
    'ends the hold of a night on the number when the call may have gone out: it is held as long as a call may last, %s',
    async (outcome, how) => {
      // Prepare: it was asked for, and might have been asked for again until the deadline.
      const { clock, shared, record, run } = await prepareRecordOutcome();
      const request = { ...goodRequest, opensAt: NOW.toISOString(), deadlineAt: secondsAfter(40_000).toISOString() };
      await shared.phones.hold(request.phone, REQUEST_ID, holdUntil(secondsAfter(40_000), NOW));
      clock.at = secondsAfter(60);

      // Act
      await run({ ...READY, request, ...how });

      // Assess
      expect(await record()).toMatchObject({ outcome });
      const others = (seconds: number) =>
        shared.phones.hold(request.phone, `other-${seconds}`, holdUntil(secondsAfter(9_000), secondsAfter(seconds)));
      expect(await others(7_259)).toBe('live_request');
      expect(await others(7_260)).toBe('held');
    },
  );

  it('fails where the table fails, so that the state machine repeats it', async () => {
    const tables = await prepareRecordOutcome();
    const outage = failOnce(tables, 'before', ({ table }) => table === 'calls');
    await expect(tables.run(READY)).rejects.toBe(outage);
    expect(tables.counted).toEqual([]);
  });

  it('logs nothing that holds the number', async () => {
    const { log, run } = await prepareRecordOutcome();
    await run({ ...READY, contactId: CONTACT_ID });
    await run({ ...READY, ...failedAt('StartCall', 'ConnectUnavailable') });
    expect(log.lines).toHaveLength(2);
    expect(holdsTheNumber(log.lines)).toBe(false);
  });
});
