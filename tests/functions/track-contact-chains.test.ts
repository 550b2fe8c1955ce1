import { describe, expect, it } from 'vitest';
import { METRICS_LAG_MS, NEVER } from '../../domain/call-lease.ts';
import { CALL, ENDED, type Event, prepareThree, shuffled } from './call-on-three-contacts.ts';
import { CONTACT_ID, OTHER_QUEUE_ID, REQUEST_ID } from './function-support.ts';
import { at, event, iso, PHONE, prepareCall, SECOND, THIRD } from './placed-call-world.ts';

const HUNG_UP = { disconnectReason: 'CUSTOMER_DISCONNECT' };

describe('a call on three contacts', () => {
  it('is followed from the first to the last, and holds its line and number until then', async () => {
    const { guard, holders, record, tell } = await prepareThree();
    for (const one of CALL.slice(0, -2)) {
      await tell(one);
      expect(await holders('lines')).toEqual([REQUEST_ID]);
      expect(guard(`phone#${PHONE}`)).toMatchObject({ requestId: REQUEST_ID, coolingDown: false });
      expect(await record()).toMatchObject({ outcome: 'call_placed' });
    }
    for (const one of CALL.slice(-2)) {
      await tell(one);
      expect(await holders('lines')).toEqual([]);
      expect(guard(`phone#${PHONE}`)).toMatchObject({ requestId: REQUEST_ID, coolingDown: true, until: at(300 + 600) });
      expect(await record()).toEqual(ENDED);
    }
  });

  it('counts against the agents of the queue in which the customer waits, until the metrics see one busy', async () => {
    const { lease, tell } = await prepareThree();
    for (const one of CALL.slice(0, 5)) await tell(one);
    expect(await lease()).toMatchObject({ queueId: OTHER_QUEUE_ID, agentUntil: at(42 + 180) });
    await tell(CALL[5] as Event);
    expect(await lease()).toMatchObject({ agentUntil: at(50) + METRICS_LAG_MS });
  });

  it.each(Array.from({ length: 60 }, (_, seed) => seed))(
    'comes to the same in every order, each event twice: seed %i',
    async (seed) => {
      // Prepare
      const world = await prepareThree();
      const events = shuffled([...CALL, ...CALL], seed);

      // Act
      for (const one of events) await world.run(one);
      world.clock.at = new Date(at(400));
      await world.look();

      // Assess
      const { record, lease, phone } = await world.state();
      expect(record).toEqual(ENDED);
      expect(lease).toMatchObject({ agentUntil: at(98) + METRICS_LAG_MS, lineUntil: 0, lookAt: NEVER });
      expect(phone).toMatchObject({ requestId: REQUEST_ID, coolingDown: true, until: at(300 + 600) });
      expect(world.counted.at(-1)).toBe('completed');
    },
  );

  it('names its contacts in the order in which it went on, whichever was told of first', async () => {
    const { record, run } = await prepareThree();
    for (const one of [...CALL].reverse()) await run(one);
    expect(await record()).toMatchObject({ transferredTo: [SECOND, THIRD] });
  });

  it.each(Array.from({ length: 20 }, (_, seed) => seed))(
    'comes to the same where all events come at once: seed %i',
    async (seed) => {
      const world = await prepareThree();
      await Promise.all(shuffled([...CALL, ...CALL], seed).map((one) => world.run(one)));
      world.clock.at = new Date(at(400));
      await world.look();
      const { record, lease } = await world.state();
      expect(record).toEqual(ENDED);
      expect(lease).toMatchObject({ agentUntil: at(98) + METRICS_LAG_MS, lineUntil: 0, lookAt: NEVER });
    },
  );

  it.each(Array.from({ length: CALL.length + 1 }, (_, known) => known))(
    'comes to the same where its contact is noted only after %i events',
    async (known) => {
      const world = await prepareThree(false);
      for (const one of CALL.slice(0, known)) await world.tell(one);
      await world.link();
      for (const one of CALL.slice(known)) await world.tell(one);
      world.clock.at = new Date(at(400));
      await world.look();
      expect(await world.record()).toEqual(ENDED);
      expect(await world.lease()).toMatchObject({ lineUntil: 0, lookAt: NEVER });
    },
  );

  it.each(CALL.map((one, index) => [index, one] as const))('ends though an event is lost: number %i', async (lost) => {
    const world = await prepareThree();
    for (const [index, one] of CALL.entries()) if (index !== lost) await world.tell(one);
    world.clock.at = new Date(at(400));
    await world.look();
    expect(await world.record()).toMatchObject({ outcome: 'completed', endedAt: iso(300) });
    expect(await world.holders('lines')).toEqual([]);
  });
});

