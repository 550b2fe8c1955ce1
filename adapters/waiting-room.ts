import { DeleteCommand, PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { type Documents, ttl, unlessRefused } from './dynamodb.ts';

/** A request waiting for an agent, with the task token of its execution. */
export interface Waiter {
  queueId: string;
  /** Its place in the queue's line: the smaller came first. */
  place: string;
  requestId: string;
  token: string;
  /** ISO 8601. */
  deadlineAt: string;
  /** Not served before this moment, so that a night's requests can line up first. ISO 8601. */
  notBefore?: string;
}

/** Waiting requests, one line per queue, first come first served. */
export interface WaitingRoom {
  /** Enters the line; entering again replaces the token. */
  enter(waiter: Waiter): Promise<void>;
  /**
   * Leaves the line, if it is in it.
   * @param token leaves only if the execution still waits for this token, as a repeated state has another one
   */
  leave(queueId: string, place: string, token?: string): Promise<void>;
  /** The next in the queue's line, in order. @param after the last place seen */
  nextInLine(queueId: string, count: number, after?: string): Promise<Waiter[]>;
  /** Length of the queue's line. Reads all of it. */
  lengthOf(queueId: string): Promise<number>;
}

/** A request's place: by when the path received it, or by the time of its appointment. */
export const placeOf = ({
  receivedAt,
  callAt = receivedAt,
  requestId,
}: {
  receivedAt: string;
  callAt?: string | undefined;
  requestId: string;
}): string => `${callAt}#${requestId}`;

/** Since when a request waits for an agent, which it does not before a night's requests have lined up. Epoch milliseconds. */
export const cameAt = ({ place, notBefore }: Pick<Waiter, 'place' | 'notBefore'>): number =>
  Math.max(Date.parse(place.slice(0, place.indexOf('#'))), notBefore === undefined ? 0 : Date.parse(notBefore));

/** Whether one request comes before another, in DynamoDB's order. */
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
