import { describe, expect, it } from 'vitest';
import { METRICS_LAG_MS } from '../../domain/call-lease.ts';
import { departureAt } from '../../domain/pacing.ts';
import {
  CONTACT_ID,
  DAY,
  holdsTheNumber,
  NOW,
  OTHER_EXECUTION_ID,
  QUEUE_ID,
  REQUEST_ID,
  secondsAfter,
} from './function-support.ts';
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
    expect(state).toEqual({
      request: READY.request,
      holdsGuards: true,
      contactId: CONTACT_ID,
      placedAt: NOW.toISOString(),
      heldUntil: secondsAfter(7_200).toISOString(),
    });
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
    const { asked, shared, holderOf, run } = await prepareStartCall({ record });
    await shared.phones.release(PHONE, REQUEST_ID, DAY);
    expect(await run()).toMatchObject({ decision: 'end', ending: { outcome: 'duplicate' } });
    expect(asked).toEqual([]);
    expect(holderOf(PHONE)).toBeUndefined();
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
    const { shared, log, run } = await prepareStartCall();
    await run();
    await shared.controls.setStopped(true, WHO);
    await run();
    expect(log.lines).toHaveLength(2);
    expect(holdsTheNumber(log.lines)).toBe(false);
  });
});

describe('startCall, in pace', () => {
  const PACE = { callsPerSecond: 2, burst: 1, keptForJitter: 0 };
  const ROW = { interval: 500, burst: 1 };

  it('waits for its turn to the millisecond, and takes no other', async () => {
    // Prepare
    const { asked, guard, pauses, run } = await prepareStartCall({ pacing: PACE });
    const turn = { ...READY.turn, ...departureAt(secondsAfter(1.234).getTime()) };

    // Act
    await run({ ...READY, turn });

    // Assess
    expect(asked).toHaveLength(1);
    expect(pauses).toEqual([1_234]);
    expect(guard('turns#calls')).toBeUndefined();
  });

  it.each([
    ['in time, as far as the burst that is kept allows', { keptForJitter: 1, burst: 2 }, 0.5, false],
    ['later than that', { keptForJitter: 1, burst: 2 }, 0.501, true],
    ['late, where nothing is kept', { keptForJitter: 0, burst: 1 }, 0.051, true],
  ])('takes another turn if it comes too late: %s', async (_name, pacing, secondsLate, takesAnother) => {
    const { asked, clock, guard, run } = await prepareStartCall({ pacing: { callsPerSecond: 2, ...pacing } });
    clock.at = secondsAfter(secondsLate);
    await run();
    expect(asked).toHaveLength(1);
    expect(guard('turns#calls') !== undefined).toBe(takesAnother);
  });

  it('takes its turn now where it had to wait before it could take one', async () => {
    const { asked, guard, pauses, run } = await prepareStartCall();
    const turn = { ...READY.turn, ...departureAt(secondsAfter(1).getTime()), isOpen: true as const };
    await run({ ...READY, turn });
    expect(asked).toHaveLength(1);
    expect(pauses).toEqual([1_000, 0]);
    expect(guard('turns#calls')).toBeDefined();
  });

  it('takes another turn for each attempt', async () => {
    const { asked, shared, pauses, run } = await prepareStartCall({ answers: [error('ConnectUnavailable'), PLACED] });
    await shared.turns.take({ ...ROW, burst: 4 }, NOW.getTime(), NOW.getTime());
    for (let taken = 0; taken < 3; taken += 1)
      await shared.turns.take({ ...ROW, burst: 4 }, NOW.getTime(), NOW.getTime());
    await run().catch(() => undefined);
    await run();
    expect(asked).toHaveLength(2);
    // The first had its turn; for the second there is one half a second later.
    expect(pauses).toEqual([0, 0, 500]);
  });

  it('takes a later turn instead of waiting for long, and nothing rings', async () => {
    // Prepare
    const { asked, clock, shared, guard, record, run } = await prepareStartCall({ pacing: PACE });
    const far = secondsAfter(20).getTime();
    await shared.turns.take(ROW, far, far);
    clock.at = secondsAfter(1);

    // Act & Assess
    await expect(run()).rejects.toMatchObject({ name: 'ConnectThrottled' });
    expect(asked).toEqual([]);
    expect(await record()).toMatchObject({ status: 'claimed', attempts: 0 });
    expect(guard(`phone#${PHONE}`)).toMatchObject({ coolingDown: false });
  });

  it('looks at everything after the wait: a stop meanwhile counts', async () => {
    // Prepare
    const tables = await prepareStartCall({ pacing: PACE });
    const turn = { ...READY.turn, isOpen: true as const };
    tables.interference.after = async ({ key, name }) => {
      if (key !== 'turns#calls' || name !== 'UpdateCommand') return;
      await tables.shared.controls.setStopped(true, WHO);
    };

    // Act & Assess
    expect(await tables.run({ ...READY, turn })).toMatchObject({ ending: { outcome: 'calling_disabled' } });
    expect(tables.asked).toEqual([]);
  });
});

