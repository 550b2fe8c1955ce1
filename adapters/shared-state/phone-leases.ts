import { GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { type Documents, ttl, unlessRefused } from '../dynamodb.ts';
import { shortId } from './short-id.ts';

/**
 * One telephone number has one live request, and so many calls a day. It is held from the claim until the call is over, cools
 * down from then on, and is given back where it is certain that no phone rang.
 *
 * Fails closed: while the table does not answer, nobody is called.
 */
export interface PhoneLeases {
  /**
   * Takes the number for a request and counts it among the number's calls of the day, or extends what the request has;
   * otherwise tells why not, and takes nothing.
   */
  hold(
    phone: string,
    requestId: string,
    hold: Hold,
  ): Promise<'held' | 'live_request' | 'cool_down' | 'another_since' | UsedUp>;
  /** Whose the number is, until when, and whether its call is over; undefined where nobody has it. */
  holder(phone: string, now: Date): Promise<Holder | undefined>;
  /** Extends what the request has. False where it has nothing. */
  extend(phone: string, requestId: string, until: Date): Promise<boolean>;
  /**
   * The request's call goes on: the number is its own until then. Also where the call was thought to be over, unless another
   * request has the number by now, or more is known of the call.
   *
   * @param version of what is known of the call's contacts
   */
  callGoesOn(phone: string, requestId: string, until: Date, version: number): Promise<void>;
  /**
   * The request's call is over: nobody else calls the number until then. A call that nobody answered is counted among the
   * tries of its day, and not among the calls. Nothing where more is known of the call.
   */
  callIsOver(phone: string, requestId: string, until: Date, call: EndedCall): Promise<void>;
  /**
   * Gives the number back, if the request has it, and its count among the calls of a day, no matter who has the number. What was taken
   * over goes back to the request before: its number cools down as if nobody had taken it.
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
  /** Of what is known of the call's contacts. */
  version: number;
}

interface Hold {
  until: Date;
  now: Date;
  /** The calendar day on which it counts, `2026-11-22`. */
  day: string;
  /** Calls of the number on that day; null where they are not limited, and not counted. */
  maxPerDay: number | null;
  /** Calls of the number on that day that nobody answered; null where they are not limited. */
  maxTriesPerDay: number | null;
  /**
   * The request after whose call the number is taken once more, with its cool-down, which nobody else may shorten: only where
   * nobody had the number since. Left out for a request that comes by itself.
   */
  after?: string;
}

const key = (phone: string) => ({ guardId: `phone#${phone}` });

/** Races with others are tried again so often; then the number counts as held. */
const ROUNDS = 3;

const DAY_MS = 24 * 60 * 60_000;
/** Longer than the day of a request that is held now has left: the item holds that day's count, too. */
const KEPT_MS = 2 * DAY_MS;
/** A request of the day before may still be under way; of these days none is. By then the item mostly has expired. */
const FORGOTTEN_DAYS = [2, 3, 4];

/** The attribute that counts the calls of a day that nobody answered. */
const triesOf = (day: string): string => `tries ${day}`;

const daysBefore = (day: string, days: number): string =>
  new Date(Date.parse(day) - days * DAY_MS).toISOString().slice(0, 10);

/** Of the call's contacts no more is known than here. */
const NOT_LATER = '(attribute_not_exists(seen) OR seen <= :version)';

/**
 * Phone leases as items `phone#+81…` of the guards table, each with two sets of requests by day: calls and vain tries. One that was
 * taken over keeps whose it was, and until when that one's number cools down: `formerId` and `formerUntil`.
 */
export function dynamoPhoneLeases(TableName: string, documents: Documents): PhoneLeases {
  /** Writes a request's lease on a condition, which may use `:now`. `also` is what is written besides. */
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

  /** A request's count among the calls of a day, as parts of `write`. */
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
        // What stood in the way is gone by now; then it is no reason either.
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
      // What is left of the cool-down before is longer than this one's own.
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
