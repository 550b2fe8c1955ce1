import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { type Documents, type Item, ttl, unlessRefused } from '../dynamodb.ts';

/**
 * Whether Amazon Connect refuses the stage's ring time-out. Valid for a day, after which the service may accept it.
 */
export interface RingTimeoutRefusals {
  /**
   * Notes for a minute that the ring time-out may be what was refused. In a busy row there is no immediate turn to try without it, and
   * other calls need not be refused meanwhile.
   */
  suspect(seconds: number, now: Date): Promise<void>;
  /** @param seconds the ring time-out; a different one is tried again */
  remember(seconds: number, now: Date): Promise<void>;
}

const REMEMBERED_MS = 24 * 60 * 60_000;
const SUSPECTED_MS = 60_000;

export const ringTimeoutKey = (seconds: number) => ({ guardId: `ring-timeout#${seconds}` });

/** Whether the refusal is still valid, as DynamoDB deletes late. */
export const refusalStands = (item: Item | undefined, now: Date): boolean => Number(item?.until ?? 0) > now.getTime();

/** Refusals as items `ring-timeout#25` of the guards table. */
export function dynamoRingTimeoutRefusals(TableName: string, documents: Documents): RingTimeoutRefusals {
  async function write(seconds: number, until: number): Promise<void> {
    await unlessRefused(() =>
      documents.send(
        new UpdateCommand({
          TableName,
          Key: ringTimeoutKey(seconds),
          UpdateExpression: 'SET #until = :until, expiresAt = :ttl',
          // A suspicion does not overwrite a known refusal.
          ConditionExpression: 'attribute_not_exists(#until) OR #until < :until',
          ExpressionAttributeNames: { '#until': 'until' },
          ExpressionAttributeValues: { ':until': until, ':ttl': ttl(until) },
        }),
      ),
    );
  }

  return {
    suspect: (seconds, now) => write(seconds, now.getTime() + SUSPECTED_MS),
    remember: (seconds, now) => write(seconds, now.getTime() + REMEMBERED_MS),
  };
}