describe('a contact that is over', () => {
  it.each(['INITIATED', 'CONNECTED_TO_SYSTEM', 'QUEUED'])('is never made to go on again by a late %s', async (late) => {
    const world = await prepareThree();
    world.centre.contacts[CONTACT_ID] = { endedAt: at(40), reason: 'CUSTOMER_DISCONNECT' };
    await world.tell(event('DISCONNECTED', 41, { disconnectTimestamp: iso(40) }));
    await world.tell(event(late, 60));
    expect(await world.record()).toMatchObject({ endedAt: iso(40) });
    expect(await world.holders('lines')).toEqual([]);
    expect(world.guard(`phone#${PHONE}`)).toMatchObject({ coolingDown: true });
  });
});

describe('a contact of a transfer', () => {
  it.each([
    ['QUEUE_TRANSFER', { previousContactId: CONTACT_ID }],
    ['TRANSFER', { previousContactId: CONTACT_ID }],
    ['TRANSFER', { relatedContactId: CONTACT_ID }],
    ['CALLBACK', { initialContactId: CONTACT_ID }],
    ['DISCONNECT', { previousContactId: CONTACT_ID }],
    ['EXTERNAL_OUTBOUND', { previousContactId: CONTACT_ID }],
    ['SOMETHING_NEW', { previousContactId: CONTACT_ID }],
    ['API', { relatedContactId: CONTACT_ID }],
  ])('keeps line and number until it is over, too: %s by %j alone', async (initiationMethod, relative) => {
    const { guard, holders, record, tell } = await prepareCall();
    const next = { contactId: SECOND, initiationMethod, ...relative };
    await tell(event('INITIATED', 39, next));
    await tell(event('DISCONNECTED', 40, { disconnectTimestamp: iso(40) }));
    expect(await holders('lines')).toEqual([REQUEST_ID]);
    expect(guard(`phone#${PHONE}`)).toMatchObject({ coolingDown: false });
    expect(await record()).toMatchObject({ outcome: 'call_placed' });
    await tell(event('DISCONNECTED', 300, { ...next, ...HUNG_UP, disconnectTimestamp: iso(300) }));
    expect(await holders('lines')).toEqual([]);
    expect(await record()).toMatchObject({ endedAt: iso(300), transferredTo: [SECOND] });
  });

  it.each(['QUEUE_TRANSFER', 'TRANSFER'])(
    'takes the line back where the end of the one before came first: %s',
    async (initiationMethod) => {
      const { guard, holders, tell } = await prepareCall();
      const next = { contactId: SECOND, initiationMethod, previousContactId: CONTACT_ID };
      await tell(event('DISCONNECTED', 40, { disconnectTimestamp: iso(40) }));
      await tell(event('QUEUED', 41, next));
      expect(await holders('lines')).toEqual([REQUEST_ID]);
      expect(guard(`phone#${PHONE}`)).toMatchObject({ requestId: REQUEST_ID, coolingDown: false });
      await tell(event('DISCONNECTED', 300, { ...next, ...HUNG_UP, disconnectTimestamp: iso(300) }));
      expect(await holders('lines')).toEqual([]);
      expect(guard(`phone#${PHONE}`)).toMatchObject({ coolingDown: true, until: at(300 + 600) });
    },
  );

  it('is found through the one before it, of which only the first is known', async () => {
    const { holders, tell } = await prepareCall();
    await tell(event('QUEUED', 40, { contactId: SECOND, previousContactId: CONTACT_ID, initiationMethod: 'TRANSFER' }));
    await tell(event('QUEUED', 60, { contactId: THIRD, previousContactId: SECOND, initiationMethod: 'TRANSFER' }));
    for (const contactId of [CONTACT_ID, SECOND]) {
      await tell(event('DISCONNECTED', 70, { contactId, initiationMethod: 'TRANSFER' }));
    }
    expect(await holders('lines')).toEqual([REQUEST_ID]);
    await tell(event('DISCONNECTED', 80, { contactId: THIRD, initiationMethod: 'TRANSFER', ...HUNG_UP }));
    expect(await holders('lines')).toEqual([]);
  });
});
