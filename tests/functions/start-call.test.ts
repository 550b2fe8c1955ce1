import { describe, expect, it } from 'vitest';
import { METRICS_LAG_MS } from '../../domain/call-lease.ts';
import { CONTACT_ID, holdsTheNumber, NOW, OTHER_EXECUTION_ID, REQUEST_ID, secondsAfter } from './function-support.ts';
import { error, PHONE, PLACED, prepareStartCall, READY } from './start-call-world.ts';
import { failOnce } from './tables.ts';

const WHO = { by: 'somebody', at: NOW.toISOString(), why: 'the tests' };

describe('startCall', () => {
  it('places the call and hands its contact on', async () => {
    // Prepare
    const { asked, log, record, run } = await prepareStartCall();

    // Act
    const state = await run();

    // Assess
    expect(state).toEqual({ ...READY, contactId: CONTACT_ID });
    expect(asked).toHaveLength(1);
    expect(asked[0]).toMatchObject({ destination: PHONE, clientToken: REQUEST_ID });
    expect(await record()).toMatchObject({
      status: 'calling',
      attempts: 1,
      lastAttemptAt: NOW.toISOString(),
      unanswered: true,
    });
    expect(log.lines).toEqual([
      {
        level: 'info',
        message: 'call handed to Amazon Connect',
        fields: { requestId: REQUEST_ID, contactId: CONTACT_ID },
      },
    ]);
  });

  it.each([
    ['belongs to another execution', { executionId: OTHER_EXECUTION_ID }],
    ['was ended', { status: 'ended' }],
  ] as const)('neither asks Amazon Connect nor holds the number where the record %s', async (_name, record) => {
    const { asked, guard, guards, run } = await prepareStartCall({ record });
    await guards.phones.release(PHONE, REQUEST_ID);
    expect(await run()).toMatchObject({ decision: 'end', ending: { outcome: 'duplicate' } });
    expect(asked).toEqual([]);
    expect(guard(`phone#${PHONE}`)).toBeUndefined();
  });

  it('never asks Amazon Connect where the attempt could not be noted', async () => {
    const tables = await prepareStartCall();
    const outage = failOnce(tables, 'before', ({ name, table }) => table === 'calls' && name === 'UpdateCommand');
    await expect(tables.run()).rejects.toBe(outage);
    expect(tables.asked).toEqual([]);
  });

  it('never asks Amazon Connect for the example number outside the local stack, nor anything else of AWS', async () => {
    // Prepare
    const tables = await prepareStartCall({ inAws: true, answers: [] });
    const before = await tables.record();
    const asked = failOnce(tables, 'before', () => true);

    // Act
    const state = await tables.run();

    // Assess
    expect(state).toMatchObject({
      decision: 'end',
      ending: { outcome: 'number_refused', reason: 'example_number' },
      holdsGuards: true,
    });
    expect(tables.asked).toEqual([]);
    // The failure still waits for the first request.
    await expect(tables.record()).rejects.toBe(asked);
    expect(await tables.record()).toEqual(before);
  });

  it('still calls at the very deadline', async () => {
    const { clock, run } = await prepareStartCall();
    clock.at = secondsAfter(300);
    expect(await run()).toHaveProperty('contactId', CONTACT_ID);
  });

  it('logs nothing that holds the number', async () => {
    const { guards, log, run } = await prepareStartCall();
    await run();
    await guards.controls.setStopped(true, WHO);
    await run();
    expect(log.lines).toHaveLength(2);
    expect(holdsTheNumber(log.lines)).toBe(false);
  });
});

describe('startCall, in pace', () => {
  const PACE = { callsPerSecond: 2, burst: 1, keptForJitter: 0 };

  it('waits a moment where calls arrive together that were to leave one after the other', async () => {
    // Prepare
    const { asked, guards, pauses, run } = await prepareStartCall({ pacing: PACE });
    await guards.turns.reserve('requests', { interval: 500, burst: 1 }, NOW.getTime(), NOW.getTime());

    // Act
    await run();

    // Assess
    expect(asked).toHaveLength(1);
    expect(pauses).toEqual([500]);
  });

  it('takes a later turn instead of waiting for long, and nothing rings', async () => {
    // Prepare
    const { asked, guards, guard, record, run } = await prepareStartCall({ pacing: PACE });
    const far = secondsAfter(6).getTime();
    await guards.turns.reserve('requests', { interval: 500, burst: 1 }, far, far);

    // Act & Assess
    await expect(run()).rejects.toMatchObject({ name: 'ConnectThrottled' });
    expect(asked).toEqual([]);
    expect(await record()).toMatchObject({ status: 'claimed', attempts: 0 });
    expect(guard(`phone#${PHONE}`)).toMatchObject({ coolingDown: false });
  });

  it('looks at everything after the wait: a stop meanwhile counts', async () => {
    // Prepare
    const tables = await prepareStartCall({ pacing: PACE });
    await tables.guards.turns.reserve('requests', { interval: 500, burst: 1 }, NOW.getTime(), NOW.getTime());
    tables.interference.after = async ({ key, name }) => {
      if (key !== 'turns#requests' || name !== 'UpdateCommand') return;
      await tables.guards.controls.setStopped(true, WHO);
    };

    // Act & Assess
    expect(await tables.run()).toMatchObject({ ending: { outcome: 'calling_disabled' } });
    expect(tables.asked).toEqual([]);
  });
});

