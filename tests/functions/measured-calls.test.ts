import { describe, expect, it } from 'vitest';
import {
  CONTACT_ID,
  GOOD_CONTENT,
  goodRequest,
  karteEvent,
  NOW,
  REQUEST_ID,
  recordingLog,
  recordingMeasure,
  secondsAfter,
  stage,
} from './function-support.ts';
import { event, iso, PLACED, prepareCall } from './placed-call-world.ts';
import { prepareRecordOutcome, READY } from './record-outcome-world.ts';

const { validateRequest } = await import('../../functions/validate-request.ts');

/** What ValidateRequest measures of an input. */
async function measuredOf(input: unknown) {
  const { measure, measured } = recordingMeasure();
  const keys = { read: () => Promise.reject() };
  await validateRequest({ stage, keys, now: () => NOW, log: recordingLog(), measure })(input);
  return measured;
}

describe('a request that is asked for', () => {
  it.each([
    ['good', karteEvent(GOOD_CONTENT)],
    ['of no use', karteEvent({})],
    ['no event at all', null],
  ])('is counted where it is %s', async (_what, input) => {
    expect(await measuredOf(input)).toEqual([{ RequestsAsked: 1 }]);
  });

  it('is not counted where we ask for it ourselves', async () => {
    const at = NOW.toISOString();
    const own = { tryOf: REQUEST_ID, try: 2, after: REQUEST_ID, because: 'not_reached' };
    const times = { endedAt: at, firstReceivedAt: at, receivedAt: at, notBefore: at, deadlineAt: at };
    const input = {
      ownRequest: { requestId: `${REQUEST_ID}.try2`, ...own, ...times },
      event: karteEvent(GOOD_CONTENT),
    };
    expect(await measuredOf(input)).toEqual([]);
  });
});

describe('a call that is placed', () => {
  const placedAt = secondsAfter(3, new Date(goodRequest.requestedAt)).toISOString();
  const placed = (change: object = {}) => ({ ...READY, request: { ...goodRequest, ...change }, contactId: CONTACT_ID });

  it('is counted with the reason of the outcome, and with the time since the click', async () => {
    const { measured, run } = await prepareRecordOutcome();
    await run({ ...placed(), placedAt });
    expect(measured).toEqual([
      { RequestsEnded: 1, outcome: 'call_placed', reason: 'accepted' },
      { CallsPlaced: 1 },
      { WaitToPlaced: 3_000 },
    ]);
  });

  it.each([
    ['after the opening', { opensAt: NOW.toISOString() }],
    ['at a time that was chosen', { callAt: NOW.toISOString() }],
  ])('is counted without that time where it was promised %s', async (_when, change) => {
    const { measured, run } = await prepareRecordOutcome();
    await run({ ...placed(change), placedAt });
    expect(measured.slice(1)).toEqual([{ CallsPlaced: 1 }]);
  });

  it('is not counted where the request became none', async () => {
    const { measured, run } = await prepareRecordOutcome();
    await run({ ...READY, ending: { outcome: 'expired', reason: 'deadline_passed' } });
    expect(measured).toEqual([{ RequestsEnded: 1, outcome: 'expired', reason: 'deadline_passed' }]);
  });
});

describe('a call that is over', () => {
  /** Its phone began to ring two seconds after the tests' NOW. */
  async function over(record: object = {}) {
    const { centre, measured, tell } = await prepareCall({
      record: { ...PLACED, requestedAt: iso(-4), ...record } as typeof PLACED,
    });
    const times = { startedAt: secondsAfter(2).getTime(), answeredAt: secondsAfter(10).getTime() };
    centre.contacts[CONTACT_ID] = {
      ...times,
      ...{ agentAt: secondsAfter(31).getTime(), endedAt: secondsAfter(90).getTime(), reason: 'CUSTOMER_DISCONNECT' },
    };
    const initiated = { initiationTimestamp: iso(2) };
    await tell(event('INITIATED', 2, initiated));
    await tell(event('DISCONNECTED', 90, { ...initiated, disconnectTimestamp: iso(90) }));
    await tell(event('DISCONNECTED', 90, { ...initiated, disconnectTimestamp: iso(90) }));
    return measured;
  }

  it('is counted once, with the time from the click to the ring and from the pick-up to the agent', async () => {
    expect(await over()).toEqual([
      { CallsEnded: 1, outcome: 'completed' },
      { TimeToRing: 6_000 },
      { TimeToAgent: 21_000 },
    ]);
  });

  it.each([
    ['at a time that was chosen', { callAt: iso(0) }],
    ['once more', { tryOf: REQUEST_ID }],
    ['after the opening', { requestedAt: iso(-36_000) }],
  ])('tells no time to the ring where it was called %s', async (_when, record) => {
    expect(await over(record)).not.toContainEqual(expect.objectContaining({ TimeToRing: expect.anything() }));
  });
});
