import type { IncomingMessage, ServerResponse } from 'node:http';
import type * as z from 'zod';
import { readBody, sendJson } from '../http.ts';

/** Only what comes from this server runs, is shown or is asked; only pages of this server may frame the page. */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  "img-src 'self' data:",
  "frame-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'self'",
  "require-trusted-types-for 'script'",
].join('; ');

const TYPES = {
  html: 'text/html; charset=utf-8',
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  svg: 'image/svg+xml; charset=utf-8',
  png: 'image/png',
} as const;

/** Answers with a page, or with what a page is made of. */
export function sendPart(response: ServerResponse, kind: keyof typeof TYPES, part: string | Buffer): void {
  response.writeHead(200, {
    'content-type': TYPES[kind],
    'cache-control': 'no-store',
    'content-security-policy': CONTENT_SECURITY_POLICY,
    'cross-origin-resource-policy': 'same-origin',
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
  });
  response.end(part);
}

/** Longer than anything a page of ours sends. */
const MAX_BODY_BYTES = 16 * 1024;

/**
 * The body of a request as the schema has it; otherwise the request is answered with a sentence that says what is wrong.
 * A form of a foreign page cannot send JSON.
 *
 * @returns undefined if it was answered
 */
export async function readChecked<T>(
  request: IncomingMessage,
  response: ServerResponse,
  schema: z.ZodType<T>,
): Promise<T | undefined> {
  const refuse = (status: number, error: string): undefined => {
    sendJson(response, status, { error });
  };
  const text = await readBody(request, MAX_BODY_BYTES);
  if (!/^application\/json *(?:;|$)/i.test(request.headers['content-type'] ?? '')) {
    return refuse(415, 'expected content-type application/json');
  }
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    return refuse(400, 'the body is not JSON');
  }
  const checked = schema.safeParse(body);
  return checked.success ? checked.data : refuse(400, sentence(checked.error));
}

/** The first mistake says enough. What was sent is not repeated: it may be anything. */
function sentence({ issues: [issue] }: z.ZodError): string {
  if (!issue) return 'the body cannot be used';
  const field = issue.path.join('.') || 'the body';
  if (issue.code === 'unrecognized_keys') return `${field}: found a field that does not exist`;
  return `${field}: ${issue.message}`;
}
