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
  /** Extends what the request has. False where it has nothing. */
  extend(phone: string, requestId: string, until: Date): Promise<boolean>;
  /** Turns the request's lease into a cool-down. False where the number is another request's by now. */
  coolDown(phone: string, requestId: string, until: Date): Promise<boolean>;
  /** Gives the number back, if the request has it. */
  release(phone: string, requestId: string): Promise<void>;
}

const key = (phone: string) => ({ guardId: `phone#${phone}` });

/** Races with others are tried again so often; then the number counts as held. */
const ROUNDS = 3;

/** Phone leases as items `phone#+81…` of the guards table. */
export function dynamoPhoneLeases(TableName: string, documents: Documents): PhoneLeases {
  /** Writes a request's lease on a condition, which may use `:now`. */
  function write(
    phone: string,
    lease: { requestId: string; until: Date; coolingDown: boolean },
    ConditionExpression: string,
    values: Record<string, unknown> = {},
  ): Promise<boolean> {
    return unlessRefused(() =>
      documents.send(
        new UpdateCommand({
          TableName,
          Key: key(phone),
          UpdateExpression: 'SET requestId = :me, #until = :until, coolingDown = :cooling, expiresAt = :ttl',
          ConditionExpression,
          ExpressionAttributeNames: { '#until': 'until' },
          ExpressionAttributeValues: {
            ':me': lease.requestId,
            ':until': lease.until.getTime(),
            ':cooling': lease.coolingDown,
            ':ttl': ttl(lease.until),
            ...values,
          },
        }),
      ),
    );
  }

  return {
    async hold(phone, requestId, until, now) {
      const lease = { requestId, until, coolingDown: false };
      const free = 'attribute_not_exists(guardId) OR #until <= :now OR (requestId = :me AND coolingDown = :cooling)';
      for (let round = 0; round < ROUNDS; round += 1) {
        if (await write(phone, lease, free, { ':now': now.getTime() })) return 'held';
        const { Item } = await documents.send(new GetCommand({ TableName, Key: key(phone), ConsistentRead: true }));
        // What stood in the way may be gone by now; then it is no reason either.
        if (Item && Number(Item.until) > now.getTime()) return Item.coolingDown === true ? 'cool_down' : 'live_request';
      }
      return 'live_request';
    },

    extend: (phone, requestId, until) =>
      write(phone, { requestId, until, coolingDown: false }, 'requestId = :me AND coolingDown = :cooling'),

    coolDown: (phone, requestId, until) =>
      write(phone, { requestId, until, coolingDown: true }, 'attribute_not_exists(guardId) OR requestId = :me'),

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
