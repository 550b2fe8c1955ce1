import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ConditionalCheckFailedException, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { GetCommand, PutCommand, QueryCommand, ScanCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Documents, dynamoDocuments } from '../../../adapters/dynamodb.ts';
import { FUZZ_SEED, fuzzRuns } from '../../../tests/fuzz-runs.ts';
import { createTables, localDynamoDb } from '../local-dynamodb.ts';
import type { TableProperties } from '../service.ts';
import { partitionThroughput } from '../simulation/dynamodb/throughput.ts';
import { memoryDynamoDb } from '../simulation/simulated-dynamodb.ts';
import { adapters, type Names, NOW, operation } from './simulation-dynamodb-support.ts';

const KEYS = {
  calls: { hash: 'requestId' },
  guards: { hash: 'guardId' },
  leases: { hash: 'group', range: 'requestId' },
  room: { hash: 'queueId', range: 'place' },
};

/** What an operation came to, errors by their names. */
const outcomeOf = async (work: Promise<unknown>): Promise<unknown> => {
  try {
    return { result: await work };
  } catch (error) {
    return { error: (error as Error).name };
  }
};

const memory = (names: Names) =>
  memoryDynamoDb({
    tables: {
      [names.calls]: KEYS.calls,
      [names.guards]: KEYS.guards,
      [names.leases]: KEYS.leases,
      [names.room]: KEYS.room,
    },
  });

async function itemsOf(documents: Documents, table: string): Promise<unknown[]> {
  const { Items = [] } = await documents.send(new ScanCommand({ TableName: table, ConsistentRead: true }));
  return (
    Items.map((item) => (String(item.guardId).startsWith('change#') ? { ...item, guardId: 'change#' } : item))
      // Drawn by lot, as the ids of changes are.
      .map(({ takenBy: _, ...item }) => item)
      // Neither database promises an order of its keys.
      .sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1))
  );
}

describe('what the adapters ask of the simulated DynamoDB', () => {
  let server: Server;
  let client: DynamoDBClient;
  let endpoint = '';
  let run = 0;

  beforeAll(async () => {
    server = localDynamoDb();
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    client = new DynamoDBClient({
      endpoint,
      region: 'ap-northeast-1',
      credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    });
  });

  afterAll(async () => {
    client.destroy();
    await new Promise((closed) => server.close(closed));
  });

  async function tables(): Promise<Names> {
    run += 1;
    const names = { calls: `calls-${run}`, guards: `guards-${run}`, leases: `leases-${run}`, room: `room-${run}` };
    await createTables(
      [
        table(names.calls, KEYS.calls),
        table(names.guards, KEYS.guards),
        table(names.leases, KEYS.leases),
        table(names.room, KEYS.room),
      ],
      endpoint,
    );
    return names;
  }

  it('is answered as by dynalite, and leaves the same items', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(operation, fc.integer({ min: 1, max: 3_000 })), { minLength: 20, maxLength: 60 }),
        async (steps) => {
          // Prepare
          const names = await tables();
          const [theirs, ours] = [dynamoDocuments(client), memory(names)];
          const [theirMoment, ourMoment] = [{ now: NOW }, { now: NOW }];
          const reference = adapters(theirs, names, theirMoment);
          const simulated = adapters(ours, names, ourMoment);

          // Act
          const [expected, got]: [unknown[], unknown[]] = [[], []];
          for (const [ask, milliseconds] of steps) {
            theirMoment.now += milliseconds;
            ourMoment.now += milliseconds;
            expected.push(await outcomeOf(ask(reference, theirMoment.now)));
            got.push(await outcomeOf(ask(simulated, ourMoment.now)));
          }

          // Assess
          expect(got).toEqual(expected);
          for (const name of Object.values(names)) {
            expect(await itemsOf(ours, name)).toEqual(await itemsOf(theirs, name));
          }
        },
      ),
      { numRuns: fuzzRuns(10), seed: FUZZ_SEED },
    );
  });

  it('judges conditions like dynalite, on attributes of every type and on those that are not there', async () => {
    // Prepare
    const names = await tables();
    const item = {
      guardId: 'a',
      aNumber: 1,
      aText: 'one two',
      aFlag: false,
      someIds: new Set(['1']),
      aList: [1],
      aMap: { innermost: 1, '-': 2 },
    };
    const conditions = [
      'aNumber',
      'aText',
      'aFlag',
      'someIds',
      'aList',
      'aMap.innermost',
      'aMap.#dash',
      'nobody',
      'aMap.nobody',
      'nobody.innermost',
    ].flatMap((path) => [
      ...['=', '<>', '<', '<=', '>', '>='].map((sign) => `${path} ${sign} :value`),
      `attribute_exists(${path})`,
      `attribute_not_exists(${path})`,
      `contains(${path}, :value)`,
      `NOT contains(${path}, :value)`,
      `NOT ${path} = :value`,
      `(${path} = :value OR attribute_exists(aNumber)) AND NOT attribute_exists(nobody)`,
    ]);
    const judge = async (documents: Documents, ConditionExpression: string, value: unknown) => {
      const write = new UpdateCommand({
        TableName: names.guards,
        Key: { guardId: 'a' },
        UpdateExpression: 'SET seen = :value',
        ConditionExpression,
        ...(ConditionExpression.includes('#dash') && { ExpressionAttributeNames: { '#dash': '-' } }),
        ExpressionAttributeValues: { ':value': value },
      });
      return outcomeOf(documents.send(write).then(() => 'written'));
    };

    const [theirs, ours] = [dynamoDocuments(client), memory(names)];
    for (const documents of [theirs, ours])
      await documents.send(new PutCommand({ TableName: names.guards, Item: item }));

    const isOrdered = (value: unknown) => typeof value === 'number' || typeof value === 'string';

    // Act, assess
    for (const condition of conditions) {
      for (const value of [1, 0, 'one', false, new Set(['1'])]) {
        if (!isOrdered(value) && /(<|>|<=|>=) :value/.test(condition.replace('<>', ''))) continue;
        if (value instanceof Set && condition.includes('contains')) continue;
        const says = { condition, value, came: await judge(theirs, condition, value) };
        expect({ condition, value, came: await judge(ours, condition, value) }).toEqual(says);
      }
    }
  });
});

