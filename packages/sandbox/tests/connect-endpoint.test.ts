import {
  type ConnectClient,
  ContactNotFoundException,
  DescribeContactCommand,
  DescribeQueueCommand,
  type GetCurrentMetricDataCommandInput,
  GetEffectiveHoursOfOperationsCommand,
  InternalServiceException,
  InvalidParameterException,
  ResourceNotFoundException,
  StopContactCommand,
} from '@aws-sdk/client-connect';
import { describe, expect, it } from 'vitest';
import { amazonConnect } from '../../../adapters/connect.ts';
import { loadStage } from '../../../resources/load-stage.ts';
import type { ConnectOptions } from '../connect/connect-options.ts';
import { endpoint } from './connect-endpoint-support.ts';
import {
  ATTRIBUTES,
  CUSTOMER,
  FLOW,
  INSTANCE,
  INSTANCE_ARN,
  NOWHERE,
  OTHER_QUEUE,
  QUEUE,
  QUEUE_ARN,
  REQUEST,
  SOURCE,
} from './connect-support.ts';

describe('GetCurrentMetricData', () => {
  it('has no results while nobody is logged in', async () => {
    const { model, metrics } = await endpoint();
    const agent = model.addAgent({ name: '佐藤', queues: [QUEUE] });
    model.setAgentStatus(agent.id, 'offline');
    const { MetricResults, DataSnapshotTime } = await metrics();
    expect(MetricResults).toEqual([]);
    expect(DataSnapshotTime).toEqual(new Date('2026-11-22T03:00:00.000Z'));
  });

  it('counts the free agents of each queue', async () => {
    const { model, metrics } = await endpoint();
    model.addAgent({ name: '佐藤', queues: [QUEUE, OTHER_QUEUE] });
    model.setAgentStatus(model.addAgent({ name: '鈴木', queues: [QUEUE] }).id, 'break');
    model.addAgent({ name: '高橋', queues: [QUEUE] });
    const { MetricResults } = await metrics();
    expect(MetricResults?.map(({ Dimensions, Collections }) => [Dimensions?.Queue, Collections?.[0]?.Value])).toEqual([
      [{ Id: QUEUE, Arn: QUEUE_ARN }, 2],
      [{ Id: OTHER_QUEUE, Arn: `${INSTANCE_ARN}/queue/${OTHER_QUEUE}` }, 1],
    ]);
  });

  it('knows who talks, who pauses and who waits', async () => {
    // Prepare: one agent talks, one pauses, one contact waits.
    const { model, clock, start, metrics } = await endpoint({ talkSeconds: 60_000, secondsPerCharacter: 0 });
    model.addAgent({ name: '佐藤', queues: [QUEUE] });
    model.setAgentStatus(model.addAgent({ name: '鈴木', queues: [QUEUE] }).id, 'break');
    await start();
    await start();
    const waits = () => model.contacts().some(({ state }) => state === 'in-queue');
    while (!waits()) await new Promise((turn) => setTimeout(turn, 1));
    clock.now = new Date(clock.now.getTime() + 42_500);

    // Act
    const names = [
      'AGENTS_ONLINE',
      'AGENTS_AVAILABLE',
      'AGENTS_STAFFED',
      'AGENTS_NON_PRODUCTIVE',
      'AGENTS_ON_CALL',
      'AGENTS_ON_CONTACT',
      'CONTACTS_IN_QUEUE',
      'OLDEST_CONTACT_AGE',
    ] as const;
    const CurrentMetrics = names.map((Name) => ({ Name }));
    const grouped = await metrics({
      CurrentMetrics,
      Filters: { Queues: [QUEUE_ARN] },
      Groupings: ['QUEUE', 'CHANNEL'],
    });
    const ungrouped = await metrics({ CurrentMetrics, Groupings: [] });

    // Assess
    expect(grouped.MetricResults?.[0]?.Dimensions?.Channel).toBe('VOICE');
    expect(grouped.MetricResults?.[0]?.Collections?.map(({ Value }) => Value)).toEqual([2, 0, 1, 1, 1, 1, 1, 42]);
    expect(ungrouped.MetricResults?.[0]?.Dimensions).toEqual({});
    expect(ungrouped.MetricResults?.[0]?.Collections?.at(-1)).toEqual({
      Metric: { Name: 'OLDEST_CONTACT_AGE', Unit: 'SECONDS' },
      Value: 42_500,
    });
  });

  it.each([
    ['an unknown instance', { InstanceId: NOWHERE }, ResourceNotFoundException],
    ['an unknown queue', { Filters: { Queues: [NOWHERE] } }, ResourceNotFoundException],
    ['no filter', { Filters: {} }, InvalidParameterException],
    ['a metric it does not know', { CurrentMetrics: [{ Name: 'SLOTS_ACTIVE' }] }, InvalidParameterException],
    ['a grouping it does not know', { Groupings: ['ROUTING_PROFILE'] }, InvalidParameterException],
  ])('refuses %s', async (_name, change, error) => {
    const { metrics } = await endpoint();
    await expect(metrics(change as Partial<GetCurrentMetricDataCommandInput>)).rejects.toBeInstanceOf(error);
  });
});