describe('startCall, where something changed since the turn was given', () => {
  const CLOSES = { ...READY, turn: { ...READY.turn, closesAt: secondsAfter(10).toISOString() } };

  it.each(['blocked', 'opted_out'] as const)('does not call a number that is %s by now', async (kind) => {
    const { asked, shared, run } = await prepareStartCall();
    await shared.controls.block({ ...WHO, phone: PHONE, kind });
    expect(await run()).toMatchObject({
      decision: 'end',
      ending: { outcome: 'number_blocked', reason: kind },
      holdsGuards: true,
    });
    expect(asked).toEqual([]);
  });

  it('does not call after a stop', async () => {
    const { asked, shared, run } = await prepareStartCall();
    await shared.controls.setStopped(true, WHO);
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
    const { clock, shared, run } = await prepareStartCall({ answers: [error('ConnectUnavailable')] });
    await run(CLOSES).catch(() => undefined);
    if (change === 'stop') await shared.controls.setStopped(true, WHO);
    if (change === 'block') await shared.controls.block({ ...WHO, phone: PHONE, kind: 'blocked' });
    if (change === 'close') clock.at = secondsAfter(10);

    // Act & Assess
    expect(await run(CLOSES)).toMatchObject({ ending: { outcome: 'call_unconfirmed', reason: 'connect_unavailable' } });
  });
});

describe('startCall, and the number it calls', () => {
  it.each([
    ['places the call', PLACED],
    ['fails', error('ConnectUnavailable')],
  ])(
    "leaves the hold as it is where it %s: the number is nobody else's until the request ends",
    async (_name, answer) => {
      const { guard, run } = await prepareStartCall({ answers: [answer] });
      const before = guard(`phone#${PHONE}`);
      await run().catch(() => undefined);
      expect(guard(`phone#${PHONE}`)).toEqual(before);
      expect(Number(before?.until)).toBeGreaterThan(Date.parse(READY.request.deadlineAt));
    },
  );
});

