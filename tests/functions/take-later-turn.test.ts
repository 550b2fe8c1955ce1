import { describe, expect, it } from 'vitest';
import type { CallRecord } from '../../domain/call-record.ts';
import type { ReadyToCall } from '../../domain/call-state.ts';
import { departureAt } from '../../domain/pacing.ts';
import {
  goodRequest,
  holdsTheNumber,
  NOW,
  QUEUE_ARN,
  REQUEST_ID,
  recordingLog,
  secondsAfter,
  setEnvironment,
} from './function-support.ts';
import { claimedRecord, prepareTables, putRecord } from './tables.ts';

setEnvironment();
const { takeLaterTurn } = await import('../../functions/take-later-turn.ts');

const READY: ReadyToCall = {
  decision: 'continue',
  request: goodRequest,
  holdsGuards: true,
  turn: { ...departureAt(NOW.getTime()), queueArn: QUEUE_ARN, closesAt: secondsAfter(3_600).toISOString() },
};
const tooMany = (name: string) => ({ state: READY, tooMany: name });

async function prepare(record: Partial<CallRecord> = {}) {
  const tables = prepareTables();
  const { calls, shared, now } = tables;
  const log = recordingLog();
  await putRecord(tables, claimedRecord({ status: 'calling', attempts: 1, unanswered: false, ...record }));
  return {
    ...tables,
    log,
    run: takeLaterTurn({ calls, shared, now, log }),
  };
}

const secondsLater = (state: unknown): number => (Date.parse((state as ReadyToCall).turn.at) - NOW.getTime()) / 1000;

describe('takeLaterTurn', () => {
  it.each([
    ['ConnectThrottled', 1, 1],
    ['ConnectThrottled', 3, 2.25],
    ['ConnectLimitExceeded', 1, 5],
    ['ConnectLimitExceeded', 3, 11.25],
    ['ConnectLimitExceeded', 30, 30],
  ])('lets a call that met %s at attempt %i wait for %f s', async (error, attempts, seconds) => {
    const { log, run } = await prepare({ attempts });
    const state = await run(tooMany(error));
    expect(state).toEqual({
      ...READY,
      decision: 'turn',
      turn: { ...READY.turn, ...departureAt(secondsAfter(seconds).getTime()), isOpen: true },
    });
    expect(log.lines).toEqual([
      {
        level: 'info',
        message: 'later turn',
        fields: { requestId: REQUEST_ID, because: error, turnAt: secondsAfter(seconds).toISOString() },
      },
    ]);
  });

  it('lets a call wait that was never asked for, because the pace had no room', async () => {
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
    await run({ state: { ...READY, request }, tooMany: 'ConnectThrottled' });

    // Assess: so long after its turn as after its first.
    const until = secondsAfter(401 + 480).getTime();
    expect(await lease()).toMatchObject({ agentUntil: until, lineUntil: until });
  });

  it('takes no turn yet, and so holds nobody else up', async () => {
    const { guardsLike, run } = await prepare();
    await run(tooMany('ConnectLimitExceeded'));
    expect(guardsLike('turns#')).toEqual([]);
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
      const { clock, log, run } = await prepare({ unanswered });
      clock.at = secondsAfter(299.5);

      // Act
      const state = await run(tooMany(error));

      // Assess
      expect(state).toEqual({ decision: 'end', request: goodRequest, ending: { outcome, reason }, holdsGuards: true });
      expect(log.lines).toEqual([
        { level: 'warn', message: 'not called', fields: { requestId: REQUEST_ID, outcome, reason } },
      ]);
      expect(holdsTheNumber(log.lines)).toBe(false);
    },
  );
});
