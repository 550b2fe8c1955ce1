import { GetCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import type { CallRecord } from '../domain/call-record.ts';
import { storedRecord } from './calls-table.ts';
import type { Documents } from './dynamodb.ts';

/** The calls table as people read it. */
export interface CallsLog {
  /** Every record, the oldest request first. Reads the whole table. */
  all(): Promise<CallRecord[]>;
  one(requestId: string): Promise<CallRecord | undefined>;
}

/** The call log in DynamoDB. */
export function dynamoCallsLog(TableName: string, documents: Documents): CallsLog {
  return {
    async all() {
      const records: CallRecord[] = [];
      let ExclusiveStartKey: Record<string, unknown> | undefined;
      do {
        const page = await documents.send(
          new ScanCommand({ TableName, ...(ExclusiveStartKey && { ExclusiveStartKey }) }),
        );
        records.push(...(page.Items ?? []).map(storedRecord));
        ExclusiveStartKey = page.LastEvaluatedKey;
      } while (ExclusiveStartKey);
      return records.sort((a, b) => a.receivedAt.localeCompare(b.receivedAt));
    },

    async one(requestId) {
      const { Item } = await documents.send(new GetCommand({ TableName, Key: { requestId }, ConsistentRead: true }));
      return Item && storedRecord(Item);
    },
  };
}
