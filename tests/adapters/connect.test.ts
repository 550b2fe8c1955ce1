import { ConnectClient } from '@aws-sdk/client-connect';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { amazonConnect, type Connect } from '../../adapters/connect.ts';
import { type ConnectContacts, connectContacts } from '../../adapters/connect-contacts.ts';
import { CALL_ERRORS, type CallErrorName } from '../../domain/errors.ts';
import { CONTACT_ID, OTHER_QUEUE_ID, QUEUE_ARN, QUEUE_ID, stage } from '../functions/function-support.ts';
import { LOCAL_CLIENT, startTinyServer, type TinyServer } from './tiny-server.ts';

const { instanceId } = stage.connect;
let server: TinyServer;
let client: ConnectClient;
let connect: Connect & ConnectContacts;

beforeAll(async () => {
  server = await startTinyServer();
  client = new ConnectClient({ ...LOCAL_CLIENT, endpoint: server.endpoint, maxAttempts: 1 });
  connect = { ...amazonConnect(stage.connect, client), ...connectContacts(stage.connect, client) };
});
afterAll(async () => {
  client.destroy();
  await server.close();
});
beforeEach(() => {
  server.seen.splice(0);
  server.replies.splice(0);
});

const metric = (queueId: string, Collections: unknown) => ({ Dimensions: { Queue: { Id: queueId } }, Collections });
const available = (Value?: number | null) => [{ Metric: { Name: 'AGENTS_AVAILABLE', Unit: 'COUNT' }, Value }];

describe('a stage without a number', () => {
  it('asks for no call, which would come from the number of the queue', async () => {
    const without = amazonConnect({ ...stage.connect, sourcePhoneNumber: null }, client);
    const call = { destination: '+819012345678', contactFlowId: CONTACT_ID, clientToken: CONTACT_ID, attributes: {} };
    const asked = without.startCall({ ...call, name: 'call', description: 'a call' });
    await expect(asked).rejects.toMatchObject({ name: 'ConnectRequestRejected' });
    expect(server.seen).toEqual([]);
  });
});

describe('the free agents of all queues', () => {
  it('are asked for at once', async () => {
    server.replies.push({ body: { MetricResults: [] } });
    await connect.readAgents();
    expect(server.seen).toEqual([
      {
        method: 'POST',
        path: `/metrics/current/${instanceId}`,
        target: undefined,
        body: {
          Filters: { Queues: [QUEUE_ID, OTHER_QUEUE_ID], Channels: ['VOICE'] },
          Groupings: ['QUEUE'],
          CurrentMetrics: [{ Name: 'AGENTS_AVAILABLE', Unit: 'COUNT' }],
          MaxResults: 100,
        },
      },
    ]);
  });

  it('are told by queue', async () => {
    server.replies.push({
      body: { MetricResults: [metric(QUEUE_ID, available(3)), metric(OTHER_QUEUE_ID, available(0))] },
    });
    expect(await connect.readAgents()).toEqual({ [QUEUE_ID]: 3, [OTHER_QUEUE_ID]: 0 });
  });

  it.each([
    ['no results', {}],
    ['an empty list of results', { MetricResults: [] }],
    ['a list that is null', { MetricResults: null }],
    ['no collections', { MetricResults: [metric(QUEUE_ID, undefined)] }],
    ['empty collections', { MetricResults: [metric(QUEUE_ID, [])] }],
    ['no value', { MetricResults: [metric(QUEUE_ID, available())] }],
    ['a value that is null', { MetricResults: [metric(QUEUE_ID, available(null))] }],
    [
      'the value of another metric',
      { MetricResults: [metric(QUEUE_ID, [{ Metric: { Name: 'AGENTS_ONLINE' }, Value: 9 }])] },
    ],
    ['a result of no queue', { MetricResults: [{ Collections: available(9) }] }],
  ])('are none where there is nothing to read: %s', async (_name, body) => {
    server.replies.push({ body });
    expect((await connect.readAgents())[QUEUE_ID] ?? 0).toBe(0);
  });
});

