import {
  Agent,
  type createServer as createHttp,
  type IncomingMessage,
  request,
  type Server,
  type ServerResponse,
} from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { connectEndpoint } from '../connect/endpoint.ts';
import { type ConnectModel, createConnectModel } from '../connect/model.ts';
import { readBody } from '../http.ts';
import { createTables, localDynamoDb } from '../local-dynamodb.ts';
import { parametersEndpoint } from '../parameters-endpoint.ts';
import type { TableProperties } from '../service.ts';

/** What the endpoints respond with, starting from empty tables. */
export interface RoadWorld {
  tables: readonly TableProperties[];
  instanceId: string;
  region: string;
  sourcePhoneNumber: string;
  /** Queue id by name. */
  queues: Readonly<Record<string, string>>;
  flowId: string;
  /** From Parameter Store, by name. */
  parameters: Readonly<Record<string, string>>;
}

/** Delay of a response, counted from the arrival of its request, in milliseconds. */
export interface RoadDelays {
  tableMs: number;
  parameterMs: number;
  connectReadMs: number;
  startCallMs: number;
}

/** The requests that the endpoints received. */
export interface Served {
  requests: number;
  /** DynamoDB's request units, as it reports them. */
  readUnits: number;
  writeUnits: number;
}

/** To the process of the endpoints. */
export type EndpointOrder =
  | { do: 'listen'; key: string; certificate: string; delays: RoadDelays }
  | { do: 'begin'; world: RoadWorld }
  | { do: 'tell' };

const READS = ['GetItem', 'BatchGetItem', 'Query', 'Scan'];
const ACCOUNT = '000000000000';
/** Free agents; one call takes one. */
const AGENTS = 5;

/**
 * DynamoDB (dynalite) and Amazon Connect (the model of the local stack) over HTTPS, with the delay of a network. A separate
 * process, so that its computation does not count as the functions' CPU time.
 */
