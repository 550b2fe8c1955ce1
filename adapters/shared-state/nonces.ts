import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { type Documents, ttl, unlessRefused } from '../dynamodb.ts';

/**
 * Nonces of signed requests, each good for one request.
 *
 * Fails closed: while the table does not answer, nobody is called.
 */
export interface Nonces {
  /** Uses the nonce up for a request. False where another request used it. */
  use(nonce: string, requestId: string, expiresAt: Date): Promise<boolean>;
}

/** Nonces as items `nonce#…` of the guards table. */
export function dynamoNonces(TableName: string, documents: Documents): Nonces {
  return {
    use: (nonce, requestId, expiresAt) =>
      unlessRefused(() =>
        documents.send(
          new PutCommand({
            TableName,
            // A day more than the token lives: DynamoDB may delete early by a skewed clock, never too early then.
            Item: { guardId: `nonce#${nonce}`, requestId, expiresAt: ttl(expiresAt.getTime() + 24 * 60 * 60_000) },
            ConditionExpression: 'attribute_not_exists(guardId) OR requestId = :me',
            ExpressionAttributeValues: { ':me': requestId },
          }),
        ),
      ),
  };
}
