import { describe, expect, it } from 'vitest';
import type { CallRecord } from '../../domain/call-record.ts';
import {
  CONTACT_ID,
  DAY,
  EXECUTION_ID,
  GOOD_CONTENT,
  goodRequest,
  holdsTheNumber,
  holdUntil,
  karteEvent,
  NOW,
  OTHER_EXECUTION_ID,
  QUEUE_ARN,
  QUEUE_ID,
  REQUEST_ID,
  recordingLog,
  secondsAfter,
  setEnvironment,
  stage,
} from './function-support.ts';
import { claimedRecord, failOnce, prepareTables, putRecord } from './tables.ts';

setEnvironment();
const { recordOutcome } = await import('../../functions/record-outcome.ts');

const READY = {
  decision: 'continue',
  request: goodRequest,
  holdsGuards: true,
  turn: { at: NOW.toISOString(), queueArn: QUEUE_ARN },
};
const CLAIMED = claimedRecord({ status: 'calling', attempts: 2 });
const OF_NUMBER = `phone#${goodRequest.phone} ${DAY}`;
const MINUTE = 'minute#2026-11-22T03:00';
const COUNTS = ['day#2026-11-22', MINUTE];
const EVERYTHING = ['phone', 'lines', 'agents', OF_NUMBER, ...COUNTS, 'place'];
const failedAt = (state: string, name: string) => ({ failed: { [state]: { Error: name, Cause: '{}' } } });

/** A request that holds everything a request can hold; its record may be missing or another execution's. */
async function prepare(existing: CallRecord | null = CLAIMED) {
  const tables = prepareTables();
  const { calls, clock, shared, now, room } = tables;
  const log = recordingLog();
  const counted: string[] = [];
  clock.at = secondsAfter(3);
  if (existing) await putRecord(tables, existing);
  await shared.phones.hold(goodRequest.phone, REQUEST_ID, {
    ...holdUntil(secondsAfter(1_200), NOW),
    maxPerDay: 3,
  });
  await tables.hold(REQUEST_ID, 600, 600);
  for (const count of COUNTS) await shared.limits.count(count, REQUEST_ID, 10, secondsAfter(86_400));
  const place = `${NOW.toISOString()}#${REQUEST_ID}`;
  await room.enter({
    ...{ queueId: QUEUE_ID, place, requestId: REQUEST_ID, token: 'token', deadlineAt: goodRequest.deadlineAt },
  });
  const run = recordOutcome({
    ...{ stage, calls, shared, room, now, log },
    count: (outcome) => {
      counted.push(outcome);
    },
  });
  return {
    ...tables,
    counted,
    log,
    run: (state: unknown) => run({ executionId: EXECUTION_ID, state }),
    /** What of all that the request still holds. */
    async held(): Promise<string[]> {
      const held = tables.holderOf(goodRequest.phone) === undefined ? [] : ['phone'];
      for (const what of ['lines', 'agents'] as const) if ((await tables.holders(what)).length > 0) held.push(what);
      for (const count of [OF_NUMBER, ...COUNTS]) if (tables.countedBy(count).length > 0) held.push(count);
      return (await room.nextInLine(QUEUE_ID, 1)).length > 0 ? [...held, 'place'] : held;
    },
  };
}