describe('DescribeQueue', () => {
  it('describes a queue', async () => {
    const { client } = await endpoint({
      queues: [{ id: QUEUE, name: 'support', enabled: false, maxContacts: 3 }],
    });
    const { Queue } = await client.send(new DescribeQueueCommand({ InstanceId: INSTANCE, QueueId: QUEUE }));
    expect(Queue).toEqual({
      Name: 'support',
      QueueId: QUEUE,
      QueueArn: QUEUE_ARN,
      Status: 'DISABLED',
      MaxContacts: 3,
      HoursOfOperationId: `hours-of-${QUEUE}`,
    });
  });

  it('refuses an unknown queue', async () => {
    const { client } = await endpoint();
    const unknown = client.send(new DescribeQueueCommand({ InstanceId: INSTANCE, QueueId: NOWHERE }));
    await expect(unknown).rejects.toBeInstanceOf(ResourceNotFoundException);
  });
});

describe('GetEffectiveHoursOfOperations', () => {
  async function hours(options: Partial<ConnectOptions>, FromDate = '2026-11-21', ToDate = '2026-11-23') {
    const { client } = await endpoint(options);
    const { Queue } = await client.send(new DescribeQueueCommand({ InstanceId: INSTANCE, QueueId: QUEUE }));
    const HoursOfOperationId = Queue?.HoursOfOperationId;
    return client.send(
      new GetEffectiveHoursOfOperationsCommand({ InstanceId: INSTANCE, HoursOfOperationId, FromDate, ToDate }),
    );
  }
  const at = (Hours: number, Minutes = 0) => ({ Hours, Minutes });

  it('is open at any hour by default', async () => {
    const { EffectiveHoursOfOperationList, TimeZone } = await hours({});
    expect(TimeZone).toBe('Asia/Tokyo');
    expect(EffectiveHoursOfOperationList).toEqual(
      ['2026-11-21', '2026-11-22', '2026-11-23'].map((date) => ({
        Date: date,
        OperationalHours: [{ Start: at(0), End: at(0) }],
      })),
    );
  });

  it('follows the hours of a month', async () => {
    const { EffectiveHoursOfOperationList } = await hours({}, '2026-11-22', '2026-12-25');
    expect(EffectiveHoursOfOperationList).toHaveLength(34);
    expect(EffectiveHoursOfOperationList?.at(-1)?.Date).toBe('2026-12-25');
  });

  it('is never open where the queue is closed', async () => {
    const { EffectiveHoursOfOperationList } = await hours({ queues: [{ id: QUEUE, name: 'support', open: false }] });
    expect(EffectiveHoursOfOperationList?.map(({ OperationalHours }) => OperationalHours)).toEqual([[], [], []]);
  });

  it('follows the hours of the week', async () => {
    // Prepare: 22 November 2026 is a Sunday.
    const weekday = [
      { start: '09:00', end: '12:30' },
      { start: '13:30', end: '18:00' },
    ];
    const { EffectiveHoursOfOperationList } = await hours({
      queues: [
        { id: QUEUE, name: 'support', hours: { SATURDAY: [{ start: '22:00', end: '02:00' }], MONDAY: weekday } },
      ],
    });
    expect(EffectiveHoursOfOperationList).toEqual([
      { Date: '2026-11-21', OperationalHours: [{ Start: at(22), End: at(2) }] },
      { Date: '2026-11-22', OperationalHours: [] },
      {
        Date: '2026-11-23',
        OperationalHours: [
          { Start: at(9), End: at(12, 30) },
          { Start: at(13, 30), End: at(18) },
        ],
      },
    ]);
  });

  it.each([
    ['dates the wrong way round', '2026-11-23', '2026-11-21'],
    ['more than a year', '2026-01-01', '2027-12-31'],
    ['what is no date', '2026-02-30T00', '2026-11-21'],
    ['a month that does not exist', '2026-13-01', '2026-13-02'],
  ])('refuses %s', async (_name, from, to) => {
    await expect(hours({}, from, to)).rejects.toBeInstanceOf(InvalidParameterException);
  });

  it('refuses unknown hours', async () => {
    const { client } = await endpoint();
    const unknown = client.send(
      new GetEffectiveHoursOfOperationsCommand({
        InstanceId: INSTANCE,
        HoursOfOperationId: NOWHERE,
        FromDate: '2026-11-21',
        ToDate: '2026-11-21',
      }),
    );
    await expect(unknown).rejects.toBeInstanceOf(ResourceNotFoundException);
  });
});

