import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { GetCommand, UpdateCommand, type UpdateCommandInput } from '@aws-sdk/lib-dynamodb';
import { type Documents, ttl } from '../dynamodb.ts';
import type { ReadingClock } from './shared-readings.ts';
import { shortId } from './short-id.ts';

/**
 * Limits that count requests: exact, and each request counts once however often it comes. Giving back is safe to repeat.
 *
 * Fails closed: while the table does not answer, nobody is called.
 */
export interface LimitCounters {
  /**
   * Counts the request. False if others have used up the limit.
   *
   * @param seen its count a moment ago: if that leaves no room, the request is refused without a write
   */
  count(limitId: string, requestId: string, max: number, expiresAt: Date, seen?: number): Promise<boolean>;
  giveBack(limitId: string, requestId: string): Promise<void>;
}

/**
 * How many items share the requests of a limit. At 5,000 requests each stays below 1 KB, the size of one write unit, and so does the
 * total, which has an attribute for each. The number is part of the data format, as it determines the shard of a request.
 */
const SHARDS = 128;

/** Retries of a lost race; after that it is an error. */
const ROUNDS = 8;
/** Most by which the pauses between rounds grow. */
const PAUSE_MS = 100;
const BUSY = 'the limit was changed by too many at once';

/**
 * The state of a shard is one number: how often it changed, times `CHANGE`, plus how many requests it holds. A later tally is
 * greater, and equal tallies are the same state of the shard.
 */
const CHANGE = 10_000;
const CAME = CHANGE + 1;
const WENT = CHANGE - 1;
const heldAt = (tally: number): number => tally % CHANGE;

/** Where a request is counted. */
interface Place {
  limitId: string;
  shard: string;
  /** The request's attribute in the item of the shard; its value is the shard's tally on arrival. */
  me: string;
}

/** A tally of a shard that the total must include. */
interface Step {
  to: number;
  max: number;
  /** Epoch seconds. */
  expiresAt: number;
}

/** The key of a limit's total in the guards table. Version 0.1.0 kept every request of the limit in `limit#…` itself. */
export const limitKey = (limitId: string) => ({ guardId: `limit#${limitId}#total` });

/** The count of a limit, from the item of its total. */
export const countedIn = (total: Readonly<Record<string, unknown>> | undefined): number => Number(total?.counted ?? 0);

function placeOf(limitId: string, requestId: string): Place {
  const me = shortId(requestId);
  return { limitId, me, shard: ((Buffer.from(me, 'base64url')[0] ?? 0) % SHARDS).toString(36) };
}

const shardKey = ({ limitId, shard }: Place) => ({ guardId: `limit#${limitId}#${shard}` });

/**
 * Limits in the guards table, each in two levels. Items `limit#…#<shard>` hold the requests; the item `limit#…#total` holds the total
 * count and the tally of each shard that it includes. A request writes into its shard, then brings the total up to the shard's
 * tally at that time, on the condition that there is room for everybody who came into the shard since the tally in the total. Both
 * writes may be repeated by anybody, even late: the first leaves in the shard what the second needs, and the second is refused if
 * the total already includes that tally or a later one, in which case the request is counted.
 */
