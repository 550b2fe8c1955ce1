import { describe, expect, it } from 'vitest';
import type { QueueSnapshot } from '../../domain/admission.ts';
import { CallError } from '../../domain/errors.ts';
import {
  goodRequest,
  holdsTheNumber,
  NOW,
  QUEUE_ARN,
  QUEUE_ID,
  REQUEST_ID,
  recordingLog,
  secondsAfter,
  setEnvironment,
  stage,
} from './support.ts';

setEnvironment();
const { checkQueue } = await import('../../functions/check-queue.ts');

const STATE = { decision: 'continue', request: goodRequest } as const;
const OPEN: QueueSnapshot = {
  queueArn: QUEUE_ARN,
  enabled: true,
  openingHours: { timeZone: 'Asia/Tokyo', intervals: [{ date: '2026-11-22', start: 0, end: 0 }] },
  agentsAvailable: 2,
};

function prepare(change: Partial<QueueSnapshot> = {}, now = NOW) {
  const log = recordingLog();
  const asked: string[] = [];
  const connect = {
    async readQueue(queueId: string) {
      asked.push(queueId);
      return { ...OPEN, ...change };
    },
  };
  return { log, asked, run: checkQueue({ stage, connect, now: () => now, log }) };
}

describe('checkQueue', () => {
  it('asks for the queue of the request and gives the call its turn, in whole seconds', async () => {
    // Prepare
    const { asked, log, run } = prepare({}, new Date('2026-11-22T03:00:00.750Z'));

    // Act
    const state = await run(STATE);

    // Assess
    expect(asked).toEqual([QUEUE_ID]);
    expect(state).toEqual({ ...STATE, queueArn: QUEUE_ARN, turnAt: '2026-11-22T03:00:00.000Z' });
    expect(log.lines).toEqual([
      {
        level: 'info',
        message: 'queue checked',
        fields: { requestId: REQUEST_ID, queue: 'general', enabled: true, agentsAvailable: 2 },
      },
    ]);
  });

  it.each([
    ['queue_disabled', 'disabled', { enabled: false }, NOW],
    ['queue_closed', 'outside_opening_hours', { openingHours: { timeZone: 'Asia/Tokyo', intervals: [] } }, NOW],
    // 21:00 in Tokyo: the queue is open all day, but phones may not ring.
    ['queue_closed', 'outside_calling_hours', {}, secondsAfter(9 * 3_600)],
    ['no_agents_available', 'nobody_free', { agentsAvailable: 0 }, NOW],
  ] as const)('ends the request as %s, %s', async (outcome, reason, change, now) => {
    // Prepare
    const { log, run } = prepare(change, now);

    // Act
    const state = await run(STATE);

    // Assess
    expect(state).toEqual({ decision: 'end', request: goodRequest, ending: { outcome, reason } });
    expect(log.lines).toHaveLength(1);
    expect(log.lines[0]).toMatchObject({ level: 'info', fields: { outcome, reason } });
    expect(holdsTheNumber(log.lines)).toBe(false);
  });

  it('fails with the error of Amazon Connect: the state machine decides what follows', async () => {
    // Prepare
    const error = new CallError('ConnectThrottled', 'Amazon Connect: ThrottlingException (HTTP 429)');
    const connect = { readQueue: () => Promise.reject(error) };

    // Act
    const run = checkQueue({ stage, connect, now: () => NOW, log: recordingLog() });

    // Assess
    await expect(run(STATE)).rejects.toBe(error);
  });
});
