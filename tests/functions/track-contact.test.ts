import { describe, expect, it } from 'vitest';
import { METRICS_LAG_MS, NEVER } from '../../domain/call-lease.ts';
import { CONTACT_ID, holdsTheNumber, REQUEST_ID, secondsAfter } from './function-support.ts';
import { at, event, iso, PHONE, PLACED, prepareCall, SECOND } from './placed-call-world.ts';
import { failOnce } from './tables.ts';

const PHONE_ITEM = `phone#${PHONE}`;
const ANSWERED = event('CONNECTED_TO_SYSTEM', 8);
const CONNECTED = event('CONNECTED_TO_AGENT', 20, { agentInfo: { connectedToAgentTimestamp: iso(19.5) } });
const DISCONNECTED = event('DISCONNECTED', 90, {
  disconnectTimestamp: iso(89.5),
  disconnectReason: 'CUSTOMER_DISCONNECT',
});
/** It says what the one before said, too. */
const DISCONNECTED_FROM_AGENT = event('DISCONNECTED', 90, {
  ...CONNECTED.detail,
  ...DISCONNECTED.detail,
});

describe('trackContact, and what a call holds', () => {
  it('keeps the agent until the metrics have surely seen the call, and the line while it lasts', async () => {
    const { lease, tell, sent } = await prepareCall({ someoneWaits: true });
    await tell(CONNECTED);
    expect(await lease()).toMatchObject({
      agentUntil: at(19.5) + METRICS_LAG_MS,
      lineUntil: at(20 + 7_200),
      lostAt: at(20 + 7_200),
      lookAt: at(80),
    });
    expect(sent).toEqual([]);
  });

  it('keeps the agent for as much shorter as the local stack is faster', async () => {
    const { lease, tell } = await prepareCall({ change: { speed: 10 } });
    await tell(DISCONNECTED_FROM_AGENT);
    expect(await lease()).toMatchObject({ agentUntil: at(19.5) + METRICS_LAG_MS / 10 });
  });

  it('renews line and agent with every sign of the call', async () => {
    const { lease, tell } = await prepareCall();
    await tell(event('QUEUED', 170, { queueInfo: { enqueueTimestamp: iso(170) } }));
    expect(await lease()).toMatchObject({ agentUntil: at(170 + 180), lineUntil: at(170 + 7_200) });
  });

  it('frees agent and line at once where the call ended without an agent, and wakes those who wait', async () => {
    const { lease, tell, sent } = await prepareCall({ someoneWaits: true });
    await tell(DISCONNECTED);
    expect(await lease()).toMatchObject({ agentUntil: 0, lineUntil: 0 });
    expect(sent).toEqual([{ delaySeconds: 0 }]);
  });

  it('frees them before it asks Amazon Connect how the call ended: others wait for them', async () => {
    const { centre, dependencies, holders, tell } = await prepareCall();
    let held: string[] | undefined;
    dependencies.connect.readContact = async () => {
      held = await holders('lines');
      throw new Error('no answer');
    };
    await tell(DISCONNECTED);
    expect(held).toEqual([]);
    expect(centre.asked).toEqual([]);
  });

  it('keeps the agent for a while where the call ended in the queue: anyone who did not take it is not free', async () => {
    const { lease, tell } = await prepareCall();
    const queueInfo = { enqueueTimestamp: iso(60) };
    await tell(event('DISCONNECTED', 90, { ...DISCONNECTED.detail, queueInfo }));
    expect(await lease()).toMatchObject({ agentUntil: at(89.5) + METRICS_LAG_MS, lineUntil: 0 });
  });

  it('lets the lease count for two where the call went to a second agent', async () => {
    const { lease, tell } = await prepareCall();
    const queueInfo = { enqueueTimestamp: iso(30) };
    await tell(event('CONNECTED_TO_AGENT', 52, { queueInfo, agentInfo: { connectedToAgentTimestamp: iso(51) } }));
    expect(await lease()).toMatchObject({ agentUntil: at(51) + METRICS_LAG_MS, missed: true });
  });

  it('wakes nobody where nobody waits', async () => {
    const { tell, sent } = await prepareCall();
    await tell(DISCONNECTED);
    expect(sent).toEqual([]);
  });

  it('frees the line, and the agent not before the metrics, where a short call ended', async () => {
    const { lease, tell, sent } = await prepareCall({ someoneWaits: true });
    await tell(CONNECTED);
    await tell(DISCONNECTED);
    expect(await lease()).toMatchObject({ agentUntil: at(19.5) + METRICS_LAG_MS, lineUntil: 0 });
    expect(sent).toEqual([{ delaySeconds: 0 }]);
  });

  it('keeps the number where a contact ended that may have been handed on, and frees the rest, until that is told', async () => {
    // Prepare: an agent had it, and nobody says who hung up.
    const { centre, clock, guard, lease, look, record, sent, tell } = await prepareCall({ someoneWaits: true });
    const untold = { disconnectTimestamp: iso(89.5) };
    await tell(CONNECTED);
    await tell(event('DISCONNECTED', 90, untold));
    expect(await lease()).toMatchObject({ agentUntil: at(19.5) + METRICS_LAG_MS, lineUntil: 0, lookAt: at(90 + 10) });
    expect(guard(PHONE_ITEM)).toMatchObject({ coolingDown: false });
    expect(await record()).toMatchObject({ outcome: 'call_placed' });
    expect(sent).toEqual([{ delaySeconds: 0 }]);

    // Act
    centre.contacts[CONTACT_ID] = { agentAt: at(19.5), endedAt: at(89.5), reason: 'AGENT_DISCONNECT' };
    clock.at = secondsAfter(100);
    await look();

    // Assess
    expect(centre.asked.at(-1)).toBe(`chain ${CONTACT_ID}`);
    expect(await lease()).toMatchObject({ lineUntil: 0, lookAt: NEVER });
    expect(guard(PHONE_ITEM)).toMatchObject({ coolingDown: true, until: at(89.5 + 600) });
    expect(await record()).toMatchObject({ outcome: 'completed', hungUpBy: 'agent', endedAt: iso(89.5) });
  });

  it('goes on holding it where Amazon Connect knows of a contact that no event told of', async () => {
    const { centre, guard, lease, record, run, tell } = await prepareCall();
    centre.contacts[CONTACT_ID] = { agentAt: at(19.5), endedAt: at(89.5), reason: 'AGENT_DISCONNECT' };
    centre.contacts[SECOND] = { startedAt: at(88) };
    centre.chains[CONTACT_ID] = [CONTACT_ID, SECOND];
    await tell(CONNECTED);
    await tell(event('DISCONNECTED', 90, { disconnectTimestamp: iso(89.5) }));
    expect(await lease()).toMatchObject({ lineUntil: at(90 + 7_200), lookAt: at(150) });
    expect(guard(PHONE_ITEM)).toMatchObject({ coolingDown: false, until: at(90 + 7_200) });
    expect(await record()).toMatchObject({ outcome: 'call_placed', transferredTo: [SECOND] });
    // Its events lead there, whatever they name.
    await run(event('DISCONNECTED', 120, { ...DISCONNECTED.detail, contactId: SECOND, disconnectTimestamp: iso(120) }));
    expect(await record()).toMatchObject({ outcome: 'completed', endedAt: iso(120), hungUpBy: 'customer' });
    expect(await lease()).toMatchObject({ lineUntil: 0 });
  });

  it.each([
    ['the customer hung up', 'CUSTOMER_DISCONNECT'],
    ['the flow did', 'CONTACT_FLOW_DISCONNECT'],
    ['the network failed', 'TELECOM_PROBLEM'],
  ])('asks nobody whether the call goes on where %s', async (_name, disconnectReason) => {
    const { centre, lease, tell } = await prepareCall();
    await tell(CONNECTED);
    await tell(event('DISCONNECTED', 90, { ...DISCONNECTED.detail, disconnectReason }));
    expect(await lease()).toMatchObject({ lineUntil: 0 });
    expect(centre.asked).toEqual([`contact ${CONTACT_ID}`]);
  });

  it('brings a lease back that is gone, as long as the call goes on', async () => {
    const { shared, holders, tell } = await prepareCall();
    await shared.leases.giveBack(REQUEST_ID);
    await tell(CONNECTED);
    expect(await holders('lines')).toEqual([REQUEST_ID]);
    await shared.leases.giveBack(REQUEST_ID);
    await tell(DISCONNECTED);
    expect(await holders('lines')).toEqual([]);
  });

  it('keeps news of a contact nobody knows yet, and touches no lease', async () => {
    const { lease, link, log, run } = await prepareCall({ linked: false });
    const before = await lease();
    expect(await run(DISCONNECTED_FROM_AGENT)).toEqual({ contactId: CONTACT_ID });
    expect(await lease()).toEqual(before);
    expect(log.lines).toEqual([]);
    const { contacts } = await link();
    expect(contacts.get(CONTACT_ID)).toMatchObject({ agentAt: at(19.5), endedAt: at(89.5) });
  });
});

