import { GetCommand, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { CallRecord } from '../domain/call-record.ts';
import { type Documents, unlessRefused } from './dynamodb.ts';

/** What a request's ending adds to its record. */
export type EndedRecord = Partial<CallRecord> &
  Required<Pick<CallRecord, 'requestId' | 'executionId' | 'outcome' | 'class' | 'reason' | 'endedAt'>>;

/** The calls table. Each write is one conditional write, safe to repeat. */
export interface CallsTable {
  /** Takes the request for this execution. False when another execution has it, or the request got further already. */
  claim(record: CallRecord): Promise<boolean>;
  /**
   * Notes that Connect is about to be asked, and returns what was known before. Undefined when the record is not this
   * execution's any more: then nobody may be called.
   */
  beginAttempt(requestId: string, executionId: string, at: string): Promise<EarlierAttempts | undefined>;
  /** Notes why the attempt failed, and whether every attempt up to now has been clearly answered. */
  failAttempt(
    requestId: string,
    executionId: string,
    failure: { lastError: string; unanswered: boolean },
  ): Promise<void>;
  /** Notes that Amazon Connect refused the stage's ring time-out, so that the call went out without it. */
  noteRingTimeoutRefused(requestId: string, executionId: string): Promise<void>;
  /** What is known of the attempts so far. */
  attempts(requestId: string): Promise<EarlierAttempts>;
  /**
   * Writes the ending, with or without a claim before it. False when the record belongs to another execution, or has
   * another ending already: an execution that was aborted may be settled while its last function still runs.
   */
  end(record: EndedRecord): Promise<boolean>;
  /** Writes the ending of an execution that can write none any more. False where there is one, or another execution's. */
  settle(record: EndedRecord): Promise<boolean>;
  /** The whole record. */
  read(requestId: string): Promise<CallRecord | undefined>;
  /** Notes that another execution was started for the same request. */
  addDuplicate(requestId: string, executionId: string): Promise<void>;
}

/** What the record says of the attempts before now. */
interface EarlierAttempts {
  /** True where one of them got no clear answer: a phone may have rung. */
  unanswered: boolean;
  /** How many there were. */
  count: number;
  /** Name of the last one's error, if it was noted. */
  lastError?: string;
}

const earlierAttempts = ({ unanswered, attempts, lastError }: Partial<CallRecord> = {}): EarlierAttempts => ({
  unanswered: unanswered === true,
  count: attempts ?? 0,
  ...(lastError !== undefined && { lastError }),
});

const OWNED = 'executionId = :executionId';

/** The calls table in DynamoDB. */
export function dynamoCallsTable(tableName: string, documents: Documents): CallsTable {
  /** @param mine the condition under which a record that exists may be ended */
  function writeEnding({ requestId, executionId, ...ended }: EndedRecord, mine: string): Promise<boolean> {
    const fields = Object.entries({ ...ended, status: 'ended' }).filter(([, value]) => value !== undefined);
    return unlessRefused(() =>
      documents.send(
        new UpdateCommand({
          TableName: tableName,
          Key: { requestId },
          UpdateExpression: `SET executionId = :executionId, attempts = if_not_exists(attempts, :zero), ${fields
            .map(([name]) => `#${name} = :${name}`)
            .join(', ')}`,
          ConditionExpression: `attribute_not_exists(requestId) OR ${mine}`,
          ExpressionAttributeNames: Object.fromEntries(fields.map(([name]) => [`#${name}`, name])),
          ExpressionAttributeValues: {
            ':executionId': executionId,
            ':zero': 0,
            ...Object.fromEntries(fields.map(([name, value]) => [`:${name}`, value])),
          },
        }),
      ),
    );
  }

  return {
    claim: (record) =>
      unlessRefused(() =>
        documents.send(
          new PutCommand({
            TableName: tableName,
            Item: record,
            // A function that outlived its execution must not take back what was recorded since.
            ConditionExpression: `attribute_not_exists(requestId) OR (${OWNED} AND #status = :claimed)`,
            ExpressionAttributeNames: { '#status': 'status' },
            ExpressionAttributeValues: { ':executionId': record.executionId, ':claimed': 'claimed' },
          }),
        ),
      ),

    async beginAttempt(requestId, executionId, at) {
      let before: EarlierAttempts | undefined;
      await unlessRefused(async function noteAttempt() {
        const { Attributes } = await documents.send(
          new UpdateCommand({
            TableName: tableName,
            Key: { requestId },
            UpdateExpression: 'SET #status = :calling, lastAttemptAt = :at, unanswered = :true ADD attempts :one',
            ConditionExpression: `${OWNED} AND #status <> :ended`,
            ExpressionAttributeNames: { '#status': 'status' },
            ExpressionAttributeValues: {
              ':executionId': executionId,
              ':calling': 'calling',
              ':ended': 'ended',
              ':at': at,
              ':one': 1,
              ':true': true,
            },
            ReturnValues: 'ALL_OLD',
          }),
        );
        before = earlierAttempts(Attributes);
      });
      return before;
    },

    async failAttempt(requestId, executionId, { lastError, unanswered }) {
      await unlessRefused(() =>
        documents.send(
          new UpdateCommand({
            TableName: tableName,
            Key: { requestId },
            UpdateExpression: 'SET lastError = :error, unanswered = :unanswered',
            ConditionExpression: OWNED,
            ExpressionAttributeValues: { ':executionId': executionId, ':error': lastError, ':unanswered': unanswered },
          }),
        ),
      );
    },

    async noteRingTimeoutRefused(requestId, executionId) {
      await unlessRefused(() =>
        documents.send(
          new UpdateCommand({
            TableName: tableName,
            Key: { requestId },
            UpdateExpression: 'SET ringTimeoutRefused = :true',
            ConditionExpression: OWNED,
            ExpressionAttributeValues: { ':executionId': executionId, ':true': true },
          }),
        ),
      );
    },

    async attempts(requestId) {
      const { Item } = await documents.send(
        new GetCommand({ TableName: tableName, Key: { requestId }, ConsistentRead: true }),
      );
      return earlierAttempts(Item);
    },

    end: (record) => writeEnding(record, `(${OWNED} AND (#status <> :status OR #outcome = :outcome))`),

    settle: (record) => writeEnding(record, `(${OWNED} AND #status <> :status)`),

    async read(requestId) {
      const { Item } = await documents.send(
        new GetCommand({ TableName: tableName, Key: { requestId }, ConsistentRead: true }),
      );
      return Item as CallRecord | undefined;
    },

    async addDuplicate(requestId, executionId) {
      // Without the condition, a record that expired meanwhile would come back as a stub.
      await unlessRefused(() =>
        documents.send(
          new UpdateCommand({
            TableName: tableName,
            Key: { requestId },
            UpdateExpression: 'ADD duplicates :execution',
            ConditionExpression: 'attribute_exists(requestId) AND executionId <> :own',
            ExpressionAttributeValues: { ':execution': new Set([executionId]), ':own': executionId },
          }),
        ),
      );
    },
  };
}
