import { describe, expect, it } from 'vitest';
import type { CallRecord } from '../../domain/call-record.ts';
import {
  CONTACT_ID,
  DAY,
  EXECUTION_ID,
  GOOD_CONTENT,
  goodRequest,
  holdUntil,
  karteEvent,
  NOW,
  OTHER_EXECUTION_ID,
  OVER,
  QUEUE_ID,
  REQUEST_ID,
  secondsAfter,
} from './function-support.ts';
import { CLAIMED, EVERYTHING, failedAt, MINUTE, prepareRecordOutcome, READY } from './record-outcome-world.ts';
import { failOnce } from './tables.ts';

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
    const { held, run } = await prepareRecordOutcome();
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
    const { held, run } = await prepareRecordOutcome();
    await run(document);
    expect(await held()).toEqual(EVERYTHING);
  });

  it('reads from the answer of the waiting room why somebody was sent away', async () => {
    const { held, record, run } = await prepareRecordOutcome();
    const Cause = JSON.stringify({ outcome: 'calling_disabled', reason: 'stopped' });
    const recorded = await run({ ...READY, failed: { WaitForAgent: { Error: 'NoLongerWaiting', Cause } } });
    expect(recorded).toMatchObject({ outcome: 'calling_disabled', reason: 'stopped', notify: 'quiet' });
    expect(await record()).not.toHaveProperty('lastError');
    expect(await held()).toEqual([MINUTE]);
  });

  it('takes back a cool-down that was set for a call that never rang', async () => {
    const { shared, held, run } = await prepareRecordOutcome();
    await shared.phones.callIsOver(goodRequest.phone, REQUEST_ID, secondsAfter(600), OVER);
    await run(ended('throttled', 'api_rate'));
    expect(await held()).not.toContain('phone');
  });

  it('leaves alone what another request holds of the same number by now', async () => {
    const { guard, shared, run } = await prepareRecordOutcome();
    await shared.phones.release(goodRequest.phone, REQUEST_ID, DAY);
    await shared.phones.hold(goodRequest.phone, 'another-request', holdUntil(secondsAfter(600), NOW));
    await run(ended('throttled', 'api_rate'));
    expect(guard(`phone#${goodRequest.phone}`)).toMatchObject({ requestId: 'another-request' });
  });

  it.each(['before', 'after'] as const)(
    'gives everything back, and counts once, where a write failed %s its effect',
    async (when) => {
      for (const part of ['phone#', 'limit#day', REQUEST_ID, QUEUE_ID]) {
        const tables = await prepareRecordOutcome();
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
    const { counted, held, log, record, run } = await prepareRecordOutcome(FIRST);

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
