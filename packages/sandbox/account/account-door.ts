import type { IncomingMessage, ServerResponse } from 'node:http';
import { parseJson } from '../../../domain/json-text.ts';
import { SERVICE } from '../../../resources/load-stage.ts';
import { readBody, sendJson } from '../http.ts';
import { accountHandler } from './account-double.ts';
import { accountOfStack, type ShownStack } from './account-of-stack.ts';

type Handler = (request: IncomingMessage, response: ServerResponse) => unknown;

/** Services of the stack that respond for themselves. */
interface OwnServices {
  connect: Handler;
  dynamodb: Handler;
  states: Handler;
  ssm: Handler;
}

/** Prefix of an operation in `x-amz-target` → the service of the stack that handles it. */
const BY_TARGET: Readonly<Record<string, keyof OwnServices>> = {
  DynamoDB_20120810: 'dynamodb',
  AWSStepFunctions: 'states',
  AmazonSSM: 'ssm',
};

/** Responses of the Amazon Connect model, by method and path. */
const OF_CONNECT =
  /^(?:POST \/metrics\/current\/|GET \/queues\/|GET \/effective-hours-of-operations\/|GET \/contacts\/|GET \/contact-flows-summary\/|PUT \/contact\/outbound-voice|POST \/contact\/stop)/;

/**
 * The endpoint through which the local stack can be checked like an AWS account: one address for all services. The stack's own
 * services answer what they can, the rest comes from its state. `GET /stage` returns the settings that it runs with.
 */
export function accountDoor(stack: ShownStack, services: OwnServices): Handler {
  const { file, environment } = stack.service.stage;
  const answerFromState = accountHandler(() => accountOfStack(stack));

  return (request, response) => {
    const { method = '', url = '', headers } = request;
    if (method === 'GET' && url === '/stage') return sendJson(response, 200, { name: 'local', file, environment });
    const [target = '', operation] = String(headers['x-amz-target'] ?? '').split('.');
    const own = BY_TARGET[target];
    if (own && operation !== 'DescribeStateMachine') return services[own](request, response);
    if (OF_CONNECT.test(`${method} ${url}`)) return services.connect(request, response);
    const [, name] = /^\/2015-03-31\/functions\/([^/]+)\/invocations$/.exec(url) ?? [];
    if (name !== undefined) return invoke(name, request, response);
    return answerFromState(request, response);
  };

  /** Invoke, with its response: the services of the stack do without it. */
  async function invoke(name: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const payload = parseJson(await readBody(request));
    try {
      sendJson(response, 200, await stack.functions.invoke(name.replace(`${SERVICE}-local-`, ''), payload));
    } catch (error) {
      response.setHeader('x-amz-function-error', 'Unhandled');
      sendJson(response, 200, { errorType: error instanceof Error ? error.name : 'Error' });
    }
  }
}
