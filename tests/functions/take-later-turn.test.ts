import { describe, expect, it } from 'vitest';
import type { CallRecord } from '../../domain/call-record.ts';
import type { ReadyToCall } from '../../domain/call-state.ts';
import {
  goodRequest,
  holdsTheNumber,
  NOW,
  QUEUE_ARN,
  REQUEST_ID,
  recordingLog,
  secondsAfter,
  setEnvironment,
  stage,
} from './function-support.ts';
import { claimedRecord, failOnce, prepareTables, putRecord } from './tables.ts';

setEnvironment();
const { takeLaterTurn } = await import('../../functions/take-later-turn.ts');

const READY: ReadyToCall = {
  decision: 'wait',
  request: goodRequest,
  holdsGuards: true,
  turn: { at: NOW.toISOString(), queueArn: QUEUE_ARN, closesAt: secondsAfter(3_600).toISOString() },
};
const tooMany = (name: string) => ({ ...READY, tooMany: { Error: name, Cause: '{}' } });
/** Two at once, then one each half second. */
const PACING = { ...stage.pacing, callsPerSecond: 2, burst: 2, keptForJitter: 0 };

async function prepare(record: Partial<CallRecord> = {}) {
  const tables = prepareTables();
  const { calls, guards, now } = tables;
  const log = recordingLog();
  await putRecord(tables, claimedRecord({ status: 'calling', attempts: 1, unanswered: false, ...record }));
  return {
    ...tables,
    log,
    run: takeLaterTurn({ stage: { ...stage, pacing: PACING }, calls, guards, now, log }),
  };
}

const secondsLater = (state: unknown): number => (Date.parse((state as ReadyToCall).turn.at) - NOW.getTime()) / 1000;

describe('takeLaterTurn', () => {
  it.each([
    ['ConnectThrottled', 1, 1],
    ['ConnectThrottled', 3, 3],
    ['ConnectLimitExceeded', 1, 5],
    ['ConnectLimitExceeded', 3, 12],
    ['ConnectLimitExceeded', 30, 30],
  ])('gives a call that met %s at attempt %i a turn %i s later', async (error, attempts, seconds) => {
    const { log, run } = await prepare({ attempts });
    const state = await run(tooMany(error));
    expect(state).toEqual({ ...READY, turn: { ...READY.turn, at: secondsAfter(seconds).toISOString() } });
    expect(log.lines).toEqual([
      {
        level: 'info',
        message: 'later turn',
        fields: { requestId: REQUEST_ID, because: error, turnAt: secondsAfter(seconds).toISOString() },
      },
    ]);
  });

  it('gives a turn to a call that was never asked for, because the pace had no room', async () => {
    const { run } = await prepare({ status: 'claimed', attempts: 0 });
    expect(secondsLater(await run(tooMany('ConnectThrottled')))).toBe(1);
  });

  it('keeps agent and line for it, which would count no longer otherwise', async () => {
    // Prepare
    const { clock, hold, lease, run } = await prepare();
    const request = { ...goodRequest, deadlineAt: secondsAfter(7_200).toISOString() };
    await hold(REQUEST_ID, 480, 480);
    clock.at = secondsAfter(400);

    // Act
    await run({ ...tooMany('ConnectThrottled'), request });

    // Assess: so long after its turn as after its first.
    const until = secondsAfter(401 + 480).getTime();
    expect(await lease()).toMatchObject({ agentUntil: until, lineUntil: until });
  });

  it('holds nobody else up: the next turn is as near as before', async () => {
    const { guards, run } = await prepare();
    await run(tooMany('ConnectLimitExceeded'));
    const next = await guards.turns.reserve(
      'calls',
      { interval: 500, burst: 2 },
      NOW.getTime(),
      secondsAfter(60).getTime(),
    );
    expect(next).toBe(NOW.getTime());
  });

  it('gives calls that were turned away together turns of their own', async () => {
    const { run } = await prepare();
    const turns: number[] = [];
    for (let call = 0; call < 6; call += 1) turns.push(secondsLater(await run(tooMany('ConnectThrottled'))));
    // Two of the burst, then one each half second, in whole seconds and never early.
    expect(turns).toEqual([1, 1, 2, 2, 3, 3]);
  });

  it.each([
    ['ConnectThrottled', false, 'throttled', 'api_rate'],
    ['ConnectLimitExceeded', false, 'capacity_exhausted', 'quota'],
    // An earlier attempt may have rung.
    ['ConnectThrottled', true, 'call_unconfirmed', 'connect_unavailable'],
  ])(
    'ends a call for which there is no turn before its deadline: %s, unanswered %s',
    async (error, unanswered, outcome, reason) => {
      // Prepare
      const { clock, guards, log, run } = await prepare({ unanswered });
      clock.at = secondsAfter(299.5);

      // Act
      const state = await run(tooMany(error));

      // Assess
      expect(state).toEqual({ decision: 'end', request: goodRequest, ending: { outcome, reason }, holdsGuards: true });
      expect(log.lines).toEqual([
        { level: 'warn', message: 'not called', fields: { requestId: REQUEST_ID, outcome, reason } },
      ]);
      expect(holdsTheNumber(log.lines)).toBe(false);
      // Nobody is put behind a turn that nobody takes.
      const next = await guards.turns.reserve(
        'calls',
        { interval: 500, burst: 2 },
        NOW.getTime(),
        secondsAfter(60).getTime(),
      );
      expect(next).toBe(NOW.getTime());
    },
  );

  it.each(['before', 'after'] as const)(
    'takes a turn where the state is repeated after a fault %s its effect',
    async (when) => {
      const tables = await prepare();
      const error = failOnce(tables, when, ({ key, name }) => key === 'turns#calls' && name === 'UpdateCommand');
      await expect(tables.run(tooMany('ConnectThrottled'))).rejects.toBe(error);
      expect(await tables.run(tooMany('ConnectThrottled'))).toHaveProperty('turn.at');
    },
  );
});
