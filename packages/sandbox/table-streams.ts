import { isDeepStrictEqual } from 'node:util';
import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import type { DynamoDBBatchResponse, DynamoDBRecord } from 'aws-lambda';
import { createTimers } from './connect/timers.ts';
import { whyUnmatched } from './event-pattern.ts';
import type { LocalFunctions } from './local-functions.ts';
import type { FunctionStream } from './service.ts';

type Image = Record<string, AttributeValue>;

/** A table's stream with the function that reads it. */
interface LocalStream {
  /** An item was written. */
  written(key: string): void;
  /** Resolves when everything that was written has been taken by the function. */
  idle(): Promise<void>;
  /** Drops what is left. */
  close(): void;
}

interface Options {
  stream: FunctionStream;
  functions: Pick<LocalFunctions, 'invoke'>;
  /** The table's key, which is text. */
  key: string;
  /** The item as it is now. */
  read: (key: string) => Promise<Image | undefined>;
  /** Pauses are divided by it. */
  speed: number;
  region: string;
}

/** Seconds until a batch on which the function failed as a whole is handed over again. */
const AGAIN_AFTER = 1;

/**
 * One shard: writes in order, batch after batch; what comes behind one that failed waits. An item is read when its write is
 * done, so that writes in quick succession are told as one.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/with-ddb.html
 * @see https://docs.aws.amazon.com/lambda/latest/dg/services-ddb-batchfailurereporting.html
 */
export function localStream({ stream, functions, key: keyName, read, speed, region }: Options): LocalStream {
  const timers = createTimers(speed);
  const images = new Map<string, Image>();
  let pending: DynamoDBRecord[] = [];
  let reading = Promise.resolve();
  let feeding: Promise<void> | undefined;
  let closed = false;
  let sequence = 0;

  async function take(key: string): Promise<void> {
    const after = await read(key);
    const before = images.get(key);
    if (closed || !after || isDeepStrictEqual(before, after)) return;
    images.set(key, after);
    sequence += 1;
    const record = {
      eventID: String(sequence),
      eventName: before ? 'MODIFY' : 'INSERT',
      eventVersion: '1.1',
      eventSource: 'aws:dynamodb',
      awsRegion: region,
      dynamodb: {
        // DynamoDB's are whole seconds; these let pauses that follow from a write's age be as short as the write is young.
        ApproximateCreationDateTime: Date.now() / 1000,
        Keys: { [keyName]: { S: key } },
        ...(before && { OldImage: before }),
        NewImage: after,
        SequenceNumber: String(sequence).padStart(21, '0'),
        StreamViewType: 'NEW_AND_OLD_IMAGES',
      },
    } as DynamoDBRecord;
    if (stream.patterns.some((pattern) => whyUnmatched(pattern, record).length === 0)) pending.push(record);
    if (pending.length > 0) feeding ??= feed();
  }

  async function feed(): Promise<void> {
    while (pending.length > 0 && !closed) {
      const batch = pending.slice(0, stream.batchSize);
      const done = await hand(batch);
      if (done === undefined) await new Promise<void>((resolve) => timers.after(AGAIN_AFTER, resolve));
      else pending = pending.slice(done);
    }
    feeding = undefined;
  }

  /** @returns how many of the batch, from its first on, need not come again; undefined if the function failed */
  async function hand(batch: DynamoDBRecord[]): Promise<number | undefined> {
    try {
      const answer = (await functions.invoke(stream.function, { Records: batch })) as DynamoDBBatchResponse | undefined;
      const failed = new Set((answer?.batchItemFailures ?? []).map(({ itemIdentifier }) => itemIdentifier));
      const first = batch.findIndex(({ dynamodb }) => failed.has(dynamodb?.SequenceNumber ?? ''));
      return first < 0 ? batch.length : first;
    } catch {
      // The function has logged why.
      return undefined;
    }
  }

  return {
    written(key) {
      reading = reading.then(() => take(key)).catch(() => undefined);
    },
    async idle() {
      await reading;
      while (feeding) await feeding;
    },
    close() {
      closed = true;
      timers.close();
    },
  };
}
