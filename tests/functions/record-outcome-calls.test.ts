import { describe, expect, it } from 'vitest';
import {
  CONTACT_ID,
  EXECUTION_ID,
  goodRequest,
  NOW,
  OTHER_EXECUTION_ID,
  OVER,
  REQUEST_ID,
  secondsAfter,
} from './function-support.ts';
import { at, iso, PHONE } from './placed-call-world.ts';
import { CLAIMED, failedAt, prepareRecordOutcome, READY } from './record-outcome-world.ts';
import { claimedRecord } from './tables.ts';

const PLACED = { ...READY, contactId: CONTACT_ID, placedAt: iso(1) };
/** What trackContact writes where the call is over before this step. */
const COMPLETED = {
  outcome: 'completed',
  class: 'reached',
  reason: 'agent_connected',
  contactId: CONTACT_ID,
  agentAt: iso(1),
  endedAt: iso(2),
} as const;

describe('recordOutcome, where the call is over before it', () => {
  it('leaves the outcome of the call, counts the request as placed, and is no second delivery', async () => {
    // Prepare
    const { calls, counted, record, run } = await prepareRecordOutcome();
    await calls.noteCall(REQUEST_ID, COMPLETED, 5);
    const before = await record();

    // Act
    const recorded = await run(PLACED);

    // Assess
    expect(recorded).toEqual({
      ...{ requestId: REQUEST_ID, outcome: 'call_placed', reason: 'accepted', contactId: CONTACT_ID },
      notify: 'quiet',
    });
    expect(await record()).toEqual(before);
    expect(await record()).toMatchObject({ ...COMPLETED, status: 'ended', unanswered: false });
    expect(await record()).not.toHaveProperty('duplicates');
    expect(counted).toEqual(['call_placed']);
  });

  it('leaves the number to its cool-down, and gives nothing back', async () => {
    const { calls, guard, held, shared, run } = await prepareRecordOutcome();
    await calls.noteCall(REQUEST_ID, COMPLETED, 5);
    await shared.phones.callIsOver(PHONE, REQUEST_ID, secondsAfter(602), OVER);
    const before = [await held(), guard(`phone#${PHONE}`)];
    await run(PLACED);
    expect([await held(), guard(`phone#${PHONE}`)]).toEqual(before);
  });

  it('is still a second delivery where the record is of another execution', async () => {
    const { calls, record, run } = await prepareRecordOutcome({ ...CLAIMED, executionId: OTHER_EXECUTION_ID });
    await calls.noteCall(REQUEST_ID, COMPLETED, 5);
    expect(await run(PLACED)).toMatchObject({ outcome: 'duplicate', reason: 'already_claimed' });
    expect(await record()).toMatchObject({ outcome: 'completed', duplicates: [EXECUTION_ID] });
  });

  it('is not undone where the step failed that told of the call', async () => {
    const { calls, record, run } = await prepareRecordOutcome();
    await calls.noteCall(REQUEST_ID, COMPLETED, 5);
    await run({ ...READY, ...failedAt('StartCall', 'States.Timeout') });
    expect(await record()).toMatchObject(COMPLETED);
  });

  it('takes in what happened to the call up to then', async () => {
    const { calls, record, run } = await prepareRecordOutcome();
    await calls.noteCall(REQUEST_ID, { contactId: CONTACT_ID, answeredAt: iso(2) }, 3);
    await run(PLACED);
    expect(await record()).toMatchObject({ outcome: 'call_placed', placedAt: iso(1), answeredAt: iso(2) });
  });
});

describe('recordOutcome, and the contact of the call', () => {
  it('links it where startCall could not', async () => {
    const { lease, shared, run } = await prepareRecordOutcome();
    await run({ ...PLACED, isUnlinked: true });
    expect(await shared.contacts.read(CONTACT_ID)).toMatchObject({
      requestId: REQUEST_ID,
      sent: new Set(Object.keys(goodRequest.attributes)),
    });
    expect(await lease()).toMatchObject({ contactId: CONTACT_ID, lineUntil: at(1) + 7_200_000, lookAt: at(61) });
  });

  it('catches up with what was told meanwhile', async () => {
    const { lease, shared, run } = await prepareRecordOutcome();
    await shared.contacts.note(CONTACT_ID, CONTACT_ID, { endedAt: at(2) }, NOW);
    await run({ ...PLACED, isUnlinked: true });
    expect(await lease()).toMatchObject({ agentUntil: 0, lineUntil: 0, lookAt: at(1) });
  });

  it('touches neither it nor the lease where startCall did', async () => {
    const { lease, shared, run } = await prepareRecordOutcome();
    const before = await lease();
    await run(PLACED);
    expect(await shared.contacts.read(CONTACT_ID)).toBeUndefined();
    expect(await lease()).toEqual(before);
  });

  it.each([
    ['asks events whose they are, where nobody was told of it', failedAt('StartCall', 'ConnectUnavailable'), true],
    ['does not where it is known', { contactId: CONTACT_ID, placedAt: iso(1) }, false],
    ['does not where no phone rang', failedAt('StartCall', 'ConnectLimitExceeded'), false],
  ])('%s', async (_name, how, asks) => {
    const { shared, run } = await prepareRecordOutcome();
    await run({ ...READY, ...how });
    const found = (seconds: number) => shared.contacts.find('some contact', [], secondsAfter(seconds));
    expect(await found(7_202)).toMatchObject({ isOneUnknown: asks });
    expect(await found(7_203)).toMatchObject({ isOneUnknown: false });
  });
});

describe('a record', () => {
  it('of a request that became no call is changed by nothing that is told of a call', async () => {
    const stale = claimedRecord({ status: 'ended', outcome: 'stale', class: 'refused', reason: 'too_old' });
    const { calls, record } = await prepareRecordOutcome(stale);
    expect(await calls.noteCall(REQUEST_ID, COMPLETED, 5)).toBeUndefined();
    expect(await record()).toEqual(stale);
  });

  it('is not changed by what follows from less that is known of the call', async () => {
    const { calls, record } = await prepareRecordOutcome();
    await calls.noteCall(REQUEST_ID, COMPLETED, 5);
    const before = await record();
    expect(await calls.noteCall(REQUEST_ID, { ...COMPLETED, outcome: 'abandoned' }, 4)).toBeUndefined();
    expect(await record()).toEqual(before);
    expect(await calls.noteCall(REQUEST_ID, { ...COMPLETED, outcome: 'abandoned' }, 6)).toEqual({
      outcome: 'completed',
    });
    expect(await record()).toMatchObject({ outcome: 'abandoned' });
  });

  it('says when the call was placed as its contact does, whichever is known first', async () => {
    for (const first of ['contact', 'step']) {
      const { calls, record, run } = await prepareRecordOutcome();
      if (first === 'step') await run(PLACED);
      await calls.noteCall(REQUEST_ID, { placedAt: iso(0.5) }, 1);
      if (first === 'contact') await run(PLACED);
      expect(await record()).toMatchObject({ outcome: 'call_placed', placedAt: iso(0.5) });
    }
  });

  it('is not made by what is told of a call', async () => {
    const { calls, record } = await prepareRecordOutcome(null);
    expect(await calls.noteCall(REQUEST_ID, COMPLETED, 5)).toBeUndefined();
    expect(await record()).toBeUndefined();
  });
});
