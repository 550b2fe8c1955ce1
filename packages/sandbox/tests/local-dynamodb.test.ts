import type { AddressInfo } from 'node:net';
import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import dynalite from 'dynalite';
import { expect, it, onTestFinished } from 'vitest';
import { createTables } from '../local-dynamodb.ts';

it('tables can be written to as soon as they are created, however long that takes', async () => {
  // Prepare
  const server = dynalite({ createTableMs: 100, updateTableMs: 0, deleteTableMs: 0 });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  const client = new DynamoDBClient({ endpoint, region: 'ap-northeast-1', credentials });
  onTestFinished(async () => {
    client.destroy();
    await new Promise((closed) => server.close(closed));
  });
  const table = {
    TableName: 'calls',
    AttributeDefinitions: [{ AttributeName: 'requestId', AttributeType: 'S' as const }],
    KeySchema: [{ AttributeName: 'requestId', KeyType: 'HASH' as const }],
  };
  // Act
  await createTables([table], endpoint);
  const written = client.send(new PutItemCommand({ TableName: 'calls', Item: { requestId: { S: 'one' } } }));
  // Assess
  await expect(written).resolves.toBeDefined();
});
