import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { parseJson } from '../../../domain/json-text.ts';
import { readBody } from '../http.ts';
import { AccountRefusal, AnswerWithHeaders, type Input, type Operation } from './account-operation.ts';
import type { AccountState } from './account-state.ts';
import { CONNECT_ROUTES } from './connect-of-account.ts';
import { FUNCTION_ROUTES } from './functions-of-account.ts';
import { JSON_SERVICES, OPERATIONS, QUERY_SERVICES } from './services-of-account.ts';
import { errorXml, responseXml } from './xml.ts';

/** A running double of an AWS account. */
export interface AccountDouble {
  /** For AWS_ENDPOINT_URL, or the endpoint of every client. */
  url: string;
  /** Every action that was requested, in order: `connect:ListQueues`. */
  requests: string[];
  close(): Promise<void>;
}

/** How a response is written. */
interface Protocol {
  send(response: ServerResponse, operation: string, answer: unknown): void;
  refuse(response: ServerResponse, refusal: AccountRefusal): void;
}

/** A request that was understood. */
interface Asked {
  /** `connect:ListQueues`. */
  action: string;
  input: Input;
  answer: Operation;
  protocol: Protocol;
}

type Handler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/**
 * Serves the APIs that read an account over HTTP, as the AWS SDK requests them, from a plain object. Signatures are not
 * checked: permissions are determined by `state.deny`.
 *
 * @param state may be changed while it is running; requests that change something change it
 * @param calls handles requests about calls, such as connectEndpoint of a model; if missing, there are none
 */