describe('DescribeContact and StopContact', () => {
  const describeIt = (client: ConnectClient, ContactId = NOWHERE) =>
    client.send(new DescribeContactCommand({ InstanceId: INSTANCE, ContactId }));
  const stop = (client: ConnectClient, ContactId = NOWHERE) =>
    client.send(new StopContactCommand({ InstanceId: INSTANCE, ContactId }));

  it('describes a call that rings', async () => {
    const { client, clock, start } = await endpoint({ speed: 1 });
    const { ContactId } = await start({ Name: 'Web' });
    const { Contact } = await describeIt(client, ContactId);
    expect(Contact).toEqual({
      Arn: `${INSTANCE_ARN}/contact/${ContactId}`,
      Id: ContactId,
      InitialContactId: ContactId,
      InitiationMethod: 'API',
      Name: 'Web',
      Channel: 'VOICE',
      InitiationTimestamp: clock.now,
      LastUpdateTimestamp: clock.now,
      CustomerEndpoint: { Type: 'TELEPHONE_NUMBER', Address: CUSTOMER },
      SystemEndpoint: { Type: 'TELEPHONE_NUMBER', Address: SOURCE },
      SegmentAttributes: { 'connect:Subtype': { ValueString: 'connect:Telephony' } },
      Attributes: ATTRIBUTES,
    });
  });

  it('describes a call that is over', async () => {
    const { model, client, clock, start } = await endpoint();
    const agent = model.addAgent({ name: '佐藤', queues: [QUEUE] });
    const { ContactId } = await start();
    await model.idle();
    const { Contact } = await describeIt(client, ContactId);
    expect(Contact).toMatchObject({
      ConnectedToSystemTimestamp: clock.now,
      QueueInfo: { Id: QUEUE, EnqueueTimestamp: clock.now },
      AgentInfo: { Id: agent.id, ConnectedToAgentTimestamp: clock.now },
      DisconnectTimestamp: clock.now,
      DisconnectReason: 'CUSTOMER_DISCONNECT',
    });
  });

  it('stops a call', async () => {
    const { model, client, start } = await endpoint();
    const { ContactId } = await start();
    await stop(client, ContactId);
    expect(model.contact(ContactId ?? '')?.state).toBe('ended');
    await expect(stop(client, ContactId)).rejects.toBeInstanceOf(ContactNotFoundException);
  });

  it('refuses an unknown contact', async () => {
    const { client } = await endpoint();
    await expect(describeIt(client)).rejects.toBeInstanceOf(ResourceNotFoundException);
    await expect(stop(client)).rejects.toBeInstanceOf(ContactNotFoundException);
  });
});

