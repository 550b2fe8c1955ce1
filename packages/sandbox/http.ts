import type { IncomingMessage, ServerResponse } from 'node:http';

/** Twice the largest valid body: EventBridge's largest event has 1 MB. */
const MAX_BODY_BYTES = 2 * 1024 * 1024;

/** A request body that is longer than the local stack accepts. */
export class BodyTooLargeError extends Error {
  override readonly name = 'BodyTooLargeError';
}

/**
 * The whole body as text. Throws `BodyTooLargeError`, but only after the whole body has been read: a response would not arrive while it
 * is still being sent.
 */
export async function readBody(request: IncomingMessage, maxBytes = MAX_BODY_BYTES): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request) {
    bytes += (chunk as Buffer).length;
    if (bytes <= maxBytes) chunks.push(chunk as Buffer);
  }
  if (bytes > maxBytes) throw new BodyTooLargeError(`the body is longer than ${maxBytes} bytes`);
  return Buffer.concat(chunks).toString('utf8');
}

export function sendJson(response: ServerResponse, status: number, body: unknown, type = 'application/json'): void {
  response.writeHead(status, {
    'content-type': `${type}; charset=utf-8`,
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  });
  response.end(`${JSON.stringify(body, null, type === 'application/json' ? 2 : 0)}\n`);
}
