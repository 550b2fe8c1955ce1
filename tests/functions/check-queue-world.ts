import type { QueueSnapshot } from '../../domain/admission.ts';
import type { CallRequest } from '../../domain/call-request.ts';
import type { Continuing, Deferred } from '../../domain/call-state.ts';
import type { StageSettings } from '../../domain/stage-settings.ts';
import { OPEN, prepareCentre } from './centre.ts';
import {
  EXECUTION_ID,
  goodRequest,
  NOW,
  QUEUE_ID,
  recordingLog,
  secondsAfter,
  setEnvironment,
  stage,
} from './function-support.ts';
import { prepareTables } from './tables.ts';

setEnvironment();
/** Loaded when the environment is there. */
const { checkQueue } = await import('../../functions/check-queue.ts');

export const STATE: Continuing = { decision: 'continue', request: goodRequest };
/** What every request has that was claimed. */
export const CLAIMED = { request: goodRequest, holdsGuards: true } as const;
export const WHO = { by: 'somebody', at: NOW.toISOString(), why: 'the tests' };
/** Nothing is saved up. */
export const NO_BURST = { callsPerSecond: 2, burst: 1, keptForJitter: 0 };

export function prepareCheckQueue(change: Partial<StageSettings> = {}) {
  const tables = prepareTables();
  const log = recordingLog();
  const settings = { ...stage, ...change };
  const centre = prepareCentre(tables, settings.whenClosed);
  const { calls, shared, now, room } = tables;
  const check = checkQueue({ stage: settings, calls, centre: centre.readings, shared, room, now, log });
  /** Each of another request has a number of its own. */
  let numbers = 0;
  return {
    ...tables,
    centre,
    log,
    run: (state: Continuing | Deferred = STATE) =>
      check({ executionId: EXECUTION_ID, state: { ...state, decision: 'continue' } }),
    /** Another request, which came so many seconds after the first. */
    other: (requestId: string, seconds = 0, queueId = QUEUE_ID) => {
      numbers += 1;
      const request: CallRequest = {
        ...goodRequest,
        requestId,
        phone: `+447700900${String(numbers).padStart(3, '0')}`,
        receivedAt: secondsAfter(seconds).toISOString(),
        queue: { name: queueId === QUEUE_ID ? 'general' : 'plans', id: queueId },
      };
      return check({ executionId: `${EXECUTION_ID}-${requestId}`, state: { decision: 'continue', request } });
    },
    waits: (requestId: string, seconds: number, queueId = QUEUE_ID, deadlineAt = goodRequest.deadlineAt) =>
      room.enter({
        ...{ queueId, requestId, deadlineAt, token: `token of ${requestId}` },
        place: `${secondsAfter(seconds).toISOString()}#${requestId}`,
      }),
  };
}

export const intervals = (...opened: QueueSnapshot['openingHours']['intervals']): QueueSnapshot => ({
  ...OPEN,
  openingHours: { timeZone: 'Asia/Tokyo', intervals: opened },
});
