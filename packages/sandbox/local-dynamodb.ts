import type { Server } from 'node:http';
import { CreateTableCommand, DynamoDBClient, waitUntilTableExists } from '@aws-sdk/client-dynamodb';
import dynalite from 'dynalite';
import type { TableProperties } from './service.ts';

/** An in-memory DynamoDB. It is no server of its own: requests are handed to it by the stack's. */
export const localDynamoDb = (): Server => dynalite({ createTableMs: 0, updateTableMs: 0, deleteTableMs: 0 });

/** Creates the tables of the service. Resolves when they can be used: until then DynamoDB, and dynalite too, refuse to know them. */
export async function createTables(tables: readonly TableProperties[], endpoint: string): Promise<void> {
  const client = new DynamoDBClient({
    endpoint,
    region: 'ap-northeast-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  for (const { TableName, AttributeDefinitions, KeySchema, GlobalSecondaryIndexes } of tables) {
    const keys = { AttributeDefinitions, KeySchema, GlobalSecondaryIndexes };
    await client.send(new CreateTableCommand({ TableName, ...keys, BillingMode: 'PAY_PER_REQUEST' }));
  }
  const inSeconds = { maxWaitTime: 10, minDelay: 0.01, maxDelay: 0.1 };
  await Promise.all(tables.map(({ TableName }) => waitUntilTableExists({ client, ...inSeconds }, { TableName })));
  client.destroy();
}
