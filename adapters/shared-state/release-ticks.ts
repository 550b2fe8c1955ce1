import { DeleteCommand, GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { type Documents, unlessRefused } from '../dynamodb.ts';

/**
 * The chain of ticks that runs the release function while somebody waits: each tick sends the next one. The guards table stores when
 * the next tick is due, so that there is only one chain, and a broken one is noticed.
 */
export interface ReleaseTicks {
  /**
   * Makes the tick at `next` the one that is due. False if the chain is alive and a later link is due.
   * @param mine the tick that this call answers, if any
   */
  advance(mine: number | undefined, next: number, now: number): Promise<boolean>;
  /** Ends the chain, unless a later tick is due. */
  stop(mine: number): Promise<void>;
  /**
   * `none` if nobody waits, `overdue` if a link was lost, `due` if `mine` is the link that continues the chain: the stored one, or a
   * later one that was sent but could not be stored.
   */
  chain(now: number, mine?: number): Promise<'none' | 'alive' | 'overdue' | 'due'>;
  /** Allows one release at a time. False while another is running. */
  lock(owner: string, until: number, now: number): Promise<boolean>;
  unlock(owner: string): Promise<void>;
}

/** A tick that is overdue by this much was lost. */
const OVERDUE_MS = 6_000;

const TICKS = { guardId: 'release#ticks' };
const LOCK = { guardId: 'release#lock' };

/** The items `release#…` of the guards table. */
export function dynamoReleaseTicks(TableName: string, documents: Documents): ReleaseTicks {
  return {
    advance: (mine, next, now) =>
      unlessRefused(() =>
        documents.send(
          new UpdateCommand({
            TableName,
            Key: TICKS,
            UpdateExpression: 'SET dueAt = :next',
            ConditionExpression: 'attribute_not_exists(dueAt) OR dueAt < :lost OR dueAt <= :mine',
            ExpressionAttributeValues: { ':next': next, ':lost': now - OVERDUE_MS, ':mine': mine ?? 0 },
          }),
        ),
      ),

    async stop(mine) {
      await unlessRefused(() =>
        documents.send(
          new DeleteCommand({
            TableName,
            Key: TICKS,
            ConditionExpression: 'dueAt <= :mine',
            ExpressionAttributeValues: { ':mine': mine },
          }),
        ),
      );
    },

    async chain(now, mine = 0) {
      const { Item } = await documents.send(new GetCommand({ TableName, Key: TICKS, ConsistentRead: true }));
      if (typeof Item?.dueAt !== 'number') return 'none';
      if (Item.dueAt <= mine) return 'due';
      return Item.dueAt < now - OVERDUE_MS ? 'overdue' : 'alive';
    },

    lock: (owner, until, now) =>
      unlessRefused(() =>
        documents.send(
          new UpdateCommand({
            TableName,
            Key: LOCK,
            UpdateExpression: 'SET #owner = :me, lockedUntil = :until',
            ConditionExpression: 'attribute_not_exists(lockedUntil) OR lockedUntil <= :now OR #owner = :me',
            ExpressionAttributeNames: { '#owner': 'owner' },
            ExpressionAttributeValues: { ':me': owner, ':until': until, ':now': now },
          }),
        ),
      ),

    async unlock(owner) {
      await unlessRefused(() =>
        documents.send(
          new DeleteCommand({
            TableName,
            Key: LOCK,
            ConditionExpression: '#owner = :me',
            ExpressionAttributeNames: { '#owner': 'owner' },
            ExpressionAttributeValues: { ':me': owner },
          }),
        ),
      );
    },
  };
}
