import { describe, expect, it } from 'vitest';
import { CallError } from '../../domain/errors.ts';
import { OPEN } from './centre.ts';
import { CLAIMED, intervals, NO_BURST, prepareCheckQueue, STATE, WHO } from './check-queue-world.ts';
import {
  goodRequest,
  holdsTheNumber,
  NOW,
  OTHER_QUEUE_ID,
  QUEUE_ARN,
  QUEUE_ID,
  REQUEST_ID,
  secondsAfter,
  stage,
} from './function-support.ts';
import { failOnce } from './tables.ts';

describe('checkQueue, where somebody can answer', () => {
  it('takes a line, an agent and a turn, and goes on at once', async () => {
    // Prepare
    const { centre, clock, holders, log, run } = prepareCheckQueue();
    clock.at = new Date('2026-11-22T03:00:00.750Z');

    // Act
    const state = await run();

    // Assess
    expect(centre.asked).toEqual([`queue ${QUEUE_ID}`, 'agents']);
    expect(state).toEqual({
      decision: 'continue',
      ...CLAIMED,
      turn: {
        at: '2026-11-22T03:00:00.750Z',
        wakeAt: '2026-11-22T02:59:59.000Z',
        queueArn: QUEUE_ARN,
        closesAt: '2026-11-22T12:00:00.000Z',
      },
    });
    expect(await holders('lines')).toEqual([REQUEST_ID]);
    expect(await holders('agents')).toEqual([REQUEST_ID]);
    expect(log.lines).toEqual([
      {
        level: 'info',
        message: 'queue checked',
        fields: { requestId: REQUEST_ID, queue: 'general', agentsAvailable: 1, turnAt: '2026-11-22T03:00:00.750Z' },
      },
    ]);
  });

  it('says when the phone must not ring any more, unless it is open for a day', async () => {
    const always = { callingHours: { start: '00:00', end: '24:00', timeZone: 'Asia/Tokyo' } };
    const [open, lunch] = [prepareCheckQueue(always), prepareCheckQueue(always)];
    lunch.centre.queue = intervals({ date: '2026-11-22', start: 9 * 60, end: 12 * 60 + 30 });
    expect(await lunch.run()).toHaveProperty('turn.closesAt', '2026-11-22T03:30:00.000Z');
    expect(await open.run()).not.toHaveProperty('turn.closesAt');
  });

  it.each([`leases ${REQUEST_ID}`, 'guards turns#calls'])(
    'takes each once where the write of %s failed after its effect and the state is repeated',
    async (item) => {
      // Prepare
      const tables = prepareCheckQueue();
      const error = failOnce(
        tables,
        'after',
        ({ name, table, key }) => name === 'UpdateCommand' && `${table} ${key}` === item,
      );

      // Act & Assess
      await expect(tables.run()).rejects.toBe(error);
      expect(await tables.run()).toHaveProperty('turn');
      expect(await tables.holders('lines')).toEqual([REQUEST_ID]);
      expect(await tables.holders('agents')).toEqual([REQUEST_ID]);
    },
  );

  it('gives 30 requests that come in the same moment the turns the pace allows, and lets the others wait', async () => {
    // Prepare
    const limits = { ...stage.limits, maxConcurrentCalls: null };
    const { centre, other } = prepareCheckQueue({ limits, pacing: { callsPerSecond: 2, burst: 3, keptForJitter: 1 } });
    centre.agents[QUEUE_ID] = 1_000;

    // Act
    const states: Awaited<ReturnType<typeof other>>[] = [];
    for (let index = 0; index < 30; index += 1) states.push(await other(`request-${index}`));

    // Assess: two at once, then one each half second, up to ten seconds ahead.
    const turns = states.flatMap((state) => ('turn' in state ? [state.turn.at] : [])).sort();
    expect(turns).toHaveLength(22);
    expect(turns[0]).toBe(NOW.toISOString());
    expect(turns.at(-1)).toBe(secondsAfter(10).toISOString());
    for (const at of new Set(turns)) expect(turns.filter((turn) => turn === at).length).toBeLessThanOrEqual(2);
    // Anyone who leaves soon goes on at once.
    expect(states.filter(({ decision }) => decision === 'continue')).toHaveLength(6);
    expect(states.filter(({ decision }) => decision === 'wait')).toHaveLength(8);
  });

  it('counts calls that may be under way beyond the free agents', async () => {
    const { centre, other, run } = prepareCheckQueue({ agents: { ...stage.agents, maxContactsWaiting: 1 } });
    centre.agents = {};
    expect(await run()).toHaveProperty('turn');
    expect(await other('request-two')).toMatchObject({ decision: 'wait' });
  });

  it('counts no lines where calls at once are not limited, and holds one all the same: they may be limited any time', async () => {
    const { centre, holders, other, run, shared } = prepareCheckQueue({
      limits: { ...stage.limits, maxConcurrentCalls: null },
    });
    centre.agents = { [QUEUE_ID]: 50 };
    expect(await run()).toHaveProperty('turn');
    expect(await other('request-two')).toHaveProperty('turn');
    expect(await holders('lines')).toHaveLength(2);
    await shared.controls.setLimits({ maxConcurrentCalls: 2 }, WHO);
    expect(await other('request-three')).toMatchObject({ decision: 'wait' });
  });

  it('obeys a limit of calls at once that was changed at run time', async () => {
    const { shared, run } = prepareCheckQueue();
    await shared.controls.setLimits({ maxConcurrentCalls: 0 }, WHO);
    expect(await run()).toMatchObject({ decision: 'wait' });
  });
});

