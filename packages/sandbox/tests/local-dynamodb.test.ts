import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { DynamoDBClient, PutItemCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import dynalite from 'dynalite';
import { expect, it, onTestFinished } from 'vitest';
import { createTables, localDynamoDb } from '../local-dynamodb.ts';

const TABLE = {
  TableName: 'calls',
  AttributeDefinitions: [{ AttributeName: 'requestId', AttributeType: 'S' as const }],
  KeySchema: [{ AttributeName: 'requestId', KeyType: 'HASH' as const }],
};

/** Lets a server listen, and gives a client of it. Both are gone when the test has finished. */
async function served(server: Server) {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  const client = new DynamoDBClient({ endpoint, region: 'ap-northeast-1', credentials });
  onTestFinished(async () => {
    client.destroy();
    await new Promise((closed) => server.close(closed));
  });
  return { client, endpoint };
}

/** What JavaScript holds in memory, in MB, once everything that nobody holds is gone. */
function heldMb(): number {
  setFlagsFromString('--expose-gc');
  runInNewContext('gc')();
  const { heapUsed, external } = process.memoryUsage();
  return (heapUsed + external) / 1_000_000;
}

it('keeps what its tables hold, and neither their past nor more than their text', async () => {
  // Prepare
  const { client, endpoint } = await served(localDynamoDb());
  await createTables([TABLE], endpoint);
  const put = (requestId: string, text: string) =>
    client.send(new PutItemCommand({ TableName: 'calls', Item: { requestId: { S: requestId }, text: { S: text } } }));
  const before = heldMb();
  // Act: 0.2 MB in 200 rows, then one of 0.3 MB again and again, each time read.
  for (let index = 0; index < 200; index += 1) await put(`request-${index}`, 'x'.repeat(1_000));
  for (let round = 0; round < 100; round += 1) {
    await put('book', String(round % 10).repeat(300_000));
    await client.send(new ScanCommand({ TableName: 'calls', Limit: 1 }));
  }
  // Assess: all that the book has been would be 30 MB, and a Buffer of 64 KB for each row 13 MB.
  await expect.poll(() => heldMb() - before).toBeLessThan(8);
});

it('tables can be written to as soon as they are created, however long that takes', async () => {
  // Prepare
  const { client, endpoint } = await served(dynalite({ createTableMs: 100, updateTableMs: 0, deleteTableMs: 0 }));
  // Act
  await createTables([TABLE], endpoint);
  const written = client.send(new PutItemCommand({ TableName: 'calls', Item: { requestId: { S: 'one' } } }));
  // Assess
  await expect(written).resolves.toBeDefined();
});
