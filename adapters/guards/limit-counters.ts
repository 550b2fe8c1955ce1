import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { type Documents, ttl, unlessRefused } from '../dynamodb.ts';

/**
 * Upper bounds by request. A limit keeps the ids it has counted, so that a repeated attempt counts once and giving back
 * is safe to repeat.
 *
 * Fails closed: while the table does not answer, nobody is called.
 */
export interface LimitCounters {
  /** Counts the request. False where the limit is used up by others. */
  count(limitId: string, requestId: string, max: number, expiresAt: Date): Promise<boolean>;
  giveBack(limitId: string, requestId: string): Promise<void>;
}

const key = (limitId: string) => ({ guardId: `limit#${limitId}` });

/** Limits as items `limit#…` of the guards table, each with the set of request ids it has counted. */
export function dynamoLimitCounters(TableName: string, documents: Documents): LimitCounters {
  return {
    count: async (limitId, requestId, max, expiresAt) =>
      // The condition alone would let the first one through.
      max > 0 &&
      unlessRefused(() =>
        documents.send(
          new UpdateCommand({
            TableName,
            Key: key(limitId),
            UpdateExpression: 'ADD requests :me SET expiresAt = :ttl',
            ConditionExpression: 'attribute_not_exists(requests) OR contains(requests, :id) OR size(requests) < :max',
            ExpressionAttributeValues: {
              ':me': new Set([requestId]),
              ':id': requestId,
              ':max': max,
              ':ttl': ttl(expiresAt),
            },
          }),
        ),
      ),

    async giveBack(limitId, requestId) {
      await unlessRefused(() =>
        documents.send(
          new UpdateCommand({
            TableName,
            Key: key(limitId),
            UpdateExpression: 'DELETE requests :me',
            ConditionExpression: 'attribute_exists(guardId)',
            ExpressionAttributeValues: { ':me': new Set([requestId]) },
          }),
        ),
      );
    },
  };
}
