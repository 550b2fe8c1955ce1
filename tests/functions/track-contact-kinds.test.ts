import { describe, expect, it } from 'vitest';
import { NEVER } from '../../domain/call-lease.ts';
import type { CallRecord } from '../../domain/call-record.ts';
import { CONTACT_ID, NOW, QUEUE_ID, REQUEST_ID, secondsAfter, stage } from './function-support.ts';
import { at, event, iso, PLACED, prepareCall, SECOND, THIRD } from './placed-call-world.ts';

/** Of no call of ours. */
const FOREIGN = '00000000-0000-4000-8000-00000000d009';
const OUR_NUMBER = { 'aws:connect:systemEndpoint': stage.connect.sourcePhoneNumber };

const inbound = (eventType: string, seconds: number, detail: Record<string, unknown> = {}) =>
  event(eventType, seconds, { contactId: FOREIGN, initiationMethod: 'INBOUND', tags: OUR_NUMBER, ...detail });
const dialled = (eventType: string, seconds: number, detail: Record<string, unknown> = {}) =>
  event(eventType, seconds, { contactId: FOREIGN, initiationMethod: 'OUTBOUND', ...detail });

describe("somebody else's contact", () => {
  it.each([
    [
      'of an inbound call to another number',
      inbound('QUEUED', 5, { tags: { 'aws:connect:systemEndpoint': '+815087654321' } }),
    ],
    ['of an inbound call to a number nobody named', inbound('QUEUED', 5, { tags: undefined })],
    ['that an agent dialled', dialled('CONNECTED_TO_AGENT', 5)],
    [
      'of a transfer',
      event('QUEUED', 5, { contactId: FOREIGN, initiationMethod: 'QUEUE_TRANSFER', previousContactId: SECOND }),
    ],
    [
      'of a callback',
      event('QUEUED', 5, { contactId: FOREIGN, initiationMethod: 'CALLBACK', relatedContactId: THIRD }),
    ],
    ['that an API request made after another', event('QUEUED', 5, { contactId: FOREIGN, previousContactId: SECOND })],
    ['of a kind nobody knows', event('QUEUED', 5, { contactId: FOREIGN, initiationMethod: 'SOMETHING_NEW' })],
  ])('%s costs one read and leaves nothing', async (_name, one) => {
    const { guardsLike, log, record, run, seen } = await prepareCall();
    seen.splice(0);
    expect(await run(one)).toEqual({ contactId: FOREIGN });
    expect(seen.map(({ name }) => name)).toEqual(['BatchGetCommand']);
    expect(guardsLike(`contact#${FOREIGN}`)).toEqual([]);
    expect(await record(FOREIGN)).toBeUndefined();
    expect(log.lines).toEqual([]);
  });

  it('that an API request began costs one write more, because it may turn out to be ours, and is asked about by nobody', async () => {
    const { centre, record, run, seen } = await prepareCall();
    seen.splice(0);
    await run(event('QUEUED', 5, { contactId: FOREIGN }));
    expect(seen.map(({ name }) => name)).toEqual(['BatchGetCommand', 'UpdateCommand']);
    expect(centre.asked).toEqual([]);
    expect(await record(FOREIGN)).toBeUndefined();
  });
});