describe('trackContact, and the record', () => {
  it('notes what happens while it happens, and leaves the outcome to the end', async () => {
    const { record, tell } = await prepareCall();
    await tell(ANSWERED);
    await tell(event('QUEUED', 15, { queueInfo: { enqueueTimestamp: iso(14) } }));
    expect(await record()).toEqual({ ...PLACED, answeredAt: iso(8), queuedAt: iso(14) });
    await tell(CONNECTED);
    expect(await record()).toEqual({ ...PLACED, answeredAt: iso(8), queuedAt: iso(14), agentAt: iso(19.5) });
  });

  it('is complete with the end: outcome, who hung up, and what the flow set besides what was sent', async () => {
    // Prepare
    const { centre, counted, lease, log, record, tell } = await prepareCall();
    centre.contacts[CONTACT_ID] = {
      ...{ agentAt: at(19.5), endedAt: at(89.5), reason: 'CUSTOMER_DISCONNECT' },
      attributes: { request_id: REQUEST_ID, user_type: 'visitor', has_inquiry_type: 'true', satisfied: 'yes' },
    };

    // Act
    await tell(ANSWERED);
    await tell(DISCONNECTED);

    // Assess
    expect(await record()).toEqual({
      ...PLACED,
      ...{ outcome: 'completed', class: 'reached', reason: 'agent_connected' },
      ...{ answeredAt: iso(8), agentAt: iso(19.5), endedAt: iso(89.5) },
      ...{ hungUpBy: 'customer', disconnectReason: 'CUSTOMER_DISCONNECT', flowAttributes: { satisfied: 'yes' } },
    });
    expect(centre.asked).toEqual([`contact ${CONTACT_ID}`]);
    expect(counted).toEqual(['completed']);
    expect(await lease()).toMatchObject({ lookAt: NEVER });
    expect(log.lines.map(({ message }) => message)).toEqual(['contact event', 'contact event', 'call ended']);
  });

  it('asks Amazon Connect once, and counts the call once, however often the end is told', async () => {
    const { centre, counted, record, tell } = await prepareCall();
    centre.contacts[CONTACT_ID] = { agentAt: at(19.5), endedAt: at(89.5) };
    await tell(DISCONNECTED);
    const ended = await record();
    for (const type of ['DISCONNECTED', 'COMPLETED', 'CONNECTED_TO_AGENT']) await tell(event(type, 95));
    expect(await record()).toEqual(ended);
    // What was not known yet is noted, and the call is the same.
    await tell(event('QUEUED', 96, { queueInfo: { enqueueTimestamp: iso(15) } }));
    expect(await record()).toEqual({ ...ended, queuedAt: iso(15) });
    expect(centre.asked).toHaveLength(1);
    expect(counted).toEqual(['completed']);
  });

  it('says that nobody pressed 1 where the flow did', async () => {
    const { centre, record, tell } = await prepareCall();
    const attributes = { request_id: REQUEST_ID, call_result: 'no_key_pressed' };
    centre.contacts[CONTACT_ID] = {
      endedAt: at(89.5),
      reason: 'CONTACT_FLOW_DISCONNECT',
      result: 'no_key_pressed',
      attributes,
    };
    await tell(ANSWERED);
    await tell(event('DISCONNECTED', 90, { disconnectTimestamp: iso(89.5) }));
    expect(await record()).toMatchObject({ outcome: 'no_key_pressed', class: 'missed', hungUpBy: 'flow' });
    expect(await record()).not.toHaveProperty('flowAttributes');
  });

  it('says that an agent missed the call, where each was offered to one who was free', async () => {
    const missed = event('DISCONNECTED', 90, {
      ...DISCONNECTED.detail,
      connectedToSystemTimestamp: iso(8),
      queueInfo: { enqueueTimestamp: iso(30) },
    });
    const one = await prepareCall();
    await one.tell(missed);
    expect(await one.record()).toMatchObject({ outcome: 'abandoned', reason: 'in_queue', agentMissed: true });
    // Where calls wait in the queue by design, a wait says nothing.
    const crowded = await prepareCall({ change: { agents: { pools: [['general', 'plans']], maxContactsWaiting: 2 } } });
    await crowded.tell(missed);
    expect(await crowded.record()).not.toHaveProperty('agentMissed');
  });

  it('has an outcome where Amazon Connect does not tell more, and is completed when it does', async () => {
    // Prepare
    const { centre, counted, lease, look, record, tell, ...world } = await prepareCall();
    centre.contacts[CONTACT_ID] = new Error('no answer');
    await tell(ANSWERED);
    await tell(event('DISCONNECTED', 90, { disconnectTimestamp: iso(89.5), disconnectReason: 'CUSTOMER_DISCONNECT' }));
    expect(await record()).toMatchObject({ outcome: 'abandoned', reason: 'before_queue', endedAt: iso(89.5) });
    expect(await lease()).toMatchObject({ lookAt: at(90 + 60), lineUntil: 0 });

    // Act: by then Amazon Connect tells
    const attributes = { satisfied: 'yes' };
    centre.contacts[CONTACT_ID] = { agentAt: at(19.5), endedAt: at(89.5), reason: 'CUSTOMER_DISCONNECT', attributes };
    world.clock.at = secondsAfter(150);
    await look();

    // Assess
    const complete = { outcome: 'completed', agentAt: iso(19.5), hungUpBy: 'customer', flowAttributes: attributes };
    expect(await record()).toMatchObject(complete);
    expect(await lease()).toMatchObject({ lookAt: NEVER });
    expect(counted).toEqual(['abandoned']);
    world.clock.at = secondsAfter(86_400);
    expect(await look()).toBe(0);
  });

  it('has none while nothing tells why the call ended: it was missed, or busy, or failed', async () => {
    // Prepare
    const { centre, clock, counted, holders, look, record, tell } = await prepareCall();
    centre.contacts[CONTACT_ID] = new Error('no answer');
    await tell(event('DISCONNECTED', 12, { disconnectTimestamp: iso(12) }));
    expect(await record()).toMatchObject({ outcome: 'call_placed' });
    expect(await holders('lines')).toEqual([]);

    // Act: by then Amazon Connect tells
    centre.contacts[CONTACT_ID] = { endedAt: at(12), reason: 'TELECOM_BUSY' };
    clock.at = secondsAfter(23);
    await look();

    // Assess
    expect(await record()).toMatchObject({ outcome: 'busy', endedAt: iso(12) });
    expect(counted).toEqual(['busy']);
  });

  it('leaves a request alone that became no call', async () => {
    const stale = { ...PLACED, outcome: 'stale', class: 'refused', reason: 'too_old' } as const;
    const { counted, record, tell } = await prepareCall({ record: stale });
    await tell(ANSWERED);
    await tell(DISCONNECTED);
    expect(await record()).toEqual(stale);
    expect(counted).toEqual([]);
  });

  it('gives a call its outcome whose request ended unconfirmed', async () => {
    const unconfirmed = {
      ...PLACED,
      outcome: 'call_unconfirmed',
      class: 'failed',
      reason: 'connect_unavailable',
    } as const;
    const { centre, record, tell } = await prepareCall({ record: unconfirmed });
    centre.contacts[CONTACT_ID] = { agentAt: at(19.5), endedAt: at(89.5) };
    await tell(DISCONNECTED);
    expect(await record()).toMatchObject({ outcome: 'completed', class: 'reached', reason: 'agent_connected' });
  });
});

