import { describe, expect, it } from 'vitest';
import type { StartedExecution } from '../../adapters/step-functions.ts';
import { measureStage } from '../../functions/shared/measure-stage.ts';
import { OPEN, prepareCentre } from './centre.ts';
import {
  CONTACT_ID,
  NOW,
  OTHER_QUEUE_ID,
  QUEUE_ID,
  recordingLog,
  recordingMeasure,
  secondsAfter,
  stage as stageOfTheTests,
} from './function-support.ts';
import { prepareTables } from './tables.ts';

/** A quiet stage at noon, whose requests Step Functions names. */
function prepare(change: Partial<typeof stageOfTheTests> = {}) {
  const stage = { ...stageOfTheTests, ...change };
  const tables = prepareTables();
  const { clock, now, room, shared } = tables;
  const centre = prepareCentre(tables);
  const log = recordingLog();
  const { measure, measured } = recordingMeasure();
  const started: (StartedExecution & { ended?: { outcome: string; reason: string } })[] = [];
  const executions = {
    startedBetween: async (after: Date, until: Date) =>
      started.filter(({ startedAt }) => startedAt > after.getTime() && startedAt <= until.getTime()),
    outputOf: async (arn: string) => started.find(({ executionArn }) => executionArn === arn)?.ended,
  };
  const dependencies = { stage, shared, room, centre: centre.readings, executions, now, log, measure };
  return {
    ...{ ...tables, centre, log, started },
    /** The next minute's figures, all together. */
    async nextMinute(): Promise<Record<string, number | string>> {
      clock.at = secondsAfter(60, clock.at);
      measured.splice(0);
      await measureStage(dependencies);
      return Object.assign({}, ...measured);
    },
    /** A request that came a little later than now, and ended so; that is looked at some minutes later. */
    ask(outcome: string, reason: string): void {
      const executionArn = `arn:${started.length}`;
      started.push({ executionArn, startedAt: NOW.getTime() + 70_000, isOver: true, ended: { outcome, reason } });
    },
    async enter(requestId: string, seconds: number, notBefore?: Date): Promise<void> {
      const at = secondsAfter(seconds).toISOString();
      await room.enter({
        ...{ queueId: QUEUE_ID, requestId, token: 'token', place: `${at}#${requestId}` },
        ...{ deadlineAt: secondsAfter(900).toISOString(), ...(notBefore && { notBefore: notBefore.toISOString() }) },
      });
    },
  };
}