describe('startCall, and the lease of the call', () => {
  const SETUP = 180_000;

  async function prepareLeased(answers = [PLACED]) {
    const tables = await prepareStartCall({ answers });
    await tables.hold(REQUEST_ID, 1, 1);
    return tables;
  }

  it('lasts as long as the call may take, and is looked after when no event comes', async () => {
    const { lease, run } = await prepareLeased();
    await run();
    expect(await lease()).toMatchObject({
      agentUntil: NOW.getTime() + SETUP,
      lineUntil: NOW.getTime() + 7_200_000,
      lostAt: NOW.getTime() + 7_200_000,
      contactId: CONTACT_ID,
      lookAt: NOW.getTime() + 60_000,
    });
  });

  it('lasts as long as the limits say that were changed at run time', async () => {
    const { shared, lease, run } = await prepareLeased();
    await shared.controls.setLimits({ maxCallSeconds: 900 }, WHO);
    await run();
    expect(await lease()).toMatchObject({ lineUntil: NOW.getTime() + 900_000, lostAt: NOW.getTime() + 900_000 });
  });

  it('is there for a call that rings, though it was given back meanwhile', async () => {
    const { lease, run } = await prepareStartCall();
    await run();
    expect(await lease()).toMatchObject({ queueId: QUEUE_ID, contactId: CONTACT_ID });
  });

  it.each([
    ['an agent took the call', { agentAt: NOW.getTime() - 500 }, NOW.getTime() - 500 + METRICS_LAG_MS, true],
    ['the call ended without an agent', { endedAt: NOW.getTime() - 500 }, 0, false],
    [
      'the call ended after an agent took it',
      { agentAt: NOW.getTime() - 5_000, endedAt: NOW.getTime() - 500 },
      NOW.getTime() - 5_000 + METRICS_LAG_MS,
      false,
    ],
    ['the call ended long after an agent took it', { agentAt: 5_000, endedAt: 9_000 }, 5_000 + METRICS_LAG_MS, false],
  ] as const)(
    'is what the events say that came before the contact was known: %s',
    async (_name, news, agentUntil, hasLine) => {
      const { shared, lease, run } = await prepareLeased();
      await shared.contacts.note(CONTACT_ID, CONTACT_ID, news, NOW);
      await run();
      expect(await lease()).toMatchObject({ agentUntil, contactId: CONTACT_ID });
      expect(((await lease())?.lineUntil ?? 0) > 0).toBe(hasLine);
    },
  );

  it('is as much shorter as the local stack is faster where an agent took the call before the contact was known', async () => {
    const { shared, lease, run } = await prepareStartCall({ speed: 10 });
    await shared.contacts.note(CONTACT_ID, CONTACT_ID, { agentAt: NOW.getTime() - 500 }, NOW);
    await run();
    expect(await lease()).toMatchObject({ agentUntil: NOW.getTime() - 500 + METRICS_LAG_MS / 10 });
  });

  it('has the end looked at at once that was told before the contact was known', async () => {
    const { shared, lease, run } = await prepareLeased();
    await shared.contacts.note(CONTACT_ID, CONTACT_ID, { endedAt: NOW.getTime() }, NOW);
    await run();
    expect(await lease()).toMatchObject({ lookAt: NOW.getTime() });
  });

  it('notes whose contact it is, and what it was asked for with', async () => {
    const { shared, run } = await prepareLeased();
    await run();
    expect(await shared.contacts.read(CONTACT_ID)).toMatchObject({
      requestId: REQUEST_ID,
      sent: new Set(['request_id', 'user_type', 'has_inquiry_type']),
    });
  });

  it('costs nobody the call where the contact cannot be noted: the last step is told of that', async () => {
    // Prepare
    const tables = await prepareLeased();
    failOnce(tables, 'before', ({ key }) => key === `contact#${CONTACT_ID}`);

    // Act & Assess
    expect(await tables.run()).toMatchObject({ contactId: CONTACT_ID, placedAt: NOW.toISOString(), isUnlinked: true });
    expect(tables.log.lines.map(({ message }) => message)).toEqual([
      'call handed to Amazon Connect',
      'contact not linked',
    ]);
    expect(await tables.record()).not.toHaveProperty('lastError');
  });

  it('says when the call was placed, and no more where its contact is noted', async () => {
    const state = await (await prepareLeased()).run();
    expect(state).toMatchObject({ placedAt: NOW.toISOString() });
    expect(state).not.toHaveProperty('isUnlinked');
  });

  it.each([
    ['ConnectUnavailable', true],
    ['ConnectLimitExceeded', false],
  ] as const)('lets events be asked about whose contact nobody was told of, after %s: %s', async (name, asks) => {
    const { shared, run } = await prepareLeased([error(name)]);
    await run().catch(() => undefined);
    const found = (seconds: number) => shared.contacts.find('some contact', [], secondsAfter(seconds));
    expect(await found(7_199)).toMatchObject({ isOneUnknown: asks });
    expect(await found(7_200)).toMatchObject({ isOneUnknown: false });
  });
});