describe('recordOutcome', () => {
  it('writes a placed call to the claimed record', async () => {
    // Prepare
    const { record, counted, log, run } = await prepare();

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
    expect(await record()).toMatchObject({
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
    ['unavailable', { outcome: 'no_agents_available', reason: 'waited_in_vain' }],
    ['unavailable', { outcome: 'expired', reason: 'deadline_passed' }],
  ])('writes a quiet ending, %s, also for a request that was never claimed: %j', async (outcomeClass, ending) => {
    // Prepare
    const { record, counted, log, run } = await prepare(null);

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
    const { record, log, run } = await prepare();

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
    const { record, run } = await prepare(null);

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
    const { record, run } = await prepare(null);
    const { requestId } = await run(document);
    expect(await record(requestId)).toMatchObject({ outcome: 'internal_error', status: 'ended' });
  });

  it('writes the same again where Step Functions repeats the state', async () => {
    // Prepare
    const { record, run } = await prepare();
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
    const { held, record, run } = await prepare(settled);

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
      const { held, record, run } = await prepare(settled);

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
    'ends the hold of a night on the number when the call is over for us: from then on the cool-down counts, %s',
    async (outcome, how) => {
      // Prepare: it was asked for, and might have been asked for again until the deadline.
      const { clock, shared, record, run } = await prepare();
      const request = { ...goodRequest, opensAt: NOW.toISOString(), deadlineAt: secondsAfter(7_200).toISOString() };
      await shared.phones.coolDown(request.phone, REQUEST_ID, secondsAfter(7_200));
      clock.at = secondsAfter(60);

      // Act
      await run({ ...READY, request, ...how });

      // Assess
      expect(await record()).toMatchObject({ outcome });
      expect(
        await shared.phones.hold(request.phone, 'too-soon', holdUntil(secondsAfter(9_000), secondsAfter(659))),
      ).toBe('cool_down');
      expect(
        await shared.phones.hold(request.phone, 'afterwards', holdUntil(secondsAfter(9_000), secondsAfter(660))),
      ).toBe('held');
    },
  );

  it('obeys a cool-down that was changed at run time', async () => {
    const { clock, shared, run } = await prepare();
    const request = { ...goodRequest, deadlineAt: secondsAfter(7_200).toISOString() };
    await shared.controls.setLimits(
      { coolDownSeconds: 3_600 },
      { by: 'somebody', at: NOW.toISOString(), why: 'the tests' },
    );
    await shared.phones.coolDown(request.phone, REQUEST_ID, secondsAfter(7_200));
    clock.at = secondsAfter(60);
    await run({ ...READY, request, contactId: CONTACT_ID });
    expect(await shared.phones.hold(request.phone, 'other', holdUntil(secondsAfter(9_000), secondsAfter(3_659)))).toBe(
      'cool_down',
    );
  });

  it('fails where the table fails, so that the state machine repeats it', async () => {
    const tables = await prepare();
    const outage = failOnce(tables, 'before', ({ table }) => table === 'calls');
    await expect(tables.run(READY)).rejects.toBe(outage);
    expect(tables.counted).toEqual([]);
  });

  it('logs nothing that holds the number', async () => {
    const { log, run } = await prepare();
    await run({ ...READY, contactId: CONTACT_ID });
    await run({ ...READY, ...failedAt('StartCall', 'ConnectUnavailable') });
    expect(log.lines).toHaveLength(2);
    expect(holdsTheNumber(log.lines)).toBe(false);
  });
});

describe('recordOutcome, and what the request held', () => {
  const ended = (outcome: string, reason: string) => ({ ...READY, decision: 'end', ending: { outcome, reason } });

  it.each([
    ['a refusal after the claim', ended('queue_closed', 'outside_opening_hours')],
    ['a limit', ended('limit_reached', 'calls_per_day')],
    ['an emergency stop', ended('calling_disabled', 'stopped')],
    ['a call that Amazon Connect turned away', { ...READY, ...failedAt('StartCall', 'ConnectDestinationNotAllowed') }],
    ['a wait in vain', { ...READY, ...failedAt('WaitForAgent', 'States.Timeout') }],
    [
      'a state that failed half-way',
      { decision: 'continue', request: goodRequest, ...failedAt('CheckQueue', 'Error') },
    ],
  ])('gives everything back but the request itself after %s', async (_name, document) => {
    const { held, run } = await prepare();
    expect(await held()).toEqual(EVERYTHING);
    await run(document);
    expect(await held()).toEqual([MINUTE]);
  });

  it.each([
    ['a placed call', { ...READY, contactId: CONTACT_ID }],
    ['a call that may have rung', ended('call_unconfirmed', 'connect_unavailable')],
    ['a call whose function was cut off', { ...READY, ...failedAt('StartCall', 'Lambda.Unknown') }],
    [
      'a refusal before the claim',
      { decision: 'end', request: goodRequest, ending: { outcome: 'stale', reason: 'too_old' } },
    ],
    [
      'a refusal for a number that another request holds',
      { ...ended('number_held', 'cool_down'), holdsGuards: undefined },
    ],
  ])('gives nothing back after %s', async (_name, document) => {
    const { held, run } = await prepare();
    await run(document);
    expect(await held()).toEqual(EVERYTHING);
  });

  it('reads from the answer of the waiting room why somebody was sent away', async () => {
    const { held, record, run } = await prepare();
    const Cause = JSON.stringify({ outcome: 'calling_disabled', reason: 'stopped' });
    const recorded = await run({ ...READY, failed: { WaitForAgent: { Error: 'NoLongerWaiting', Cause } } });
    expect(recorded).toMatchObject({ outcome: 'calling_disabled', reason: 'stopped', notify: 'quiet' });
    expect(await record()).not.toHaveProperty('lastError');
    expect(await held()).toEqual([MINUTE]);
  });

  it('takes back a cool-down that was set for a call that never rang', async () => {
    const { shared, held, run } = await prepare();
    await shared.phones.coolDown(goodRequest.phone, REQUEST_ID, secondsAfter(600));
    await run(ended('throttled', 'api_rate'));
    expect(await held()).not.toContain('phone');
  });

  it('leaves alone what another request holds of the same number by now', async () => {
    const { guard, shared, run } = await prepare();
    await shared.phones.release(goodRequest.phone, REQUEST_ID, DAY);
    await shared.phones.hold(goodRequest.phone, 'another-request', holdUntil(secondsAfter(600), NOW));
    await run(ended('throttled', 'api_rate'));
    expect(guard(`phone#${goodRequest.phone}`)).toMatchObject({ requestId: 'another-request' });
  });

  it.each(['before', 'after'] as const)(
    'gives everything back, and counts once, where a write failed %s its effect',
    async (when) => {
      for (const part of ['phone#', 'limit#day', REQUEST_ID, QUEUE_ID]) {
        const tables = await prepare();
        const error = failOnce(tables, when, ({ table, key }) => table !== 'calls' && key.startsWith(part));
        await expect(tables.run(ended('throttled', 'api_rate'))).rejects.toBe(error);
        await tables.run(ended('throttled', 'api_rate'));
        expect(await tables.held()).toEqual([MINUTE]);
        expect(tables.counted).toEqual(['throttled']);
      }
    },
  );
});

describe('recordOutcome, for a second delivery of the same request', () => {
  const FIRST: CallRecord = { ...CLAIMED, executionId: OTHER_EXECUTION_ID };

  it.each([
    [
      'the claim was refused',
      { decision: 'end', request: goodRequest, ending: { outcome: 'duplicate', reason: 'already_claimed' } },
    ],
    [
      'it was refused before the claim',
      { decision: 'end', request: goodRequest, ending: { outcome: 'stale', reason: 'too_old' } },
    ],
    ['its claim failed', { decision: 'continue', request: goodRequest, ...failedAt('CheckQueue', 'States.Timeout') }],
    ['it failed before the claim', { ...karteEvent(GOOD_CONTENT), ...failedAt('ValidateRequest', 'States.Timeout') }],
  ])('leaves the first record as it is, notes itself there and ends quietly: %s', async (_name, document) => {
    // Prepare
    const { counted, held, log, record, run } = await prepare(FIRST);

    // Act
    const recorded = await run(document);

    // Assess
    expect(recorded).toEqual({
      requestId: REQUEST_ID,
      outcome: 'duplicate',
      reason: 'already_claimed',
      notify: 'quiet',
    });
    expect(await record()).toEqual({ ...FIRST, duplicates: [EXECUTION_ID] });
    expect(await held()).toEqual(EVERYTHING);
    expect(counted).toEqual(['duplicate']);
    expect(log.lines[0]).toMatchObject({ level: 'info', fields: { outcome: 'duplicate' } });
  });
});
