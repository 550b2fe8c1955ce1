import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import * as z from 'zod';
import { BodyTooLargeError, readBody } from '../http.ts';
import { ConnectError, NoAnswer } from './connect-errors.ts';
import type { ConnectModel } from './model.ts';

/** Maximum size of a request body in bytes; the largest that makes sense is a call with 32 KB of attributes. */
const MAX_BODY_BYTES = 1_000_000;

const text = z.string();

const StartOutboundBody = z.object({
  InstanceId: text,
  ContactFlowId: text,
  DestinationPhoneNumber: text,
  SourcePhoneNumber: text.optional(),
  QueueId: text.optional(),
  ClientToken: text.optional(),
  Attributes: z.record(text, text).optional(),
  Name: text.optional(),
  Description: text.optional(),
  RingTimeoutInSeconds: z.number().optional(),
  TrafficType: text.optional(),
});

const MetricBody = z.object({
  Filters: z.object({ Queues: z.array(text).optional(), Channels: z.array(text).optional() }).optional(),
  Groupings: z.array(text).optional(),
  CurrentMetrics: z.array(z.object({ Name: text.optional(), Unit: text.optional() })).optional(),
});

const StopBody = z.object({ InstanceId: text, ContactId: text });

/** A request as a route sees it. */
interface RouteRequest {
  /** Path segments that match the route's `*`. */
  path: string[];
  query: URLSearchParams;
  /** Reads the JSON body. */
  body<T>(schema: z.ZodType<T>): Promise<T>;
}

interface Route {
  method: string;
  /** `*` matches one segment. */
  path: string;
  serve(model: ConnectModel, request: RouteRequest): unknown;
}

/** @see https://docs.aws.amazon.com/connect/latest/APIReference/API_Operations.html */
const ROUTES: readonly Route[] = [
  {
    method: 'PUT',
    path: '/contact/outbound-voice',
    serve: async (model, { body }) => model.startOutbound(await body(StartOutboundBody)),
  },
  {
    method: 'POST',
    path: '/metrics/current/*',
    serve: async (model, { path: [InstanceId = ''], body }) =>
      model.currentMetricData({ InstanceId, ...(await body(MetricBody)) }),
  },
  {
    method: 'GET',
    path: '/queues/*/*',
    serve: (model, { path: [instance = '', queue = ''] }) => model.describeQueue(instance, queue),
  },
  {
    method: 'GET',
    path: '/effective-hours-of-operations/*/*',
    serve: (model, { path: [instance = '', hours = ''], query }) =>
      model.effectiveHours(instance, hours, query.get('fromDate') ?? '', query.get('toDate') ?? ''),
  },
  {
    method: 'GET',
    path: '/contacts/*/*',
    serve: (model, { path: [instance = '', contact = ''] }) => model.describeContact(instance, contact),
  },
  {
    method: 'GET',
    path: '/contact/associated/*',
    serve: (model, { path: [instance = ''], query }) =>
      model.associatedContacts(instance, query.get('contactId') ?? ''),
  },
  {
    method: 'POST',
    path: '/contact/stop',
    serve: async (model, { body }) => {
      const { InstanceId, ContactId } = await body(StopBody);
      return model.stopContact(InstanceId, ContactId);
    },
  },
  {
    method: 'GET',
    path: '/contact-flows-summary/*',
    serve: (model, { path: [instance = ''] }) => model.listContactFlows(instance),
  },
];

/**
 * Amazon Connect's REST API on top of a local model, for any HTTP server. The AWS SDK works with it unchanged once its
 * endpoint points here (`AWS_ENDPOINT_URL_CONNECT`). Signatures are not checked.
 * A server that offers it under a path prefix has to remove the prefix from `request.url` first.
 */
export function connectEndpoint(
  model: ConnectModel,
): (request: IncomingMessage, response: ServerResponse) => Promise<void> {
  return async (request, response) => {
    try {
      send(response, 200, await answer(model, request));
    } catch (error) {
      if (error instanceof NoAnswer) hold(model.closing, response);
      else sendError(response, error);
    }
  };
}

async function answer(model: ConnectModel, request: IncomingMessage): Promise<unknown> {
  // The base only completes the path; it is never used.
  const url = new URL(request.url ?? '/', 'http://localhost');
  for (const route of ROUTES) {
    const path = request.method === route.method ? match(route.path, url.pathname) : undefined;
    if (!path) continue;
    return route.serve(model, { path, query: url.searchParams, body: (schema) => parseBody(request, schema) });
  }
  throw new ConnectError('UnknownOperationException', 'The local model does not know this operation.');
}

/** The segments that match `*`; undefined if the path does not match. */
function match(pattern: string, pathname: string): string[] | undefined {
  const wanted = pattern.split('/');
  const segments = pathname.split('/');
  if (wanted.length !== segments.length) return undefined;
  const found: string[] = [];
  for (const [index, segment] of segments.entries()) {
    if (wanted[index] === '*') found.push(decode(segment));
    else if (wanted[index] !== segment) return undefined;
  }
  return found;
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    throw new ConnectError('InvalidParameterException', 'The path is not valid.');
  }
}

async function parseBody<T>(request: IncomingMessage, schema: z.ZodType<T>): Promise<T> {
  const parsed = schema.safeParse(parseJson(await bodyOf(request)));
  if (parsed.success) return parsed.data;
  const where = parsed.error.issues[0]?.path.join('.');
  throw new ConnectError('InvalidParameterException', `The body does not fit the operation: ${where}.`);
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  try {
    return await readBody(request, MAX_BODY_BYTES);
  } catch (error) {
    if (!(error instanceof BodyTooLargeError)) throw error;
    throw new ConnectError('RequestEntityTooLargeException', error.message);
  }
}

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    throw new ConnectError('SerializationException', 'The body is not JSON.');
  }
}

function send(response: ServerResponse, status: number, body: unknown, headers: Record<string, string> = {}): void {
  response.writeHead(status, { 'content-type': 'application/json', 'x-amzn-requestid': randomUUID(), ...headers });
  response.end(JSON.stringify(body));
}

function sendError(response: ServerResponse, error: unknown): void {
  const known = error instanceof ConnectError;
  const name = known ? error.name : 'InternalServiceException';
  const message = known ? error.message : `The local model failed: ${error instanceof Error ? error.message : error}`;
  send(response, known ? error.status : 500, { message }, { 'x-amzn-errortype': name });
}

/** Leaves the request without a response until its caller gives up or the model closes. */
function hold(closing: AbortSignal, response: ServerResponse): void {
  const drop = () => {
    response.destroy();
  };
  closing.addEventListener('abort', drop);
  response.once('close', () => closing.removeEventListener('abort', drop));
  if (closing.aborted) drop();
}
