import { GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { type Documents, ttl, unlessRefused } from '../dynamodb.ts';
import { shortId } from './short-id.ts';

/**
 * A telephone number has at most one live request, and a limit of calls per day. It is held from the claim until the call is over,
 * then cools down, and is given back if certainly no phone rang.
 *
 * Fails closed: while the table does not answer, nobody is called.
 */
export interface PhoneLeases {
  /**
   * Takes the number for a request and counts it among the number's calls of the day, or extends the request's lease; otherwise says
   * why not, and takes nothing.
   */
  hold(
    phone: string,
    requestId: string,
    hold: Hold,
  ): Promise<'held' | 'live_request' | 'cool_down' | 'another_since' | UsedUp>;
  /** Who holds the number, until when, and whether the call is over; undefined if nobody does. */
  holder(phone: string, now: Date): Promise<Holder | undefined>;
  /** Extends the request's lease. False if it has none. */
  extend(phone: string, requestId: string, until: Date): Promise<boolean>;
  /**
   * The request's call goes on and holds the number until then. Also if the call was thought to be over, unless another request holds
   * the number by now, or more is known of the call.
   *
   * @param version of the knowledge about the call's contacts
   */
  callGoesOn(phone: string, requestId: string, until: Date, version: number): Promise<void>;
  /**
   * The request's call is over: nobody calls the number until then. An unanswered call counts among the tries of its day instead of
   * the calls. Does nothing if more is known of the call.
   */
  callIsOver(phone: string, requestId: string, until: Date, call: EndedCall): Promise<void>;
  /**
   * Gives the number back, if the request holds it, and its count among the calls of a day, whoever holds the number. A lease that was
   * taken over goes back to the previous request, and the number cools down as if nobody had taken it.
   */
  release(phone: string, requestId: string, day: string): Promise<void>;
}

interface Holder {
  requestId: string;
  until: Date;
  coolingDown: boolean;
}

type UsedUp = 'calls_used_up' | 'tries_used_up';

interface EndedCall {
  /** The calendar day on which it counts, `2026-11-22`. */
  day: string;
  neverAnswered: boolean;
  /** Version of the knowledge about the call's contacts. */
  version: number;
}

interface Hold {
  until: Date;
  now: Date;
  /** The calendar day on which it counts, `2026-11-22`. */
  day: string;
  /** Limit of the number's calls on that day; null if they are not limited, and not counted. */
  maxPerDay: number | null;
  /** Limit of the number's unanswered calls on that day; null if they are not limited. */
  maxTriesPerDay: number | null;
  /**
   * The request after whose call the number is taken again, during its cool-down, which nobody else may shorten; only if nobody has
   * held the number since. Omitted for a visitor's own request.
   */
  after?: string;
}

const key = (phone: string) => ({ guardId: `phone#${phone}` });

/** Retries of a lost race; after that the number counts as held. */
const ROUNDS = 3;

const DAY_MS = 24 * 60 * 60_000;
/** Longer than the rest of the day, as the item also has that day's count. */
const KEPT_MS = 2 * DAY_MS;
/** Requests of the day before may still be in progress, but none of these days. By then the item has usually expired. */
const FORGOTTEN_DAYS = [2, 3, 4];

/** The attribute that counts the unanswered calls of a day. */
const triesOf = (day: string): string => `tries ${day}`;

const daysBefore = (day: string, days: number): string =>
  new Date(Date.parse(day) - days * DAY_MS).toISOString().slice(0, 10);

/** The item was not written with more knowledge of the call's contacts. */
const NOT_LATER = '(attribute_not_exists(seen) OR seen <= :version)';

/**
 * Phone leases as items `phone#+81…` of the guards table, each with two sets of requests per day: calls and unanswered tries. A lease
 * that was taken over keeps the previous holder and the end of its cool-down: `formerId` and `formerUntil`.
 */
export function dynamoPhoneLeases(TableName: string, documents: Documents): PhoneLeases {
  /** Writes a request's lease on a condition, which may use `:now`. `also` has further changes. */
  function write(
    phone: string,
    lease: { requestId: string; until: Date; coolingDown: boolean },
    ConditionExpression: string,
    values: Record<string, unknown> = {},
    also: { update: string; names: Record<string, string>; until?: string } = { update: '', names: {} },
  ): Promise<boolean> {
    return unlessRefused(() =>
      documents.send(
        new UpdateCommand({
          TableName,
          Key: key(phone),
          UpdateExpression: `SET requestId = :me, #until = ${also.until ?? ':until'}, coolingDown = :cooling, expiresAt = :ttl ${also.update}`,
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

  /** Counts a request among the calls of a day, as parts of `write`. */
  function counting(requestId: string, { day, maxPerDay, maxTriesPerDay }: Hold) {
    const forgotten = FORGOTTEN_DAYS.flatMap((days, index) => {
      const before = daysBefore(day, days);
      return [[`#d${index}`, before] as const, [`#t${index}`, triesOf(before)] as const];
    });
    const counts = maxPerDay !== null;
    const isRoom = (set: string, max: string, most: number) =>
      `(${most > 0 ? `attribute_not_exists(${set}) OR ` : ''}contains(${set}, :id) OR size(${set}) < ${max})`;
    const conditions = [
      ...(maxPerDay === null ? [] : [isRoom('#day', ':max', maxPerDay)]),
      ...(maxTriesPerDay === null ? [] : [isRoom('#tries', ':maxTries', maxTriesPerDay)]),
    ];
    return {
      conditions,
      values: {
        ...(conditions.length > 0 && { ':id': shortId(requestId) }),
        ...(maxPerDay !== null && { ':max': maxPerDay, ':ids': new Set([shortId(requestId)]) }),
        ...(maxTriesPerDay !== null && { ':maxTries': maxTriesPerDay }),
      },
      also: {
        update: `${counts ? ' ADD #day :ids' : ''} REMOVE ${[...forgotten.map(([name]) => name), 'seen'].join(', ')}`,
        names: {
          ...(counts && { '#day': day }),
          ...(maxTriesPerDay !== null && { '#tries': triesOf(day) }),
          ...Object.fromEntries(forgotten),
        },
      },
    };
  }

  return {
    async hold(phone, requestId, hold) {
      const { until, now, after } = hold;
      const lease = { requestId, until, coolingDown: false };
      const isMine = '(requestId = :me AND coolingDown = :cooling)';
      const { conditions, values, also } = counting(requestId, hold);
      const take = (from: string, extra: Record<string, unknown>, update: string) =>
        write(phone, lease, [from, ...conditions].join(' AND '), { ...extra, ...values }, { ...also, update });
      const takeNew = () =>
        take(
          `(attribute_not_exists(requestId) OR #until <= :now OR ${isMine})`,
          { ':now': now.getTime() },
          `${also.update}, formerId, formerUntil`,
        );
      const takeOver = () =>
        take(
          '(requestId = :after AND (coolingDown = :over OR #until <= :now))',
          { ':now': now.getTime(), ':after': after, ':over': true },
          `, formerId = :after, formerUntil = #until${also.update}`,
        );
      for (let round = 0; round < ROUNDS; round += 1) {
        if (after === undefined ? await takeNew() : (await takeOver()) || (await take(isMine, {}, also.update)))
          return 'held';
        const found = await read(phone);
        const isHeld = found?.requestId !== undefined && Number(found.until) > now.getTime();
        if (after !== undefined && found?.requestId !== after && found?.requestId !== requestId) {
          return isHeld && found.coolingDown !== true ? 'live_request' : 'another_since';
        }
        if (isHeld && found.coolingDown === true) return 'cool_down';
        if (isHeld && found.requestId !== requestId) return 'live_request';
        const usedUp = whatIsUsedUp(found, requestId, hold);
        if (usedUp) return usedUp;
        // The obstacle is gone by now, so it is not a reason either.
      }
      return 'live_request';
    },

    async holder(phone, now) {
      const { requestId, until, coolingDown } = (await read(phone)) ?? {};
      if (requestId === undefined || Number(until) <= now.getTime()) return undefined;
      return { requestId: String(requestId), until: new Date(Number(until)), coolingDown: coolingDown === true };
    },

    extend: (phone, requestId, until) =>
      write(phone, { requestId, until, coolingDown: false }, 'requestId = :me AND coolingDown = :cooling'),

    async callGoesOn(phone, requestId, until, version) {
      await write(
        phone,
        { requestId, until, coolingDown: false },
        `(attribute_not_exists(requestId) OR requestId = :me) AND ${NOT_LATER}`,
        { ':version': version },
        { update: ', seen = :version', names: {} },
      );
    },

    async callIsOver(phone, requestId, until, { day, neverAnswered, version }) {
      const [into, outOf] = neverAnswered ? ['#tries', '#day'] : ['#day', '#tries'];
      const endAt = (end: ':until' | 'formerUntil', condition: string) =>
        write(
          phone,
          { requestId, until, coolingDown: true },
          `(attribute_not_exists(requestId) OR requestId = :me) AND ${NOT_LATER} AND ${condition}`,
          { ':version': version, ':ids': new Set([shortId(requestId)]) },
          {
            update: `, seen = :version ADD ${into} :ids DELETE ${outOf} :ids`,
            names: { '#day': day, '#tries': triesOf(day) },
            until: end,
          },
        );
      if (await endAt(':until', '(attribute_not_exists(formerUntil) OR formerUntil <= :until)')) return;
      // The rest of the previous cool-down is longer than this one's own.
      await endAt('formerUntil', 'formerUntil > :until');
    },

    async release(phone, requestId, day) {
      const ids = new Set([shortId(requestId)]);
      const wasMine = await unlessRefused(() =>
        documents.send(
          new UpdateCommand({
            TableName,
            Key: key(phone),
            UpdateExpression: 'REMOVE requestId, #until, coolingDown, seen DELETE #day :ids',
            ConditionExpression: 'requestId = :me AND attribute_not_exists(formerId)',
            ExpressionAttributeNames: { '#until': 'until', '#day': day },
            ExpressionAttributeValues: { ':me': requestId, ':ids': ids },
          }),
        ),
      );
      if (wasMine) return;
      const found = await read(phone);
      if (found?.requestId === requestId && (await putBack())) return;
      if (!idsOf(found, day).has(shortId(requestId))) return;
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

      function putBack(): Promise<boolean> {
        return unlessRefused(() =>
          documents.send(
            new UpdateCommand({
              TableName,
              Key: key(phone),
              UpdateExpression:
                'SET requestId = formerId, #until = formerUntil, coolingDown = :over REMOVE formerId, formerUntil, seen DELETE #day :ids',
              ConditionExpression: 'requestId = :me AND attribute_exists(formerId)',
              ExpressionAttributeNames: { '#until': 'until', '#day': day },
              ExpressionAttributeValues: { ':me': requestId, ':over': true, ':ids': ids },
            }),
          ),
        );
      }
    },
  };
}

type Item = Readonly<Record<string, unknown>> | undefined;

const idsOf = (item: Item, day: string): ReadonlySet<unknown> => {
  const ids = item?.[day];
  return ids instanceof Set ? ids : new Set();
};

function whatIsUsedUp(item: Item, requestId: string, { day, maxPerDay, maxTriesPerDay }: Hold): UsedUp | undefined {
  const isFull = (set: string, max: number | null) => {
    const ids = idsOf(item, set);
    return max !== null && ids.size >= max && !ids.has(shortId(requestId));
  };
  if (isFull(day, maxPerDay)) return 'calls_used_up';
  return isFull(triesOf(day), maxTriesPerDay) ? 'tries_used_up' : undefined;
}
