import { BatchGetCommand, GetCommand, QueryCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import type { CallRecord } from '../domain/call-record.ts';
import { BY_DAY, beginningOf, cameAt, daysUntil, type IndexKeys } from './calls-index.ts';
import { storedRecord } from './calls-table.ts';
import type { Documents } from './dynamodb.ts';

/** The calls table as people read it. */
export interface CallsLog {
  /** Every record, the oldest request first. Reads the whole table. */
  all(): Promise<CallRecord[]>;
  one(requestId: string): Promise<CallRecord | undefined>;
  /** The records that are wanted, the latest request first, at most so many. Reads day by day. */
  latest(limit: number, isWanted: (record: CallRecord) => boolean): Promise<CallRecord[]>;
  /** The latest record with an inquiry number. Reads one key of each day. */
  withInquiryNumber(inquiryNumber: string): Promise<CallRecord | undefined>;
}

/** What the index says of a record. */
type Entry = IndexKeys & { requestId: string };

interface Page {
  Items?: object[] | undefined;
  LastEvaluatedKey?: object | undefined;
}

/** Days that are looked at together. */
const DAYS_AT_ONCE = 10;
/** Records that one BatchGetItem reads at most. */
const BATCH = 100;

/**
 * The call log in DynamoDB.
 *
 * @param retentionDays how long a record is kept: so far back is looked
 */
export function dynamoCallsLog(TableName: string, documents: Documents, retentionDays: number): CallsLog {
  async function pages(read: (from: object) => Promise<Page>): Promise<object[]> {
    const items: object[] = [];
    let from: object = {};
    do {
      const { Items = [], LastEvaluatedKey } = await read(from);
      items.push(...Items);
      from = LastEvaluatedKey ? { ExclusiveStartKey: LastEvaluatedKey } : {};
    } while ('ExclusiveStartKey' in from);
    return items;
  }

  /** What came on a day, the latest first; with an inquiry number, where one is said. */
  async function entriesOf(day: string, inquiryNumber?: string): Promise<Entry[]> {
    const beginning = inquiryNumber === undefined ? {} : { ':number': beginningOf(inquiryNumber) };
    const items = await pages((from) =>
      documents.send(
        new QueryCommand({
          TableName,
          IndexName: BY_DAY,
          KeyConditionExpression: `#day = :day${inquiryNumber === undefined ? '' : ' AND begins_with(inquiryAt, :number)'}`,
          ExpressionAttributeNames: { '#day': 'day' },
          ExpressionAttributeValues: { ':day': day, ...beginning },
          ...from,
        }),
      ),
    );
    return (items as Entry[]).sort((a, b) => cameAt(b).localeCompare(cameAt(a)));
  }

  /** The entries of one day after the other, the latest first; days are asked for together, as not all of them have any. */
  async function* latestEntries(inquiryNumber?: string): AsyncGenerator<Entry[]> {
    const days = daysUntil(new Date(), retentionDays);
    for (let index = 0; index < days.length; index += DAYS_AT_ONCE) {
      const found = days.slice(index, index + DAYS_AT_ONCE).map((day) => entriesOf(day, inquiryNumber));
      yield* await Promise.all(found);
    }
  }

  /** The records of entries, in their order. One that is gone meanwhile is left out. */
  async function recordsOf(entries: readonly Entry[]): Promise<CallRecord[]> {
    const records = new Map<unknown, CallRecord>();
    let Keys = entries.map(({ requestId }) => ({ requestId }));
    while (Keys.length > 0) {
      const answer = await documents.send(new BatchGetCommand({ RequestItems: { [TableName]: { Keys } } }));
      for (const item of answer.Responses?.[TableName] ?? []) records.set(item.requestId, storedRecord(item));
      Keys = (answer.UnprocessedKeys?.[TableName]?.Keys ?? []) as typeof Keys;
    }
    return entries.flatMap(({ requestId }) => records.get(requestId) ?? []);
  }

  return {
    async all() {
      const items = await pages((from) => documents.send(new ScanCommand({ TableName, ...from })));
      return items
        .map((item) => storedRecord(item as Record<string, unknown>))
        .sort((a, b) => a.receivedAt.localeCompare(b.receivedAt));
    },

    async one(requestId) {
      const { Item } = await documents.send(new GetCommand({ TableName, Key: { requestId }, ConsistentRead: true }));
      return Item && storedRecord(Item);
    },

    async latest(limit, isWanted) {
      const found: CallRecord[] = [];
      for await (const entries of latestEntries()) {
        for (let index = 0; index < entries.length && found.length < limit; index += BATCH) {
          const read = await recordsOf(entries.slice(index, index + BATCH));
          found.push(...read.filter(isWanted));
        }
        if (found.length >= limit) break;
      }
      return found.slice(0, limit);
    },

    async withInquiryNumber(inquiryNumber) {
      for await (const entries of latestEntries(inquiryNumber)) {
        const [record] = await recordsOf(entries.slice(0, 1));
        if (record) return record;
      }
      return undefined;
    },
  };
}
