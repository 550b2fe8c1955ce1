import {
  AccessDeniedException,
  DescribeQueueCommand,
  DestinationNotAllowedException,
  InternalServiceException,
  InvalidParameterException,
  InvalidRequestException,
  LimitExceededException,
  OutboundContactNotPermittedException,
  ResourceNotFoundException,
  type StartOutboundVoiceContactCommandInput,
  ThrottlingException,
  TooManyRequestsException,
} from '@aws-sdk/client-connect';
import { describe, expect, it } from 'vitest';
import { endpoint } from './connect-endpoint-support.ts';
import {
  ATTRIBUTES,
  CUSTOMER,
  FLOW,
  INSTANCE,
  INSTANCE_ARN,
  NOWHERE,
  QUEUE,
  QUEUE_ARN,
  SOURCE,
} from './connect-support.ts';

describe('StartOutboundVoiceContact', () => {
  it('places a call', async () => {
    const { model, start } = await endpoint();
    const { ContactId } = await start({ Name: 'Web: 料金について', Description: 'ユーザー種別: member' });
    expect(model.contact(ContactId ?? '')).toMatchObject({
      destination: CUSTOMER,
      source: SOURCE,
      flowId: FLOW,
      name: 'Web: 料金について',
      description: 'ユーザー種別: member',
      attributes: ATTRIBUTES,
    });
  });

  it('takes ARNs for ids', async () => {
    const { model, start } = await endpoint();
    const { ContactId } = await start({
      InstanceId: INSTANCE_ARN,
      ContactFlowId: `${INSTANCE_ARN}/contact-flow/${FLOW}`,
      QueueId: QUEUE_ARN,
    });
    expect(model.contact(ContactId ?? '')).toMatchObject({ flowId: FLOW, queueId: QUEUE });
  });

  it.each([
    ['an unknown instance', { InstanceId: NOWHERE }, ResourceNotFoundException],
    ['an unknown flow', { ContactFlowId: NOWHERE }, ResourceNotFoundException],
    ['an unknown queue', { QueueId: NOWHERE }, ResourceNotFoundException],
    ['a queue by its name', { QueueId: 'support' }, ResourceNotFoundException],
    ['a number without country', { DestinationPhoneNumber: '09012345678' }, InvalidParameterException],
    ['a number that is too long', { DestinationPhoneNumber: '+8190123456781234' }, InvalidParameterException],
    ['a number of a country that is not enabled', { DestinationPhoneNumber: '+12' }, DestinationNotAllowedException],
    ['a source that is not claimed', { SourcePhoneNumber: CUSTOMER }, InvalidParameterException],
    ['neither source nor queue', { SourcePhoneNumber: undefined }, InvalidRequestException],
    ['a token that is too long', { ClientToken: 'x'.repeat(501) }, InvalidParameterException],
    ['an attribute key with a blank', { Attributes: { 'user type': 'member' } }, InvalidRequestException],
    ['an attribute key in Japanese', { Attributes: { 種別: 'member' } }, InvalidRequestException],
    ['attributes of 32,769 bytes', { Attributes: { kk: `a${'あ'.repeat(10_922)}` } }, InvalidRequestException],
    ['a ring time-out below 15', { RingTimeoutInSeconds: 14 }, InvalidParameterException],
    ['a ring time-out above 60', { RingTimeoutInSeconds: 61 }, InvalidParameterException],
  ])('refuses %s and places nothing', async (_name, change, error) => {
    const { model, start } = await endpoint();
    await expect(start(change as Partial<StartOutboundVoiceContactCommandInput>)).rejects.toBeInstanceOf(error);
    expect(model.contacts()).toEqual([]);
  });

  it('takes attributes of 32,768 bytes', async () => {
    const { start } = await endpoint();
    await expect(start({ Attributes: { k: `a${'あ'.repeat(10_922)}` } })).resolves.toHaveProperty('ContactId');
  });

  it('says nothing about the number in a refusal', async () => {
    const { start } = await endpoint();
    await expect(start({ DestinationPhoneNumber: '09012345678' })).rejects.not.toThrow('12345678');
  });

  it('may need campaign traffic for a ring time-out', async () => {
    const { start } = await endpoint({ ringTimeoutNeedsCampaign: true });
    await expect(start({ RingTimeoutInSeconds: 25 })).rejects.toBeInstanceOf(InvalidRequestException);
    await expect(start({ RingTimeoutInSeconds: 25, TrafficType: 'GENERAL' })).rejects.toBeInstanceOf(
      InvalidRequestException,
    );
    await expect(start({ RingTimeoutInSeconds: 25, TrafficType: 'CAMPAIGN' })).resolves.toHaveProperty('ContactId');
    await expect(start()).resolves.toHaveProperty('ContactId');
  });

  it('answers a known client token with the first contact, for 7 days', async () => {
    // Prepare
    const { model, clock, start } = await endpoint({ speed: 1 });
    const first = await start({ ClientToken: 'request-1' });

    // Act: while it is alive, whatever else is asked for, and after it has ended.
    const second = await start({ ClientToken: 'request-1', Name: 'Another name' });
    model.hangUp(first.ContactId ?? '');
    const third = await start({ ClientToken: 'request-1' });

    // Assess
    expect([second.ContactId, third.ContactId]).toEqual([first.ContactId, first.ContactId]);
    expect(model.contacts()).toHaveLength(1);
    clock.now = new Date(clock.now.getTime() + 7 * 24 * 3_600_000);
    expect((await start({ ClientToken: 'request-1' })).ContactId).not.toBe(first.ContactId);
  });

  it('forgets the token of a refused call', async () => {
    const { start } = await endpoint();
    await expect(start({ ClientToken: 'request-1', ContactFlowId: NOWHERE })).rejects.toThrow();
    await expect(start({ ClientToken: 'request-1' })).resolves.toHaveProperty('ContactId');
  });
});

