import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, GetCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import type { CallRecord } from '../domain/call-record.ts';
import type { Accepted } from '../functions/accept-sns-notification.ts';
import { connectEndpoint } from './connect/endpoint.ts';
import { type ConnectModel, createConnectModel } from './connect/model.ts';
import { localContactFlows } from './contact-flows.ts';
import { createTables, localDynamoDb } from './dynamodb.ts';
import { type Delivery, type Event, type LocalEventBus, localEventBus } from './event-bus.ts';
import { type LocalFunctions, loadFunctions } from './functions.ts';
import { requestHandler } from './server.ts';
import { readService, type Service } from './service.ts';
import { type Execution, type LocalStateMachine, localStateMachine } from './state-machine.ts';

export interface StackOptions {
  /** 0 takes any free port. */
  port?: number;
  /** Everything that waits (ringing, speech, retries, turns) is this many times faster than life. */
  speed?: number;
  /** Free agents at the start; each serves every queue. */
  agents?: number;
  /** What becomes of a call. */
  answer?: 'human' | 'voicemail' | 'no-answer' | 'busy';
  /** Seconds of its life that a phone rings before it is picked up; 2 where nothing is said. */
  ringSeconds?: number;
  queuesOpen?: boolean;
  queuesEnabled?: boolean;
  /** Is given every log line of the functions. */
  onLog?: (line: string) => void;
  /** Is told of every execution that has ended. */
  onEnd?: (execution: Execution) => void;
}

/** The whole path on this machine. Nothing of it is left after `close()`. */
export interface Stack {
  url: string;
  service: Service;
  connect: ConnectModel;
  bus: LocalEventBus;
  stateMachine: LocalStateMachine;
  functions: LocalFunctions;
  /** Puts an event on the bus. */
  put(event: Event): Delivery;
  /** Hands a notification to acceptSnsNotification, and returns the executions it started or found. */
  notify(notification: unknown): Promise<Execution[]>;
  records(): Promise<CallRecord[]>;
  record(requestId: string): Promise<CallRecord | undefined>;
  /** Resolves when no execution runs and no call is going on. */
  idle(): Promise<void>;
  close(): Promise<void>;
}

const INSTANCE_ACCOUNT = '000000000000';

/** Starts the local stack on 127.0.0.1. */
export async function startStack(options: StackOptions = {}): Promise<Stack> {
  const server = createServer();
  // The SDK's idle connections must not keep the process.
  server.keepAliveTimeout = 1_000;
  const url = `http://127.0.0.1:${await listen(server, options.port ?? 0)}`;
  try {
    return await stackOn(server, url, options);
  } catch (error) {
    // A mistake in a flow or a setting: a server without a stack would keep the process.
    server.close();
    throw error;
  }
}

async function stackOn(server: Server, url: string, options: StackOptions): Promise<Stack> {
  const { speed = 20, agents = 2, answer = 'human', queuesOpen = true, queuesEnabled = true } = options;
  const service = readService('local', Number(new URL(url).port));
  const { connect: settings, karte: _, ...file } = service.stage.file;

  const flows = localContactFlows(service, INSTANCE_ACCOUNT);
  const connect = createConnectModel({
    instanceId: settings.instanceId,
    region: file.region,
    accountId: INSTANCE_ACCOUNT,
    sourcePhoneNumbers: [settings.sourcePhoneNumber],
    queues: Object.entries(settings.queues).map(([name, id]) => ({
      id,
      name,
      open: queuesOpen,
      enabled: queuesEnabled,
    })),
    flows: flows.byId,
    speed,
    answer,
    ...(options.ringSeconds !== undefined && { ringSeconds: options.ringSeconds }),
  });
  const queueIds = Object.values(settings.queues);
  for (let number = 1; number <= agents; number += 1) connect.addAgent({ name: `agent-${number}`, queues: queueIds });

  const dynamoDb = localDynamoDb();
  const functions = await loadFunctions(service, options.onLog);
  const stateMachine = localStateMachine({
    service,
    functions,
    references: flows.references,
    speed,
    ...(options.onEnd && { onEnd: options.onEnd }),
  });
  const bus = localEventBus(service, stateMachine, () => new Date());

  const tables = tableReader(service, `${url}/aws/dynamodb`);
  const stack: Stack = {
    url,
    service,
    connect,
    bus,
    stateMachine,
    functions,
    put: (event) => bus.put(event),
    async notify(notification) {
      const { requests } = (await functions.invoke('acceptSnsNotification', notification)) as Accepted;
      return requests.flatMap(({ requestId }) => {
        const execution = [...stateMachine.executions.values()].find(({ input }) => idOf(input) === requestId);
        return execution ? [execution] : [];
      });
    },
    records: tables.all,
    record: tables.one,
    async idle() {
      await stateMachine.idle();
      await connect.idle();
    },
    async close() {
      connect.close();
      tables.close();
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
  server.on('request', requestHandler(stack, connectEndpoint(connect), dynamoDb));
  await createTables(service.tables, `${url}/aws/dynamodb`);
  return stack;
}

const idOf = (event: unknown): unknown => (event as { id?: unknown } | null)?.id;

/** A port that is taken is the commonest mistake at the start: it is answered with what to do. */
export class PortTakenError extends Error {
  override readonly name = 'PortTakenError';
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const taken = error.code === 'EADDRINUSE' || error.code === 'EACCES';
      const message = `port ${port} cannot be used: stop what listens there, or choose another with PORT=…`;
      reject(taken ? new PortTakenError(message, { cause: error }) : error);
    });
    server.listen(port, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });
}

/** Reads call records for people, past the functions. */
function tableReader(service: Service, endpoint: string) {
  const client = new DynamoDBClient({
    endpoint,
    region: service.stage.file.region,
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  const documents = DynamoDBDocumentClient.from(client);
  const TableName = service.stage.environment.CALLS_TABLE;
  const plain = (item: Record<string, unknown>) =>
    ({ ...item, ...(item.duplicates instanceof Set && { duplicates: [...item.duplicates] }) }) as unknown as CallRecord;
  return {
    async all(): Promise<CallRecord[]> {
      const { Items = [] } = await documents.send(new ScanCommand({ TableName }));
      return Items.map(plain).sort((a, b) => a.receivedAt.localeCompare(b.receivedAt));
    },
    async one(requestId: string): Promise<CallRecord | undefined> {
      const { Item } = await documents.send(new GetCommand({ TableName, Key: { requestId } }));
      return Item && plain(Item);
    },
    close: () => client.destroy(),
  };
}
