import { DeleteCommand, PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { type Documents, ttl, unlessRefused } from './dynamodb.ts';

/** One request that waits for an agent, with the task token its execution waits on. */
export interface Waiter {
  queueId: string;
  /** Its place in the queue's line: smaller came first. */
  place: string;
  requestId: string;
  token: string;
  /** ISO 8601. */
  deadlineAt: string;
  /** Not served before: the line of a night gathers first. ISO 8601. */
  notBefore?: string;
}

/** Those who wait, one line per queue, first come first served. */
export interface WaitingRoom {
  /** Enters the line; entering again replaces the token. */
  enter(waiter: Waiter): Promise<void>;
  /**
   * Leaves the line, if it is in it.
   * @param token leaves only where the execution still waits on this one: a state that is repeated has another
   */
  leave(queueId: string, place: string, token?: string): Promise<void>;
  /** The next of the queue's line, the first of them first. @param after the last place that was seen */
  nextInLine(queueId: string, count: number, after?: string): Promise<Waiter[]>;
  /** How many are in the queue's line. Reads all of it. */
  lengthOf(queueId: string): Promise<number>;
}

/** A request's place: by when the path received it, or by the time for which it was promised a call. */
export const placeOf = ({
  receivedAt,
  callAt = receivedAt,
  requestId,
}: {
  receivedAt: string;
  callAt?: string | undefined;
  requestId: string;
}): string => `${callAt}#${requestId}`;

/** Since when somebody waits for an agent, whom nobody serves before the line of a night has gathered. Epoch milliseconds. */
export const cameAt = ({ place, notBefore }: Pick<Waiter, 'place' | 'notBefore'>): number =>
  Math.max(Date.parse(place.slice(0, place.indexOf('#'))), notBefore === undefined ? 0 : Date.parse(notBefore));

/** Did somebody come before somebody else? In the order in which DynamoDB keeps them. */
export const cameBefore = (place: string, other: string): boolean => place < other;

/** The waiting room in DynamoDB. */
export function dynamoWaitingRoom(TableName: string, documents: Documents): WaitingRoom {
  return {
    async enter(waiter) {
      await documents.send(
        new PutCommand({ TableName, Item: { ...waiter, expiresAt: ttl(Date.parse(waiter.deadlineAt) + 60 * 60_000) } }),
      );
    },

    async leave(queueId, place, token) {
      await unlessRefused(() =>
        documents.send(
          new DeleteCommand({
            TableName,
            Key: { queueId, place },
            ...(token !== undefined && {
              ConditionExpression: '#token = :token',
              ExpressionAttributeNames: { '#token': 'token' },
              ExpressionAttributeValues: { ':token': token },
            }),
          }),
        ),
      );
    },

    async nextInLine(queueId, count, after) {
      const { Items = [] } = await documents.send(
        new QueryCommand({
          TableName,
          KeyConditionExpression: after === undefined ? 'queueId = :queue' : 'queueId = :queue AND place > :after',
          ExpressionAttributeValues: { ':queue': queueId, ...(after !== undefined && { ':after': after }) },
          ConsistentRead: true,
          Limit: count,
        }),
      );
      return Items.map(({ expiresAt: _, ...waiter }) => waiter as Waiter);
    },

    async lengthOf(queueId) {
      let length = 0;
      let ExclusiveStartKey: Record<string, unknown> | undefined;
      do {
        const page = await documents.send(
          new QueryCommand({
            TableName,
            KeyConditionExpression: 'queueId = :queue',
            ExpressionAttributeValues: { ':queue': queueId },
            Select: 'COUNT',
            ...(ExclusiveStartKey && { ExclusiveStartKey }),
          }),
        );
        length += page.Count ?? 0;
        ExclusiveStartKey = page.LastEvaluatedKey;
      } while (ExclusiveStartKey);
      return length;
    },
  };
}