describe('what became of a contact', () => {
  const TIME = 1_795_316_459.12;
  const MS = 1_795_316_459_120;
  const read = () => connect.readContact(CONTACT_ID);

  it.each([
    ['it goes on', {}, {}],
    ['it began', { InitiationTimestamp: TIME }, { startedAt: MS }],
    ['it was answered', { ConnectedToSystemTimestamp: TIME }, { answeredAt: MS }],
    ['it is in a queue', { QueueInfo: { Id: QUEUE_ID, EnqueueTimestamp: TIME } }, { queuedAt: MS, queueId: QUEUE_ID }],
    ['an agent has it', { AgentInfo: { ConnectedToAgentTimestamp: TIME } }, { agentAt: MS }],
    [
      'it is over',
      { DisconnectTimestamp: TIME, DisconnectReason: 'CUSTOMER_DISCONNECT' },
      { endedAt: MS, reason: 'CUSTOMER_DISCONNECT' },
    ],
    [
      'the flow said why',
      { DisconnectTimestamp: TIME, Attributes: { call_result: 'no_key_pressed' } },
      { endedAt: MS, result: 'no_key_pressed' },
    ],
    [
      'it is not over, whatever the flow said up to now',
      { DisconnectReason: 'OTHER', Attributes: { call_result: 'no_key_pressed' } },
      {},
    ],
    [
      'it goes on as another one',
      { NextContacts: [{ NextContactMetadata: { QuickConnectContactData: { ContactId: 'another' } } }] },
      { nextId: 'another' },
    ],
    [
      'its times stand at the beginning of 1970',
      { AgentInfo: { ConnectedToAgentTimestamp: 0 }, DisconnectTimestamp: 0 },
      {},
    ],
  ])('is read where %s', async (_name, contact, news) => {
    server.replies.push({ body: { Contact: { Id: CONTACT_ID, ...contact } } });
    expect((await read()).news).toEqual(news);
    expect(server.seen[0]).toMatchObject({ method: 'GET', path: `/contacts/${instanceId}/${CONTACT_ID}` });
  });

  it.each([
    [
      'of a customer',
      { Attributes: { satisfied: 'yes' }, CustomerEndpoint: { Address: '+819012345678' } },
      '+819012345678',
    ],
    [
      'of a customer who withholds it',
      { Attributes: { satisfied: 'yes' }, CustomerEndpoint: { Address: 'anonymous' } },
      undefined,
    ],
  ])('comes with its attributes and the number %s', async (_name, contact, phone) => {
    server.replies.push({ body: { Contact: { Id: CONTACT_ID, ...contact } } });
    expect(await read()).toEqual({ news: {}, attributes: { satisfied: 'yes' }, ...(phone && { phone }) });
  });

  it('is nothing where there is no contact in the answer', async () => {
    server.replies.push({ body: {} });
    expect(await read()).toEqual({ news: {}, attributes: {} });
  });

  it('is read of all contacts of a call, but for those without a customer', async () => {
    const voice = { Channel: 'VOICE', InitiationMethod: 'TRANSFER' };
    const ContactSummaryList = [
      { ...voice, ContactId: CONTACT_ID, InitiationTimestamp: TIME, DisconnectTimestamp: TIME + 1 },
      { ...voice, ContactId: 'goes on', InitiationTimestamp: TIME },
      { ...voice, ContactId: 'a supervisor', InitiationMethod: 'MONITOR', InitiationTimestamp: TIME },
      { ...voice, ContactId: 'a task', Channel: 'TASK', InitiationTimestamp: TIME },
    ];
    server.replies.push({ body: { ContactSummaryList } });
    expect(await connect.readChain(CONTACT_ID)).toEqual(
      new Map([
        [CONTACT_ID, { startedAt: MS, endedAt: MS + 1_000 }],
        ['goes on', { startedAt: MS }],
      ]),
    );
    expect(server.seen[0]?.path).toContain(`contactId=${CONTACT_ID}`);
  });

  it('is no chain where the answer holds none', async () => {
    server.replies.push({ body: {} });
    expect(await connect.readChain(CONTACT_ID)).toEqual(new Map());
  });
});