describe('quotas', () => {
  it('throttles calls above 5 at once and 2 a second', async () => {
    // Prepare: room for every call, so that only the rate matters.
    const { clock, start } = await endpoint({ speed: 1, quotas: { activeCalls: 100 } });
    const placed = async (count: number) => {
      const results = await Promise.allSettled(Array.from({ length: count }, () => start()));
      const errors = results.flatMap((result) => (result.status === 'rejected' ? [result.reason] : []));
      for (const error of errors) {
        expect(error).toBeInstanceOf(TooManyRequestsException);
        expect(error.$metadata.httpStatusCode).toBe(429);
      }
      return count - errors.length;
    };

    // Act & Assess
    expect(await placed(8)).toBe(5);
    clock.now = new Date(clock.now.getTime() + 1_000);
    expect(await placed(4)).toBe(2);
    clock.now = new Date(clock.now.getTime() + 60_000);
    expect(await placed(8)).toBe(5);
  });

  it('counts every operation by itself', async () => {
    const { client, start, metrics } = await endpoint();
    for (let count = 0; count < 5; count += 1) {
      await client.send(new DescribeQueueCommand({ InstanceId: INSTANCE, QueueId: QUEUE }));
    }
    await expect(
      client.send(new DescribeQueueCommand({ InstanceId: INSTANCE, QueueId: QUEUE })),
    ).rejects.toBeInstanceOf(ThrottlingException);
    for (let count = 0; count < 8; count += 1) await metrics();
    await expect(metrics()).rejects.toBeInstanceOf(ThrottlingException);
    await expect(start()).resolves.toHaveProperty('ContactId');
  });

  it('runs as much faster as the calls', async () => {
    const { clock, start } = await endpoint({ speed: 20, quotas: { activeCalls: 100 } });
    for (let count = 0; count < 5; count += 1) await start();
    await expect(start()).rejects.toBeInstanceOf(TooManyRequestsException);
    clock.now = new Date(clock.now.getTime() + 25);
    await expect(start()).resolves.toHaveProperty('ContactId');
  });

  it('can be others', async () => {
    const { metrics } = await endpoint({
      quotas: { rates: { GetCurrentMetricData: { perSecond: 1, burst: 1 } } },
    });
    await metrics();
    await expect(metrics()).rejects.toBeInstanceOf(ThrottlingException);
  });

  it('refuses a call above the active calls, until one has ended', async () => {
    const { model, start } = await endpoint({ quotas: { activeCalls: 2 } });
    const { ContactId = '' } = await start();
    await start({ ClientToken: 'request-2' });
    await expect(start()).rejects.toBeInstanceOf(LimitExceededException);
    await expect(start({ ClientToken: 'request-2' })).resolves.toHaveProperty('ContactId');
    model.hangUp(ContactId);
    await expect(start()).resolves.toHaveProperty('ContactId');
  });
});

