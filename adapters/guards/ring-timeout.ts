import { GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { type Documents, ttl } from '../dynamodb.ts';

/**
 * Whether Amazon Connect refuses the stage's ring time-out. It holds for a day: then the service may have learned to take it.
 *
 * Keeps nobody from being called. While the table does not answer, the caller leaves the ring time-out out: the phone then
 * rings longer than the stage wants, but no request is refused.
 */
export interface RingTimeoutRefusals {
  /** @param seconds the ring time-out; another one is tried anew */
  stands(seconds: number, now: Date): Promise<boolean>;
  remember(seconds: number, now: Date): Promise<void>;
}

const REMEMBERED_MS = 24 * 60 * 60_000;

const key = (seconds: number) => ({ guardId: `ring-timeout#${seconds}` });

/** Refusals as items `ring-timeout#25` of the guards table. */
export function dynamoRingTimeoutRefusals(TableName: string, documents: Documents): RingTimeoutRefusals {
  return {
    async stands(seconds, now) {
      const { Item } = await documents.send(new GetCommand({ TableName, Key: key(seconds), ConsistentRead: true }));
      // DynamoDB deletes late.
      return typeof Item?.until === 'number' && Item.until > now.getTime();
    },

    async remember(seconds, now) {
      const until = now.getTime() + REMEMBERED_MS;
      await documents.send(
        new UpdateCommand({
          TableName,
          Key: key(seconds),
          UpdateExpression: 'SET #until = :until, expiresAt = :ttl',
          ExpressionAttributeNames: { '#until': 'until' },
          ExpressionAttributeValues: { ':until': until, ':ttl': ttl(until) },
        }),
      );
    },
  };
}
