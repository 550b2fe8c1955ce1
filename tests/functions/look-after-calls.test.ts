import { describe, expect, it } from 'vitest';
import { METRICS_LAG_MS, NEVER } from '../../domain/call-lease.ts';
import { CONTACT_ID, NOW, QUEUE_ID, REQUEST_ID, secondsAfter } from './function-support.ts';
import { at, event, iso, PHONE, PLACED, prepareCall, SECOND, THIRD } from './placed-call-world.ts';
import { prepareRelease } from './release-world.ts';
import { claimedRecord, putRecord } from './tables.ts';

const MAX_MS = 7_200_000;

/** A call of which no event came, so many seconds later. */
async function prepareSilent(seconds: number, prepared: Parameters<typeof prepareCall>[0] = {}) {
  const world = await prepareCall(prepared);
  world.clock.at = secondsAfter(seconds);
  return world;
}

describe('lookAfterCalls', () => {
  it.each([true, false])('settles a call that is over, its contact linked: %s', async (linked) => {
    const { centre, counted, guard, lease, look, record } = await prepareSilent(61, { linked });
    centre.contacts[CONTACT_ID] = { answeredAt: at(8), endedAt: at(30), reason: 'CUSTOMER_DISCONNECT' };
    expect(await look()).toBe(1);
    expect(await record()).toMatchObject({
      outcome: 'abandoned',
      answeredAt: iso(8),
      endedAt: iso(30),
      hungUpBy: 'customer',
    });
    expect(await lease()).toMatchObject({ agentUntil: 0, lineUntil: 0, lookAt: NEVER });
    expect(guard(`phone#${PHONE}`)).toMatchObject({ coolingDown: true, until: at(30 + 600) });
    expect(counted).toEqual(['abandoned']);
  });

  it('frees the agent when the metrics have seen the call, and renews what a call holds that goes on', async () => {
    const { centre, guard, lease, look, record } = await prepareSilent(61);
    centre.contacts[CONTACT_ID] = { answeredAt: at(8), agentAt: at(50) };
    await look();
    expect(await lease()).toMatchObject({
      agentUntil: at(50) + METRICS_LAG_MS,
      lineUntil: at(61) + MAX_MS,
      lostAt: at(61) + MAX_MS,
      lookAt: at(61 + 60),
    });
    expect(guard(`phone#${PHONE}`)).toMatchObject({ coolingDown: false, until: at(61) + MAX_MS });
    expect(await record()).toEqual({ ...PLACED, answeredAt: iso(8), agentAt: iso(50) });
  });

  it('lets the lease count for two where another agent missed the call before', async () => {
    const { centre, lease, look } = await prepareSilent(61);
    centre.contacts[CONTACT_ID] = { queuedAt: at(20), agentAt: at(50) };
    await look();
    expect(await lease()).toMatchObject({ agentUntil: at(50) + METRICS_LAG_MS, missed: true });
  });

  it('looks again a minute later where the call goes on, and not before', async () => {
    const { centre, clock, look } = await prepareSilent(61);
    centre.contacts[CONTACT_ID] = {};
    expect([await look(), await look()]).toEqual([1, 0]);
    clock.at = secondsAfter(120);
    expect(await look()).toBe(0);
    clock.at = secondsAfter(121);
    expect(await look()).toBe(1);
  });

  it('asks nothing before its time', async () => {
    const { centre, look } = await prepareSilent(59);
    expect(await look()).toBe(0);
    expect(centre.asked).toEqual([]);
  });

  it('knows what events told: a contact is described without what was noted', async () => {
    const { centre, lease, look, shared } = await prepareSilent(61);
    await shared.contacts.note(CONTACT_ID, CONTACT_ID, { agentAt: at(10) }, NOW);
    centre.contacts[CONTACT_ID] = { endedAt: at(40) };
    await look();
    expect(await lease()).toMatchObject({ agentUntil: at(10) + METRICS_LAG_MS, lineUntil: 0 });
  });

  it('asks about the contact the call goes on as, not about the one it began with', async () => {
    const { centre, clock, lease, look, record, tell } = await prepareSilent(0);
    await tell(event('CONNECTED_TO_AGENT', 20));
    await tell(event('DISCONNECTED', 40, { disconnectTimestamp: iso(40), nextContactId: SECOND }));
    centre.contacts[SECOND] = { queuedAt: at(40), agentAt: at(50) };
    clock.at = secondsAfter(100);
    await look();
    expect(centre.asked).toEqual([`contact ${SECOND}`]);
    expect(await lease()).toMatchObject({ lineUntil: at(100) + MAX_MS, agentUntil: at(50) + METRICS_LAG_MS });
    // It goes on once more, which only Amazon Connect tells.
    centre.asked.splice(0);
    centre.contacts[SECOND] = { endedAt: at(110), nextId: THIRD };
    centre.contacts[THIRD] = { endedAt: at(150), reason: 'AGENT_DISCONNECT' };
    clock.at = secondsAfter(160);
    await look();
    clock.at = secondsAfter(220);
    await look();
    expect(new Set(centre.asked)).toEqual(new Set([`contact ${SECOND}`, `contact ${THIRD}`, `chain ${CONTACT_ID}`]));
    expect(await record()).toMatchObject({ outcome: 'completed', endedAt: iso(150), transferredTo: [SECOND, THIRD] });
    expect(await lease()).toMatchObject({ lineUntil: 0, lookAt: NEVER });
  });

  // DescribeContact answers ten questions a second, half of which are for others; five calls are looked at in a second.
  it('asks once for the contact of a call that is over', async () => {
    const { centre, clock, look } = await prepareCall();
    centre.contacts[CONTACT_ID] = { answeredAt: at(8), endedAt: at(30), reason: 'CUSTOMER_DISCONNECT' };
    clock.at = secondsAfter(61);
    await look();
    expect(centre.asked).toEqual([`contact ${CONTACT_ID}`]);
  });

  it('changes nothing but the next look where Amazon Connect does not tell', async () => {
    const { lease, log, look, record } = await prepareSilent(61);
    const before = await lease();
    expect(await look()).toBe(1);
    expect(await lease()).toEqual({ ...before, lookAt: at(61 + 60) });
    expect(await record()).toEqual(PLACED);
    expect(log.lines).toContainEqual({
      level: 'warn',
      message: 'contact not read',
      fields: { contactId: CONTACT_ID, error: 'Error' },
    });
  });
});

