import { describe, expect, it } from 'vitest';
import { METRICS_LAG_MS } from '../../domain/call-lease.ts';
import { CONTACT_ID, NOW, QUEUE_ID, secondsAfter } from './function-support.ts';
import { prepareRelease } from './release-world.ts';

const MINUTE = 60_000;
const at = (seconds: number) => secondsAfter(seconds).getTime();

/** Calls that were placed at the tests' NOW, and somebody else who waits, 61 s later. */
async function preparePlaced(calls: readonly string[] = ['request-one'], linked = true) {
  const world = prepareRelease();
  const { leases, contacts } = world.shared;
  world.centre.agents = {};
  for (const requestId of calls) {
    const contactId = contactOf(requestId);
    await world.hold(requestId, 600, 600);
    const { agentUntil, lineUntil } = { agentUntil: at(600), lineUntil: at(600) };
    const lease = { requestId, queueId: QUEUE_ID, agentUntil, lineUntil };
    await leases.lookedAt(lease, { contactId, lookAt: at(60) });
    if (linked) await contacts.link(contactId, requestId, NOW);
    world.centre.contacts[contactId] = {};
  }
  await world.enter('waits');
  world.clock.at = secondsAfter(61);
  return world;
}

const contactOf = (requestId: string) => (requestId === 'request-one' ? CONTACT_ID : `contact of ${requestId}`);

describe('releaseWaiting, for calls of which no event came', () => {
  it.each([true, false])('frees agent and line where the call is over, its contact linked: %s', async (linked) => {
    const world = await preparePlaced(['request-one'], linked);
    world.centre.contacts[CONTACT_ID] = { endedAt: at(30) };
    await world.run();
    expect(await world.holders('agents')).toEqual([]);
    expect(await world.holders('lines')).toEqual([]);
  });

  it.each([true, false])(
    'frees the agent when the metrics have seen the call, its contact linked: %s',
    async (linked) => {
      const world = await preparePlaced(['request-one'], linked);
      world.centre.contacts[CONTACT_ID] = { agentAt: at(50) };
      await world.run();
      expect(await world.lease('request-one')).toMatchObject({
        agentUntil: at(50) + METRICS_LAG_MS,
        lineUntil: at(600),
        lookAt: at(61) + MINUTE,
      });
    },
  );

  it('lets the lease count for two where another agent missed the call before', async () => {
    const world = await preparePlaced(['request-one']);
    world.centre.contacts[CONTACT_ID] = { queuedAt: at(20), agentAt: at(50) };
    await world.run();
    expect(await world.lease('request-one')).toMatchObject({ agentUntil: at(50) + METRICS_LAG_MS, missed: true });
  });

  it('looks again a minute later where the call goes on', async () => {
    const world = await preparePlaced();
    await world.run();
    await world.run();
    expect(world.centre.asked.filter((what) => what.startsWith('contact'))).toEqual([`contact ${CONTACT_ID}`]);
    expect(await world.lease('request-one')).toMatchObject({
      contactId: CONTACT_ID,
      agentUntil: at(600),
      lineUntil: at(600),
      lookAt: at(61) + MINUTE,
    });
  });

  it('lets the lease of a call that goes on last until the look after the next one', async () => {
    const world = await preparePlaced();
    world.clock.at = secondsAfter(590);
    await world.run();
    const until = at(590) + 2 * MINUTE;
    expect(await world.lease('request-one')).toMatchObject({ agentUntil: until, lineUntil: until });
  });

  it('asks nothing before its time, and nothing for leases that ended', async () => {
    const world = await preparePlaced();
    world.clock.at = secondsAfter(59);
    await world.run();
    world.clock.at = secondsAfter(600);
    await world.run();
    expect(world.centre.asked.filter((what) => what.startsWith('contact'))).toEqual([]);
  });

  it('tells what the events already told: a contact is described without what was noted', async () => {
    const world = await preparePlaced();
    await world.shared.contacts.note(CONTACT_ID, { agentAt: at(10) }, NOW);
    world.centre.contacts[CONTACT_ID] = { endedAt: at(40) };
    await world.run();
    expect(await world.lease('request-one')).toMatchObject({ agentUntil: at(10) + METRICS_LAG_MS, lineUntil: 0 });
  });

  it('serves those who wait all the same where Amazon Connect does not tell', async () => {
    const world = await preparePlaced();
    world.centre.contacts[CONTACT_ID] = new Error('+819012345678 is not there');
    world.centre.agents = { [QUEUE_ID]: 2 };
    await world.run();
    expect(world.served()).toEqual(['waits']);
    expect(world.log.lines).toContainEqual({
      level: 'warn',
      message: 'contact not read',
      fields: { contactId: CONTACT_ID, error: 'Error' },
    });
  });

  it('asks about five a run, and about the others in the next ones, whatever the answers', async () => {
    // Prepare: half of them cannot be read, ever.
    const calls = Array.from({ length: 12 }, (_, index) => `request-${10 + index}`);
    const world = await preparePlaced(calls);
    for (const requestId of calls.slice(0, 6)) world.centre.contacts[contactOf(requestId)] = new Error('gone');
    for (const requestId of calls.slice(6)) world.centre.contacts[contactOf(requestId)] = { endedAt: at(30) };

    // Act
    const asked: number[] = [];
    for (let run = 0; run < 3; run += 1) {
      world.centre.asked.splice(0);
      await world.run();
      asked.push(world.centre.asked.filter((what) => what.startsWith('contact')).length);
    }

    // Assess
    expect(asked).toEqual([5, 5, 2]);
    expect(await world.holders('lines')).toEqual(calls.slice(0, 6));
  });
});