describe('a customer who calls the number of the stage', () => {
  it('is logged as a call of a kind of its own, which holds nothing', async () => {
    // Prepare
    const { centre, counted, guardsLike, holders, lease, record, tell } = await prepareCall({
      record: null,
      linked: false,
    });
    centre.contacts[FOREIGN] = {
      ...{ answeredAt: at(0), queuedAt: at(10), agentAt: at(50), endedAt: at(90), reason: 'AGENT_DISCONNECT' },
      ...{ phone: '+819012345678', attributes: { plan: 'gold' } },
    };

    // Act
    await tell(inbound('INITIATED', 0, { initiationTimestamp: iso(0) }));
    const came = await record(FOREIGN);
    await tell(inbound('QUEUED', 10, { queueInfo: { queueArn: `example/queue/${QUEUE_ID}` } }));
    const queued = await record(FOREIGN);
    const held = [await holders('agents'), await holders('lines')];
    await tell(inbound('DISCONNECTED', 90, { disconnectTimestamp: iso(90) }));

    // Assess
    const opened = {
      ...{ requestId: FOREIGN, contactId: FOREIGN, kind: 'inbound', status: 'calling', attempts: 0 },
      ...{ requestedAt: iso(0), receivedAt: iso(0), expiresAt: NOW.getTime() / 1000 + 30 * 86_400 },
    };
    expect(came).toMatchObject(opened);
    expect(came).not.toHaveProperty('outcome');
    expect(queued).toMatchObject({ ...opened, queuedAt: iso(10) });
    expect(held).toEqual([[], []]);
    expect(await record(FOREIGN)).toMatchObject({
      ...{ kind: 'inbound', status: 'ended', outcome: 'completed', class: 'reached', reason: 'agent_connected' },
      ...{ answeredAt: iso(0), queuedAt: iso(10), agentAt: iso(50), endedAt: iso(90), hungUpBy: 'agent' },
      ...{ phone: '+819012345678', flowAttributes: { plan: 'gold' } },
    });
    // It waited 40 s, but no agent was kept free for it.
    expect(await record(FOREIGN)).not.toHaveProperty('agentMissed');
    expect(await lease(FOREIGN)).toMatchObject({ agentUntil: 0, lineUntil: 0, lookAt: NEVER });
    expect(guardsLike('phone#')).toEqual([]);
    // The metric is of the stage's own calls.
    expect(counted).toEqual([]);
  });

  it('who was recognised is the call-back of the request, which says so however the function fared', async () => {
    // Prepare: a request that was missed, and a flow that was told of it.
    const missed = { outcome: 'not_answered', class: 'missed', reason: 'rang_out' } as const;
    const { centre, record, tell } = await prepareCall({ record: { ...PLACED, ...missed } });
    const attributes = {
      ...{ called_back: 'true', called_back_request_id: REQUEST_ID, called_back_user_type: 'member' },
      ...{ called_back_track_id: '48291532', plan: 'gold' },
    };
    centre.contacts[FOREIGN] = { agentAt: at(350), endedAt: at(400), phone: '+819012345678', attributes };
    // Act
    await tell(inbound('DISCONNECTED', 400, { initiationTimestamp: iso(300), disconnectTimestamp: iso(400) }));
    // Assess
    expect(await record(FOREIGN)).toMatchObject({ callBackOf: REQUEST_ID, flowAttributes: { plan: 'gold' } });
    expect(await record()).toMatchObject({ ...missed, calledBackAt: iso(300), calledBackBy: FOREIGN });

    // The first time stays.
    centre.contacts[THIRD] = { endedAt: at(600), attributes };
    await tell(inbound('DISCONNECTED', 600, { contactId: THIRD, disconnectTimestamp: iso(600) }));
    expect(await record(THIRD)).toMatchObject({ callBackOf: REQUEST_ID });
    expect(await record()).toMatchObject({ calledBackBy: FOREIGN });
  });

  it('is the call-back of nothing where a call of ours carries such attributes', async () => {
    const { centre, record, tell } = await prepareCall();
    const attributes = { called_back: 'true', called_back_request_id: REQUEST_ID };
    centre.contacts[CONTACT_ID] = { endedAt: at(60), reason: 'TELECOM_TIMEOUT', attributes };
    await tell(event('DISCONNECTED', 60, { disconnectTimestamp: iso(60) }));
    expect(await record()).toMatchObject({ outcome: 'not_answered' });
    expect(await record()).not.toHaveProperty('calledBackAt');
  });

  it('is logged whichever event comes first, and once', async () => {
    const { centre, record, tell } = await prepareCall({ record: null, linked: false });
    centre.contacts[FOREIGN] = { answeredAt: at(0), endedAt: at(90) };
    await tell(inbound('DISCONNECTED', 90, { disconnectTimestamp: iso(90), initiationTimestamp: iso(0) }));
    const ended = await record(FOREIGN);
    expect(ended).toMatchObject({ kind: 'inbound', outcome: 'abandoned', receivedAt: iso(0) });
    await tell(inbound('INITIATED', 95, { initiationTimestamp: iso(0) }));
    expect(await record(FOREIGN)).toEqual(ended);
  });

  it('is followed over a transfer, and looked after, as the others are', async () => {
    const { centre, clock, look, record, tell } = await prepareCall({ record: null, linked: false });
    await tell(inbound('QUEUED', 10));
    await tell(inbound('DISCONNECTED', 40, { nextContactId: SECOND, disconnectTimestamp: iso(40) }));
    expect(await record(FOREIGN)).not.toHaveProperty('outcome');
    centre.contacts[SECOND] = { agentAt: at(50), endedAt: at(90) };
    clock.at = secondsAfter(120);
    expect(await look()).toBe(1);
    expect(await record(FOREIGN)).toMatchObject({ outcome: 'completed', endedAt: iso(90), transferredTo: [SECOND] });
  });

  it('is lost where nothing tells any more', async () => {
    const { clock, look, record, tell } = await prepareCall({ record: null, linked: false });
    await tell(inbound('QUEUED', 10));
    clock.at = secondsAfter(10 + 7_200);
    await look();
    expect(await record(FOREIGN)).toMatchObject({ kind: 'inbound', status: 'ended', outcome: 'lost' });
  });

  it('does not keep a number from a call: the visitor may ask for one afterwards', async () => {
    const { askAgain, centre, tell } = await prepareCall({ record: null, linked: false });
    centre.contacts[FOREIGN] = { agentAt: at(5), endedAt: at(90), phone: '+819012345678' };
    await tell(inbound('DISCONNECTED', 90));
    // The record knows the number by then.
    await tell(inbound('QUEUED', 90, { queueInfo: { enqueueTimestamp: iso(2) } }));
    expect(await askAgain(91)).toBeUndefined();
  });
});

