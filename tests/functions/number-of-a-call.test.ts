import { describe, expect, it } from 'vitest';
import { shortId } from '../../adapters/shared-state/short-id.ts';
import { CONTACT_ID, DAY, NOW, REQUEST_ID, secondsAfter, stage } from './function-support.ts';
import { at, event, iso, PHONE, prepareCall } from './placed-call-world.ts';

const LIVE = { outcome: 'number_held', reason: 'live_request' };
const COOLS_DOWN = { outcome: 'number_held', reason: 'cool_down' };
const WHO = { by: 'somebody', at: NOW.toISOString(), why: 'the tests' };
const over = (seconds: number, disconnectReason = 'CUSTOMER_DISCONNECT') =>
  event('DISCONNECTED', seconds, { disconnectTimestamp: iso(seconds), disconnectReason });

describe('the number of a call', () => {
  it('is not called a second time while the call goes on, though the cool-down is over', async () => {
    const { askAgain, tell } = await prepareCall();
    await tell(event('CONNECTED_TO_AGENT', 20));
    // Eleven minutes later they still talk; nearly two hours later, too.
    expect(await askAgain(660)).toEqual(LIVE);
    expect(await askAgain(20 + 7_199)).toEqual(LIVE);
  });

  it('is held longer with every sign of the call', async () => {
    const { askAgain, centre, clock, look, tell } = await prepareCall();
    await tell(event('CONNECTED_TO_AGENT', 20));
    centre.contacts[CONTACT_ID] = { agentAt: at(20) };
    clock.at = secondsAfter(7_000);
    await look();
    expect(await askAgain(7_000 + 7_199)).toEqual(LIVE);
  });

  it('cools down from the end of the call', async () => {
    const { askAgain, tell } = await prepareCall();
    await tell(event('CONNECTED_TO_AGENT', 20));
    await tell(over(1_000));
    expect(await askAgain(1_001)).toEqual(COOLS_DOWN);
    expect(await askAgain(1_599)).toEqual(COOLS_DOWN);
    expect(await askAgain(1_600)).toBeUndefined();
  });

  it.each([
    ['not_answered', 'TELECOM_TIMEOUT'],
    ['busy', 'TELECOM_BUSY'],
    ['failed_to_connect', 'TELECOM_PROBLEM'],
  ])('is free for anyone who missed the call after a short pause: %s', async (outcome, reason) => {
    const { askAgain, record, tell } = await prepareCall();
    await tell(over(30, reason));
    expect(await record()).toMatchObject({ outcome });
    expect(await askAgain(89)).toEqual(COOLS_DOWN);
    expect(await askAgain(90)).toBeUndefined();
  });

  it.each([
    ['abandoned', event('CONNECTED_TO_SYSTEM', 5)],
    ['completed', event('CONNECTED_TO_AGENT', 5)],
  ])('is not free so soon where somebody answered: %s', async (outcome, answered) => {
    const { askAgain, record, tell } = await prepareCall();
    await tell(answered);
    await tell(over(30));
    expect(await record()).toMatchObject({ outcome });
    expect(await askAgain(90)).toEqual(COOLS_DOWN);
    expect(await askAgain(630)).toBeUndefined();
  });

  it('obeys times that were changed at run time', async () => {
    const { askAgain, shared, tell } = await prepareCall();
    await shared.controls.setLimits({ missedPauseSeconds: 10, coolDownSeconds: 20, maxCallSeconds: 900 }, WHO);
    await tell(event('INITIATED', 1));
    expect(await askAgain(900)).toEqual(LIVE);
    await tell(over(30, 'TELECOM_BUSY'));
    expect(await askAgain(39)).toEqual(COOLS_DOWN);
    // It turns out that an agent had the call.
    await tell(event('CONNECTED_TO_AGENT', 40, { agentInfo: { connectedToAgentTimestamp: iso(29) } }));
    expect(await askAgain(49)).toEqual(COOLS_DOWN);
    expect(await askAgain(50)).toBeUndefined();
  });

  it('obeys a pause that was changed at run time', async () => {
    const { askAgain, shared, tell } = await prepareCall();
    await shared.controls.setLimits({ missedPauseSeconds: 10 }, WHO);
    await tell(over(30, 'TELECOM_BUSY'));
    expect(await askAgain(39)).toEqual(COOLS_DOWN);
    expect(await askAgain(40)).toBeUndefined();
  });

  it('is left to another request that has it by now, whatever is told of the call', async () => {
    const { askAgain, guard, tell } = await prepareCall();
    expect(await askAgain(7_200)).toBeUndefined();
    const before = guard(`phone#${PHONE}`);
    expect(before?.requestId).not.toBe(REQUEST_ID);
    await tell(event('CONNECTED_TO_AGENT', 7_201));
    await tell(over(7_202));
    expect(guard(`phone#${PHONE}`)).toEqual(before);
  });
});

describe('the calls and tries of a number', () => {
  const LIMITS = { ...stage.limits, callsPerNumberPerDay: 1, triesPerNumberPerDay: 2 };
  const PER_DAY = { outcome: 'limit_reached', reason: 'number_per_day' };

  it('tell a call that nobody answered from one that was: it does not use up the calls of the day', async () => {
    const { askAgain, countedBy, tell } = await prepareCall({ change: { limits: LIMITS } });
    expect(countedBy(`phone#${PHONE} ${DAY}`)).toEqual([shortId(REQUEST_ID)]);
    await tell(over(30, 'TELECOM_TIMEOUT'));
    expect(countedBy(`phone#${PHONE} ${DAY}`)).toEqual([]);
    expect(await askAgain(90)).toBeUndefined();
  });

  it('are used up by a call that somebody answered', async () => {
    const { askAgain, tell } = await prepareCall({ change: { limits: LIMITS } });
    await tell(event('CONNECTED_TO_SYSTEM', 5));
    await tell(over(30));
    expect(await askAgain(630)).toEqual(PER_DAY);
  });

  it('have a limit for tries alone', async () => {
    const { askAgain, shared, tell } = await prepareCall({ change: { limits: LIMITS } });
    await tell(over(30, 'TELECOM_TIMEOUT'));
    expect(await askAgain(90)).toBeUndefined();
    const try_ = { day: DAY, neverAnswered: true, version: 1 };
    await shared.phones.callIsOver(PHONE, 'asked-again-1', secondsAfter(150), try_);
    expect(await askAgain(150)).toEqual({ outcome: 'limit_reached', reason: 'tries_per_day' });
  });

  it('count a call once, whatever it turns out to be, and however often that is told', async () => {
    const { askAgain, countedBy, tell } = await prepareCall({ change: { limits: LIMITS } });
    for (let again = 0; again < 3; again += 1) await tell(over(30, 'TELECOM_TIMEOUT'));
    await tell(event('CONNECTED_TO_AGENT', 40, { agentInfo: { connectedToAgentTimestamp: iso(20) } }));
    await tell(over(30));
    expect(countedBy(`phone#${PHONE} ${DAY}`)).toEqual([shortId(REQUEST_ID)]);
    expect(await askAgain(630)).toEqual(PER_DAY);
  });
});
