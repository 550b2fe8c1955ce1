import { GetCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import type { CallRecord } from '../domain/call-record.ts';
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
        records.push(...(page.Items ?? []).map(plain));
        ExclusiveStartKey = page.LastEvaluatedKey;
      } while (ExclusiveStartKey);
      return records.sort((a, b) => a.receivedAt.localeCompare(b.receivedAt));
    },

    async one(requestId) {
      const { Item } = await documents.send(new GetCommand({ TableName, Key: { requestId }, ConsistentRead: true }));
      return Item && plain(Item);
    },
  };
}

/** A set of DynamoDB becomes a list, as it is printed. */
const plain = (item: Record<string, unknown>): CallRecord =>
  ({ ...item, ...(item.duplicates instanceof Set && { duplicates: [...item.duplicates] }) }) as unknown as CallRecord;