describe('a call that an agent dials by hand', () => {
  it('is logged only where the stage asks for it', async () => {
    const quiet = await prepareCall();
    await quiet.tell(dialled('INITIATED', 0));
    await quiet.tell(dialled('DISCONNECTED', 60));
    expect(await quiet.record(FOREIGN)).toBeUndefined();

    const asking = await prepareCall({ change: { callLog: { agentCalls: true } } });
    asking.centre.contacts[FOREIGN] = { agentAt: at(1), endedAt: at(60), phone: '+447700900001' };
    await asking.tell(dialled('INITIATED', 0));
    expect(await asking.record(FOREIGN)).toMatchObject({ kind: 'by_hand', status: 'calling' });
    await asking.tell(dialled('DISCONNECTED', 60, { disconnectTimestamp: iso(60) }));
    expect(await asking.record(FOREIGN)).toMatchObject({
      kind: 'by_hand',
      outcome: 'completed',
      phone: '+447700900001',
    });
  });
});

describe('the contact of a call whose attempt got no answer', () => {
  const UNCONFIRMED: CallRecord = {
    ...PLACED,
    ...{ outcome: 'call_unconfirmed', class: 'failed', reason: 'connect_unavailable', unanswered: true },
  };

  async function prepareUnknown(missed = true) {
    const { contactId: _, placedAt: __, ...record } = UNCONFIRMED;
    const world = await prepareCall({ record, linked: false });
    if (missed) await world.shared.contacts.missOne(secondsAfter(7_200));
    return world;
  }

  it('is found by its request_id, and the call is followed from then on', async () => {
    const { centre, holders, record, shared, tell } = await prepareUnknown();
    centre.contacts[CONTACT_ID] = { answeredAt: at(8), attributes: { request_id: REQUEST_ID, user_type: 'visitor' } };
    expect(await tell(event('CONNECTED_TO_SYSTEM', 8))).toEqual({ contactId: CONTACT_ID, requestId: REQUEST_ID });
    expect(await shared.contacts.read(CONTACT_ID)).toMatchObject({ requestId: REQUEST_ID });
    expect(await record()).toMatchObject({ contactId: CONTACT_ID, answeredAt: iso(8) });
    const attributes = { request_id: REQUEST_ID, user_type: 'visitor', satisfied: 'yes' };
    centre.contacts[CONTACT_ID] = { answeredAt: at(8), agentAt: at(20), endedAt: at(90), attributes };
    await tell(event('DISCONNECTED', 90, { disconnectTimestamp: iso(90) }));
    expect(await record()).toMatchObject({
      outcome: 'completed',
      unanswered: false,
      flowAttributes: { satisfied: 'yes' },
    });
    expect(await holders('lines')).toEqual([]);
  });

  it.each([
    ['its request is not known', { request_id: '00000000-0000-4000-8000-0000000000e9' }],
    ['it names no request', {}],
  ])('is nobody of ours where %s', async (_name, attributes) => {
    const { centre, record, tell } = await prepareUnknown();
    centre.contacts[FOREIGN] = { attributes };
    const before = await record();
    expect(await tell(event('CONNECTED_TO_SYSTEM', 8, { contactId: FOREIGN }))).toEqual({ contactId: FOREIGN });
    expect(await record()).toEqual(before);
  });

  it('is not taken for that of a call whose contact is known', async () => {
    const { centre, record, shared, tell } = await prepareCall();
    await shared.contacts.missOne(secondsAfter(7_200));
    centre.contacts[FOREIGN] = { attributes: { request_id: REQUEST_ID } };
    expect(await tell(event('DISCONNECTED', 8, { contactId: FOREIGN }))).toEqual({ contactId: FOREIGN });
    expect(await record()).toEqual(PLACED);
  });

  it('is asked about only while one is unknown, and not when it has only begun', async () => {
    const known = await prepareUnknown(false);
    await known.tell(event('CONNECTED_TO_SYSTEM', 8));
    expect(known.centre.asked).toEqual([]);
    const unknown = await prepareUnknown();
    await unknown.tell(event('INITIATED', 1));
    expect(unknown.centre.asked).toEqual([]);
    await unknown.tell(event('CONNECTED_TO_SYSTEM', 7_201));
    expect(unknown.centre.asked).toEqual([]);
  });

  it('is left to its next event where Amazon Connect does not tell', async () => {
    const { centre, log, tell } = await prepareUnknown();
    centre.contacts[CONTACT_ID] = new Error('no answer');
    expect(await tell(event('CONNECTED_TO_SYSTEM', 8))).toEqual({ contactId: CONTACT_ID });
    expect(log.lines.map(({ message }) => message)).toEqual(['owner of contact not read']);
    centre.contacts[CONTACT_ID] = { attributes: { request_id: REQUEST_ID } };
    expect(await tell(event('QUEUED', 20))).toEqual({ contactId: CONTACT_ID, requestId: REQUEST_ID });
  });
});