describe('a queue', () => {
  const QUEUE = { Queue: { QueueArn: QUEUE_ARN, HoursOfOperationId: 'hours', Status: 'ENABLED' } };
  const at = (Hours: number, Minutes = 0) => ({ Hours, Minutes });
  const hours = (EffectiveHoursOfOperationList: unknown, TimeZone: string | null = 'Europe/London') => ({
    EffectiveHoursOfOperationList,
    TimeZone,
  });
  const read = () => connect.readQueue(QUEUE_ID, '2026-11-21', '2026-11-23');

  it('is read with its opening hours of the days asked for, in its own time zone', async () => {
    server.replies.push(
      { body: QUEUE },
      {
        body: hours([
          { Date: '2026-11-21', OperationalHours: [{ Start: at(22), End: at(6, 30) }] },
          { Date: '2026-11-22', OperationalHours: [] },
          {
            Date: '2026-11-23',
            OperationalHours: [
              { Start: at(0), End: at(0) },
              { Start: at(9), End: at(12) },
            ],
          },
        ]),
      },
    );
    expect(await read()).toEqual({
      queueArn: QUEUE_ARN,
      enabled: true,
      openingHours: {
        timeZone: 'Europe/London',
        intervals: [
          { date: '2026-11-21', start: 22 * 60, end: 6 * 60 + 30 },
          { date: '2026-11-23', start: 0, end: 0 },
          { date: '2026-11-23', start: 9 * 60, end: 12 * 60 },
        ],
      },
    });
    expect(server.seen[1]?.path).toContain('fromDate=2026-11-21&toDate=2026-11-23');
  });

  it.each([
    ['no hours', {}],
    ['hours that are null', hours(null, null)],
    ['a day without hours', hours([{ Date: '2026-11-22' }], null)],
    ['a day without a date', hours([{ OperationalHours: [{ Start: at(0), End: at(0) }] }], null)],
    ['hours without an end', hours([{ Date: '2026-11-22', OperationalHours: [{ Start: at(0) }] }], null)],
  ])('is closed, in Japanese time, where there is nothing to read: %s', async (_name, body) => {
    server.replies.push({ body: QUEUE }, { body });
    expect((await read()).openingHours).toEqual({ timeZone: 'Asia/Tokyo', intervals: [] });
  });

  it.each(['DISABLED', null, undefined])('is disabled where its status is %j', async (Status) => {
    server.replies.push({ body: { Queue: { ...QUEUE.Queue, Status } } }, { body: hours([]) });
    expect((await read()).enabled).toBe(false);
  });

  it.each([
    ['no queue', {}],
    ['a queue without an ARN', { Queue: { HoursOfOperationId: 'hours' } }],
    ['a queue without hours', { Queue: { QueueArn: QUEUE_ARN } }],
  ])('is refused as misconfigured where the answer holds %s', async (_name, body) => {
    server.replies.push({ body });
    await expect(read()).rejects.toMatchObject({ name: 'ConnectRequestRejected' });
  });
});

describe('a fault of Amazon Connect', () => {
  const FAULTS: [string, number, CallErrorName][] = [
    ['ThrottlingException', 429, 'ConnectThrottled'],
    ['TooManyRequestsException', 429, 'ConnectThrottled'],
    ['LimitExceededException', 429, 'ConnectLimitExceeded'],
    ['ResourceNotFoundException', 404, 'ConnectResourceNotFound'],
    ['AccessDeniedException', 403, 'ConnectAccessDenied'],
    ['DestinationNotAllowedException', 403, 'ConnectDestinationNotAllowed'],
    ['OutboundContactNotPermittedException', 403, 'ConnectOutboundNotPermitted'],
    ['InvalidParameterException', 400, 'ConnectRequestRejected'],
    ['InvalidRequestException', 400, 'ConnectRequestRejected'],
    ['InternalServiceException', 500, 'ConnectUnavailable'],
    ['SomethingNew', 400, 'ConnectRequestRejected'],
    ['SomethingNew', 429, 'ConnectThrottled'],
    ['SomethingNew', 503, 'ConnectUnavailable'],
    ['RequestTimeout', 408, 'ConnectUnavailable'],
  ];

  it('is known by every name of the table of errors', () => {
    const ofConnect = Object.keys(CALL_ERRORS).filter((name) => name.startsWith('Connect'));
    expect(new Set(FAULTS.map(([, , name]) => name))).toEqual(new Set(ofConnect));
  });

  it.each(FAULTS)('%s (HTTP %i) is %s for every read, and its message holds no number', async (error, status, name) => {
    server.replies.push({ error, status });
    for (const read of [
      () => connect.readAgents(),
      () => connect.readContact(CONTACT_ID),
      () => connect.readQueue(QUEUE_ID, '2026-11-22', '2026-11-22'),
    ]) {
      const failure = await read().then(
        () => undefined,
        (thrown: Error) => thrown,
      );
      expect(failure).toMatchObject({ name });
      expect(`${failure?.message} ${String(failure?.cause)}`).not.toContain('9012345678');
    }
  });

  it('is ConnectUnavailable where the connection breaks', async () => {
    server.replies.push('hang up');
    await expect(connect.readAgents()).rejects.toMatchObject({ name: 'ConnectUnavailable' });
  });
});
