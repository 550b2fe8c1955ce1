import { describe, expect, it } from 'vitest';
import { CONTACT_ID, NOW, REQUEST_ID, secondsAfter } from './function-support.ts';
import { type Answer, error, PLACED, prepareStartCall, READY } from './start-call-world.ts';

const RING_TIMEOUT = 'ring-timeout#25';
const REFUSED = error('ConnectRequestRejected');
const PLACED_STATE = {
  request: READY.request,
  holdsGuards: true,
  contactId: CONTACT_ID,
  placedAt: NOW.toISOString(),
  heldUntil: secondsAfter(7_200).toISOString(),
};
const PACE = { callsPerSecond: 2, burst: 1, keptForJitter: 0 };
const ROW = { interval: 500, burst: 1 };

/** A stage that wants 25 s of ringing. `rings` is how long each request wanted it to ring. */
async function prepare(answers: Answer[], pacing?: typeof PACE) {
  const tables = await prepareStartCall({ answers, ringTimeoutSeconds: 25, ...(pacing && { pacing }) });
  // The turn that the first request has.
  if (pacing) await tables.shared.turns.take(ROW, NOW.getTime(), NOW.getTime());
  return { ...tables, rings: () => tables.asked.map(({ ringTimeoutSeconds }) => ringTimeoutSeconds) };
}

describe('startCall, without a ring time-out', () => {
  it('looks for no refusal', async () => {
    const { asked, run, seen } = await prepareStartCall();
    await run();
    expect(asked[0]).not.toHaveProperty('ringTimeoutSeconds');
    expect(seen.filter(({ key }) => key.startsWith('ring-timeout'))).toEqual([]);
  });
});

describe('startCall, with a ring time-out', () => {
  it('asks once where Amazon Connect takes it', async () => {
    const { guardsLike, record, rings, run } = await prepare([PLACED]);
    expect(await run()).toEqual(PLACED_STATE);
    expect(rings()).toEqual([25]);
    expect(guardsLike('ring-timeout')).toEqual([]);
    expect(await record()).not.toHaveProperty('ringTimeoutRefused');
  });

  it('asks without it where it is refused, with the same token, and tells', async () => {
    // Prepare
    const { asked, guard, log, record, rings, run } = await prepare([REFUSED, PLACED]);

    // Act
    const state = await run();

    // Assess
    expect(state).toEqual({ ...PLACED_STATE, ringTimeoutRefused: true });
    expect(rings()).toEqual([25, undefined]);
    expect(asked.map(({ clientToken }) => clientToken)).toEqual([REQUEST_ID, REQUEST_ID]);
    expect(await record()).toMatchObject({ ringTimeoutRefused: true, attempts: 1 });
    const tomorrow = secondsAfter(24 * 3_600).getTime();
    expect(guard(RING_TIMEOUT)).toMatchObject({ until: tomorrow, expiresAt: tomorrow / 1_000 });
    expect(log.lines.map(({ level }) => level)).toEqual(['warn', 'info']);
    expect(log.lines[0]?.message).toMatch(/ringTimeoutSeconds.*null.*settings/);
  });

  it.each([
    ['within a day', 24 * 3_600 - 1, [undefined], true],
    ['a day later', 24 * 3_600, [25], undefined],
  ] as const)('remembers the refusal: %s', async (_name, seconds, expected, told) => {
    // Prepare
    const { shared, record, rings, run } = await prepare([PLACED]);
    await shared.ringTimeouts.remember(25, secondsAfter(-seconds));

    // Act & Assess
    expect(await run()).toHaveProperty('contactId', CONTACT_ID);
    expect(rings()).toEqual(expected);
    expect((await record())?.ringTimeoutRefused).toBe(told);
  });

  it('tries another one than the refused one', async () => {
    const { shared, rings, run } = await prepare([PLACED]);
    await shared.ringTimeouts.remember(30, NOW);
    await run();
    expect(rings()).toEqual([25]);
  });

  it('takes no other mistake for a refusal of it: then the request without it is refused, too', async () => {
    const { guard, record, rings, run } = await prepare([REFUSED, REFUSED]);
    await expect(run()).rejects.toBe(REFUSED);
    expect(rings()).toEqual([25, undefined]);
    expect(guard(RING_TIMEOUT)).toMatchObject({ until: secondsAfter(60).getTime() });
    expect(await record()).toMatchObject({ lastError: 'ConnectRequestRejected', unanswered: false });
    expect(await record()).not.toHaveProperty('ringTimeoutRefused');
  });

  it.each(['ConnectThrottled', 'ConnectUnavailable', 'ConnectDestinationNotAllowed'] as const)(
    'does not ask again after %s',
    async (name) => {
      const { rings, run } = await prepare([error(name)]);
      await expect(run()).rejects.toMatchObject({ name });
      expect(rings()).toEqual([25]);
    },
  );

  it.each([
    ['remembered', RING_TIMEOUT],
    ['noted', REQUEST_ID],
  ])('costs nobody the call where the refusal cannot be %s', async (_name, key) => {
    // Prepare
    const tables = await prepare([REFUSED, PLACED]);
    let accepted = false;
    tables.interference.before = (command) => {
      accepted ||= tables.asked.length === 2;
      if (accepted && command.name === 'UpdateCommand' && command.key === key)
        throw new Error('the table does not answer');
    };

    // Act & Assess
    expect(await tables.run()).toHaveProperty('contactId', CONTACT_ID);
    expect(await tables.record()).not.toHaveProperty('lastError');
  });
});

