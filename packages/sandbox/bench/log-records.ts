import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { BatchWriteCommand } from '@aws-sdk/lib-dynamodb';
import { indexKeysOf } from '../../../adapters/calls-index.ts';
import { type Documents, dynamoDocuments } from '../../../adapters/dynamodb.ts';
import type { CallRecord } from '../../../domain/call-record.ts';
import { dramaNumber, requestId } from '../drama-numbers.ts';
import { createTables, localDynamoDb } from '../local-dynamodb.ts';
import { readService } from '../service.ts';

/** How long records are kept in this table. */
export const KEPT_DAYS = 90;
/** Regardless of the total. */
export const RECORDS_OF_TODAY = 1_000;

const DAY_MS = 24 * 60 * 60_000;
/** The cost of a response without any item; the local DynamoDB counts nothing. */
const LEAST_UNITS = 0.5;
/** What BatchWriteItem accepts. */
const BATCH = 25;
const BATCHES_AT_ONCE = 8;

/** A calls table full of records, and the cost of querying it. */
export interface TableOfRecords {
  documents: Documents;
  callsTable: string;
  guardsTable: string;
  /** Since then, as many records as `RECORDS_OF_TODAY`. */
  today: Date;
  someId: string;
  /** Of a request of today. */
  numberOfToday: string;
  /** Runs something, and counts the requests and read units that it takes. */
  costOf(work: () => Promise<unknown>): Promise<{ requests: number; units: number }>;
  close(): Promise<void>;
}

/** A table of the local stack's DynamoDB with this many records of calls that reached an agent. */
export async function tableOfRecords(count: number): Promise<TableOfRecords> {
  const dynamoDb = localDynamoDb();
  const server = createServer((request, response) => dynamoDb.emit('request', request, response));
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const service = readService('local', 0);
  await createTables(service.tables, endpoint);
  const client = new DynamoDBClient({
    endpoint,
    region: service.stage.file.region,
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  const documents = dynamoDocuments(client);
  const { CALLS_TABLE: callsTable = '', GUARDS_TABLE: guardsTable = '' } = service.stage.environment;

  const now = Date.now();
  const newest = now - 60_000;
  const at = (index: number): Date => {
    if (index < RECORDS_OF_TODAY) return new Date(newest - index);
    const before = index - RECORDS_OF_TODAY;
    const days = 1 + (before % (KEPT_DAYS - 1));
    return new Date(newest - days * DAY_MS - before);
  };
  for (let index = 0; index < count; index += BATCH * BATCHES_AT_ONCE) {
    await Promise.all(
      Array.from({ length: BATCHES_AT_ONCE }, (_, batch) => {
        const from = index + batch * BATCH;
        const indices = Array.from({ length: Math.min(BATCH, count - from) }, (_, step) => from + step);
        return indices.length > 0 && write(indices.map((place) => recordOf(place, at(place))));
      }),
    );
  }

  async function write(records: readonly CallRecord[]): Promise<void> {
    const requests = records.map((record) => ({ PutRequest: { Item: { ...record, ...indexKeysOf(record) } } }));
    await documents.send(new BatchWriteCommand({ RequestItems: { [callsTable]: requests } }));
  }

  let cost = { requests: 0, units: 0 };
  const counted: Documents = {
    async send(command: { input: object }) {
      Object.assign(command.input, { ReturnConsumedCapacity: 'TOTAL' });
      const answer = (await documents.send(command as never)) as { ConsumedCapacity?: Capacity | Capacity[] };
      cost.requests += 1;
      const units = [answer.ConsumedCapacity ?? []].flat().reduce((sum, { CapacityUnits }) => sum + CapacityUnits, 0);
      cost.units += Math.max(LEAST_UNITS, units);
      return answer;
    },
  } as unknown as Documents;
  return {
    documents: counted,
    callsTable,
    guardsTable,
    today: new Date(newest - RECORDS_OF_TODAY),
    someId: requestId(0),
    numberOfToday: numberOf(RECORDS_OF_TODAY - 1),
    async costOf(work) {
      cost = { requests: 0, units: 0 };
      await work();
      return cost;
    },
    async close() {
      client.destroy();
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}

interface Capacity {
  CapacityUnits: number;
}

const numberOf = (index: number): string => String(10_000_000 + index);

/** Same size as the record of a call that reached an agent. */
function recordOf(index: number, asked: Date): CallRecord {
  const after = (seconds: number) => new Date(asked.getTime() + seconds * 1000).toISOString();
  return {
    requestId: requestId(index),
    executionId: `arn:aws:states:ap-northeast-1:000000000000:execution:karte-connect-call-local-call-request:${requestId(index)}_${requestId(index)}`,
    status: 'ended',
    outcome: 'completed',
    class: 'reached',
    reason: 'agent_connected',
    contactId: requestId(index),
    phone: dramaNumber(index),
    userType: 'visitor',
    inquiryType: '料金について',
    trackId: numberOf(index),
    queueId: '00000000-0000-4000-8000-00000000c002',
    attempts: 1,
    unanswered: false,
    requestedAt: asked.toISOString(),
    receivedAt: asked.toISOString(),
    claimedAt: after(1),
    lastAttemptAt: after(2),
    placedAt: after(3),
    answeredAt: after(9),
    queuedAt: after(31),
    agentAt: after(33),
    endedAt: after(243),
    hungUpBy: 'customer',
    disconnectReason: 'CUSTOMER_DISCONNECT',
    expiresAt: Math.floor(asked.getTime() / 1000) + KEPT_DAYS * 86_400,
  };
}
