import type { Logger } from '@aws-lambda-powertools/logger';
import type { LambdaFunctionURLEvent, LambdaFunctionURLResult } from 'aws-lambda';
import { amazonConnect, type Connect } from '../adapters/connect.ts';
import { dynamoDocuments } from '../adapters/dynamodb.ts';
import { readEnvironment } from '../adapters/function-environment.ts';
import { lambdaHandler } from '../adapters/lambda.ts';
import { logger } from '../adapters/logging.ts';
import { dynamoSharedState, REAL_CLOCK, type SharedState } from '../adapters/shared-state/shared-state.ts';
import { onStage, stageIds } from '../adapters/stage-ids.ts';
import { dayOfSlot } from '../domain/appointment-slots.ts';
import { type AvailabilityReadings, availabilityAt, freeSlots, toldQueues } from '../domain/availability.ts';
import { shiftDate } from '../domain/opening-hours.ts';
import type { StageSettings } from '../domain/stage-settings.ts';
import { queueReadings } from './shared/connect-readings.ts';

interface Dependencies {
  stage: Pick<
    StageSettings,
    'appointments' | 'callingHours' | 'connect' | 'routing' | 'tellsAvailability' | 'whenClosed'
  >;
  connect: Pick<Connect, 'readQueue'>;
  shared: Pick<SharedState, 'appointments' | 'controls' | 'readings'>;
  now: () => Date;
  pause: (milliseconds: number) => Promise<void>;
  log: Pick<Logger, 'error'>;
}

/** How long a reading, or a failure to read, is cached: requests in between cause no requests to AWS. */
const LOOK_SECONDS = 30;

/**
 * Amazon Connect allows each of the two operations that read a queue a burst of 5 and then two per second for the whole account: this
 * leaves enough for the calls.
 */
const QUEUES_AT_ONCE = 3;
const PAUSE_MS = 1_000;

/**
 * Answers a request to the function URL: would a visitor be called now, and when? Open to strangers, hence only GET, no error details,
 * and at most one read from AWS in 30 s. The URL's own configuration adds the CORS headers; added here as well, they would appear
 * twice.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/urls-configuration.html#urls-cors
 */
export function tellAvailability({ stage, connect, shared, now, pause, log }: Dependencies) {
  let last: { at: number; readings: Promise<AvailabilityReadings> } | undefined;

  return async function tellAvailability(event: LambdaFunctionURLEvent): Promise<LambdaFunctionURLResult> {
    if (event.requestContext.http.method !== 'GET') return { statusCode: 405, headers: { allow: 'GET' }, body: '' };
    const read = await readings().catch(() => undefined);
    // Without a reading, the answer must not promise a call.
    if (!read) return { statusCode: 503, headers: { 'cache-control': 'no-store' }, body: '' };
    return {
      statusCode: 200,
      headers: { 'content-type': 'application/json', 'cache-control': `public, max-age=${LOOK_SECONDS}` },
      body: JSON.stringify(availabilityAt(read, stage, now())),
    };
  };

  function readings(): Promise<AvailabilityReadings> {
    if (last && now().getTime() - last.at < LOOK_SECONDS * 1000) return last.readings;
    const look = lookOnce();
    last = { at: now().getTime(), readings: look };
    look.catch((error: unknown) => log.error('availability could not be read', error as Error));
    return look;
  }

  async function lookOnce(): Promise<AvailabilityReadings> {
    let asked = 0;
    const counted: Pick<Connect, 'readQueue'> = {
      readQueue(...query) {
        asked += 1;
        return connect.readQueue(...query);
      },
    };
    const centre = queueReadings(counted, shared.readings, stage, now);
    const told = toldQueues(stage);
    const controls = await shared.controls.read();
    const stopped = controls.stopped || stage.connect.sourcePhoneNumber === null;
    const taken = await placesTaken(told.map(([, id]) => id));
    const queues: Record<string, AvailabilityReadings['queues'][string]> = {};
    for (const [name, id] of told) {
      // Before the reading is locked, as a call may be about to need the same.
      if (asked >= QUEUES_AT_ONCE) await pause(PAUSE_MS);
      const snapshot = await centre.calendar(id);
      queues[name] = { snapshot, slots: freeSlots(snapshot, taken.get(id), stage, now()) };
    }
    return { stopped, queues };
  }

  async function placesTaken(queueIds: readonly string[]): Promise<Map<string, Map<number, number>>> {
    if (!stage.appointments) return new Map();
    const today = dayOfSlot(now());
    const days = Array.from({ length: stage.appointments.maxDays + 1 }, (_, ahead) => shiftDate(today, ahead));
    return shared.appointments.taken(queueIds, days);
  }
}

const { settings, idsParameter, guardsTable, leasesTable } = readEnvironment();
const documents = dynamoDocuments();

export const handler = lambdaHandler(
  () => 'tellAvailability',
  onStage(settings, stageIds(idsParameter), (stage) =>
    tellAvailability({
      stage,
      connect: amazonConnect(stage.connect),
      shared: dynamoSharedState({ guardsTable, leasesTable, keptDays: stage.recordRetentionDays }, documents),
      now: () => new Date(),
      pause: REAL_CLOCK.pause,
      log: logger,
    }),
  ),
);
