import type { IncomingMessage, ServerResponse } from 'node:http';
import { isObject } from '../../domain/json-object.ts';

type Handler = (request: IncomingMessage, response: ServerResponse) => void;

const WRITES = new Set(['DynamoDB_20120810.PutItem', 'DynamoDB_20120810.UpdateItem']);

interface Watch {
  table: string;
  /** The table's key, which is text. */
  key: string;
  /** Receives the key of each written item, once DynamoDB has confirmed the write. */
  written(key: string): void;
}

/** DynamoDB with notifications of writes to a table, in place of its streams. */
export function watchWrites(dynamoDb: Handler, { table, key, written }: Watch): Handler {
  return (request, response) => {
    if (WRITES.has(String(request.headers['x-amz-target']))) {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.once('finish', () => {
        const text = response.statusCode === 200 ? Buffer.concat(chunks).toString() : '';
        // Most writes are to other tables and need not be parsed.
        const id = text.includes(table) ? keyIn(text, table, key) : undefined;
        if (id !== undefined) written(id);
      });
    }
    dynamoDb(request, response);
  };
}

function keyIn(text: string, table: string, key: string): string | undefined {
  const { TableName, Key, Item } = JSON.parse(text) as Record<string, unknown>;
  if (TableName !== table) return undefined;
  const of = isObject(Key) ? Key : Item;
  const value = isObject(of) ? of[key] : undefined;
  return isObject(value) && typeof value.S === 'string' ? value.S : undefined;
}
