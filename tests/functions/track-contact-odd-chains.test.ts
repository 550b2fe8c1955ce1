import { describe, expect, it } from 'vitest';
import { CONTACT_ID, QUEUE_ID, REQUEST_ID } from './function-support.ts';
import { at, event, iso, PHONE, prepareCall, SECOND, THIRD } from './placed-call-world.ts';

const OVER = { disconnectReason: 'CUSTOMER_DISCONNECT' };

describe('contacts that lead somewhere else', () => {
  it('a contact that is a request’s own is that one’s, whatever it is related to', async () => {
    // Prepare: the call of another request.
    const OTHER = '00000000-0000-4000-8000-0000000000e9';
    const { shared, now, run } = await prepareCall();
    await shared.contacts.link(THIRD, OTHER, [], now());

    // Act
    const tracked = await run(event('CONNECTED_TO_SYSTEM', 5, { contactId: THIRD, relatedContactId: CONTACT_ID }));

    // Assess
    expect(tracked.requestId).toBe(OTHER);
    expect([...((await shared.contacts.read(CONTACT_ID))?.contacts.keys() ?? [])]).toEqual([CONTACT_ID]);
  });

  it('a task that an agent made of the call does not keep its number', async () => {
    // Prepare: the task is open for days.
    const { centre, clock, guard, look, record, tell } = await prepareCall();
    centre.contacts[CONTACT_ID] = {
      answeredAt: at(8),
      queuedAt: at(20),
      agentAt: at(25),
      endedAt: at(60),
      reason: 'AGENT_DISCONNECT',
      nextId: SECOND,
    };
    centre.contacts[SECOND] = { startedAt: at(58), isOther: true };

    // Act
    await tell(event('CONNECTED_TO_AGENT', 25));
    await tell(
      event('DISCONNECTED', 60, {
        disconnectReason: 'AGENT_DISCONNECT',
        nextContactId: SECOND,
        disconnectTimestamp: iso(60),
      }),
    );
    await tell(
      event('INITIATED', 61, {
        contactId: SECOND,
        channel: 'TASK',
        initiationMethod: 'API',
        relatedContactId: CONTACT_ID,
        previousContactId: CONTACT_ID,
        initialContactId: CONTACT_ID,
      }),
    );
    for (let minute = 2; minute < 200; minute += 1) {
      clock.at = new Date(at(60 * minute));
      await look();
    }

    // Assess
    expect(await record()).toMatchObject({ outcome: 'completed', endedAt: iso(60) });
    expect(guard(`phone#${PHONE}`)).toMatchObject({ coolingDown: true });
  });
});

describe('what is known is said', () => {
  it('a call that an agent took is completed although its next contact cannot be read', async () => {
    const { centre, clock, look, record, tell } = await prepareCall();
    centre.contacts[CONTACT_ID] = {
      answeredAt: at(8),
      queuedAt: at(20),
      agentAt: at(25),
      endedAt: at(60),
      reason: 'AGENT_DISCONNECT',
    };
    await tell(event('CONNECTED_TO_AGENT', 25));
    await tell(
      event('DISCONNECTED', 60, {
        disconnectReason: 'AGENT_DISCONNECT',
        nextContactId: SECOND,
        disconnectTimestamp: iso(60),
      }),
    );
    for (let minute = 2; minute < 130; minute += 1) {
      clock.at = new Date(at(60 * minute));
      await look();
    }
    expect(await record()).toMatchObject({ outcome: 'completed' });
  });

  it('an agent in the middle of a chain of which no event told is found', async () => {
    // Prepare: queue, then an agent who hands it on, then a queue in which the customer hangs up.
    const { centre, clock, look, record, tell } = await prepareCall();
    centre.contacts[CONTACT_ID] = {
      startedAt: at(0),
      answeredAt: at(8),
      queuedAt: at(20),
      queueId: QUEUE_ID,
      endedAt: at(40),
      reason: 'OTHER',
    };
    centre.contacts[SECOND] = {
      startedAt: at(40),
      queuedAt: at(40),
      agentAt: at(50),
      endedAt: at(100),
      reason: 'AGENT_DISCONNECT',
    };
    centre.contacts[THIRD] = { startedAt: at(95), queuedAt: at(100), endedAt: at(300), reason: 'CUSTOMER_DISCONNECT' };
    centre.chains[CONTACT_ID] = [CONTACT_ID, SECOND, THIRD];

    // Act: only the first contact told of itself, and nothing of its end.
    await tell(event('QUEUED', 20));
    for (let minute = 6; minute < 20; minute += 1) {
      clock.at = new Date(at(60 * minute));
      await look();
    }

    // Assess
    expect(await record()).toMatchObject({ outcome: 'completed', agentAt: iso(50) });
  });

  it('a call that an agent handed on keeps line and number, though its end alone was told of', async () => {
    // Prepare: the events of queue and agent are lost, and the end names neither.
    const { centre, clock, guard, holders, look, record, tell } = await prepareCall();
    centre.contacts[CONTACT_ID] = {
      ...{ answeredAt: at(8), queuedAt: at(20), queueId: QUEUE_ID, agentAt: at(25), endedAt: at(60) },
      reason: 'AGENT_DISCONNECT',
    };
    centre.contacts[SECOND] = { startedAt: at(58), agentAt: at(61) };
    centre.chains[CONTACT_ID] = [CONTACT_ID, SECOND];

    // Act
    await tell(event('DISCONNECTED', 60, { disconnectReason: 'AGENT_DISCONNECT', disconnectTimestamp: iso(60) }));
    clock.at = new Date(at(130));
    await look();

    // Assess
    expect(await holders('lines')).toEqual([REQUEST_ID]);
    expect(guard(`phone#${PHONE}`)).toMatchObject({ coolingDown: false });
    expect(await record()).toMatchObject({ outcome: 'call_placed' });
  });
});

describe('long chains', () => {
  it('a call transferred ten times holds its line until the last contact', async () => {
    const { centre, holders, record, tell } = await prepareCall();
    const ids = [
      CONTACT_ID,
      ...Array.from({ length: 10 }, (_, n) => `00000000-0000-4000-8000-0000000e${String(n).padStart(4, '0')}`),
    ];
    const link = (n: number) => ({
      contactId: ids[n],
      ...(n > 0 && { previousContactId: ids[n - 1], initiationMethod: 'TRANSFER' }),
    });
    centre.chains[CONTACT_ID] = ids;
    for (const [n, id] of ids.entries())
      centre.contacts[id] = {
        startedAt: at(n * 100),
        agentAt: at(n * 100 + 5),
        endedAt: at(n * 100 + 101),
        reason: n === 10 ? 'CUSTOMER_DISCONNECT' : 'AGENT_DISCONNECT',
      };
    for (let n = 0; n <= 10; n += 1) {
      await tell(event('CONNECTED_TO_AGENT', n * 100 + 5, link(n)));
      expect(await holders('lines')).toEqual([REQUEST_ID]);
      if (n > 0)
        await tell(event('DISCONNECTED', n * 100 + 6, { ...link(n - 1), disconnectReason: 'AGENT_DISCONNECT' }));
      expect(await holders('lines')).toEqual([REQUEST_ID]);
    }
    await tell(event('DISCONNECTED', 1101, { ...link(10), ...OVER }));
    expect(await holders('lines')).toEqual([]);
    expect((await record())?.transferredTo).toHaveLength(10);
  });
});