describe('startCall, where something changed since the turn was given', () => {
  const CLOSES = { ...READY, turn: { ...READY.turn, closesAt: secondsAfter(10).toISOString() } };

  it.each(['blocked', 'opted_out'] as const)('does not call a number that is %s by now', async (kind) => {
    const { asked, guards, run } = await prepareStartCall();
    await guards.controls.block({ ...WHO, phone: PHONE, kind });
    expect(await run()).toMatchObject({
      decision: 'end',
      ending: { outcome: 'number_blocked', reason: kind },
      holdsGuards: true,
    });
    expect(asked).toEqual([]);
  });

  it('does not call after a stop', async () => {
    const { asked, guards, run } = await prepareStartCall();
    await guards.controls.setStopped(true, WHO);
    expect(await run()).toMatchObject({
      ending: { outcome: 'calling_disabled', reason: 'stopped' },
      holdsGuards: true,
    });
    expect(asked).toEqual([]);
  });

  it.each([
    [9.999, true],
    [10, false],
    [11, false],
  ])('calls until the closing time, exclusive: %d s of 10 s', async (seconds, calls) => {
    const { asked, clock, run } = await prepareStartCall();
    clock.at = secondsAfter(seconds);
    const state = await run(CLOSES);
    if (calls) expect(state).toHaveProperty('contactId');
    else expect(state).toMatchObject({ ending: { outcome: 'queue_closed', reason: 'closed_meanwhile' } });
    expect(asked).toHaveLength(calls ? 1 : 0);
  });

  it.each(['stop', 'block', 'close'])('says that a phone may have rung before: %s', async (change) => {
    // Prepare
    const { clock, guards, run } = await prepareStartCall({ answers: [error('ConnectUnavailable')] });
    await run(CLOSES).catch(() => undefined);
    if (change === 'stop') await guards.controls.setStopped(true, WHO);
    if (change === 'block') await guards.controls.block({ ...WHO, phone: PHONE, kind: 'blocked' });
    if (change === 'close') clock.at = secondsAfter(10);

    // Act & Assess
    expect(await run(CLOSES)).toMatchObject({ ending: { outcome: 'call_unconfirmed', reason: 'connect_unavailable' } });
  });
});