describe('measureStage', () => {
  it('tells of a stage without anybody that it is open and empty', async () => {
    const { nextMinute } = prepare();
    expect(await nextMinute()).toEqual({
      ...{ RequestsWaiting: 0, OldestWaitSeconds: 0, LinesInUse: 0, OpenNow: 1, Stopped: 0, ClosedMinutes: 0 },
      ...{ OpenMinutesWithoutRequest: 0, RequestsWithoutCall: 0, OpenMinutesWithoutCall: 0 },
    });
  });

  it('counts who waits, for how long, and what is in use', async () => {
    const { enter, hold, nextMinute } = prepare();
    await enter('first', -30);
    await enter('second', 0);
    await hold('a-call', 300, 300);
    await hold('a-call-that-is-over', 300, 1);
    expect(await nextMinute()).toMatchObject({ RequestsWaiting: 2, OldestWaitSeconds: 90, LinesInUse: 1 });
  });

  it('counts the wait of a night from the opening on', async () => {
    const { enter, nextMinute } = prepare();
    await enter('of-the-night', -36_000, secondsAfter(20));
    expect(await nextMinute()).toMatchObject({ RequestsWaiting: 1, OldestWaitSeconds: 40 });
  });

  it('tells how many agents there are, each once, where somebody has just asked', async () => {
    const { centre, clock, nextMinute } = prepare();
    centre.agents = { [QUEUE_ID]: 3, [OTHER_QUEUE_ID]: 2 };
    clock.at = secondsAfter(30);
    await centre.readings.agents();
    expect(await nextMinute()).toMatchObject({ AgentsAvailable: 3 });
    expect(await nextMinute()).not.toHaveProperty('AgentsAvailable');
    expect(centre.asked.filter((what) => what === 'agents')).toHaveLength(1);
  });

  it.each([
    ['nobody may be rung at this hour', { callingHours: { start: '14:00', end: '20:00', timeZone: 'Asia/Tokyo' } }],
    ['there is no number to call from', { connect: { ...stageOfTheTests.connect, sourcePhoneNumber: null } }],
  ])('is closed where %s, without a question to Amazon Connect', async (_why, change) => {
    const { centre, nextMinute } = prepare(change);
    expect(await nextMinute()).toMatchObject({ OpenNow: 0, ClosedMinutes: 0 });
    expect(centre.asked).toEqual([]);
  });

  it('is closed where all queues are, or calling is stopped', async () => {
    const { centre, nextMinute, shared } = prepare();
    await shared.controls.setStopped(true, { by: 'somebody', at: NOW.toISOString(), why: 'a test' });
    expect(await nextMinute()).toMatchObject({ OpenNow: 0, Stopped: 1 });
    await shared.controls.setStopped(false, { by: 'somebody', at: NOW.toISOString(), why: 'a test' });
    expect(await nextMinute()).toMatchObject({ OpenNow: 1 });
    centre.queue = { ...OPEN, enabled: false };
    expect(await nextMinute()).toMatchObject({ OpenNow: 0, ClosedMinutes: 1 });
    expect(await nextMinute()).toMatchObject({ ClosedMinutes: 2 });
  });

  it('tells at night, too, that calling is stopped', async () => {
    const { nextMinute, shared } = prepare({ callingHours: { start: '14:00', end: '20:00', timeZone: 'Asia/Tokyo' } });
    await shared.controls.setStopped(true, { by: 'somebody', at: NOW.toISOString(), why: 'a test' });
    expect(await nextMinute()).toMatchObject({ OpenNow: 0, Stopped: 1 });
  });

  it('counts requests that nobody is called for, until a call is placed', async () => {
    const { ask, clock, nextMinute, shared } = prepare();
    for (let request = 0; request < 2; request += 1) ask('no_agents_available', 'waited_in_vain');
    ask('number_refused', 'not_filled_in');
    await nextMinute();
    for (let minute = 0; minute < 10; minute += 1) await nextMinute();
    const silent = { RequestsWithoutCall: 3, OpenMinutesWithoutCall: 5, OpenMinutesWithoutRequest: 5 };
    expect(await nextMinute()).toMatchObject(silent);
    await shared.leases.ringing('a-request', QUEUE_ID, CONTACT_ID, clock.at.getTime(), 7_200_000);
    expect(await nextMinute()).toMatchObject({ RequestsWithoutCall: 0, OpenMinutesWithoutCall: 0 });
  });

  it('does not expect calls for what visitors mistype, ask twice, or are refused by a limit', async () => {
    const { ask, nextMinute } = prepare();
    ask('number_refused', 'too_few_digits');
    ask('number_held', 'live_request');
    ask('duplicate', 'already_claimed');
    ask('limit_reached', 'number_per_day');
    for (let minute = 0; minute < 12; minute += 1) await nextMinute();
    expect(await nextMinute()).toMatchObject({ RequestsWithoutCall: 0, OpenMinutesWithoutCall: 0 });
  });

  it('still counts what can be read where Amazon Connect does not answer, and fails nothing', async () => {
    const { centre, log, nextMinute } = prepare();
    centre.connect.readQueue = () => Promise.reject(new Error('Amazon Connect does not answer'));
    const figures = await nextMinute();
    expect(figures).toMatchObject({ RequestsWaiting: 0 });
    expect(figures).not.toHaveProperty('OpenNow');
    expect(log.lines).toMatchObject([{ level: 'warn', message: 'not measured' }]);
  });
});
