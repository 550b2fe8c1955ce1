import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { DeleteCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { type CountryCode, getCountryCallingCode } from 'libphonenumber-js/max';
import { dynamoCallsLog } from '../../adapters/calls-log.ts';
import { dynamoDocuments } from '../../adapters/dynamodb.ts';
import { dynamoControls } from '../../adapters/shared-state/controls.ts';
import { calendarReading, queueReading } from '../../adapters/shared-state/looks.ts';
import { readingKey } from '../../adapters/shared-state/shared-readings.ts';
import type { StageIds } from '../../domain/created-ids.ts';
import type { Accepted } from '../../functions/accept-sns-notification.ts';
import { forgetAwsOfShell } from '../../resources/aws-of-the-shell.ts';
import type { StageOverrides } from '../../resources/load-stage.ts';
import { accountDoor } from './account/account-door.ts';
import { boardActivity } from './board/activity.ts';
import { type CallTimes, timesOf } from './connect/call-times.ts';
import type { Contact } from './connect/contact.ts';
import type { ContactEvent } from './connect/contact-events.ts';
import { connectEndpoint } from './connect/endpoint.ts';
import type { Answer } from './connect/live-call.ts';
import { createConnectModel } from './connect/model.ts';
import type { Transfers } from './connect/transfers.ts';
import { type MetricStore, metricStore } from './dashboard/metric-store.ts';
import { countExecution, withErrorsCounted } from './dashboard/own-metrics-of-aws.ts';
import { type DeadLetter, localEventBus } from './event-bus.ts';
import { executionStatusChange } from './execution-status-change.ts';
import { localFunctionEvents } from './function-events.ts';
import { functionUrl } from './function-url.ts';
import { localKarte } from './karte-model.ts';
import { type KarteFault, karteTrackApi } from './karte-track-api.ts';
import { HISTORY_KEPT_MS } from './kept-history.ts';
import { lambdaEndpoint } from './lambda-endpoint.ts';
import { localContactFlows } from './local-contact-flows.ts';
import { deadLetterOperations } from './local-dead-letters.ts';
import { createTables, localDynamoDb } from './local-dynamodb.ts';
import { type LocalFunctions, loadFunctions } from './local-functions.ts';
import { modelNumber } from './model-number.ts';
import { parametersEndpoint } from './parameters-endpoint.ts';
import { watchWrites } from './record-writes.ts';
import { localSchedules } from './schedules.ts';
import { secretsEndpoint } from './secrets-endpoint.ts';
import { requestHandler, TRACK_PATH } from './server.ts';
import { readService, type Service } from './service.ts';
import { atSpeed } from './speed.ts';
import { localQueues, queuesEndpoint } from './sqs-queues.ts';
import type { Stack } from './stack.ts';
import { type Execution, localStateMachine } from './state-machine.ts';
import { statesEndpoint } from './states-endpoint.ts';
import { localStream } from './table-streams.ts';

export interface StackOptions extends Partial<CallTimes> {
  /** 0 takes any free port. */
  port?: number;
  /**
   * Everything that waits (ringing, speech, retries, turns, the wait for an agent) is this many times faster than real time, and so
   * is how long whoever took a call still counts as busy. The clock is not: cool-downs, limits and opening hours last as long as
   * in life.
   */
  speed?: number;
  /** Overrides of settings/local.yml. */
  settings?: StageOverrides;
  /** Secrets of AWS Secrets Manager, by name. */
  secrets?: Readonly<Record<string, string>>;
  /** Free agents at the start; each serves every queue. */
  agents?: number;
  /** The result of a call. */
  answer?: Answer;
  /** Amazon Connect refuses a ring time-out, as it was seen to do for calls that are no campaign. */
  ringTimeoutNeedsCampaign?: boolean;
  /** The transfers that happen to calls by themselves. */
  transfers?: Transfers;
  queuesOpen?: boolean;
  queuesEnabled?: boolean;
  /**
   * After how many seconds of its life each contact event is delivered, once for each number: an empty list loses it.
   * At once where nothing is said.
   */
  contactEvents?: (event: ContactEvent) => readonly number[];
  /** What happens to a request to KARTE's Track API, by its number from 0. */
  karteFault?: (index: number) => KarteFault | undefined;
  /** Is given every log line of the functions. */
  onLog?: (line: string) => void;
  /** Is given a copy of a contact whenever something happened to it or was said. */
  onContact?: (contact: Contact) => void;
  /** Is told of every write of a call record. */
  onRecordWritten?: (requestId: string) => void;
  /** Is told of every execution that has ended. */
  onEnd?: (execution: Execution) => void;
}

const INSTANCE_ACCOUNT = '000000000000';
const SPEED = 20;

/** Starts the local stack on 127.0.0.1. */
export async function startStack(options: StackOptions = {}): Promise<Stack> {
  forgetAwsOfShell();
  const server = createServer();
  // The SDK's idle connections must not keep the process.
  server.keepAliveTimeout = 1_000;
  const url = `http://127.0.0.1:${await listen(server, options.port ?? 0)}`;
  let functions: LocalFunctions | undefined;
  try {
    const written = withLocalKarte(options.settings, url);
    const service = atSpeed(options.speed ?? SPEED, readService('local', Number(new URL(url).port), written));
    const metrics = metricStore(Date.now());
    functions = await loadFunctions(service, { onLog: options.onLog, onMetric: metrics.takeLine });
    return await stackOn(server, url, service, { functions: withErrorsCounted(functions, metrics), metrics }, options);
  } catch (error) {
    // A mistake in a flow or a setting: a server without a stack would keep the process.
    functions?.close();
    server.close();
    throw error;
  }
}

async function stackOn(
  server: Server,
  url: string,
  service: Service,
  { functions, metrics }: { functions: LocalFunctions; metrics: MetricStore },
  options: StackOptions,
): Promise<Stack> {
  const { speed = SPEED, agents = 2, answer = 'human', queuesOpen = true, queuesEnabled = true } = options;
  const { connect: settings, karte: _, ...file } = service.stage.file;

  const deadLetters: DeadLetter[] = [];
  const events = localFunctionEvents(service.functionRules, functions, speed, (letter) => deadLetters.push(letter));
  const queues = localQueues(service.queues, functions, speed);

  const activity = boardActivity(file.callingHours.timeZone);
  const flows = localContactFlows(service, INSTANCE_ACCOUNT);
  const connect = createConnectModel({
    ...timesOf(options),
    instanceId: settings.instanceId,
    region: file.region,
    accountId: INSTANCE_ACCOUNT,
    sourcePhoneNumbers: [modelNumber(settings)],
    queues: Object.entries(settings.queues).map(([name, id]) => ({
      id,
      name,
      open: queuesOpen,
      enabled: queuesEnabled,
    })),
    flows: flows.byId,
    speed,
    endedKeptMs: HISTORY_KEPT_MS,
    allowedCountries: callingCodes(file.request.countries),
    answer,
    askFunction: (functionArn, event) => functions.invoke(functionArn.slice(functionArn.lastIndexOf('-') + 1), event),
    onContactEvent: (event) => events.put(event, options.contactEvents?.(event)),
    watch: { contact: activity.contactMoved, agent: () => undefined },
    ...(options.onContact && { onChange: options.onContact }),
    ...(options.ringTimeoutNeedsCampaign && { ringTimeoutNeedsCampaign: true }),
    ...(options.transfers && { transfers: options.transfers }),
  });
  const queueIds = Object.values(settings.queues);
  /** What the stack of a deployment writes down. */
  const ids: StageIds = {
    instanceId: settings.instanceId,
    contactFlow: flows.entryFlow,
    queues: settings.queues,
    routingProfiles: {},
  };
  for (let number = 1; number <= agents; number += 1) connect.addAgent({ name: `agent-${number}`, queues: queueIds });

  const dynamoDb = localDynamoDb();
  const stateMachine = localStateMachine({
    service,
    functions,
    speed,
    onEnd(execution) {
      countExecution(execution, metrics);
      events.put(executionStatusChange(execution));
      options.onEnd?.(execution);
    },
    onChange: activity.executionChanged,
    onForget: activity.executionForgotten,
  });
  const bus = localEventBus(service, stateMachine, deadLetters, () => new Date());

  const client = ownClient(service, url);
  const documents = dynamoDocuments(client);
  const { CALLS_TABLE = '', GUARDS_TABLE = '', LEASES_TABLE, IDS_PARAMETER = '' } = service.stage.environment;
  const { recordRetentionDays } = service.stage.file;
  const log = dynamoCallsLog(CALLS_TABLE, documents, recordRetentionDays);
  const schedules = localSchedules(service.schedules, {
    functions,
    region: file.region,
    speed,
    async isAlive() {
      if (stateMachine.isRunning() || connect.activeCalls() > 0) return true;
      const { Count = 0 } = await documents.send(new ScanCommand({ TableName: LEASES_TABLE, Limit: 1 }));
      return Count > 0;
    },
  });
  const { secrets = {} } = options;
  const trackApi = karteTrackApi({
    token: () => tokenIn(secrets[file.reportToKarte?.secretName ?? '']),
    fault: options.karteFault,
  });
  const streams = service.streams.map((stream) =>
    localStream({
      stream,
      functions,
      key: 'requestId',
      read: async (requestId) =>
        (
          await client.send(
            new GetItemCommand({ TableName: CALLS_TABLE, Key: { requestId: { S: requestId } }, ConsistentRead: true }),
          )
        ).Item,
      speed,
      region: file.region,
    }),
  );
  const karte = localKarte({ actionName: service.stage.file.karte.actionName, put: bus.put, now: () => new Date() });
  const stack: Stack = {
    url,
    service,
    connect,
    bus,
    stateMachine,
    functions,
    queues,
    karte,
    trackApi,
    activity,
    metrics,
    secrets,
    put: (event) => bus.put(event),
    async notify(notification) {
      const { requests } = (await functions.invoke('acceptSnsNotification', notification)) as Accepted;
      return requests.flatMap(({ requestId }) => {
        const [name = ''] = activity.executionsOf(requestId);
        return stateMachine.executions.get(name) ?? [];
      });
    },
    controls: dynamoControls(GUARDS_TABLE, documents),
    async forgetReadings() {
      const names = queueIds.flatMap((id) => [queueReading(id), calendarReading(id)]);
      await Promise.all(
        names.map((name) => documents.send(new DeleteCommand({ TableName: GUARDS_TABLE, Key: readingKey(name) }))),
      );
      functions.renew('tellAvailability');
    },
    records: log.all,
    record: log.one,
    runScheduled: schedules.run,
    async idle() {
      await stateMachine.idle();
      await connect.idle();
      await functions.idle();
      for (const stream of streams) await stream.idle();
    },
    async close() {
      (await board)?.streams.close();
      schedules.close();
      for (const stream of streams) stream.close();
      events.close();
      queues.close();
      await stateMachine.close();
      connect.close();
      // What a function still does may reach the stack.
      await functions.idle();
      functions.close();
      client.destroy();
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
  const parameters = { [IDS_PARAMETER]: JSON.stringify(ids) };
  const services = {
    connect: connectEndpoint(connect),
    dynamodb: watchWrites((request, response) => void dynamoDb.emit('request', request, response), {
      table: CALLS_TABLE,
      key: 'requestId',
      written(requestId) {
        activity.recordWritten(requestId);
        for (const stream of streams) stream.written(requestId);
        options.onRecordWritten?.(requestId);
      },
    }),
    states: statesEndpoint(stateMachine),
    sqs: queuesEndpoint(queues, deadLetterOperations(deadLetters, service, url)),
    lambda: lambdaEndpoint(service, functions, (letter) => deadLetters.push(letter)),
    secretsmanager: secretsEndpoint(secrets),
    ssm: parametersEndpoint(parameters),
  };
  const account = accountDoor({ ...stack, parameters, flows }, services);
  let board: ReturnType<typeof loadBoard> | undefined;
  const boardRoute = async () => {
    board ??= loadBoard(stack, speed);
    return (await board).route;
  };
  const availability = service.urls.find(({ function: name }) => name === 'tellAvailability');
  server.on(
    'request',
    requestHandler(stack, { ...services, account }, boardRoute, availability && functionUrl(availability, functions)),
  );
  await createTables(service.tables, `${url}/aws/dynamodb`);
  return stack;
}

/** Loaded when somebody looks: a command that sends one event shows no page. */
async function loadBoard(stack: Stack, speed: number) {
  const [{ boardRoute }, { boardStreams }, { stageView }] = await Promise.all([
    import('./board/routes.ts'),
    import('./board/streams.ts'),
    import('./board/stage-view.ts'),
  ]);
  const view = stageView(stack, speed);
  const streams = boardStreams(stack, view);
  return { streams, route: boardRoute(stack, view, streams) };
}

/** A stage that reports to KARTE reports to this machine's. */
const withLocalKarte = (settings: StageOverrides | undefined, url: string): StageOverrides | undefined =>
  settings?.reportToKarte
    ? { ...settings, reportToKarte: { ...settings.reportToKarte, endpoint: `${url}${TRACK_PATH}` } }
    : settings;

/** The token in a secret of docs/report-to-karte.md. */
const tokenIn = (secret: string | undefined): string | undefined =>
  secret === undefined ? undefined : (JSON.parse(secret) as { token?: string }).token;

/** The instance may call the countries that the stage calls. */
const callingCodes = (countries: readonly CountryCode[]): string[] =>
  countries.map((country) => `+${getCountryCallingCode(country)}`);

/** A port that is taken is the commonest mistake at the start: it is answered with what to do. */
class PortTakenError extends Error {
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

/** DynamoDB as a person at this machine reaches it, past the functions. */
function ownClient(service: Service, url: string): DynamoDBClient {
  return new DynamoDBClient({
    endpoint: `${url}/aws/dynamodb`,
    region: service.stage.file.region,
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
}
