import type { CallRecord } from '../../domain/call-record.ts';
import {
  DAY,
  EXECUTION_ID,
  goodRequest,
  holdUntil,
  NOW,
  QUEUE_ARN,
  QUEUE_ID,
  REQUEST_ID,
  recordingLog,
  recordingMeasure,
  secondsAfter,
  setEnvironment,
  stage,
} from './function-support.ts';
import { claimedRecord, prepareTables, putRecord } from './tables.ts';

setEnvironment();
const { recordOutcome } = await import('../../functions/record-outcome.ts');

export const READY = {
  decision: 'continue',
  request: goodRequest,
  holdsGuards: true,
  turn: { at: NOW.toISOString(), queueArn: QUEUE_ARN },
};
export const CLAIMED = claimedRecord({ status: 'calling', attempts: 2 });
const OF_NUMBER = `phone#${goodRequest.phone} ${DAY}`;
export const MINUTE = 'minute#2026-11-22T03:00';
const COUNTS = ['day#2026-11-22', MINUTE];
export const EVERYTHING = ['phone', 'lines', 'agents', OF_NUMBER, ...COUNTS, 'place'];
export const failedAt = (state: string, name: string) => ({ failed: { [state]: { Error: name, Cause: '{}' } } });

/** A request that holds everything a request can hold; its record may be missing or another execution's. */
export async function prepareRecordOutcome(existing: CallRecord | null = CLAIMED) {
  const tables = prepareTables();
  const { calls, clock, shared, now, room } = tables;
  const log = recordingLog();
  const { measure, measured, counted } = recordingMeasure();
  clock.at = secondsAfter(3);
  if (existing) await putRecord(tables, existing);
  await shared.phones.hold(goodRequest.phone, REQUEST_ID, {
    ...holdUntil(secondsAfter(1_200), NOW),
    maxPerDay: 3,
  });
  await tables.hold(REQUEST_ID, 600, 600);
  for (const count of COUNTS) await shared.limits.count(count, REQUEST_ID, 10, secondsAfter(86_400));
  const place = `${NOW.toISOString()}#${REQUEST_ID}`;
  await room.enter({
    ...{ queueId: QUEUE_ID, place, requestId: REQUEST_ID, token: 'token', deadlineAt: goodRequest.deadlineAt },
  });
  const run = recordOutcome({
    ...{ stage, wholeStage: async () => stage, calls, shared, room, now, log },
    measure,
  });
  return {
    ...tables,
    counted,
    measured,
    log,
    run: (state: unknown) => run({ executionId: EXECUTION_ID, state }),
    /** What of all that the request still holds. */
    async held(): Promise<string[]> {
      const held = tables.holderOf(goodRequest.phone) === undefined ? [] : ['phone'];
      for (const what of ['lines', 'agents'] as const) if ((await tables.holders(what)).length > 0) held.push(what);
      for (const count of [OF_NUMBER, ...COUNTS]) if (tables.countedBy(count).length > 0) held.push(count);
      return (await room.nextInLine(QUEUE_ID, 1)).length > 0 ? [...held, 'place'] : held;
    },
  };
}
