import { GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { type Documents, ttl, unlessRefused } from '../dynamodb.ts';
import { shortId } from './short-id.ts';

/**
 * One telephone number has one live request, and so many calls a day. The lease is held from the claim, becomes a cool-down
 * when the record says that the phone may have rung, and is given back when it is certain that it did not.
 *
 * Fails closed: while the table does not answer, nobody is called.
 */
export interface PhoneLeases {
  /**
   * Takes the number for a request and counts it among the number's calls of the day, or extends what the request has;
   * otherwise tells why not, and takes nothing.
   */
  hold(phone: string, requestId: string, hold: Hold): Promise<'held' | 'live_request' | 'cool_down' | 'used_up'>;
  /** Extends what the request has. False where it has nothing. */
  extend(phone: string, requestId: string, until: Date): Promise<boolean>;
  /** Turns the request's lease into a cool-down. False where the number is another request's by now. */
  coolDown(phone: string, requestId: string, until: Date): Promise<boolean>;
  /** Gives the number back, if the request has it, and its count among the calls of a day, whoever has the number. */
  release(phone: string, requestId: string, day: string): Promise<void>;
}

interface Hold {
  until: Date;
  now: Date;
  /** The calendar day on which it counts, `2026-11-22`. */
  day: string;
  /** Calls of the number on that day; null where they are not limited, and not counted. */
  maxPerDay: number | null;
}

const key = (phone: string) => ({ guardId: `phone#${phone}` });

/** Races with others are tried again so often; then the number counts as held. */
const ROUNDS = 3;

const DAY_MS = 24 * 60 * 60_000;
/** Longer than the day of a request that is held now has left: the item holds that day's count, too. */
const KEPT_MS = 2 * DAY_MS;
/** A request of the day before may still be under way; of these days none is. By then the item mostly has expired. */
const FORGOTTEN_DAYS = [2, 3, 4];

const daysBefore = (day: string, days: number): string =>
  new Date(Date.parse(day) - days * DAY_MS).toISOString().slice(0, 10);

/** Phone leases as items `phone#+81…` of the guards table, each with a set of requests by day. */
export function dynamoPhoneLeases(TableName: string, documents: Documents): PhoneLeases {
  /** Writes a request's lease on a condition, which may use `:now`. `also` is what is written besides. */
  function write(
    phone: string,
    lease: { requestId: string; until: Date; coolingDown: boolean },
    ConditionExpression: string,
    values: Record<string, unknown> = {},
    also: { update: string; names: Record<string, string> } = { update: '', names: {} },
  ): Promise<boolean> {
    return unlessRefused(() =>
      documents.send(
        new UpdateCommand({
          TableName,
          Key: key(phone),
          UpdateExpression: `SET requestId = :me, #until = :until, coolingDown = :cooling, expiresAt = :ttl ${also.update}`,
          ConditionExpression,
          ExpressionAttributeNames: { '#until': 'until', ...also.names },
          ExpressionAttributeValues: {
            ':me': lease.requestId,
            ':until': lease.until.getTime(),
            ':cooling': lease.coolingDown,
            ':ttl': ttl(lease.until.getTime() + KEPT_MS),
            ...values,
          },
        }),
      ),
    );
  }

  async function read(phone: string) {
    const { Item } = await documents.send(new GetCommand({ TableName, Key: key(phone), ConsistentRead: true }));
    return Item;
  }

  /** A request's count among the calls of a day, as parts of `write`. */
  function counting(requestId: string, { day, maxPerDay }: Hold) {
    if (maxPerDay === null) return undefined;
    const forgotten = FORGOTTEN_DAYS.map((days, index) => [`#d${index}`, daysBefore(day, days)]);
    const first = maxPerDay > 0 ? 'attribute_not_exists(#day) OR ' : '';
    return {
      condition: `(${first}contains(#day, :id) OR size(#day) < :max)`,
      values: { ':id': shortId(requestId), ':max': maxPerDay, ':ids': new Set([shortId(requestId)]) },
      also: {
        update: `ADD #day :ids REMOVE ${forgotten.map(([name]) => name).join(', ')}`,
        names: { '#day': day, ...Object.fromEntries(forgotten) },
      },
    };
  }

  return {
    async hold(phone, requestId, hold) {
      const { until, now } = hold;
      const lease = { requestId, until, coolingDown: false };
      const free =
        '(attribute_not_exists(requestId) OR #until <= :now OR (requestId = :me AND coolingDown = :cooling))';
      const count = counting(requestId, hold);
      const condition = count ? `${free} AND ${count.condition}` : free;
      for (let round = 0; round < ROUNDS; round += 1) {
        if (await write(phone, lease, condition, { ':now': now.getTime(), ...count?.values }, count?.also))
          return 'held';
        const found = await read(phone);
        const isHeld = found?.requestId !== undefined && Number(found.until) > now.getTime();
        if (isHeld && found.coolingDown === true) return 'cool_down';
        if (isHeld && found.requestId !== requestId) return 'live_request';
        if (isUsedUp(found, requestId, hold)) return 'used_up';
        // What stood in the way is gone by now; then it is no reason either.
      }
      return 'live_request';
    },

    extend: (phone, requestId, until) =>
      write(phone, { requestId, until, coolingDown: false }, 'requestId = :me AND coolingDown = :cooling'),

    coolDown: (phone, requestId, until) =>
      write(phone, { requestId, until, coolingDown: true }, 'attribute_not_exists(requestId) OR requestId = :me'),

    async release(phone, requestId, day) {
      const ids = new Set([shortId(requestId)]);
      const wasMine = await unlessRefused(() =>
        documents.send(
          new UpdateCommand({
            TableName,
            Key: key(phone),
            UpdateExpression: 'REMOVE requestId, #until, coolingDown DELETE #day :ids',
            ConditionExpression: 'requestId = :me',
            ExpressionAttributeNames: { '#until': 'until', '#day': day },
            ExpressionAttributeValues: { ':me': requestId, ':ids': ids },
          }),
        ),
      );
      if (wasMine || !idsOf(await read(phone), day).has(shortId(requestId))) return;
      await unlessRefused(() =>
        documents.send(
          new UpdateCommand({
            TableName,
            Key: key(phone),
            UpdateExpression: 'DELETE #day :ids',
            // An item that expired meanwhile must not come back.
            ConditionExpression: 'attribute_exists(guardId)',
            ExpressionAttributeNames: { '#day': day },
            ExpressionAttributeValues: { ':ids': ids },
          }),
        ),
      );
    },
  };
}

type Item = Readonly<Record<string, unknown>> | undefined;

const idsOf = (item: Item, day: string): ReadonlySet<unknown> => {
  const ids = item?.[day];
  return ids instanceof Set ? ids : new Set();
};

function isUsedUp(item: Item, requestId: string, { day, maxPerDay }: Hold): boolean {
  const ids = idsOf(item, day);
  return maxPerDay !== null && ids.size >= maxPerDay && !ids.has(shortId(requestId));
}
