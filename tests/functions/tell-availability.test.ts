import type { LambdaFunctionURLEvent } from 'aws-lambda';
import { describe, expect, it } from 'vitest';
import { CallError } from '../../domain/errors.ts';
import type { StageSettings } from '../../domain/stage-settings.ts';
import { NOW, OTHER_QUEUE_ID, QUEUE_ARN, QUEUE_ID, secondsAfter, setEnvironment, stage } from './function-support.ts';
import { failOnce, prepareTables } from './tables.ts';

setEnvironment();
const { tellAvailability } = await import('../../functions/tell-availability.ts');

const BY_TEST = { by: 'test', at: NOW.toISOString(), why: 'a test' };

const request = (method = 'GET') => ({ requestContext: { http: { method } } }) as LambdaFunctionURLEvent;

interface Answer {
  statusCode: number;
  headers: Record<string, string>;
  body: string;
}

/** Environments of the function over the same tables and the same Amazon Connect. */
function prepare(settings: Partial<StageSettings> = {}) {
  const tables = prepareTables();
  const asked: string[] = [];
  const pauses: number[] = [];
  const errors: unknown[] = [];
  const connect = {
    fails: false,
    async readQueue(queueId: string) {
      asked.push(queueId);
      if (connect.fails) throw new CallError('ConnectUnavailable', 'Amazon Connect does not answer');
      const intervals = [{ date: '2026-11-22', start: 9 * 60, end: 18 * 60 }];
      return { queueArn: QUEUE_ARN, enabled: true, openingHours: { timeZone: 'Asia/Tokyo', intervals } };
    },
  };
  function environment() {
    const answer = tellAvailability({
      stage: { ...stage, tellsAvailability: true, ...settings },
      connect,
      shared: tables.shared,
      now: tables.now,
      pause: async (milliseconds) => void pauses.push(milliseconds),
      log: { error: (_, ...more) => void errors.push(...more) },
    });
    return async (method?: string) => (await answer(request(method))) as Answer;
  }
  return { ...tables, connect, asked, pauses, errors, environment, ask: environment() };
}

describe('a request for availability.json', () => {
  it('hears that nobody is called from a stage that has no number yet', async () => {
    const { ask } = prepare({ connect: { ...stage.connect, sourcePhoneNumber: null } });
    expect(JSON.parse((await ask()).body)).toMatchObject({ stopped: true });
  });

  it('is answered with the document, which may be kept for 30 s, and without CORS headers', async () => {
    const { ask } = prepare();
    const { statusCode, headers, body } = await ask();
    expect({ statusCode, headers }).toEqual({
      statusCode: 200,
      headers: { 'content-type': 'application/json', 'cache-control': 'public, max-age=30' },
    });
    expect(JSON.parse(body)).toEqual({
      at: '2026-11-22T12:00:00+09:00',
      stopped: false,
      waitsForOpening: false,
      queues: {
        general: { open: true, openUntil: '2026-11-22T18:00:00+09:00', nextOpening: null },
        plans: { open: true, openUntil: '2026-11-22T18:00:00+09:00', nextOpening: null },
      },
    });
  });

  it.each(['HEAD', 'POST', 'PUT', 'DELETE', 'OPTIONS'])(
    'is refused as %s, without a look at anything',
    async (method) => {
      const { ask, seen, asked } = prepare();
      expect(await ask(method)).toEqual({ statusCode: 405, headers: { allow: 'GET' }, body: '' });
      expect([...seen, ...asked]).toEqual([]);
    },
  );

  it('costs AWS one look in 30 s, however many there are at once', async () => {
    // Prepare
    const { ask, asked, seen, clock } = prepare();
    // Act
    await Promise.all(Array.from({ length: 50 }, () => ask()));
    const requests = seen.length;
    clock.at = secondsAfter(29.999);
    await Promise.all(Array.from({ length: 50 }, () => ask()));
    // Assess
    expect(asked).toEqual([QUEUE_ID, OTHER_QUEUE_ID]);
    expect(seen).toHaveLength(requests);
  });

  it('looks again after 30 s, and hears of a stop then', async () => {
    // Prepare
    const { ask, asked, clock, shared } = prepare();
    await ask();
    await shared.controls.setStopped(true, BY_TEST);
    expect(JSON.parse((await ask()).body).stopped).toBe(false);
    // Act
    clock.at = secondsAfter(31);
    const { body } = await ask();
    // Assess
    expect(JSON.parse(body).stopped).toBe(true);
    expect(asked).toHaveLength(4);
  });

  it('tells of a closing to the second, although it looks seldom', async () => {
    const { ask, clock } = prepare();
    clock.at = new Date('2026-11-22T17:59:50+09:00');
    expect(JSON.parse((await ask()).body).queues.general.open).toBe(true);
    clock.at = new Date('2026-11-22T18:00:00+09:00');
    expect(JSON.parse((await ask()).body).queues.general).toMatchObject({ open: false, nextOpening: null });
  });

  it('asks Amazon Connect once for all environments of the function', async () => {
    const { ask, environment, asked } = prepare();
    await ask();
    const { body } = await environment()();
    expect(JSON.parse(body).queues.general.open).toBe(true);
    expect(asked).toEqual([QUEUE_ID, OTHER_QUEUE_ID]);
  });

  it('reads many queues no faster than leaves the calls their part of the quota', async () => {
    const queues = Object.fromEntries(['a', 'b', 'c', 'd', 'e'].map((name) => [name, `${QUEUE_ID}-${name}`]));
    const rules = Object.keys(queues).map((queue) => ({ userType: queue, queue }));
    const { ask, asked, pauses } = prepare({
      connect: { ...stage.connect, queues },
      routing: { default: 'a', rules },
    });
    await ask();
    expect(asked).toHaveLength(5);
    expect(pauses).toEqual([1_000, 1_000]);
  });
});

describe('what cannot be known', () => {
  const UNAVAILABLE = { statusCode: 503, headers: { 'cache-control': 'no-store' }, body: '' };

  it('is no open queue: while Amazon Connect does not answer, neither is the request', async () => {
    // Prepare
    const { ask, connect, asked, errors, clock } = prepare();
    connect.fails = true;
    // Act
    const answers = await Promise.all(Array.from({ length: 20 }, () => ask()));
    // Assess
    for (const answer of answers) expect(answer).toEqual(UNAVAILABLE);
    expect(asked).toEqual([QUEUE_ID]);
    expect(errors).toEqual([expect.objectContaining({ name: 'ConnectUnavailable' })]);
    connect.fails = false;
    clock.at = secondsAfter(31);
    expect((await ask()).statusCode).toBe(200);
  });

  it('is not what was known before', async () => {
    const { ask, connect, clock } = prepare();
    await ask();
    connect.fails = true;
    clock.at = secondsAfter(31);
    expect(await ask()).toEqual(UNAVAILABLE);
  });

  it('is everything while the tables do not answer', async () => {
    const { ask, asked, errors, interference } = prepare();
    const error = failOnce({ interference }, 'before', ({ key }) => key === 'controls');
    expect(await ask()).toEqual(UNAVAILABLE);
    expect(asked).toEqual([]);
    expect(errors).toEqual([error]);
  });
});