describe('lookAfterCalls, where nothing tells of a call any more', () => {
  it('calls it lost after the longest call, and gives back what it held', async () => {
    // Prepare
    const { clock, counted, guard, lease, log, look, record } = await prepareSilent(7_199);
    await look();
    expect(await record()).toEqual(PLACED);
    expect(await lease()).toMatchObject({ lineUntil: at(0) + MAX_MS });

    // Act
    clock.at = secondsAfter(7_199 + 60);
    await look();

    // Assess
    const lost = { outcome: 'lost', class: 'missed', reason: 'no_sign', endedAt: iso(7_259) };
    expect(await record()).toEqual({ ...PLACED, ...lost });
    expect(await lease()).toMatchObject({ agentUntil: 0, lineUntil: 0, lookAt: NEVER });
    expect(guard(`phone#${PHONE}`)).toMatchObject({ coolingDown: true, until: at(7_259 + 600) });
    expect(counted).toEqual(['lost']);
    expect(log.lines.at(-1)).toMatchObject({ level: 'warn', message: 'call given up' });
    clock.at = secondsAfter(86_400);
    expect(await look()).toBe(0);
  });

  it('counts from its last sign, not from its beginning', async () => {
    const { clock, look, record, tell } = await prepareSilent(0);
    await tell(event('CONNECTED_TO_AGENT', 3_000));
    clock.at = secondsAfter(3_000 + 7_199);
    await look();
    expect(await record()).toMatchObject({ outcome: 'call_placed' });
    clock.at = secondsAfter(3_000 + 7_259);
    await look();
    // That it had an agent stays true, and when it ended unknown.
    expect(await record()).toMatchObject({ outcome: 'completed' });
    expect(await record()).not.toHaveProperty('endedAt');
  });

  it('counts as long as the limits say that were changed at run time', async () => {
    const { clock, shared, look, record, tell } = await prepareSilent(0);
    await shared.controls.setLimits(
      { maxCallSeconds: 600 },
      { by: 'somebody', at: NOW.toISOString(), why: 'the tests' },
    );
    await tell(event('CONNECTED_TO_AGENT', 20));
    clock.at = secondsAfter(620);
    await look();
    expect(await record()).toMatchObject({ status: 'ended', outcome: 'completed' });
  });

  it('takes a sign that comes afterwards for one: the record says how the call ended after all', async () => {
    const { centre, clock, counted, look, record, tell } = await prepareSilent(7_201);
    await look();
    expect(await record()).toMatchObject({ outcome: 'lost' });
    centre.contacts[CONTACT_ID] = { agentAt: at(20), endedAt: at(7_000) };
    clock.at = secondsAfter(7_300);
    await tell(event('DISCONNECTED', 7_300, { disconnectTimestamp: iso(7_000) }));
    expect(await record()).toMatchObject({ outcome: 'completed', endedAt: iso(7_000) });
    // Counted once, by what was known first.
    expect(counted).toEqual(['lost']);
  });

  it('leaves the outcome that events told, where only what else there is to know is never told', async () => {
    const { clock, counted, lease, look, record, tell } = await prepareSilent(0);
    await tell(event('CONNECTED_TO_AGENT', 20));
    await tell(event('DISCONNECTED', 90));
    clock.at = secondsAfter(20 + 7_200);
    await look();
    expect(await record()).toMatchObject({ outcome: 'completed', endedAt: iso(90) });
    expect(await lease()).toMatchObject({ lookAt: NEVER });
    expect(counted).toEqual(['completed']);
  });
});

