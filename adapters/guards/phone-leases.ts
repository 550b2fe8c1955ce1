import { DeleteCommand, GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { type Documents, ttl, unlessRefused } from '../dynamodb.ts';

/**
 * One telephone number has one live request. The lease is held from the claim, becomes a cool-down right before the
 * phone may ring, and is given back when it is certain that it did not.
 *
 * Fails closed: while the table does not answer, nobody is called.
 */
export interface PhoneLeases {
  /** Takes the number for a request, or extends what the request has; otherwise tells why it is not free. */
  hold(phone: string, requestId: string, until: Date, now: Date): Promise<'held' | 'live_request' | 'cool_down'>;
  /** Turns the request's lease into a cool-down. False where the number is another request's by now. */
  coolDown(phone: string, requestId: string, until: Date): Promise<boolean>;
  /** Gives the number back, if the request has it. */
  release(phone: string, requestId: string): Promise<void>;
}

const key = (phone: string) => ({ guardId: `phone#${phone}` });

/** Phone leases as items `phone#+81…` of the guards table. */
export function dynamoPhoneLeases(TableName: string, documents: Documents): PhoneLeases {
  return {
    async hold(phone, requestId, until, now) {
      const held = await unlessRefused(() =>
        documents.send(
          new UpdateCommand({
            TableName,
            Key: key(phone),
            UpdateExpression: 'SET requestId = :me, #until = :until, coolingDown = :no, expiresAt = :ttl',
            ConditionExpression:
              'attribute_not_exists(guardId) OR #until <= :now OR (requestId = :me AND coolingDown = :no)',
            ExpressionAttributeNames: { '#until': 'until' },
            ExpressionAttributeValues: {
              ':me': requestId,
              ':until': until.getTime(),
              ':now': now.getTime(),
              ':no': false,
              ':ttl': ttl(until),
            },
          }),
        ),
      );
      if (held) return 'held';
      const { Item } = await documents.send(new GetCommand({ TableName, Key: key(phone), ConsistentRead: true }));
      return Item?.coolingDown === true ? 'cool_down' : 'live_request';
    },

    coolDown: (phone, requestId, until) =>
      unlessRefused(() =>
        documents.send(
          new UpdateCommand({
            TableName,
            Key: key(phone),
            UpdateExpression: 'SET requestId = :me, #until = :until, coolingDown = :yes, expiresAt = :ttl',
            ConditionExpression: 'attribute_not_exists(guardId) OR requestId = :me',
            ExpressionAttributeNames: { '#until': 'until' },
            ExpressionAttributeValues: {
              ':me': requestId,
              ':until': until.getTime(),
              ':yes': true,
              ':ttl': ttl(until),
            },
          }),
        ),
      ),

    async release(phone, requestId) {
      await unlessRefused(() =>
        documents.send(
          new DeleteCommand({
            TableName,
            Key: key(phone),
            ConditionExpression: 'requestId = :me',
            ExpressionAttributeValues: { ':me': requestId },
          }),
        ),
      );
    },
  };
}