export function dynamoLimitCounters(TableName: string, documents: Documents, clock: ReadingClock): LimitCounters {
  async function read(Key: Record<string, string>) {
    const { Item } = await documents.send(new GetCommand({ TableName, Key, ConsistentRead: true }));
    return Item;
  }

  /** The item after a conditional write; undefined if its condition did not hold. */
  async function write(input: Omit<UpdateCommandInput, 'TableName'>) {
    try {
      const { Attributes } = await documents.send(new UpdateCommand({ TableName, ...input }));
      return Attributes ?? {};
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return undefined;
      throw error;
    }
  }

  const enterShard = (place: Place, expiresAt: number) =>
    write({
      Key: shardKey(place),
      UpdateExpression: 'SET #me = if_not_exists(tally, :none) + :came, expiresAt = :ttl ADD tally :came',
      ConditionExpression: 'attribute_not_exists(#me)',
      ExpressionAttributeNames: { '#me': place.me },
      ExpressionAttributeValues: { ':none': 0, ':came': CAME, ':ttl': expiresAt },
      ReturnValues: 'ALL_NEW',
    });

  const leaveShard = (place: Place) =>
    write({
      Key: shardKey(place),
      UpdateExpression: 'REMOVE #me ADD tally :went',
      ConditionExpression: 'attribute_exists(#me)',
      ExpressionAttributeNames: { '#me': place.me },
      ExpressionAttributeValues: { ':went': WENT },
      ReturnValues: 'ALL_NEW',
    });

  /** Brings the total from one tally of a shard to a later one. False if it has a different one, or no room. */
  async function writeTotal({ limitId, shard }: Place, from: number, { to, max, expiresAt }: Step) {
    const more = heldAt(to) - heldAt(from);
    // The condition would admit the first ones.
    if (more > 0 && more > max) return false;
    const isThere = from === 0 ? 'attribute_not_exists(#shard)' : '#shard = :from';
    const hasRoom = more > 0 ? ' AND (attribute_not_exists(counted) OR counted <= :room)' : '';
    const written = await write({
      Key: limitKey(limitId),
      UpdateExpression: 'SET #shard = :to, allowed = :max, expiresAt = :ttl ADD counted :more',
      ConditionExpression: isThere + hasRoom,
      ExpressionAttributeNames: { '#shard': shard },
      ExpressionAttributeValues: {
        ':to': to,
        ':more': more,
        ':max': max,
        ':ttl': expiresAt,
        ...(from !== 0 && { ':from': from }),
        ...(more > 0 && { ':room': max - more }),
      },
    });
    return written !== undefined;
  }

  /** The request came into its shard at `to`. @param from the tally assumed in the total, if it was not read */
  async function bringUp(place: Place, step: Step, from?: number): Promise<boolean> {
    if (from !== undefined && (await writeTotal(place, from, step))) return true;
    for (let round = 0; round < ROUNDS; round += 1) {
      const total = await read(limitKey(place.limitId));
      const known = Number(total?.[place.shard] ?? 0);
      if (known >= step.to) return true;
      if (countedIn(total) + heldAt(step.to) - heldAt(known) > step.max) return false;
      if (await writeTotal(place, known, step)) return true;
      await rest(round);
    }
    throw new Error(BUSY);
  }

  /**
   * The request that came into its shard at `mine` has left it. If others have come for whom there is no room, bringing the total up
   * would admit them: this waits until they have found that out, unless the total never included this request.
   */
  async function bringDown(place: Place, { tally, expiresAt }: Record<string, unknown>, mine: number): Promise<void> {
    for (let round = 0; round < ROUNDS; round += 1) {
      const total = await read(limitKey(place.limitId));
      const known = Number(total?.[place.shard] ?? 0);
      const step = { to: Number(tally), max: Number(total?.allowed ?? 0), expiresAt: Number(expiresAt) };
      if (known >= step.to || (await writeTotal(place, known, step))) return;
      if (known < mine && heldAt(step.to) > heldAt(known)) return;
      await rest(round);
    }
    throw new Error(BUSY);
  }

  const rest = (round: number) => clock.pause(Math.random() * PAUSE_MS * (round + 1));

  async function leave(place: Place, mine: number): Promise<void> {
    const shard = (await leaveShard(place)) ?? (await read(shardKey(place)));
    if (shard) await bringDown(place, shard, mine);
  }

  return {
    async count(limitId, requestId, max, expiresAt, seen = 0) {
      if (max <= 0) return false;
      const place = placeOf(limitId, requestId);
      if (seen >= max && (await read(shardKey(place)))?.[place.me] === undefined) return false;
      const entered = await enterShard(place, ttl(expiresAt));
      const tally = (entered ?? (await read(shardKey(place))))?.[place.me];
      // Given back while being counted, so it is over.
      if (tally === undefined) return false;
      const step = { to: Number(tally), max, expiresAt: ttl(expiresAt) };
      if (await bringUp(place, step, entered && step.to - CAME)) return true;
      await leave(place, step.to);
      return false;
    },

    async giveBack(limitId, requestId) {
      const place = placeOf(limitId, requestId);
      // Usually it was never counted, and reading is cheaper.
      const [shard, total] = await Promise.all([read(shardKey(place)), read(limitKey(limitId))]);
      if (!shard) return;
      const known = Number(total?.[place.shard] ?? 0);
      if (shard[place.me] !== undefined) await leave(place, Number(shard[place.me]));
      // Whoever removed it may not have updated the total.
      else if (heldAt(known) > heldAt(Number(shard.tally))) await bringDown(place, shard, 0);
    },
  };
}
