import type { AddressInfo } from 'node:net';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { type Documents, dynamoDocuments } from '../../adapters/dynamodb.ts';
import { createTables, localDynamoDb } from '../../packages/sandbox/local-dynamodb.ts';
import { readService } from '../../packages/sandbox/service.ts';
import { loadStage } from '../../resources/load-stage.ts';

/** The tables of the service, as serverless.yml has them, in a DynamoDB of this process that is reached over HTTP. */
export interface RealTables {
  documents: Documents;
  callsTable: string;
  guardsTable: string;
  leasesTable: string;
  waitingRoomTable: string;
  /** How long contacts are known. */
  keptDays: number;
  close(): Promise<void>;
}

export async function startTables(): Promise<RealTables> {
  const server = localDynamoDb();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const stage = loadStage('local');
  await createTables(readService('local', 0).tables, endpoint);
  const client = new DynamoDBClient({
    endpoint,
    region: 'ap-northeast-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    // Everything that the tests send at once is under way at once.
    requestHandler: { httpAgent: { maxSockets: 1_000 } },
  });
  const { CALLS_TABLE = '', GUARDS_TABLE = '', LEASES_TABLE = '', WAITING_ROOM_TABLE = '' } = stage.environment;
  return {
    documents: dynamoDocuments(client),
    callsTable: CALLS_TABLE,
    guardsTable: GUARDS_TABLE,
    leasesTable: LEASES_TABLE,
    waitingRoomTable: WAITING_ROOM_TABLE,
    keptDays: stage.file.recordRetentionDays,
    async close() {
      client.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