describe("the project's own client", () => {
  const settings = {
    ...loadStage('local').file.connect,
    instanceId: INSTANCE,
    sourcePhoneNumber: SOURCE,
    queues: { support: QUEUE, sales: OTHER_QUEUE },
    ringTimeoutSeconds: 25,
    pressToConnect: false,
  };
  const outbound = {
    contactFlowId: FLOW,
    destination: CUSTOMER,
    clientToken: 'request-1',
    attributes: ATTRIBUTES,
    name: 'Web: 料金について',
    description: 'ユーザー種別: member',
  };

  it('reads a queue', async () => {
    const { client } = await endpoint();
    const queue = await amazonConnect(settings, client).readQueue(QUEUE, '2026-11-21', '2026-11-23');
    expect(queue).toEqual({
      queueArn: QUEUE_ARN,
      enabled: true,
      openingHours: {
        timeZone: 'Asia/Tokyo',
        intervals: ['2026-11-21', '2026-11-22', '2026-11-23'].map((date) => ({ date, start: 0, end: 0 })),
      },
    });
  });

  it('counts the free agents of every queue at once', async () => {
    const { model, client } = await endpoint();
    model.addAgent({ name: '佐藤', queues: [QUEUE] });
    expect(await amazonConnect(settings, client).readAgents()).toEqual({ [QUEUE]: 1 });
  });

  it('places a call, with a ring time-out where it is told one, by one request each', async () => {
    const { model, client } = await endpoint({ ringTimeoutNeedsCampaign: true });
    const connect = amazonConnect(settings, client);
    const withRingTimeout = connect.startCall({ ...outbound, ringTimeoutSeconds: 25 });
    await expect(withRingTimeout).rejects.toMatchObject({ name: 'ConnectRequestRejected' });
    expect(model.contacts()).toEqual([]);
    const { contactId } = await connect.startCall(outbound);
    expect(model.contacts().map(({ id }) => id)).toEqual([contactId]);
  });

  it.each([
    ['throttle', 'ConnectThrottled'],
    ['server-error', 'ConnectUnavailable'],
    ['limit-exceeded', 'ConnectLimitExceeded'],
    ['destination-not-allowed', 'ConnectDestinationNotAllowed'],
    ['outbound-not-permitted', 'ConnectOutboundNotPermitted'],
    ['access-denied', 'ConnectAccessDenied'],
    ['invalid-request', 'ConnectRequestRejected'],
  ] as const)('knows %s as %s', async (kind, name) => {
    const { model, client } = await endpoint();
    model.addFault({ kind, times: 1 });
    await expect(amazonConnect(settings, client).startCall(outbound)).rejects.toMatchObject({ name });
  });
});

describe('the protocol', () => {
  const put = (url: string, body: string) => fetch(`${url}/contact/outbound-voice`, { method: 'PUT', body });

  it.each([
    ['an unknown path', 'GET', '/nothing', undefined, 404, 'UnknownOperationException'],
    ['an unknown method', 'DELETE', '/contact/stop', undefined, 404, 'UnknownOperationException'],
    ['a body that is not JSON', 'PUT', '/contact/outbound-voice', 'InstanceId=1', 400, 'SerializationException'],
    ['an empty body', 'POST', '/contact/stop', '', 400, 'SerializationException'],
    ['a body that is a list', 'POST', '/contact/stop', '[]', 400, 'InvalidParameterException'],
    ['a path that cannot be read', 'GET', '/queues/%ff/1', undefined, 400, 'InvalidParameterException'],
  ])('refuses %s', async (_name, method, path, body, status, error) => {
    const { url } = await endpoint();
    const response = await fetch(url + path, { method, ...(body !== undefined && { body }) });
    expect(response.status).toBe(status);
    expect(response.headers.get('x-amzn-errortype')).toBe(error);
    expect(await response.json()).toEqual({ message: expect.any(String) });
  });

  it('names the field that does not fit, not its value', async () => {
    const { url } = await endpoint();
    const response = await put(url, JSON.stringify({ ...REQUEST, DestinationPhoneNumber: 819012345678 }));
    expect(await response.json()).toEqual({ message: 'The body does not fit the operation: DestinationPhoneNumber.' });
  });

  it('refuses a body of more than a megabyte', async () => {
    const { model, url } = await endpoint();
    const response = await put(url, JSON.stringify({ ...REQUEST, Name: 'x'.repeat(1_000_000) }));
    expect(response.status).toBe(413);
    expect(response.headers.get('x-amzn-errortype')).toBe('RequestEntityTooLargeException');
    expect(model.contacts()).toEqual([]);
  });

  it('answers InternalServiceException where the model itself fails', async () => {
    const { start } = await endpoint({
      answer: () => {
        throw new Error('broken');
      },
    });
    await expect(start()).rejects.toBeInstanceOf(InternalServiceException);
  });
});
