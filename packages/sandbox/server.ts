import type { IncomingMessage, ServerResponse } from 'node:http';
import { maskRecord } from '../../domain/call-record.ts';
import { isObject } from '../../domain/json-object.ts';
import { parseJson } from '../../domain/json-text.ts';
import { UnusableNotificationError } from '../../domain/sns-notification.ts';
import type { boardRoute as createBoardRoute } from './board/routes.ts';
import { MalformedDetailError } from './event-bus.ts';
import { BodyTooLargeError, readBody, sendJson } from './http.ts';
import type { Stack } from './stack.ts';

/** Where KARTE's Track API is. */
export const TRACK_PATH = '/karte-api/v2/track/event/write';

type Handler = (request: IncomingMessage, response: ServerResponse) => unknown;
type AsyncHandler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/**
 * Everything the local stack answers on its one port:
 * - `POST /events`: an event as EventBridge delivers it, a PutEvents entry or request, or an SNS notification
 * - `GET /calls`, `GET /calls/<request id>`: call records, numbers masked, with the call's transcript
 * - `GET /dead-letters`: events that the rule could not deliver
 * - `/aws/<service>`: the services, for the AWS SDK; `/aws/account` is all of them, for `npm run doctor`
 * - `/availability.json`: the function URL of that name, where the stage has it; its own CORS says which pages may read it
 * - `POST /karte-api/v2/track/event/write`: KARTE's Track API; `GET /karte-api`: what it was asked and answered
 *
 * - `/`, `/operator…`, `/dashboard…`, `/requests/…`, `/board/…`, `/sample…`, `/karte/…`: the board, see board/routes.ts
 *
 * HEAD is answered as GET is, without the body; but for availability.json, which is the function's own.
 *
 * Only requests to this machine by its own name are answered, and, except for availability.json, none from other sites' pages.
 */
export function requestHandler(
  stack: Stack,
  services: Readonly<Record<string, Handler>>,
  boardRoute: () => Promise<ReturnType<typeof createBoardRoute>>,
  availability: AsyncHandler | undefined,
): Handler {
  const host = new URL(stack.url).host;
  const ownHosts = [host, host.replace('127.0.0.1', 'localhost')];

  const route = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { headers } = request;
    // Node.js leaves the body out of what it answers to HEAD.
    const method = request.method === 'HEAD' ? 'GET' : request.method;
    const url = addressIn(request.url ?? '/', stack.url);
    const toFunction = url?.pathname === '/availability.json' ? availability : undefined;
    if (!ownHosts.includes(headers.host ?? '') || (!toFunction && isForeign(request, ownHosts))) {
      return sendJson(response, 403, { error: `only requests to ${host} from this machine are answered` });
    }
    if (!url) return sendJson(response, 400, { error: 'this is not an address' });
    if (toFunction) return toFunction(request, response);
    const { pathname } = url;
    const name = /^\/aws\/([a-z]+)(?:\/.*)?$/.exec(pathname)?.[1] ?? '';
    const service = Object.hasOwn(services, name) ? services[name] : undefined;
    if (service) {
      request.url = (request.url ?? '').slice(`/aws/${name}`.length) || '/';
      await service(request, response);
      return;
    }
    if (method === 'POST' && pathname === TRACK_PATH) return stack.trackApi.handle(request, response);
    if (method === 'GET' && pathname === '/karte-api') return sendJson(response, 200, stack.trackApi.requests());
    if (method === 'POST' && pathname === '/events') return acceptEvents(stack, request, response);
    if (method === 'GET' && pathname === '/calls') {
      return sendJson(response, 200, (await stack.records()).map(maskRecord));
    }
    const requestId = method === 'GET' ? decoded(/^\/calls\/([^/]+)$/.exec(pathname)?.[1]) : undefined;
    if (requestId !== undefined) {
      const record = await stack.record(requestId);
      if (!record) return sendJson(response, 404, { error: 'there is no call record with this request id' });
      const contact = record.contactId === undefined ? undefined : stack.connect.contact(record.contactId);
      return sendJson(response, 200, { ...maskRecord(record), transcript: contact?.transcript ?? [] });
    }
    if (method === 'GET' && pathname === '/dead-letters') {
      // An event holds the visitor's number: its id and the reason tell enough.
      const letters = stack.bus.deadLetters.map(({ event, at: _, ...why }) => ({ eventId: event.id, ...why }));
      return sendJson(response, 200, letters);
    }
    const answer = (await boardRoute())(request, url);
    if (answer) return answer(request, response, url);
    if (method === 'GET' && pathname === '/') return sendJson(response, 200, { addresses: addressesOf(stack.url) });
    sendJson(response, 404, {
      error: `nothing answers ${request.method} ${pathname}`,
      addresses: addressesOf(stack.url),
    });
  };

  return (request, response) => {
    route(request, response).catch((error: unknown) => {
      const status = error instanceof BodyTooLargeError ? 413 : 500;
      const message = error instanceof Error ? error.message : String(error);
      if (!response.headersSent) sendJson(response, status, { error: message });
      else response.destroy();
    });
  };
}

