import type { Server } from 'node:http';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { CreateTableCommand, DynamoDBClient, waitUntilTableExists } from '@aws-sdk/client-dynamodb';
import type { TableProperties } from './service.ts';

interface Iterator {
  close(): Promise<void>;
  return?(): Promise<void>;
}

/** What dynalite keeps its tables in, as far as it is used here. */
type MemoryLevel = new (options: object) => { keys(options?: object): Iterator; values(options?: object): Iterator };

/** An in-memory DynamoDB. It is no server of its own: requests are handed to it by the stack's. */
export function localDynamoDb(): Server {
  dynalite ??= loadDynalite();
  return dynalite({ createTableMs: 0, updateTableMs: 0, deleteTableMs: 0 });
}

type Dynalite = typeof import('dynalite').default;
let dynalite: Dynalite | undefined;

/**
 * Two things of dynalite 4.0.0 would keep some 100 KB for each request. Its store takes keys and values as Buffers, each a piece of
 * a shared one of 64 KB, and keeps that alive: here it takes strings. And it ends what each Query and Scan read with
 * `iterator.return()`, which the iterators of its store do not have: all of them stayed open, each with the whole store as it was.
 */
function loadDynalite(): Dynalite {
  const here = createRequire(import.meta.url);
  const path = here.resolve('dynalite');
  const memory = createRequire(path)('memory-level') as { MemoryLevel: MemoryLevel };
  const { MemoryLevel } = memory;
  memory.MemoryLevel = class extends MemoryLevel {
    constructor(options: object) {
      super({ ...options, storeEncoding: 'utf8', valueEncoding: ASCII_JSON });
    }
    override keys(options?: object) {
      return closable(super.keys(options));
    }
    override values(options?: object) {
      return closable(super.values(options));
    }
  };
  // It looks at its store's class once: anyone who loaded it before has another one.
  for (const loaded of Object.keys(here.cache)) {
    if (loaded.startsWith(dirname(path))) delete here.cache[loaded];
  }
  const fresh = here('dynalite') as Dynalite;
  memory.MemoryLevel = MemoryLevel;
  return fresh;
}

/** A text with one Japanese character takes two bytes for every other one, too; written as an escape, it does not. */
const ASCII_JSON = {
  name: 'ascii-json',
  format: 'utf8',
  encode: (value: unknown): string =>
    JSON.stringify(value).replace(
      /[\u0080-\uffff]/g,
      (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
    ),
  decode: (text: string): unknown => JSON.parse(text),
};

const closable = (iterator: Iterator): Iterator => Object.assign(iterator, { return: () => iterator.close() });

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
