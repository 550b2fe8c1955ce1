import { AsyncLocalStorage } from 'node:async_hooks';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { ClientRequest } from 'node:http';
import type { Stack } from '../../packages/sandbox/stack.ts';
import { type AwsRequest, awsRequest } from './aws-request.ts';

/** A request that a function sent to AWS, as AWS would authorise it. */
export interface RecordedRequest extends AwsRequest {
  function: string;
}

/** Emitted before anything is sent. @see https://nodejs.org/api/diagnostics_channel.html#http */
const CREATED = 'http.client.request.created';

/** Which function runs. */
const running = new AsyncLocalStorage<string>();

/**
 * Records what the functions of a stack ask AWS for from now on, in the requests as the AWS SDK sends them.
 * @returns ends it
 */
export function recordRequests(stack: Stack, take: (request: RecordedRequest) => void): () => void {
  const { functions, service } = stack;
  const { invoke } = functions;
  functions.invoke = (name, payload) => running.run(name, () => invoke(name, payload));

  function onRequest(message: unknown): void {
    const name = running.getStore();
    const { request } = message as { request: ClientRequest };
    const path = /^\/aws\/([a-z]+)(\/.*)$/.exec(request.path);
    if (name === undefined || path === null) return;
    const [, endpoint = '', rest = ''] = path;
    const send = request.end;
    // The SDK hands over the whole body at the end.
    request.end = function end(this: ClientRequest, ...args: unknown[]) {
      const [body] = args;
      const text = typeof body === 'string' || body instanceof Uint8Array ? Buffer.from(body).toString() : '';
      const target = request.getHeader('x-amz-target');
      const seen = { endpoint, method: request.method, path: rest, target: String(target ?? ''), body: text };
      take({ function: name, ...awsRequest(seen, service) });
      return Reflect.apply(send, this, args);
    } as typeof send;
  }

  subscribe(CREATED, onRequest);
  return () => {
    unsubscribe(CREATED, onRequest);
    functions.invoke = invoke;
  };
}
