import type { IncomingMessage, ServerResponse } from 'node:http';
import type { DeadLetter } from './event-bus.ts';
import { readBody, sendJson } from './http.ts';
import type { LocalFunctions } from './local-functions.ts';
import type { Service } from './service.ts';

/**
 * AWS Lambda's asynchronous Invoke, and GetFunctionConfiguration, for reading the functions' settings.
 *
 * @param giveUp receives events on which a function failed
 * @see https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html
 * @see https://docs.aws.amazon.com/lambda/latest/api/API_GetFunctionConfiguration.html
 */
export function lambdaEndpoint(
  { functions: known, stage, stateMachine }: Service,
  functions: Pick<LocalFunctions, 'invoke'>,
  giveUp: (letter: DeadLetter) => void,
) {
  const prefix = stateMachine.name.replace(/call-request$/, '');

  async function invoke(name: string, event: DeadLetter['event']): Promise<void> {
    try {
      await functions.invoke(name, event);
    } catch (error) {
      const { name: errorCode, message: errorMessage } = error instanceof Error ? error : new Error(String(error));
      giveUp({ event, errorCode, errorMessage, function: name, at: Date.now() });
    }
  }

  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const [, FunctionName = '', action] =
      /^\/2015-03-31\/functions\/([^/]+)\/(invocations|configuration)$/.exec(request.url ?? '') ?? [];
    const name = FunctionName.startsWith(prefix) ? FunctionName.slice(prefix.length) : '';
    if (!Object.hasOwn(known, name)) {
      response.setHeader('x-amzn-errortype', 'ResourceNotFoundException');
      return sendJson(response, 404, { Message: `Function not found: ${FunctionName}` });
    }
    if (action === 'configuration') {
      return sendJson(response, 200, { FunctionName, Environment: { Variables: stage.environment } });
    }
    const event = JSON.parse(await readBody(request)) as DeadLetter['event'];
    void invoke(name, event);
    response.writeHead(202).end();
  };
}
