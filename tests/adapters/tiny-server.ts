import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What a request said, as far as the tests look at it. */
interface SeenRequest {
  method: string;
  path: string;
  target: string | undefined;
  body: unknown;
}

interface Reply {
  status?: number;
  /** As the service names its error; in the header and in the body, as its protocols do it. */
  error?: string;
  body?: unknown;
}

/** One HTTP server that says to the real SDK what a test wants it to hear. */
export interface TinyServer {
  endpoint: string;
  seen: SeenRequest[];
  /** The next replies, the last one for every further request; `hang up` closes the connection, `silence` keeps it open. */
  replies: (Reply | 'hang up' | 'silence')[];
  close(): Promise<void>;
}

/** Credentials and region of a client of this server. */
export const LOCAL_CLIENT = {
  region: 'ap-northeast-1',
  credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
};

export async function startTinyServer(): Promise<TinyServer> {
  const seen: SeenRequest[] = [];
  const replies: TinyServer['replies'] = [];
  const server = createServer(async (request, response) => {
    let text = '';
    for await (const chunk of request) text += chunk;
    const target = request.headers['x-amz-target'];
    seen.push({
      method: request.method ?? '',
      path: request.url ?? '',
      target: typeof target === 'string' ? target.split('.').at(-1) : undefined,
      body: text === '' ? undefined : JSON.parse(text),
    });
    const reply = (replies.length > 1 ? replies.shift() : replies[0]) ?? {};
    if (reply === 'silence') return;
    if (reply === 'hang up') {
      response.destroy();
      return;
    }
    const { status = reply.error === undefined ? 200 : 400, error, body = {} } = reply;
    response.writeHead(status, {
      'content-type': 'application/x-amz-json-1.0',
      ...(error !== undefined && { 'x-amzn-errortype': error }),
    });
    response.end(JSON.stringify(error === undefined ? body : { __type: error, message: 'for +819012345678' }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    seen,
    replies,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