describe('releaseWaiting, and calls of which nothing was heard', () => {
  const contactOf = (requestId: string) => `contact-of-${requestId}`;

  /** Calls that were placed at the tests' NOW, and somebody who waits, 61 s later. */
  async function preparePlaced(calls: readonly string[] = [REQUEST_ID]) {
    const world = prepareRelease();
    world.centre.agents = {};
    for (const requestId of calls) {
      await putRecord(world, claimedRecord({ ...PLACED, requestId, phone: '+447700900001' }));
      await world.shared.leases.ringing(requestId, QUEUE_ID, contactOf(requestId), NOW.getTime(), MAX_MS);
    }
    await world.enter('waits');
    world.clock.at = secondsAfter(61);
    return world;
  }

  it('serves those who wait all the same where Amazon Connect does not tell', async () => {
    const world = await preparePlaced();
    world.centre.agents = { [QUEUE_ID]: 2 };
    await world.run();
    expect(world.served()).toEqual(['waits']);
    expect(world.log.lines).toContainEqual(expect.objectContaining({ message: 'contact not read' }));
  });

  it('asks about five a run, and about the others in the next ones, whatever the answers', async () => {
    // Prepare: half of them cannot be read, ever.
    const calls = Array.from({ length: 12 }, (_, index) => `request-${10 + index}`);
    const world = await preparePlaced(calls);
    for (const requestId of calls.slice(6)) world.centre.contacts[contactOf(requestId)] = { endedAt: at(30) };

    // Act
    const asked: number[] = [];
    for (let run = 0; run < 3; run += 1) {
      world.centre.asked.splice(0);
      await world.run();
      asked.push(new Set(world.centre.asked.filter((what) => what.startsWith('contact'))).size);
    }

    // Assess
    expect(asked).toEqual([5, 5, 2]);
    expect(await world.holders('lines')).toEqual(calls.slice(0, 6));
    expect(world.counted).toHaveLength(6);
  });
});
