import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { GetCommand, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { dynamoDocuments } from '../../../adapters/dynamodb.ts';
import { createTables, localDynamoDb } from '../local-dynamodb.ts';
import { watchWrites } from '../record-writes.ts';

let written: string[] = [];
const dynamoDb = localDynamoDb();
const server = createServer(
  watchWrites((request, response) => void dynamoDb.emit('request', request, response), {
    table: 'calls',
    key: 'requestId',
    written: (key) => written.push(key),
  }),
);
let documents: ReturnType<typeof dynamoDocuments>;
let client: DynamoDBClient;

beforeAll(async () => {
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const tables = ['calls', 'calls-of-others'].map((TableName) => ({
    TableName,
    AttributeDefinitions: [{ AttributeName: 'requestId', AttributeType: 'S' as const }],
    KeySchema: [{ AttributeName: 'requestId', KeyType: 'HASH' as const }],
  }));
  await createTables(tables as never, endpoint);
  client = new DynamoDBClient({
    endpoint,
    region: 'ap-northeast-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  documents = dynamoDocuments(client);
});

beforeEach(() => {
  written = [];
});

afterAll(() => {
  client.destroy();
  server.closeAllConnections();
  server.close();
});

const put = (requestId: string, fields: object = {}) =>
  documents.send(new PutCommand({ TableName: 'calls', Item: { requestId, text: '日本語', ...fields } }));

it('tells of items that are put and changed, by their key', async () => {
  // Act
  await put('one');
  await documents.send(
    new UpdateCommand({
      TableName: 'calls',
      Key: { requestId: 'two' },
      UpdateExpression: 'SET a = :a',
      ExpressionAttributeValues: { ':a': 1 },
    }),
  );
  // Assess
  await expect.poll(() => written).toEqual(['one', 'two']);
});

it('tells nothing of reads, of other tables and of writes that are refused', async () => {
  // Act
  await documents.send(new GetCommand({ TableName: 'calls', Key: { requestId: 'one' } }));
  await documents.send(new PutCommand({ TableName: 'calls-of-others', Item: { requestId: 'calls' } }));
  const refused = documents.send(
    new PutCommand({
      TableName: 'calls',
      Item: { requestId: 'three' },
      ConditionExpression: 'attribute_exists(requestId)',
    }),
  );
  // Assess
  await expect(refused).rejects.toThrow('conditional request failed');
  await put('last');
  await expect.poll(() => written).toEqual(['last']);
});