describe('startCall, and the number it calls', () => {
  const until = (seconds: number) => secondsAfter(seconds).getTime();

  it('cools down from before the phone can ring', async () => {
    // Prepare
    let asked: unknown;
    const tables = await prepareStartCall({
      meanwhile: async () => {
        asked = tables.guard(`phone#${PHONE}`);
      },
    });

    // Act
    await tables.run();

    // Assess
    expect(asked).toMatchObject({ requestId: REQUEST_ID, coolingDown: true, until: until(600) });
    expect(tables.guard(`phone#${PHONE}`)).toEqual(asked);
  });

  it.each(['ConnectUnavailable', 'ConnectThrottled', 'ConnectDestinationNotAllowed'] as const)(
    'stays with the request where the attempt fails with %s: what follows decides',
    async (name) => {
      const { guard, run } = await prepareStartCall({ answers: [error(name)] });
      await run().catch(() => undefined);
      expect(guard(`phone#${PHONE}`)).toMatchObject({ requestId: REQUEST_ID, coolingDown: true, until: until(600) });
    },
  );

  it('obeys a cool-down that was changed at run time', async () => {
    const { guard, guards, run } = await prepareStartCall();
    await guards.controls.setLimits({ coolDownSeconds: 3_600 }, WHO);
    await run();
    expect(guard(`phone#${PHONE}`)).toMatchObject({ until: until(3_600) });
  });

  it.each([0, 20])(
    'belongs to the request while the call may be asked for again, with a cool-down of %i s, and is free as that says later',
    async (coolDownSeconds) => {
      // Prepare
      const { clock, guards, run } = await prepareStartCall({
        answers: [error('ConnectUnavailable'), PLACED],
        limits: { coolDownSeconds },
      });
      await run().catch(() => undefined);
      clock.at = secondsAfter(60);

      // Act
      const meanwhile = await guards.phones.hold(PHONE, 'another-request', secondsAfter(600), clock.at);
      await run();
      const tooSoon = await guards.phones.hold(
        PHONE,
        'another-request',
        secondsAfter(600),
        secondsAfter(59 + coolDownSeconds),
      );
      const afterwards = await guards.phones.hold(
        PHONE,
        'another-request',
        secondsAfter(600),
        secondsAfter(60 + coolDownSeconds),
      );

      // Assess
      expect(meanwhile).toBe('cool_down');
      expect(tooSoon).toBe('cool_down');
      expect(afterwards).toBe('held');
    },
  );

  it('leaves no attempt behind where it went to another request, or where it could not be held: nobody was asked', async () => {
    // Prepare
    const [lost, unheld] = [await prepareStartCall(), await prepareStartCall({ answers: [error('ConnectThrottled')] })];
    await lost.guards.phones.release(PHONE, REQUEST_ID);
    await lost.guards.phones.hold(PHONE, 'another-request', secondsAfter(600), NOW);
    const outage = failOnce(unheld, 'before', ({ name, key }) => name === 'UpdateCommand' && key === `phone#${PHONE}`);

    // Act
    await lost.run();
    await expect(unheld.run()).rejects.toBe(outage);

    // Assess
    expect(await lost.record()).toMatchObject({ unanswered: false });
    expect(await unheld.record()).toMatchObject({ unanswered: false });
    // So the next attempt, which Amazon Connect turns away, is one that rang no phone.
    await expect(unheld.run()).rejects.toMatchObject({ name: 'ConnectThrottled' });
  });

  it('is not called where it went to another request', async () => {
    const { asked, clock, guards, run } = await prepareStartCall();
    clock.at = secondsAfter(250);
    await guards.phones.release(PHONE, REQUEST_ID);
    await guards.phones.hold(PHONE, 'another-request', secondsAfter(600), clock.at);
    expect(await run()).toMatchObject({ ending: { outcome: 'number_held', reason: 'live_request' } });
    expect(asked).toEqual([]);
  });

  it('may have rung where it went to another request after an attempt without an answer', async () => {
    // Prepare
    const { asked, guards, run } = await prepareStartCall({ answers: [error('ConnectUnavailable')] });
    await run().catch(() => undefined);
    await guards.phones.release(PHONE, REQUEST_ID);
    await guards.phones.hold(PHONE, 'another-request', secondsAfter(600), NOW);

    // Act & Assess
    expect(await run()).toMatchObject({ ending: { outcome: 'call_unconfirmed', reason: 'connect_unavailable' } });
    expect(asked).toHaveLength(1);
  });
});

describe('startCall, and the leases of the call', () => {
  const SETUP = 180_000;

  async function prepareLeased(answers = [PLACED]) {
    const tables = await prepareStartCall({ answers });
    await tables.hold(REQUEST_ID, 1, 1);
    return tables;
  }

  it('last as long as the call may take, and are looked after when no event comes', async () => {
    const { lease, run } = await prepareLeased();
    await run();
    expect(await lease()).toMatchObject({
      agentUntil: NOW.getTime() + SETUP,
      lineUntil: NOW.getTime() + 4 * 3_600_000,
      contactId: CONTACT_ID,
      lookAt: NOW.getTime() + 60_000,
    });
  });

  it.each([
    ['an agent took the call', { agentAt: NOW.getTime() - 500 }, NOW.getTime() - 500 + METRICS_LAG_MS, true],
    ['the call ended without an agent', { endedAt: NOW.getTime() - 500 }, undefined, false],
    [
      'the call ended after an agent took it',
      { agentAt: NOW.getTime() - 5_000, endedAt: NOW.getTime() - 500 },
      NOW.getTime() - 5_000 + METRICS_LAG_MS,
      false,
    ],
    ['the call ended long after an agent took it', { agentAt: 5_000, endedAt: 9_000 }, undefined, false],
  ] as const)(
    'end as the events say that came before the contact was known: %s',
    async (_name, news, until, hasLine) => {
      const { guards, lease, run } = await prepareLeased();
      await guards.contacts.note(CONTACT_ID, news, NOW);
      await run();
      expect(await lease()).toEqual(until && expect.objectContaining({ agentUntil: until }));
      expect(((await lease())?.lineUntil ?? 0) > 0).toBe(hasLine);
    },
  );

  it('cost nobody the call where they cannot be kept', async () => {
    // Prepare
    const tables = await prepareLeased();
    failOnce(tables, 'before', ({ key }) => key === `contact#${CONTACT_ID}`);

    // Act & Assess
    expect(await tables.run()).toHaveProperty('contactId', CONTACT_ID);
    expect(tables.log.lines.map(({ message }) => message)).toEqual([
      'call handed to Amazon Connect',
      'contact not linked',
    ]);
    expect(await tables.record()).not.toHaveProperty('lastError');
  });
});
