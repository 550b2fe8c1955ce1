import { GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { CallError } from '../../domain/errors.ts';
import { type Documents, type Item, ttl, unlessRefused } from '../dynamodb.ts';

/** A value read from Amazon Connect, and when (epoch milliseconds). */
export interface Reading<T> {
  value: T;
  readAt: number;
}

/**
 * Readings from Amazon Connect, taken by one function at a time and shared by all: its APIs allow 2 to 5 requests per second for the
 * whole account.
 *
 * Fails closed: without a sufficiently recent reading there is an error.
 */
export interface SharedReadings {
  /**
   * @param name of the reading
   * @param maxAgeMs older readings are read again
   * @param read throws `CallError`
   * @param seen the reading's item, if it has just been read
   */
  share<T>(name: string, maxAgeMs: number, read: () => Promise<T>, seen?: Seen): Promise<Reading<T>>;
  /** The last reading, however old; does not ask Amazon Connect. */
  last<T>(name: string): Promise<Reading<T> | undefined>;
}

/** The item of a reading. */
export interface Seen {
  item: Item | undefined;
}

/** Time, for readings. */
export interface ReadingClock {
  now(): Date;
  pause(milliseconds: number): Promise<void>;
}

/**
 * Longer than a reading normally takes: somebody else starts a slower one again. A function that dies while reading keeps the others
 * waiting for this long.
 */
const LOCK_MS = 5_000;
/** How often, and how many times, a function checks whether another has finished reading. */
const PAUSE_MS = 250;
/** After a failed reading, nobody asks Amazon Connect again within this time. */
const AFTER_FAILURE_MS = 500;
const PAUSES = 32;
const KEPT_MS = 24 * 60 * 60_000;

export const readingKey = (name: string) => ({ guardId: `reading#${name}` });

/** Readings as items `reading#…` of the guards table. */
export function dynamoSharedReadings(TableName: string, documents: Documents, clock: ReadingClock): SharedReadings {
  async function look(name: string): Promise<Item | undefined> {
    const { Item } = await documents.send(new GetCommand({ TableName, Key: readingKey(name), ConsistentRead: true }));
    return Item;
  }

  function readingIn<T>(item: Item | undefined, maxAgeMs: number): Reading<T> | undefined {
    if (typeof item?.readAt !== 'number' || clock.now().getTime() - item.readAt > maxAgeMs) return undefined;
    return { value: JSON.parse(String(item.reading)) as T, readAt: item.readAt };
  }

  /** Nobody else is reading, and nobody has read since we looked. */
  const mayRead = (name: string, maxAgeMs: number) =>
    unlessRefused(() =>
      documents.send(
        new UpdateCommand({
          TableName,
          Key: readingKey(name),
          UpdateExpression: 'SET lockedUntil = :until',
          ConditionExpression:
            '(attribute_not_exists(lockedUntil) OR lockedUntil <= :now) AND (attribute_not_exists(readAt) OR readAt < :old)',
          ExpressionAttributeValues: {
            ':until': clock.now().getTime() + LOCK_MS,
            ':now': clock.now().getTime(),
            ':old': clock.now().getTime() - maxAgeMs,
          },
        }),
      ),
    );

  async function readAnew<T>(name: string, read: () => Promise<T>): Promise<Reading<T>> {
    const readAt = clock.now().getTime();
    try {
      const value = await read();
      await documents.send(
        new UpdateCommand({
          TableName,
          Key: readingKey(name),
          UpdateExpression: 'SET reading = :reading, readAt = :readAt, lockedUntil = :free, expiresAt = :ttl',
          ExpressionAttributeValues: {
            ':reading': JSON.stringify(value),
            ':readAt': readAt,
            ':free': 0,
            ':ttl': ttl(readAt + KEPT_MS),
          },
        }),
      );
      return { value, readAt };
    } catch (error) {
      // The next one may try after a moment, as asking a throttling service at once does not help. If this write fails, too, the
      // lock expires by itself.
      await documents
        .send(
          new UpdateCommand({
            TableName,
            Key: readingKey(name),
            UpdateExpression: 'SET lockedUntil = :free',
            ExpressionAttributeValues: { ':free': clock.now().getTime() + AFTER_FAILURE_MS },
          }),
        )
        .catch(() => undefined);
      throw error;
    }
  }

  return {
    last: async <T>(name: string) => readingIn<T>(await look(name), Number.POSITIVE_INFINITY),

    async share<T>(name: string, maxAgeMs: number, read: () => Promise<T>, seen?: Seen) {
      let item = seen ? seen.item : await look(name);
      for (let pauses = 0; pauses < PAUSES; pauses += 1) {
        const found = readingIn<T>(item, maxAgeMs);
        if (found) return found;
        if (await mayRead(name, maxAgeMs)) return readAnew(name, read);
        await clock.pause(PAUSE_MS);
        item = await look(name);
      }
      throw new CallError('ConnectUnavailable', `nobody could read ${name} from Amazon Connect in time`);
    },
  };
}
