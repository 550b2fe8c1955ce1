import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { type Documents, ttl, unlessRefused } from '../dynamodb.ts';

/**
 * Nonces of signed requests, each valid for one request.
 *
 * Fails closed: while the table does not answer, nobody is called.
 */
export interface Nonces {
  /** Uses up the nonce for a request. False if another request has used it. */
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
            // A day longer than the token, so that a skewed clock cannot make DynamoDB delete it too early.
            Item: { guardId: `nonce#${nonce}`, requestId, expiresAt: ttl(expiresAt.getTime() + 24 * 60 * 60_000) },
            ConditionExpression: 'attribute_not_exists(guardId) OR requestId = :me',
            ExpressionAttributeValues: { ':me': requestId },
          }),
        ),
      ),
  };
}