describe('checkQueue, where nothing is free', () => {
  it.each([
    ['no agent', { agents: {} }, {}, 'agent'],
    ['every agent leased', {}, {}, 'agent', [600, 0]],
    ['every line taken', {}, { limits: { ...stage.limits, maxConcurrentCalls: 1 } }, 'line', [0, 600]],
  ] as const)(
    'lets the request wait for its deadline, and holds nothing: %s',
    async (_name, world, change, missing, held?: readonly [number, number]) => {
      // Prepare
      const { centre, clock, hold, holders, log, run } = prepareCheckQueue(change);
      Object.assign(centre, world);
      if (held) await hold('another-request', ...held);
      clock.at = secondsAfter(20.5);

      // Act
      const state = await run();

      // Assess
      expect(state).toEqual({ decision: 'wait', ...CLAIMED, waitSeconds: 279 });
      expect(await holders('lines')).not.toContain(REQUEST_ID);
      expect(await holders('agents')).not.toContain(REQUEST_ID);
      expect(log.lines).toEqual([
        { level: 'info', message: 'request waits', fields: { requestId: REQUEST_ID, queue: 'general', missing } },
      ]);
    },
  );

  it('gives line and agent back where the next free turn lies beyond the horizon', async () => {
    // Prepare
    const { shared, holders, log, run } = prepareCheckQueue({ pacing: NO_BURST });
    const far = secondsAfter(11).getTime();
    await shared.turns.take({ interval: 500, burst: 1 }, far, far);

    // Act
    const state = await run();

    // Assess
    expect(state).toMatchObject({ decision: 'wait' });
    expect(log.lines[0]).toMatchObject({ fields: { missing: 'turn' } });
    expect(await holders('lines')).toEqual([]);
    expect(await holders('agents')).toEqual([]);
  });

  it.each([
    [20.3, 'continue'],
    [20.301, 'wait'],
  ] as const)('hands out no turn that comes after the deadline at 20.3 s: %s s', async (turn, decision) => {
    // Prepare
    const { clock, shared, run } = prepareCheckQueue({ pacing: NO_BURST });
    clock.at = secondsAfter(18.5);
    const before = secondsAfter(turn - 0.5).getTime();
    await shared.turns.take({ interval: 500, burst: 1 }, before, before);
    const deadlineAt = secondsAfter(20.3).toISOString();

    // Act & Assess
    expect(await run({ ...STATE, request: { ...goodRequest, deadlineAt } })).toMatchObject({ decision });
  });

  it('still takes a turn at the horizon', async () => {
    const { shared, run } = prepareCheckQueue({ pacing: NO_BURST });
    const near = secondsAfter(9.4).getTime();
    await shared.turns.take({ interval: 500, burst: 1 }, near, near);
    expect(await run()).toMatchObject({ decision: 'turn', turn: { at: secondsAfter(9.9).toISOString() } });
  });

  it.each([
    ['the same queue', QUEUE_ID],
    ['another queue of the pool', OTHER_QUEUE_ID],
  ])('does not overtake anyone who waits for %s, and takes nothing meanwhile', async (_name, queueId) => {
    // Prepare
    const { guardsLike, run, waits } = prepareCheckQueue();
    await waits('an-earlier-request', -1, queueId);

    // Act
    const state = await run();

    // Assess
    expect(state).toMatchObject({ decision: 'wait' });
    expect(guardsLike('leases#')).toEqual([]);
  });

  it.each([
    ['came later', 1, QUEUE_ID, undefined],
    ['may not be called any more', -1, QUEUE_ID, NOW.toISOString()],
  ] as const)('does not wait for somebody who %s', async (_name, seconds, queueId, deadlineAt) => {
    const { run, waits } = prepareCheckQueue();
    await waits('another-request', seconds, queueId, deadlineAt);
    expect(await run()).toHaveProperty('turn');
  });

  it('does not wait for those of another pool', async () => {
    const { run, waits } = prepareCheckQueue({ agents: { pools: [['general'], ['plans']], maxContactsWaiting: 0 } });
    await waits('an-earlier-request', -1, OTHER_QUEUE_ID);
    expect(await run()).toHaveProperty('turn');
  });

  it('shares the agents of a pool: one lease counts for all its queues', async () => {
    const { other, run } = prepareCheckQueue();
    await other('another-request', 0, OTHER_QUEUE_ID);
    expect(await run()).toMatchObject({ decision: 'wait' });
  });
});