describe('startCall, with a ring time-out that is refused, in pace', () => {
  it('takes a turn of its own for the second request', async () => {
    const { pauses, rings, run } = await prepare([REFUSED, PLACED], PACE);
    await run();
    expect(rings()).toEqual([25, undefined]);
    expect(pauses).toEqual([0, 500]);
  });

  it('goes to a later turn where none is free soon, and asks without it then', async () => {
    // Prepare
    const tables = await prepare([REFUSED, PLACED], PACE);
    tables.interference.before = async ({ table, name }) => {
      if (table !== 'calls' || name !== 'UpdateCommand') return;
      tables.interference.before = () => undefined;
      // Two others come between the turn of the first request and its refusal.
      for (let other = 0; other < 2; other += 1) {
        await tables.shared.turns.take(ROW, NOW.getTime(), secondsAfter(60).getTime());
      }
    };

    // Act
    const first = tables.run();

    // Assess
    await expect(first).rejects.toMatchObject({ name: 'ConnectThrottled' });
    expect(tables.rings()).toEqual([25]);
    expect(await tables.record()).toMatchObject({ lastError: 'ConnectRequestRejected', unanswered: false });

    // Act
    tables.clock.at = secondsAfter(10);
    const state = await tables.run();

    // Assess
    expect(state).toHaveProperty('ringTimeoutRefused', true);
    expect(tables.rings()).toEqual([25, undefined]);
    expect(tables.guardsLike('ring-timeout')).toEqual([RING_TIMEOUT]);
  });

  it.each([
    ['the turns do not answer', { ...READY }, true],
    [
      'it would be closed by then',
      { ...READY, turn: { ...READY.turn, closesAt: secondsAfter(0.4).toISOString() } },
      false,
    ],
  ] as const)('asks no second time where %s', async (_name, state, outage) => {
    // Prepare
    const tables = await prepare([REFUSED], PACE);
    tables.interference.before = ({ key, name }) => {
      if (outage && key === 'turns#calls' && name === 'UpdateCommand') throw new Error('no answer');
    };

    // Act & Assess
    await expect(tables.run(state)).rejects.toMatchObject({ name: 'ConnectThrottled' });
    expect(tables.rings()).toEqual([25]);
    expect(await tables.record()).toMatchObject({ unanswered: false });
  });

  it('leaves the fate of the call open where an attempt before went unanswered', async () => {
    // Prepare
    const { clock, guard, rings, run } = await prepare([error('ConnectUnavailable'), REFUSED], PACE);
    await run().catch(() => undefined);
    clock.at = secondsAfter(5);

    // Act: the turn of this attempt is the last one for a while.
    const attempt = run({ ...READY, turn: { ...READY.turn, closesAt: secondsAfter(5.3).toISOString() } });

    // Assess
    await expect(attempt).rejects.toMatchObject({ name: 'ConnectUnavailable' });
    expect(rings()).toEqual([25, 25]);
    expect(guard(RING_TIMEOUT)).toMatchObject({ until: secondsAfter(65).getTime() });
  });

  it('spares others the refusal while its proof waits for a turn, and proves it then for a day', async () => {
    // Prepare: no turn is free for the second request.
    const tables = await prepare([REFUSED, PLACED], PACE);
    await tables.shared.turns.take(ROW, NOW.getTime(), secondsAfter(60).getTime());
    await tables.shared.turns.take(ROW, NOW.getTime(), secondsAfter(60).getTime());
    await expect(tables.run()).rejects.toMatchObject({ name: 'ConnectThrottled' });

    // Act & Assess
    const look = await tables.shared.looks.last('+447700900001', 25, tables.now);
    expect(look.ringTimeoutRefused).toBe(true);
    tables.clock.at = secondsAfter(10);
    await tables.run();
    expect(tables.rings()).toEqual([25, undefined]);
    expect(tables.guard(RING_TIMEOUT)).toMatchObject({ until: secondsAfter(10 + 24 * 3_600).getTime() });
  });

  it('takes nothing from what is known by a suspicion', async () => {
    const { guard, shared } = await prepare([]);
    await shared.ringTimeouts.remember(25, NOW);
    await shared.ringTimeouts.suspect(25, secondsAfter(1));
    expect(guard(RING_TIMEOUT)).toMatchObject({ until: secondsAfter(24 * 3_600).getTime() });
  });
});
