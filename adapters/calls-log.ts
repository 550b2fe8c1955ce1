import { BatchGetCommand, GetCommand, QueryCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import type { CallRecord } from '../domain/call-record.ts';
import { BY_DAY, beginningOf, cameAt, daysUntil, type IndexKeys } from './calls-index.ts';
import { storedRecord } from './calls-table.ts';
import type { Documents } from './dynamodb.ts';

/** Reads the calls table for people. */
export interface CallsLog {
  /** Every record, oldest request first. Reads the whole table. */
  all(): Promise<CallRecord[]>;
  one(requestId: string): Promise<CallRecord | undefined>;
  /**
   * The records page by page, latest request first, back to a moment or as far as records are kept. Reads day by day, only as far
   * as its caller iterates.
   */
  pages(since?: Date): AsyncGenerator<LogPage>;
  /** The latest record with an inquiry number. Reads one key of each day. */
  withInquiryNumber(inquiryNumber: string): Promise<CallRecord | undefined>;
  /** Those with an inquiry number that have not ended and whose call has not been requested yet, latest first. */
  waitingWithInquiryNumber(inquiryNumber: string): Promise<CallRecord[]>;
}

/** A page of records, and how far the log was read for it: a day may have none. */
interface LogPage {
  records: CallRecord[];
  /** `2026-11-22`: a Japanese calendar day. */
  day: string;
}

/** A record's entry in the index. */
type Entry = IndexKeys & { requestId: string };

interface Page {
  Items?: object[] | undefined;
  LastEvaluatedKey?: object | undefined;
}

/** How many days are read together, first and later: the latest records are mostly today's. */
const FIRST_DAYS = 2;
const DAYS_AT_ONCE = 10;
/** Limit of BatchGetItem; and the first batch, as most callers want the latest twenty. */
const BATCH = 100;
const FIRST_BATCH = 25;

/**
 * The call log in DynamoDB.
 *
 * @param retentionDays how long records are kept, which limits how far back to look
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

  /** Entries of a day, latest first; only those with the inquiry number, if given. */
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

  /** Entries day by day, latest first; several days are read together, as some have none. */
  async function* latestEntries(days: readonly string[], inquiryNumber?: string) {
    let from = 0;
    while (from < days.length) {
      const to = from + (from === 0 ? FIRST_DAYS : DAYS_AT_ONCE);
      const found = days.slice(from, to).map(async (day) => ({ day, entries: await entriesOf(day, inquiryNumber) }));
      yield* await Promise.all(found);
      from = to;
    }
  }

  /** The records of entries, in their order, without those deleted meanwhile. */
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

    async *pages(since) {
      const days = daysUntil(new Date(), retentionDays, since);
      const from = since?.toISOString() ?? '';
      let size = FIRST_BATCH;
      for await (const { day, entries } of latestEntries(days)) {
        const wanted = entries.filter((entry) => cameAt(entry) >= from);
        if (wanted.length === 0) yield { records: [], day };
        while (wanted.length > 0) {
          yield { records: await recordsOf(wanted.splice(0, size)), day };
          size = BATCH;
        }
      }
    },

    async withInquiryNumber(inquiryNumber) {
      const days = daysUntil(new Date(), retentionDays);
      for await (const { entries } of latestEntries(days, inquiryNumber)) {
        const [record] = await recordsOf(entries.slice(0, 1));
        if (record) return record;
      }
      return undefined;
    },

    async waitingWithInquiryNumber(inquiryNumber) {
      const waiting: CallRecord[] = [];
      for await (const { entries } of latestEntries(daysUntil(new Date(), retentionDays), inquiryNumber)) {
        for (let at = 0; at < entries.length; at += BATCH) {
          const records = await recordsOf(entries.slice(at, at + BATCH));
          waiting.push(...records.filter(({ status }) => status === 'claimed'));
        }
      }
      return waiting;
    },
  };
}

/** Every transfer of a call adds a contact, each of which leads back to the first. */
const CONTACTS_IN_BETWEEN = 3;

/**
 * The request that a contact belongs to: the call's first contact, or one after a transfer.
 *
 * @returns undefined if the contact does not belong to a request, or is no longer known
 */
export async function requestOfContact(
  TableName: string,
  documents: Documents,
  contactId: string,
): Promise<string | undefined> {
  let id: string | undefined = contactId;
  for (let step = 0; id !== undefined && step < CONTACTS_IN_BETWEEN; step += 1) {
    const { Item } = (await documents.send(
      new GetCommand({ TableName, Key: { guardId: `contact#${id}` }, ConsistentRead: true }),
    )) as { Item?: { requestId?: string; root?: string } };
    if (Item?.requestId !== undefined) return Item.requestId;
    id = Item?.root;
  }
  return undefined;
}