describe('trackContact, whatever comes', () => {
  it.each([['before'], ['after']] as const)(
    'is complete when EventBridge repeats it after a fault of the tables, %s its write',
    async (when) => {
      const items = [
        `guards contact#${CONTACT_ID}`,
        `leases ${REQUEST_ID}`,
        `calls ${REQUEST_ID}`,
        `guards phone#+819012345678`,
      ];
      for (const item of items) {
        const tables = await prepareCall();
        tables.centre.contacts[CONTACT_ID] = { agentAt: at(19.5), endedAt: at(89.5), reason: 'CUSTOMER_DISCONNECT' };
        const isIt = ({ name, table, key }: { name: string; table: string; key: string }) =>
          name === 'UpdateCommand' && `${table} ${key}` === item;
        const error = failOnce(tables, when, isIt);
        await expect(tables.tell(DISCONNECTED)).rejects.toBe(error);
        await tables.tell(DISCONNECTED);
        expect(await tables.holders('lines')).toEqual([]);
        expect(await tables.record()).toMatchObject({ outcome: 'completed', hungUpBy: 'customer' });
        expect(tables.guard('phone#+819012345678')).toMatchObject({ until: at(89.5 + 600), coolingDown: true });
      }
    },
  );

  it('logs the request and the contact, and no number', async () => {
    const { log, tell } = await prepareCall();
    await tell(event('DISCONNECTED', 90, { customerEndpoint: { address: '+819012345678' } }));
    expect(log.lines[0]).toEqual({
      level: 'info',
      message: 'contact event',
      fields: { requestId: REQUEST_ID, contactId: CONTACT_ID, eventType: 'DISCONNECTED' },
    });
    expect(holdsTheNumber(log.lines)).toBe(false);
  });

  it.each([
    [null],
    ['text'],
    [{}],
    [{ detail: {} }],
    [event('CONTACT_DATA_UPDATED', 0)],
    [event('QUEUED', 5, { channel: 'CHAT' })],
  ])('asks nothing of the tables for an event that tells nothing: %j', async (nothing) => {
    const { run, seen } = await prepareCall();
    seen.splice(0);
    await run(nothing);
    expect(seen).toEqual([]);
  });
});