function roadEndpoints() {
  let delays: RoadDelays = { tableMs: 0, parameterMs: 0, connectReadMs: 0, startCallMs: 0 };
  let served: Served = { requests: 0, readUnits: 0, writeUnits: 0 };
  let tables: Server | undefined;
  let model: ConnectModel | undefined;
  let parameters = parametersEndpoint({});
  const agent = new Agent({ keepAlive: true });

  async function begin(world: RoadWorld): Promise<void> {
    model?.close();
    parameters = parametersEndpoint(world.parameters);
    if (tables) await closed(tables);
    tables = localDynamoDb();
    await new Promise<void>((resolve) => tables?.listen(0, '127.0.0.1', resolve));
    await createTables(world.tables, `http://127.0.0.1:${portOf(tables)}`);
    model = createConnectModel({
      instanceId: world.instanceId,
      region: world.region,
      accountId: ACCOUNT,
      sourcePhoneNumbers: [world.sourcePhoneNumber],
      queues: Object.entries(world.queues).map(([name, id]) => ({ id, name })),
      flows: new Map([[world.flowId, { name: 'any', type: 'CONTACT_FLOW', document: NO_FLOW }]]),
      answer: 'by-hand',
      // The bench sends many requests in a second; the rate of a stage is not what it measures.
      quotas: { rates: Object.fromEntries(READ_OPERATIONS.map((name) => [name, { perSecond: 1_000, burst: 1_000 }])) },
    });
    for (let number = 1; number <= AGENTS; number += 1) {
      model.addAgent({ name: `agent-${number}`, queues: Object.values(world.queues) });
    }
    served = { requests: 0, readUnits: 0, writeUnits: 0 };
  }

  async function answer(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const arrivedAt = performance.now();
    served.requests += 1;
    const [, service = ''] = /^\/aws\/([a-z]+)/.exec(incoming.url ?? '') ?? [];
    incoming.url = (incoming.url ?? '').slice(`/aws/${service}`.length) || '/';
    if (service === 'dynamodb') return askTables(incoming, response, arrivedAt);
    if (service === 'ssm') return parameters(incoming, heldBack(response, arrivedAt + delays.parameterMs));
    if (service === 'connect' && model) {
      const delay = incoming.url === '/contact/outbound-voice' ? delays.startCallMs : delays.connectReadMs;
      return connectEndpoint(model)(incoming, heldBack(response, arrivedAt + delay));
    }
    response.writeHead(404).end(`the bench has no ${service}`);
  }

  /** Forwards the request, and requests the units it takes, which the caller does not see. */
  async function askTables(incoming: IncomingMessage, response: ServerResponse, arrivedAt: number): Promise<void> {
    if (!tables) throw new Error('the tables are not there yet');
    const operation = String(incoming.headers['x-amz-target']).split('.')[1] ?? '';
    const body = { ...JSON.parse(await readBody(incoming)), ReturnConsumedCapacity: 'TOTAL' };
    const text = JSON.stringify(body);
    const { host: _, 'transfer-encoding': __, 'accept-encoding': ___, ...headers } = incoming.headers;
    const inner = request({
      host: '127.0.0.1',
      port: portOf(tables),
      method: 'POST',
      path: incoming.url,
      agent,
      headers: { ...headers, 'content-length': Buffer.byteLength(text) },
    });
    inner.end(text);
    const answered = await new Promise<IncomingMessage>((resolve, reject) => {
      inner.once('response', resolve).once('error', reject);
    });
    const { ConsumedCapacity, ...told } = JSON.parse(await readBody(answered)) as { ConsumedCapacity?: unknown };
    const units = [ConsumedCapacity].flat().reduce<number>((sum, part) => sum + unitsOf(part), 0);
    if (READS.includes(operation)) served.readUnits += units;
    else served.writeUnits += units;
    const answer = JSON.stringify(told);
    later(arrivedAt + delays.tableMs, () => {
      response.writeHead(answered.statusCode ?? 500, {
        'content-type': 'application/x-amz-json-1.0',
        'content-length': Buffer.byteLength(answer),
        'x-amzn-requestid': String(answered.headers['x-amzn-requestid'] ?? ''),
      });
      response.end(answer);
    });
  }

  process.on('message', async (order: EndpointOrder) => {
    switch (order.do) {
      case 'listen': {
        delays = order.delays;
        const server = createServer({ key: order.key, cert: order.certificate }, (incoming, response) => {
          answer(incoming, response).catch((error: unknown) => {
            console.error(error);
            response.destroy();
          });
        });
        server.keepAliveTimeout = 60_000;
        server.listen(0, '127.0.0.1', () => process.send?.({ port: portOf(server) }));
        break;
      }
      case 'begin':
        await begin(order.world);
        process.send?.({ begun: true });
        break;
      case 'tell':
        process.send?.(served);
    }
  });
  process.once('disconnect', () => process.exit());
}

/** Delays the end of the response until this moment or later. */
function heldBack(response: ServerResponse, moment: number): ServerResponse {
  const end = response.end.bind(response) as (text: string) => void;
  response.end = ((text: string) => {
    later(moment, () => end(text));
    return response;
  }) as typeof response.end;
  return response;
}

const READ_OPERATIONS = ['GetCurrentMetricData', 'DescribeQueue', 'GetEffectiveHoursOfOperations'] as const;

/** Nobody answers the phone, so nothing is played. */
const NO_FLOW = { Version: '2019-10-30', StartAction: 'end', Actions: [] } as never;

const unitsOf = (capacity: unknown): number => Number((capacity as { CapacityUnits?: number })?.CapacityUnits ?? 0);

const portOf = (server: Pick<ReturnType<typeof createHttp>, 'address'>): number =>
  (server.address() as AddressInfo).port;

const closed = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections?.();
  });

const later = (moment: number, then: () => void): void => {
  setTimeout(then, Math.max(0, moment - performance.now()));
};

roadEndpoints();
