import type { IncomingMessage, ServerResponse } from 'node:http';
import type { LambdaFunctionURLEvent, LambdaFunctionURLResult } from 'aws-lambda';
import { readBody } from './http.ts';
import type { LocalFunctions } from './local-functions.ts';
import type { FunctionUrl } from './service.ts';

/**
 * The URL of a Lambda function: turns a request into an event, and the function's result into a response. The URL's configuration answers
 * preflight requests without the function, and adds its CORS headers to any response, whether or not it has its own. For an origin
 * that may not read the response they are missing, and the browser withholds it.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/urls-invocation.html
 * @see https://docs.aws.amazon.com/lambda/latest/dg/urls-configuration.html#urls-cors
 */
export function functionUrl({ function: name, cors }: FunctionUrl, functions: Pick<LocalFunctions, 'invoke'>) {
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { method = 'GET', headers, url = '/' } = request;
    const isAllowed = headers.origin !== undefined && cors.allowedOrigins.includes(headers.origin);
    response.setHeader('vary', 'Origin');
    if (isAllowed) response.appendHeader('access-control-allow-origin', headers.origin ?? '');
    if (method === 'OPTIONS' && headers['access-control-request-method'] !== undefined) {
      if (isAllowed) {
        response.setHeader('access-control-allow-methods', cors.allowedMethods.join(','));
        response.setHeader('access-control-max-age', String(cors.maxAge));
      }
      response.writeHead(200).end();
      return;
    }
    const [rawPath = '/', rawQueryString = ''] = url.split('?');
    const event = {
      version: '2.0',
      rawPath,
      rawQueryString,
      headers: headers as LambdaFunctionURLEvent['headers'],
      requestContext: { http: { method, path: rawPath } },
      body: await readBody(request),
      isBase64Encoded: false,
    };
    try {
      const answer = (await functions.invoke(name, event)) as Exclude<LambdaFunctionURLResult, string>;
      for (const [header, value] of Object.entries(answer.headers ?? {})) response.appendHeader(header, String(value));
      response.writeHead(answer.statusCode ?? 200).end(answer.body ?? '');
    } catch {
      // The function's own error is in its log.
      response.writeHead(502).end('Internal Server Error');
    }
  };
}