describe('checkQueue, where nobody may be called', () => {
  it.each([
    ['queue_disabled', 'disabled', { ...OPEN, enabled: false }, 0],
    ['queue_closed', 'outside_opening_hours', intervals(), 0],
    // 21:00 in Tokyo: the queue is open all day, but phones may not ring.
    ['queue_closed', 'outside_calling_hours', OPEN, 9 * 3_600],
    ['expired', 'deadline_passed', OPEN, 299.5],
  ] as const)('ends the request as %s, %s, and takes nothing', async (outcome, reason, queue, seconds) => {
    // Prepare
    const { centre, clock, guardsLike, log, run } = prepareCheckQueue();
    centre.queue = queue;
    clock.at = secondsAfter(seconds);

    // Act
    const state = await run();

    // Assess
    expect(state).toEqual({ decision: 'end', request: goodRequest, ending: { outcome, reason }, holdsGuards: true });
    expect(guardsLike('leases#')).toEqual([]);
    expect(log.lines).toHaveLength(1);
    expect(log.lines[0]).toMatchObject({ level: 'info', fields: { outcome, reason } });
    expect(holdsTheNumber(log.lines)).toBe(false);
  });

  it('ends the request where calling was stopped, without asking Amazon Connect', async () => {
    const { centre, shared, run } = prepareCheckQueue();
    await shared.controls.setStopped(true, WHO);
    expect(await run()).toMatchObject({
      ending: { outcome: 'calling_disabled', reason: 'stopped' },
      holdsGuards: true,
    });
    expect(centre.asked).toEqual([]);
  });

  it('fails with the error of Amazon Connect: the state machine decides what follows', async () => {
    const { centre, guardsLike, run } = prepareCheckQueue();
    const error = new CallError('ConnectThrottled', 'Amazon Connect: ThrottlingException');
    centre.connect.readAgents = () => Promise.reject(error);
    await expect(run()).rejects.toBe(error);
    expect(guardsLike('leases#')).toEqual([]);
  });
});

describe('checkQueue, and the line', () => {
  it('sees somebody in time behind two dozen whose time is up', async () => {
    const { run, waits } = prepareCheckQueue();
    for (let late = 0; late < 30; late += 1) {
      await waits(`late-${late}`, -100 + late, QUEUE_ID, secondsAfter(-1).toISOString());
    }
    await waits('in-time', -10);
    expect(await run()).toMatchObject({ decision: 'wait' });
  });
});

describe('what Amazon Connect says', () => {
  it('is shared by requests that come together', async () => {
    const { centre, other } = prepareCheckQueue();
    for (let count = 0; count < 20; count += 1) await other(`request-${count}`);
    expect(centre.asked).toEqual([`queue ${QUEUE_ID}`, 'agents']);
  });

  it('is read anew when it is too old: agents after 2 s, queues after 30 s', async () => {
    // Prepare
    const { centre, clock, other } = prepareCheckQueue();
    await other('request-one');

    // Act
    clock.at = secondsAfter(2.001);
    await other('request-two');
    clock.at = secondsAfter(30.001);
    await other('request-three');

    // Assess
    expect(centre.asked).toEqual([`queue ${QUEUE_ID}`, 'agents', 'agents', `queue ${QUEUE_ID}`, 'agents']);
  });

  it('counts leases against the moment of the reading: one that ended since still counts', async () => {
    // Prepare: the reading is of a moment before the lease ended.
    const { clock, shared, hold, run } = prepareCheckQueue();
    await hold('another-request', 1, 1);
    await shared.readings.share('agents', 2_000, async () => ({ [QUEUE_ID]: 1 }));
    clock.at = secondsAfter(1.5);

    // Act & Assess
    expect(await run()).toMatchObject({ decision: 'wait' });
  });
});
