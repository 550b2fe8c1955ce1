import type { Logger } from '@aws-lambda-powertools/logger';
import type { Context, DynamoDBBatchResponse, DynamoDBRecord } from 'aws-lambda';
import { type DeadLetters, sqsDeadLetters } from '../adapters/dead-letters.ts';
import { readEnvironment } from '../adapters/function-environment.ts';
import { secretsManagerToken } from '../adapters/karte-token.ts';
import { KarteRefusedError, type KarteTrack, KarteUnavailableError, karteTrack } from '../adapters/karte-track.ts';
import { lambdaHandler } from '../adapters/lambda.ts';
import { logger } from '../adapters/logging.ts';
import { type RecordWrite, recordWrite } from '../adapters/record-stream.ts';
import { sqsClient } from '../adapters/release-queue.ts';
import { secretsManager } from '../adapters/secrets-manager.ts';
import { REAL_CLOCK } from '../adapters/shared-state/shared-state.ts';
import { dueReports, type KarteReport } from '../domain/karte-reports.ts';

interface Dependencies {
  eventPrefix: string;
  karte: KarteTrack;
  deadLetters: DeadLetters;
  clock: typeof REAL_CLOCK;
  log: Pick<Logger, 'info' | 'warn' | 'error'>;
  /** Ids of processed events, kept between runs. */
  settled: Set<string>;
  /** Remaining time of the function. */
  remainingMs: () => number;
}

/** The writes from the calls table's stream, or one event from a dead letter. */
type Input = { Records: DynamoDBRecord[] } | { report: KarteReport };

/** An event that KARTE has not accepted for this long becomes a dead letter, as the stream keeps it for only a day. */
const GIVE_UP_AFTER_MS = 2 * 3_600_000;
/** Concurrent requests to KARTE. */
const AT_ONCE = 5;
/** Longest time for one event: two requests and a read of the secret. */
const LONGEST_WRITE_MS = 20_000;
const LONGEST_PAUSE_MS = 30_000;
const REMEMBERED = 2_000;

/**
 * Reports the results of requests and calls to KARTE: each write of a call record comes with the previous record. Events of one request
 * are sent in order, those of different requests in parallel.
 *
 * At least once: KARTE stores a repeated event twice, with the same `event_id`.
 */
function reportToKarte(dependencies: Dependencies) {
  const { eventPrefix, karte, deadLetters, clock, log, settled, remainingMs } = dependencies;

  return async function reportToKarte(input: Input): Promise<DynamoDBBatchResponse> {
    if ('report' in input) {
      await karte.write(input.report);
      noteSettled(input.report, 'reported to KARTE');
      return { batchItemFailures: [] };
    }
    const failed: { write: RecordWrite; retryAfterMs: number }[] = [];
    await inParallel(byRequest(input.Records), async (writes) => {
      for (const write of writes) {
        const problem = await tellAll(write);
        if (!problem) continue;
        // The later ones of this request are retried with it.
        failed.push({ write, retryAfterMs: problem.retryAfterMs ?? 0 });
        return;
      }
    });
    if (failed.length > 0) await leaveAlone(failed);
    return { batchItemFailures: failed.map(({ write }) => ({ itemIdentifier: write.sequenceNumber })) };
  };

  async function tellAll({ before, after, at }: RecordWrite): Promise<KarteUnavailableError | undefined> {
    for (const report of dueReports(before, after, eventPrefix)) {
      if (settled.has(report.event.values.event_id)) continue;
      const problem = await tell(report, clock.now().getTime() - at.getTime());
      if (problem) return problem;
    }
    return undefined;
  }

  async function tell(report: KarteReport, ageMs: number): Promise<KarteUnavailableError | undefined> {
    if (remainingMs() < LONGEST_WRITE_MS) return new KarteUnavailableError('there is no time left');
    try {
      await karte.write(report);
      noteSettled(report, 'reported to KARTE');
    } catch (error) {
      const isFinal = error instanceof KarteRefusedError || ageMs > GIVE_UP_AFTER_MS;
      if (!isFinal && error instanceof KarteUnavailableError) {
        log.warn('not reported to KARTE yet', { ...about(report), error: error.message });
        return error;
      }
      return giveUp(report, error);
    }
    return undefined;
  }

  /** Whatever the error, it must not hold back the events of other requests. */
  async function giveUp(report: KarteReport, error: unknown): Promise<KarteUnavailableError | undefined> {
    const why = error instanceof Error ? error : new Error(String(error));
    try {
      await deadLetters.send({ payload: { report } satisfies Input, error: why });
    } catch (cause) {
      return new KarteUnavailableError('neither reported nor a dead letter', { cause });
    }
    noteSettled(report, 'never reported to KARTE: it is a dead letter', why);
    return undefined;
  }

  function noteSettled(report: KarteReport, message: string, why?: Error): void {
    settled.add(report.event.values.event_id);
    const [oldest] = settled;
    if (settled.size > REMEMBERED && oldest !== undefined) settled.delete(oldest);
    log[why ? 'error' : 'info'](message, { ...about(report), ...(why && { error: why.message }) });
  }

  /**
   * Lambda retries failed records at once. Waits half of the time since the first failed one before that, so that the pauses grow
   * without keeping track of the attempts.
   */
  async function leaveAlone(failed: readonly { write: RecordWrite; retryAfterMs: number }[]): Promise<void> {
    const oldest = Math.max(...failed.map(({ write }) => clock.now().getTime() - write.at.getTime()));
    const asked = Math.max(...failed.map(({ retryAfterMs }) => retryAfterMs));
    const pause = Math.min(Math.max(oldest / 2, asked), LONGEST_PAUSE_MS, remainingMs() - 2_000);
    if (pause > 0) await clock.pause(pause);
  }
}

const about = ({ event: { event_name: event, values } }: KarteReport) => ({ requestId: values.request_id, event });

/** Writes of one request each, in order. */
function byRequest(records: readonly DynamoDBRecord[]): RecordWrite[][] {
  const writes = records.flatMap((record) => recordWrite(record) ?? []);
  return [...Map.groupBy(writes, ({ after }) => after.requestId).values()];
}

async function inParallel<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const left = items.values();
  const one = async () => {
    for (const item of left) await work(item);
  };
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, items.length) }, one));
}

const { settings } = readEnvironment();
const { endpoint = '', secretName = '', eventPrefix = '' } = settings.reportToKarte ?? {};
const sqs = sqsClient();
const dependencies = {
  eventPrefix,
  karte: karteTrack(endpoint, secretsManagerToken(secretName, REAL_CLOCK.now, secretsManager())),
  clock: REAL_CLOCK,
  log: logger,
  settled: new Set<string>(),
};

export const handler = lambdaHandler(
  () => 'reportToKarte',
  function onRecordsWritten(input: Input, context: Context) {
    return reportToKarte({
      ...dependencies,
      deadLetters: sqsDeadLetters(context.invokedFunctionArn, sqs),
      remainingMs: () => context.getRemainingTimeInMillis(),
    })(input);
  },
);
