import type { IncomingMessage, ServerResponse } from 'node:http';
import { readBody, sendJson } from './http.ts';

/** An error response of the service: `name` is the SDK's exception. */
export interface ServiceRefusal {
  name: string;
  message: string;
}

interface Service {
  /** Prefix of the operation's name in `x-amz-target`. */
  target: string;
  /** Version of the protocol, in the content type. */
  version: '1.0' | '1.1';
  /** Operation → its response to a request's body. */
  operations: Record<string, (body: Record<string, unknown>) => unknown>;
  /** Errors of the service itself; any other is a fault of the stack. */
  isRefusal: (error: unknown) => error is ServiceRefusal;
}

/**
 * A service that speaks AWS's JSON protocol, for the AWS SDK. Signatures are not checked.
 * @see https://smithy.io/2.0/aws/protocols/aws-json-1_0-protocol.html
 */
export function awsJsonEndpoint({ target, version, operations, isRefusal }: Service) {
  const type = `application/x-amz-json-${version}`;
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const refuse = (__type: string, message: string) => sendJson(response, 400, { __type, message }, type);
    const name = String(request.headers['x-amz-target']).slice(target.length + 1);
    const operation = Object.hasOwn(operations, name) ? operations[name] : undefined;
    if (!operation) {
      return refuse('UnknownOperationException', `the local stack knows ${Object.keys(operations).join(', ')} only`);
    }
    let body: Record<string, unknown>;
    try {
      body = JSON.parse(await readBody(request)) as Record<string, unknown>;
    } catch {
      return refuse('SerializationException', 'the request is not JSON');
    }
    try {
      sendJson(response, 200, (await operation(body)) ?? {}, type);
    } catch (error) {
      if (!isRefusal(error)) throw error;
      refuse(error.name, error.message);
    }
  };
}
