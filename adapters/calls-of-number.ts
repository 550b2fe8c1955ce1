import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { CallRecord } from '../domain/call-record.ts';
import { BY_PHONE } from './calls-index.ts';
import { storedRecord } from './calls-table.ts';
import { type Documents, readTogether } from './dynamodb.ts';

/** The calls of a telephone number. */
export interface CallsOfNumber {
  /**
   * Records of the latest calls to or from a number. The index, which may lag behind, says which; the records themselves are read
   * consistently.
   */
  latest(phone: string, since: Date): Promise<CallRecord[]>;
}

/** Only this many of a number's latest calls matter. */
const MOST = 10;

/** The calls of a number in the calls table: two requests, or one if there are none. */
export const dynamoCallsOfNumber = (TableName: string, documents: Documents): CallsOfNumber => ({
  async latest(phone, since) {
    const { Items = [] } = await documents.send(
      new QueryCommand({
        TableName,
        IndexName: BY_PHONE,
        KeyConditionExpression: 'phone = :phone AND placedAt >= :since',
        ExpressionAttributeValues: { ':phone': phone, ':since': since.toISOString() },
        ScanIndexForward: false,
        Limit: MOST,
      }),
    );
    if (Items.length === 0) return [];
    const keys = Items.map(({ requestId }) => ({ requestId: String(requestId) }));
    const records = await readTogether(documents, TableName, keys);
    return [...records.values()].map(storedRecord);
  },
});