describe('faults', () => {
  it.each([
    ['throttle', TooManyRequestsException],
    ['server-error', InternalServiceException],
    ['limit-exceeded', LimitExceededException],
    ['destination-not-allowed', DestinationNotAllowedException],
    ['outbound-not-permitted', OutboundContactNotPermittedException],
    ['access-denied', AccessDeniedException],
    ['invalid-request', InvalidRequestException],
  ] as const)('%s hits as often as it was told to', async (kind, error) => {
    const { model, start } = await endpoint();
    model.addFault({ kind, times: 2 });
    await expect(start()).rejects.toBeInstanceOf(error);
    expect(model.faults()).toEqual([{ kind, operation: 'StartOutboundVoiceContact', times: 1 }]);
    await expect(start()).rejects.toBeInstanceOf(error);
    expect(model.contacts()).toEqual([]);
    await expect(start()).resolves.toHaveProperty('ContactId');
    expect(model.faults()).toEqual([]);
  });

  it('hits the operation it names only', async () => {
    const { model, start, metrics } = await endpoint();
    model.addFault({ kind: 'throttle', operation: 'GetCurrentMetricData', times: 1 });
    await expect(start()).resolves.toHaveProperty('ContactId');
    await expect(metrics()).rejects.toBeInstanceOf(ThrottlingException);
  });

  it('are told with the requests they hit: which operation, whose call, and for which time', async () => {
    // Prepare
    const { model, start, metrics } = await endpoint();
    await start({ ClientToken: 'request-1' });
    model.addFault({ kind: 'throttle', times: 2 });
    model.addFault({ kind: 'server-error', operation: 'GetCurrentMetricData', times: 1 });

    // Act
    for (const ClientToken of ['request-1', 'request-2']) await start({ ClientToken }).catch(() => undefined);
    await metrics().catch(() => undefined);
    await start({ ClientToken: 'request-2' });

    // Assess
    const asked = { kind: 'throttle', operation: 'StartOutboundVoiceContact', at: expect.any(Number) };
    expect(model.faultHits()).toEqual([
      { ...asked, clientToken: 'request-1', attempt: 2 },
      { ...asked, clientToken: 'request-2', attempt: 1 },
      { kind: 'server-error', operation: 'GetCurrentMetricData', at: expect.any(Number) },
    ]);
  });

  it('can be taken back', async () => {
    const { model, start } = await endpoint();
    model.addFault({ kind: 'throttle', times: 9 });
    model.clearFaults();
    await expect(start()).resolves.toHaveProperty('ContactId');
  });

  it.each([
    ['timeout-before-accepting', 0],
    ['timeout-after-accepting', 1],
  ] as const)('%s leaves the caller waiting, with %i calls placed', async (kind, placed) => {
    const { model, start } = await endpoint();
    model.addFault({ kind, times: 1 });
    await expect(start({ ClientToken: 'request-1' }, 50)).rejects.toMatchObject({ name: 'TimeoutError' });
    expect(model.contacts()).toHaveLength(placed);
    await start({ ClientToken: 'request-1' });
    expect(model.contacts()).toHaveLength(1);
  });

  it('drops anyone who is waiting when the model closes', async () => {
    const { model, url } = await endpoint();
    model.addFault({ kind: 'timeout-before-accepting', operation: 'DescribeQueue', times: 2 });
    const waiting = fetch(`${url}/queues/${INSTANCE}/${QUEUE}`);
    while (model.faults()[0]?.times === 2) await new Promise((turn) => setImmediate(turn));
    model.close();
    await expect(waiting).rejects.toThrow();
    await expect(fetch(`${url}/queues/${INSTANCE}/${QUEUE}`)).rejects.toThrow();
  });
});