export async function startAccountDouble(state: AccountState, calls?: Handler): Promise<AccountDouble> {
  const requests: string[] = [];
  const answer = accountHandler(
    () => state,
    (action) => requests.push(action),
  );
  const serve: Handler = (request, response) =>
    calls && isRest(request) && /^\/contacts?\//.test(request.url ?? '')
      ? calls(request, response)
      : answer(request, response);
  const server = createServer((request, response) => {
    serve(request, response).catch((error: unknown) => {
      response.writeHead(500).end(String(error));
    });
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    close: () =>
      new Promise((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  };
}

/**
 * The same for any HTTP server.
 *
 * @param look returns the state at the time of a request
 * @param asked is told of every requested action
 */
export function accountHandler(
  look: () => AccountState,
  asked: (action: string) => unknown = () => undefined,
): Handler {
  return async (request, response) => {
    const route = restRoute(request);
    const { action, input, answer, protocol } = understood(request, await readBody(request), route);
    asked(action);
    const state = look();
    if (state.silent.includes(action)) return;
    try {
      if (state.deny.includes(action)) {
        const user = `User: arn:aws:iam::${state.accountId}:user/example`;
        const message = `${user} is not authorized to perform: ${action} because no identity-based policy allows the ${action} action`;
        throw new AccountRefusal('AccessDeniedException', message, 403);
      }
      const refusal = state.refusals[action];
      if (refusal) throw new AccountRefusal(refusal.name, refusal.message);
      const refusals = state.throttle[action] ?? 0;
      if (refusals > 0) {
        state.throttle[action] = refusals - 1;
        throw new AccountRefusal('ThrottlingException', 'Rate exceeded', 429);
      }
      protocol.send(response, action.split(':')[1] ?? '', state.answers[action] ?? answer(state, input) ?? {});
    } catch (error) {
      if (!(error instanceof AccountRefusal)) throw error;
      protocol.refuse(response, error);
    }
  };
}

const REST_ROUTES: Readonly<Record<string, readonly [action: string, answer: Operation]>> = {
  ...Object.fromEntries(
    Object.entries(CONNECT_ROUTES).map(([route, [operation, answer]]) => [route, [`connect:${operation}`, answer]]),
  ),
  ...FUNCTION_ROUTES,
};

type RestRoute = { action: string; answer: Operation; path: Record<string, string> };

/** Services that name their operation in the method and the path. */
const isRest = ({ headers }: IncomingMessage): boolean =>
  headers['x-amz-target'] === undefined && headers['content-type'] !== 'application/x-www-form-urlencoded';

function restRoute(request: IncomingMessage): RestRoute | undefined {
  if (!isRest(request)) return undefined;
  const segments = new URL(request.url ?? '/', 'http://localhost').pathname.split('/');
  for (const [route, [action, answer]] of Object.entries(REST_ROUTES)) {
    const [method, pattern = ''] = route.split(' ');
    const wanted = pattern.split('/');
    if (method !== request.method || wanted.length !== segments.length) continue;
    const isVariable = (part: string) => part.startsWith('{');
    if (!wanted.every((part, index) => isVariable(part) || part === segments[index])) continue;
    const path = wanted.flatMap((part, index) =>
      isVariable(part) ? [[part.slice(1, -1), decodeURIComponent(segments[index] ?? '')]] : [],
    );
    return { action, answer, path: Object.fromEntries(path) };
  }
  return undefined;
}

function understood(request: IncomingMessage, body: string, rest: RestRoute | undefined): Asked {
  const url = new URL(request.url ?? '/', 'http://localhost');
  if (rest) {
    const query = Object.fromEntries([...url.searchParams].map(([name, value]) => [upperFirst(name), value]));
    const input = { ...query, ...fieldsOf(body), ...rest.path };
    return { action: rest.action, input, answer: rest.answer, protocol: JSON_PROTOCOL };
  }
  if (isRest(request)) return unknown(`${request.method} ${url.pathname}`, JSON_PROTOCOL);
  const target = request.headers['x-amz-target'];
  if (target !== undefined) {
    const [service = '', operation = ''] = String(target).split('.');
    const action = `${JSON_SERVICES[service] ?? service}:${operation}`;
    const answer = OPERATIONS[action];
    return answer ? { action, input: fieldsOf(body), answer, protocol: JSON_PROTOCOL } : unknown(action, JSON_PROTOCOL);
  }
  const input = Object.fromEntries(new URLSearchParams(body));
  const action = `${QUERY_SERVICES[input.Version ?? ''] ?? input.Version}:${input.Action}`;
  const answer = OPERATIONS[action];
  return answer ? { action, input, answer, protocol: QUERY_PROTOCOL } : unknown(action, QUERY_PROTOCOL);
}

const unknown = (action: string, protocol: Protocol): Asked => ({
  action,
  input: {},
  protocol,
  answer: () => {
    throw new AccountRefusal('UnknownOperationException', `the double of an account does not know ${action}`, 404);
  },
});

const upperFirst = (name: string): string => `${name.charAt(0).toUpperCase()}${name.slice(1)}`;

const fieldsOf = (body: string): Record<string, unknown> =>
  body === '' ? {} : (parseJson(body) as Record<string, unknown>);

const JSON_PROTOCOL: Protocol = {
  send: (response, _operation, answer) => {
    const { body, headers } = answer instanceof AnswerWithHeaders ? answer : { body: answer, headers: {} };
    response.writeHead(200, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
  },
  refuse: (response, { name, message, status }) =>
    response
      .writeHead(status, { 'content-type': 'application/json', 'x-amzn-errortype': name })
      .end(JSON.stringify({ __type: name, message })),
};

/** @see https://smithy.io/2.0/aws/protocols/aws-query-protocol.html */
const QUERY_PROTOCOL: Protocol = {
  send: (response, operation, answer) =>
    response.writeHead(200, { 'content-type': 'text/xml' }).end(responseXml(operation, answer)),
  refuse: (response, { name, message, status }) =>
    response
      // The services of this protocol leave `Exception` out of the code.
      .writeHead(status, { 'content-type': 'text/xml' })
      .end(errorXml(name.replace(/Exception$/, ''), message)),
};
