import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  ConnectClient,
  GetCurrentMetricDataCommand,
  type GetCurrentMetricDataCommandInput,
  StartOutboundVoiceContactCommand,
  type StartOutboundVoiceContactCommandInput,
} from '@aws-sdk/client-connect';
import { onTestFinished } from 'vitest';
import type { ConnectOptions } from '../connect/connect-options.ts';
import { connectEndpoint } from '../connect/endpoint.ts';
import { INSTANCE, OTHER_QUEUE, QUEUE, REQUEST, testModel } from './connect-support.ts';

/** A model behind HTTP and the real SDK in front of it, as long as the test runs. Its clock stands still until a test moves it. */
export async function endpoint(options: Partial<ConnectOptions> = {}) {
  const clock = { now: new Date('2026-11-22T03:00:00.000Z') };
  const model = testModel({ now: () => clock.now, ...options });
  const handle = connectEndpoint(model);
  // Mounted under a path, as in the local stack.
  const server = createServer((request, response) => {
    request.url = request.url?.replace('/aws/connect', '');
    handle(request, response);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/aws/connect`;
  const client = new ConnectClient({
    endpoint: url,
    region: 'ap-northeast-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    maxAttempts: 1,
    requestHandler: { requestTimeout: 10_000, throwOnRequestTimeout: true },
  });
  onTestFinished(async () => {
    client.destroy();
    model.close();
    await new Promise((closed) => server.close(closed));
  });
  const start = (change: Partial<StartOutboundVoiceContactCommandInput> = {}, requestTimeout = 10_000) =>
    client.send(new StartOutboundVoiceContactCommand({ ...REQUEST, ...change }), { requestTimeout });
  const metrics = (change: Partial<GetCurrentMetricDataCommandInput> = {}) =>
    client.send(
      new GetCurrentMetricDataCommand({
        InstanceId: INSTANCE,
        Filters: { Queues: [QUEUE, OTHER_QUEUE], Channels: ['VOICE'] },
        Groupings: ['QUEUE'],
        CurrentMetrics: [{ Name: 'AGENTS_AVAILABLE', Unit: 'COUNT' }],
        ...change,
      }),
    );
  return { model, client, clock, url, start, metrics };
}
