import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { type Documents, type Item, ttl } from '../dynamodb.ts';

/**
 * Whether Amazon Connect refuses the stage's ring time-out. It holds for a day: then the service may have learned to take it.
 */
export interface RingTimeoutRefusals {
  /** @param seconds the ring time-out; another one is tried anew */
  remember(seconds: number, now: Date): Promise<void>;
}

const REMEMBERED_MS = 24 * 60 * 60_000;

export const ringTimeoutKey = (seconds: number) => ({ guardId: `ring-timeout#${seconds}` });

/** Does the refusal that was read still stand? DynamoDB deletes late. */
export const refusalStands = (item: Item | undefined, now: Date): boolean => Number(item?.until ?? 0) > now.getTime();

/** Refusals as items `ring-timeout#25` of the guards table. */
export function dynamoRingTimeoutRefusals(TableName: string, documents: Documents): RingTimeoutRefusals {
  return {
    async remember(seconds, now) {
      const until = now.getTime() + REMEMBERED_MS;
      await documents.send(
        new UpdateCommand({
          TableName,
          Key: ringTimeoutKey(seconds),
          UpdateExpression: 'SET #until = :until, expiresAt = :ttl',
          ExpressionAttributeNames: { '#until': 'until' },
          ExpressionAttributeValues: { ':until': until, ':ttl': ttl(until) },
        }),
      );
    },
  };
}
