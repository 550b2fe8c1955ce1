import { request } from 'node:http';
import { vi } from 'vitest';
import type { BoardAction, Change, Hello } from '../board/protocol.ts';
import type { Stack } from '../stack.ts';

/** What a page that listens knows of the board, and everything it was sent. */
export interface Listener {
  headers: Headers;
  /** Raw, as it came. */
  text(): string;
  hello(): Hello;
  changes(): Change[];
  /** The newest of each thing. */
  latest(): Hello;
  /** Resolves when the newest of each thing is so; looks at it again and again, not at the clock. */
  until(isSo: (latest: Hello) => unknown): Promise<Hello>;
  /** Resolves when the server has ended the stream. */
  ended: Promise<void>;
  close(): void;
}

/** Listens to the stream of the board. @param requested a request id or execution */
export async function listen(url: string, requested?: string): Promise<Listener> {
  const closing = new AbortController();
  const query = requested === undefined ? '' : `?request=${encodeURIComponent(requested)}`;
  const response = await fetch(`${url}/board/stream${query}`, { signal: closing.signal });
  let text = '';
  const decoder = new TextDecoder();
  const read = async () => {
    for await (const chunk of response.body ?? []) text += decoder.decode(chunk as Uint8Array, { stream: true });
  };
  const ended = read().catch(() => undefined);

  const messages = (name: string): unknown[] =>
    text
      .split('\n\n')
      .slice(0, -1)
      .filter((message) => message.startsWith(`event: ${name}\n`))
      .map((message) => JSON.parse(message.slice(message.indexOf('data: ') + 'data: '.length)));
  const changes = () => messages('change') as Change[];
  const hello = () => messages('hello')[0] as Hello;

  const latest = (): Hello => {
    const now = hello();
    const rows = new Map(now.rows.map((row) => [row.execution, row]));
    for (const change of changes()) {
      for (const row of change.rows ?? []) rows.set(row.execution, row);
      Object.assign(now, change);
    }
    return { ...now, rows: [...rows.values()] };
  };
  await vi.waitUntil(() => hello(), { timeout: 120_000, interval: 5 });

  return {
    headers: response.headers,
    text: () => text,
    hello,
    changes,
    latest,
    async until(isSo) {
      await vi.waitUntil(() => isSo(latest()), { timeout: 120_000, interval: 20 });
      return latest();
    },
    ended,
    close: () => closing.abort(),
  };
}

interface Answered {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  text: string;
}

/** A request as no browser would send it: every header is as given, `Host` and `Sec-Fetch-Site` included. */
export function ask(
  url: string,
  {
    method = 'GET',
    headers = {},
    body = '',
    path,
  }: Partial<Record<'method' | 'body' | 'path', string>> & {
    headers?: Record<string, string>;
  } = {},
): Promise<Answered> {
  return new Promise((resolve, reject) => {
    const asked = request(url, { method, headers, ...(path !== undefined && { path }) }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (chunk) => {
        text += chunk;
      });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, text }));
    });
    asked.on('error', reject);
    asked.end(body);
  });
}

/** Posts JSON as the page does. */
export async function post(url: string, body: unknown): Promise<{ status: number; answer: Record<string, unknown> }> {
  const headers = { 'content-type': 'application/json' };
  const { status, text } = await ask(url, { method: 'POST', headers, body: JSON.stringify(body) });
  return { status, answer: JSON.parse(text) };
}

/** Does what a button of the board says. */
export const act = (url: string, action: BoardAction) => post(`${url}/board/actions`, action);

/** As `sweepCalls`, or a person, changes a record long after its call: lists and maps are left out. */
export async function putRecord(stack: Stack, record: Record<string, unknown>): Promise<void> {
  const typed = (value: unknown) => {
    if (typeof value === 'boolean') return { BOOL: value };
    return typeof value === 'number' ? { N: String(value) } : { S: String(value) };
  };
  const Item = Object.fromEntries(
    Object.entries(record).flatMap(([name, value]) => (typeof value === 'object' ? [] : [[name, typed(value)]])),
  );
  const response = await fetch(`${stack.url}/aws/dynamodb`, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.0',
      'x-amz-target': 'DynamoDB_20120810.PutItem',
      'x-amz-date': '20261122T030000Z',
      authorization: 'AWS4-HMAC-SHA256 Credential=local/x/x/x/x, SignedHeaders=host, Signature=x',
    },
    body: JSON.stringify({ TableName: stack.service.stage.environment.CALLS_TABLE, Item }),
  });
  if (!response.ok) throw new Error(await response.text());
}