const table = (TableName: string, { hash, range }: { hash: string; range?: string }): TableProperties => ({
  TableName,
  AttributeDefinitions: [hash, ...(range ? [range] : [])].map((AttributeName) => ({
    AttributeName,
    AttributeType: 'S',
  })),
  KeySchema: [
    { AttributeName: hash, KeyType: 'HASH' },
    ...(range ? [{ AttributeName: range, KeyType: 'RANGE' as const }] : []),
  ],
});

describe('the simulated DynamoDB', () => {
  const names = { calls: 'calls', guards: 'guards', leases: 'leases', room: 'room' };
  const put = (Item: Record<string, unknown>) => new PutCommand({ TableName: 'guards', Item });
  const get = new GetCommand({ TableName: 'guards', Key: { guardId: 'a' } });

  it('keeps copies: what the caller changes afterwards is not stored', async () => {
    // Prepare
    const documents = memory(names);
    const item = { guardId: 'a', ids: new Set(['1']), map: { inner: 1 } };

    // Act
    await documents.send(put(item));
    item.ids.add('2');
    item.map.inner = 2;
    const { Item } = await documents.send(get);
    expect(Item?.ids).toEqual(new Set(['1']));
    (Item?.ids as Set<string> | undefined)?.add('3');

    // Assess
    expect(Item?.map).toEqual({ inner: 1 });
    expect((await documents.send(get)).Item?.ids).toEqual(new Set(['1']));
  });

  it('refuses an item of more than 400 KB, written at once or grown to it', async () => {
    const documents = memory(names);
    await documents.send(put({ guardId: 'a', text: 'x'.repeat(300_000) }));
    const grow = new UpdateCommand({
      TableName: 'guards',
      Key: { guardId: 'a' },
      UpdateExpression: 'SET more = :more',
      ExpressionAttributeValues: { ':more': 'あ'.repeat(40_000) },
    });

    await expect(documents.send(grow)).rejects.toMatchObject({ name: 'ValidationException' });
    await expect(documents.send(put({ guardId: 'b', text: 'x'.repeat(410_000) }))).rejects.toMatchObject({
      name: 'ValidationException',
    });
    expect((await documents.send(get)).Item).not.toHaveProperty('more');
  });

  it('counts a write unit for each KB, failed conditions too, and a read unit for each 4 KB', async () => {
    // Prepare
    const documents = memory(names);
    await documents.send(put({ guardId: 'a', text: 'x'.repeat(5_000) }));
    const refused = new UpdateCommand({
      TableName: 'guards',
      Key: { guardId: 'a' },
      UpdateExpression: 'SET n = :n',
      ConditionExpression: 'attribute_not_exists(guardId)',
      ExpressionAttributeValues: { ':n': 1 },
    });

    // Act
    await expect(documents.send(refused)).rejects.toBeInstanceOf(ConditionalCheckFailedException);
    await documents.send(new GetCommand({ ...get.input, ConsistentRead: true }));
    await documents.send(get);
    await documents.send(new GetCommand({ TableName: 'guards', Key: { guardId: 'nobody' }, ConsistentRead: true }));

    // Assess
    expect(documents.units().guards).toEqual({ write: 10, read: 2 + 1 + 1 });
  });

  const tooHot = { name: 'ProvisionedThroughputExceededException' };
  const withPartitions = (partitions: number, now: () => number) =>
    memoryDynamoDb({
      tables: { guards: KEYS.guards, room: KEYS.room },
      takeUnits: partitionThroughput({ partitions, write: 10, read: 3 }, now),
    });

  it('lets an item take as many units in a second as its partition, and counts nothing of what it refuses', async () => {
    // Prepare
    let now = 10_000;
    const documents = withPartitions(4, () => now);
    const write = () => documents.send(put({ guardId: 'a', text: 'x'.repeat(4_000) }));

    // Act
    await write();
    await write();
    await expect(write()).rejects.toMatchObject(tooHot);
    now += 1_000;
    await write();

    // Assess
    expect(documents.units().guards?.write).toBe(12);
  });

  it('lets all items of a partition share what it takes, and each table have partitions of its own', async () => {
    // Prepare: forty items of four units each
    const items = Array.from({ length: 40 }, (_, index) => put({ guardId: `a${index}`, text: 'x'.repeat(4_000) }));
    const written = async (partitions: number) => {
      const documents = withPartitions(partitions, () => 10_000);
      await Promise.allSettled(items.map((item) => documents.send(item)));
      await documents.send(new PutCommand({ TableName: 'room', Item: { queueId: 'q', place: '1' } }));
      return documents.items('guards').length;
    };

    // Assess: two for each partition
    expect([await written(1), await written(4)]).toEqual([2, 8]);
  });

  it('counts a query on the partition of its hash value', async () => {
    // Prepare
    const documents = withPartitions(1, () => 10_000);
    for (const place of ['1', '2', '3', '4']) {
      await documents.send(
        new PutCommand({ TableName: 'room', Item: { queueId: 'q', place, text: 'x'.repeat(1_900) } }),
      );
    }
    const query = new QueryCommand({
      TableName: 'room',
      KeyConditionExpression: 'queueId = :q',
      ExpressionAttributeValues: { ':q': 'q' },
      ConsistentRead: true,
    });

    // Act, assess: it reads two units of three
    await documents.send(query);
    await expect(documents.send(query)).rejects.toMatchObject(tooHot);
  });

  it.each([
    [
      'a value that no expression uses',
      { UpdateExpression: 'SET n = :n', ExpressionAttributeValues: { ':n': 1, ':m': 1 } },
    ],
    ['a value that is not given', { UpdateExpression: 'SET n = :n', ExpressionAttributeValues: {} }],
    ['a name that is not given', { UpdateExpression: 'REMOVE #n' }],
    ['a change of the key', { UpdateExpression: 'SET guardId = :n', ExpressionAttributeValues: { ':n': 'b' } }],
    ['a path into nothing', { UpdateExpression: 'SET a.b = :n', ExpressionAttributeValues: { ':n': 1 } }],
    ['a number added to a text', { UpdateExpression: 'ADD words :n', ExpressionAttributeValues: { ':n': 1 } }],
  ])('refuses %s as the service does', async (_, input) => {
    const documents = memory(names);
    await documents.send(put({ guardId: 'a', words: 'text' }));
    const command = new UpdateCommand({ TableName: 'guards', Key: { guardId: 'a' }, ...input });
    await expect(documents.send(command)).rejects.toMatchObject({ name: 'ValidationException' });
  });

  it.each([
    [
      'BETWEEN',
      new ScanCommand({
        TableName: 'guards',
        FilterExpression: 'n BETWEEN :a AND :a',
        ExpressionAttributeValues: { ':a': 1 },
      }),
    ],
    ['a projection', new GetCommand({ ...get.input, ProjectionExpression: 'n' })],
    ['an element of a list', new UpdateCommand({ ...get.input, UpdateExpression: 'REMOVE list[0]' })],
    [
      'a query in reverse order',
      new QueryCommand({
        TableName: 'room',
        KeyConditionExpression: 'queueId = :q',
        ExpressionAttributeValues: { ':q': 'q' },
        ScanIndexForward: false,
      }),
    ],
  ])('says loudly that it does not know %s', async (_, command) => {
    await expect(memory(names).send(command as ScanCommand)).rejects.toMatchObject({ name: 'NotModelled' });
  });
});
