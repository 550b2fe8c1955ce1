import { describe, expect, it } from 'vitest';
import { CONTACT_ID, QUEUE_ID, REQUEST_ID, stage } from './function-support.ts';
import { at, event, iso, PHONE, prepareCall, SECOND } from './placed-call-world.ts';

const INBOUND = {
  contactId: SECOND,
  initiationMethod: 'INBOUND',
  tags: { 'aws:connect:systemEndpoint': stage.connect.sourcePhoneNumber },
};
const UNANSWERED = { disconnectReason: 'TELECOM_TIMEOUT', disconnectTimestamp: iso(40) };

describe('the number of a call', () => {
  it('that somebody asked for again is not taken back by a late event of the call before', async () => {
    const { askAgain, centre, guard, run, tell } = await prepareCall();
    centre.contacts[CONTACT_ID] = { endedAt: at(40), reason: 'TELECOM_TIMEOUT' };
    await tell(event('DISCONNECTED', 40, UNANSWERED));
    expect(await askAgain(101)).toBeUndefined();
    for (const one of [
      event('INITIATED', 0),
      event('COMPLETED', 41, UNANSWERED),
      event('QUEUED', 30, { contactId: SECOND, previousContactId: CONTACT_ID, initiationMethod: 'TRANSFER' }),
    ])
      await run(one);
    expect(guard(`phone#${PHONE}`)).toMatchObject({ requestId: 'asked-again-1', coolingDown: false });
  });

  it('cools down as the limits say that were changed while it talked', async () => {
    const { askAgain, centre, shared, tell } = await prepareCall();
    centre.contacts[CONTACT_ID] = { agentAt: at(20), endedAt: at(60), reason: 'CUSTOMER_DISCONNECT' };
    await tell(event('CONNECTED_TO_AGENT', 20));
    await shared.controls.setLimits({ coolDownSeconds: 10 }, { by: 'somebody', why: 'the tests', at: iso(30) });
    await tell(event('DISCONNECTED', 60, { disconnectReason: 'CUSTOMER_DISCONNECT' }));
    expect(await askAgain(65)).toMatchObject({ outcome: 'number_held', reason: 'cool_down' });
    expect(await askAgain(71)).toBeUndefined();
  });

  it('a call from it to us changes nothing of the call to it', async () => {
    const { askAgain, centre, holders, record, tell } = await prepareCall();
    centre.contacts[CONTACT_ID] = { agentAt: at(20) };
    centre.contacts[SECOND] = { answeredAt: at(5), endedAt: at(10), reason: 'CUSTOMER_DISCONNECT', phone: PHONE };
    await tell(event('INITIATED', 5, INBOUND));
    await tell(event('DISCONNECTED', 10, { ...INBOUND, disconnectReason: 'CUSTOMER_DISCONNECT' }));
    expect(await record(SECOND)).toMatchObject({ kind: 'inbound', outcome: 'abandoned', phone: PHONE });
    expect(await record()).toMatchObject({ outcome: 'call_placed' });
    expect(await holders('lines')).toEqual([REQUEST_ID]);
    expect(await askAgain(700)).toEqual({ outcome: 'number_held', reason: 'live_request' });
  });
});

describe('an inbound call', () => {
  it('that is transferred before its first event comes is followed all the same', async () => {
    const { centre, clock, look, record, run } = await prepareCall({ record: null, linked: false });
    const next = {
      contactId: CONTACT_ID,
      initialContactId: SECOND,
      previousContactId: SECOND,
      initiationMethod: 'TRANSFER',
    };
    centre.contacts[SECOND] = {
      answeredAt: at(0),
      queuedAt: at(2),
      queueId: QUEUE_ID,
      agentAt: at(5),
      endedAt: at(30),
      reason: 'AGENT_DISCONNECT',
    };
    centre.contacts[CONTACT_ID] = {
      startedAt: at(28),
      agentAt: at(31),
      endedAt: at(300),
      reason: 'CUSTOMER_DISCONNECT',
    };
    centre.chains[SECOND] = [SECOND, CONTACT_ID];
    clock.at = new Date(at(31));
    await run(event('CONNECTED_TO_AGENT', 31, next));
    await run(event('DISCONNECTED', 30, { ...INBOUND, disconnectReason: 'AGENT_DISCONNECT' }));
    clock.at = new Date(at(400));
    await look();
    expect(await record(SECOND)).toMatchObject({ outcome: 'completed', endedAt: iso(300) });
  });

  it('is no call of the stage’s that is lost: only those are counted', async () => {
    const { clock, counted, look, record, tell } = await prepareCall({ record: null, linked: false });
    await tell(event('CONNECTED_TO_SYSTEM', 1, INBOUND));
    for (let minute = 1; minute < 125; minute += 1) {
      clock.at = new Date(at(60 * minute));
      await look();
    }
    expect(await record(SECOND)).toMatchObject({ outcome: 'lost' });
    expect(counted).toEqual([]);
  });
});

describe('Amazon Connect does not answer', () => {
  it('the number stays the call’s until it does, and is told of then', async () => {
    const { askAgain, centre, clock, look, record, tell } = await prepareCall();
    centre.contacts[CONTACT_ID] = new Error('TimeoutError');
    centre.chains[CONTACT_ID] = new Error('TimeoutError');
    await tell(event('CONNECTED_TO_AGENT', 20));
    await tell(event('DISCONNECTED', 60, { disconnectReason: 'AGENT_DISCONNECT' }));
    expect(await askAgain(700)).toMatchObject({ outcome: 'number_held' });
    centre.contacts[CONTACT_ID] = { agentAt: at(20), endedAt: at(60), reason: 'AGENT_DISCONNECT' };
    centre.chains[CONTACT_ID] = [CONTACT_ID];
    clock.at = new Date(at(760));
    await look();
    expect(await record()).toMatchObject({ outcome: 'completed', endedAt: iso(60) });
    expect(await askAgain(761)).toBeUndefined();
  });

  it('a call of which events told everything but its end was with an agent, and is not lost', async () => {
    const { centre, clock, look, record, tell } = await prepareCall();
    centre.contacts[CONTACT_ID] = new Error('ThrottlingException');
    for (const one of [event('CONNECTED_TO_SYSTEM', 8), event('QUEUED', 20), event('CONNECTED_TO_AGENT', 25)])
      await tell(one);
    for (let minute = 1; minute < 125; minute += 1) {
      clock.at = new Date(at(60 * minute));
      await look();
    }
    expect(await record()).toMatchObject({ outcome: 'completed' });
  });
});