/**
 * A page of somewhere else says so, whether it fetches or frames: browsers do not let it lie. A person who follows a link
 * to a request is no such page.
 */
function isForeign({ method, headers }: IncomingMessage, ownHosts: readonly string[]): boolean {
  const { origin, 'sec-fetch-site': site, 'sec-fetch-mode': mode, 'sec-fetch-dest': to } = headers;
  if (origin !== undefined && !ownHosts.some((host) => origin === `http://${host}`)) return true;
  const followsLink = method === 'GET' && mode === 'navigate' && to === 'document';
  return site !== undefined && site !== 'same-origin' && site !== 'none' && !followsLink;
}

/** Undefined if the request's target is none, such as `//`. */
function addressIn(target: string, base: string): URL | undefined {
  return URL.canParse(target, base) ? new URL(target, base) : undefined;
}

/** Undefined if a per cent sign encodes nothing. */
function decoded(part: string | undefined): string | undefined {
  try {
    return part === undefined ? undefined : decodeURIComponent(part);
  } catch {
    return undefined;
  }
}

/** Routes for people. */
export const addressesOf = (url: string): Record<string, string> => ({
  board: `GET ${url}/`,
  dashboard: `GET ${url}/dashboard`,
  operator: `GET ${url}/operator`,
  events: `POST ${url}/events`,
  calls: `GET ${url}/calls`,
  call: `GET ${url}/calls/<request id>`,
  deadLetters: `GET ${url}/dead-letters`,
  availability: `GET ${url}/availability.json`,
  karteEvents: `GET ${url}/karte-api`,
  connect: `${url}/aws/connect`,
  dynamodb: `${url}/aws/dynamodb`,
  states: `${url}/aws/states`,
  sqs: `${url}/aws/sqs`,
  lambda: `${url}/aws/lambda`,
  secretsmanager: `${url}/aws/secretsmanager`,
  ssm: `${url}/aws/ssm`,
  account: `${url}/aws/account`,
});

async function acceptEvents(stack: Stack, request: IncomingMessage, response: ServerResponse): Promise<void> {
  let body: unknown;
  try {
    body = parseJson(await readBody(request));
  } catch (error) {
    if (error instanceof BodyTooLargeError) throw error;
    return sendJson(response, 400, { error: 'the body is not JSON' });
  }
  const entries = isObject(body) && Array.isArray(body.Entries) ? body.Entries : body;
  if (!isObject(body) && !Array.isArray(body)) {
    return sendJson(response, 400, { error: 'the body is not an event: expected a JSON object, or a list of them' });
  }
  const events: unknown[] = Array.isArray(entries) ? entries : [entries];
  if (events.length === 0) {
    return sendJson(response, 400, { error: 'the body is an empty list: expected an event, or entries of put-events' });
  }
  if (!events.every(isObject))
    return sendJson(response, 400, { error: 'an entry is not an event: expected JSON objects' });
  try {
    if (isObject(body) && 'Records' in body) {
      const executions = await stack.notify(body);
      return sendJson(response, 202, { results: executions.map(({ arn }) => ({ result: 'started', execution: arn })) });
    }
    const results = events.map((event) => {
      const delivery = stack.put(event);
      const { result } = delivery;
      const eventId = delivery.event.id;
      return delivery.result === 'started'
        ? { result, eventId, execution: delivery.execution.arn, call: `${stack.url}/calls/${eventId}` }
        : { result, eventId, because: delivery.because };
    });
    sendJson(response, results.every(({ result }) => result === 'started') ? 202 : 422, { results });
  } catch (error) {
    if (!(error instanceof MalformedDetailError || error instanceof UnusableNotificationError)) throw error;
    sendJson(response, 400, { error: error.message });
  }
}
