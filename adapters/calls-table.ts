import { ConditionalCheckFailedException, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { CallRecord } from '../domain/call-record.ts';

/** What a request's ending adds to its record. */
export type EndedRecord = Partial<CallRecord> &
  Required<Pick<CallRecord, 'requestId' | 'executionId' | 'outcome' | 'class' | 'reason' | 'endedAt'>>;

/** The calls table. Each write is one conditional write, safe to repeat. */
export interface CallsTable {
  /** Takes the request for this execution. False when another execution has it. */
  claim(record: CallRecord): Promise<boolean>;
  /**
   * Notes that Connect is about to be asked, and returns the attempt before this one's error. Undefined when the
   * record is not this execution's any more: then nobody may be called.
   */
  beginAttempt(requestId: string, executionId: string, at: string): Promise<{ lastError?: string } | undefined>;
  /** Notes why the attempt failed. */
  failAttempt(requestId: string, executionId: string, errorName: string): Promise<void>;
  /** Writes the ending, with or without a claim before it. False when the record belongs to another execution. */
  end(record: EndedRecord): Promise<boolean>;
  /** Notes that another execution was started for the same request. */
  addDuplicate(requestId: string, executionId: string): Promise<void>;
}

const OWNED = 'executionId = :executionId';

/** The calls table in DynamoDB. */
export function dynamoCallsTable(tableName: string, client = new DynamoDBClient()): CallsTable {
  const documents = DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } });

  return {
    claim: (record) =>
      unlessRefused(() =>
        documents.send(
          new PutCommand({
            TableName: tableName,
            Item: record,
            ConditionExpression: `attribute_not_exists(requestId) OR ${OWNED}`,
            ExpressionAttributeValues: { ':executionId': record.executionId },
          }),
        ),
      ),

    async beginAttempt(requestId, executionId, at) {
      let lastError: string | undefined;
      const begun = await unlessRefused(async () => {
        const { Attributes } = await documents.send(
          new UpdateCommand({
            TableName: tableName,
            Key: { requestId },
            UpdateExpression: 'SET #status = :calling, lastAttemptAt = :at ADD attempts :one',
            ConditionExpression: `${OWNED} AND #status <> :ended`,
            ExpressionAttributeNames: { '#status': 'status' },
            ExpressionAttributeValues: {
              ':executionId': executionId,
              ':calling': 'calling',
              ':ended': 'ended',
              ':at': at,
              ':one': 1,
            },
            ReturnValues: 'ALL_NEW',
          }),
        );
        lastError = Attributes?.lastError;
      });
      if (!begun) return undefined;
      return lastError === undefined ? {} : { lastError };
    },

    async failAttempt(requestId, executionId, errorName) {
      await unlessRefused(() =>
        documents.send(
          new UpdateCommand({
            TableName: tableName,
            Key: { requestId },
            UpdateExpression: 'SET lastError = :error',
            ConditionExpression: OWNED,
            ExpressionAttributeValues: { ':executionId': executionId, ':error': errorName },
          }),
        ),
      );
    },

    end({ requestId, executionId, ...ended }) {
      const fields = Object.entries({ ...ended, status: 'ended' }).filter(([, value]) => value !== undefined);
      return unlessRefused(() =>
        documents.send(
          new UpdateCommand({
            TableName: tableName,
            Key: { requestId },
            UpdateExpression: `SET executionId = :executionId, attempts = if_not_exists(attempts, :zero), ${fields
              .map(([name]) => `#${name} = :${name}`)
              .join(', ')}`,
            ConditionExpression: `attribute_not_exists(requestId) OR ${OWNED}`,
            ExpressionAttributeNames: Object.fromEntries(fields.map(([name]) => [`#${name}`, name])),
            ExpressionAttributeValues: {
              ':executionId': executionId,
              ':zero': 0,
              ...Object.fromEntries(fields.map(([name, value]) => [`:${name}`, value])),
            },
          }),
        ),
      );
    },

    async addDuplicate(requestId, executionId) {
      await documents.send(
        new UpdateCommand({
          TableName: tableName,
          Key: { requestId },
          UpdateExpression: 'ADD duplicates :execution',
          ExpressionAttributeValues: { ':execution': new Set([executionId]) },
        }),
      );
    },
  };
}

/** Runs a conditional write; false when its condition did not hold. */
async function unlessRefused(write: () => Promise<unknown>): Promise<boolean> {
  try {
    await write();
    return true;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return false;
    throw error;
  }
}
