import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { dynamoDocuments } from '../../adapters/dynamodb.ts';
import { dynamoAppointmentBook } from '../../adapters/shared-state/appointment-book.ts';
import { REAL_CLOCK } from '../../adapters/shared-state/shared-state.ts';
import type { Availability } from '../../domain/availability.ts';
import type { Stack } from '../../packages/sandbox/stack.ts';
import { startStack } from '../../packages/sandbox/start-stack.ts';
import { BY_TEST } from './path-support.ts';

/** The function is as it is deployed: it asks the stack's doubles through the AWS SDK. */
let stack: Stack;

const ORIGIN = 'https://www.example.com';
const [MEMBERS, VISITORS] = ['00000000-0000-4000-8000-00000000c001', '00000000-0000-4000-8000-00000000c002'] as const;

beforeAll(async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-11-28T12:00:00+09:00') });
  stack = await startStack({
    settings: {
      availability: { origins: [ORIGIN, 'http://localhost:3000'] },
      whenClosed: { do: 'wait' },
      appointments: { maxDays: 1, slotMinutes: 60, perSlot: 2 },
      callingHours: { start: '08:00', end: '21:00', timeZone: 'Asia/Tokyo' },
    },
  });
  const day = [{ start: '09:00', end: '18:00' }];
  const hours = { MONDAY: day, TUESDAY: day, WEDNESDAY: day, THURSDAY: day, FRIDAY: day, SATURDAY: day };
  // The Monday after the weekend is a holiday of one queue.
  stack.connect.updateQueue(VISITORS, { hours, overrides: { '2026-11-30': [] } });
  stack.connect.updateQueue(MEMBERS, { hours });
});

afterAll(async () => {
  await stack.close();
  vi.useRealTimers();
});

/** Each test begins when nothing that was read before counts any more. */
beforeEach(() => {
  vi.setSystemTime(Date.now() + 60_000);
});

const ask = (headers: Record<string, string> = {}, method = 'GET') =>
  fetch(`${stack.url}/availability.json`, { method, headers });

const documentsOf = ({ url }: Stack) => dynamoDocuments(new DynamoDBClient({ endpoint: `${url}/aws/dynamodb` }));

const document = async () => (await (await ask()).json()) as Availability;

/** The slots that are left at noon, while none is taken. */
const AFTERNOON = [13, 14, 15, 16, 17].map((hour) => ({ at: `2026-11-28T${hour}:00:00+09:00`, free: 2 }));

/** What browsers look at. */
const cors = ({ headers }: Response) =>
  Object.fromEntries([...headers].filter(([name]) => name.startsWith('access-control-')));

describe('GET /availability.json', () => {
  it('tells of the queues that requests reach, with the hours and overrides of Amazon Connect', async () => {
    const response = await ask();
    expect(response.status).toBe(200);
    expect(response.headers.get('cache-control')).toBe('public, max-age=30');
    expect(response.headers.get('content-type')).toBe('application/json');
    expect(await response.json()).toEqual({
      at: '2026-11-28T12:01:00+09:00',
      stopped: false,
      waitsForOpening: true,
      queues: {
        members: {
          ...{ open: true, openUntil: '2026-11-28T18:00:00+09:00', nextOpening: '2026-11-30T09:00:00+09:00' },
          slots: AFTERNOON,
        },
        visitors: {
          ...{ open: true, openUntil: '2026-11-28T18:00:00+09:00', nextOpening: '2026-12-01T09:00:00+09:00' },
          slots: AFTERNOON,
        },
      },
    });
  });

  it('asks Amazon Connect as often for 100 visitors as for one', async () => {
    // Prepare
    const queues = vi.spyOn(stack.connect, 'describeQueue');
    const hours = vi.spyOn(stack.connect, 'effectiveHours');
    // Act
    const answers = await Promise.all(Array.from({ length: 100 }, () => ask()));
    // Assess
    expect(answers.map(({ status }) => status)).toEqual(Array(100).fill(200));
    expect([queues.mock.calls.length, hours.mock.calls.length]).toEqual([2, 2]);
  });

  it('tells how many places a slot has left, and of none that is full', async () => {
    // Prepare
    const book = dynamoAppointmentBook(
      stack.service.stage.environment.GUARDS_TABLE ?? '',
      documentsOf(stack),
      REAL_CLOCK,
    );
    const take = (hour: number, number: number) =>
      book.book(
        {
          ...{ requestId: `request-${hour}-${number}`, phone: `+81900000000${number}`, queueId: VISITORS },
          at: new Date(`2026-11-28T${hour}:00:00+09:00`),
        },
        { perSlot: 2, perNumber: 2 },
      );
    await Promise.all([take(13, 1), take(14, 1), take(14, 2)]);
    // Act
    const { queues } = await document();
    // Assess
    expect(queues.members?.slots).toEqual(AFTERNOON);
    expect(queues.visitors?.slots).toEqual([{ ...AFTERNOON[0], free: 1 }, ...AFTERNOON.slice(2)]);
  });

  it('tells of the emergency stop, and of its end', async () => {
    await stack.controls.setStopped(true, BY_TEST);
    expect(await document()).toMatchObject({ stopped: true });
    await stack.controls.setStopped(false, BY_TEST);
    vi.setSystemTime(Date.now() + 30_000);
    expect(await document()).toMatchObject({ stopped: false });
  });

  it('tells of a disabled queue as closed, beside one that is open', async () => {
    stack.connect.updateQueue(VISITORS, { enabled: false });
    expect((await document()).queues).toMatchObject({
      members: { open: true },
      visitors: { open: false, nextOpening: null, calledAtOpening: false, slots: [] },
    });
    stack.connect.updateQueue(VISITORS, { enabled: true });
  });

  it('says nothing while Amazon Connect does not answer, and why to nobody', async () => {
    stack.connect.addFault({ kind: 'server-error', operation: 'DescribeQueue', times: 1 });
    const response = await ask();
    expect(response.status).toBe(503);
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(await response.text()).toBe('');
  });

  it('answers nothing but GET', async () => {
    const response = await ask({}, 'POST');
    expect([response.status, response.headers.get('allow'), await response.text()]).toEqual([405, 'GET', '']);
  });
});

describe('a page of another origin', () => {
  it('may read the answer where the stage names it', async () => {
    const response = await ask({ origin: ORIGIN });
    expect(response.status).toBe(200);
    expect(cors(response)).toEqual({ 'access-control-allow-origin': ORIGIN });
    expect(response.headers.get('vary')).toBe('Origin');
  });

  it.each(['https://example.com', 'http://www.example.com', 'https://www.example.com.example.net', 'null'])(
    'may not read it as %s',
    async (origin) => {
      const response = await ask({ origin });
      expect(response.status).toBe(200);
      expect(cors(response)).toEqual({});
    },
  );

  it('is told so before it asks, without the function', async () => {
    // Prepare
    const preflight = { origin: ORIGIN, 'access-control-request-method': 'GET' };
    const queues = vi.spyOn(stack.connect, 'describeQueue');
    // Act
    const [own, foreign] = await Promise.all([
      ask(preflight, 'OPTIONS'),
      ask({ ...preflight, origin: 'https://example.com' }, 'OPTIONS'),
    ]);
    // Assess
    expect(cors(own)).toEqual({
      'access-control-allow-origin': ORIGIN,
      'access-control-allow-methods': 'GET',
      'access-control-max-age': '86400',
    });
    expect(cors(foreign)).toEqual({});
    expect(queues).not.toHaveBeenCalled();
  });

  it('may read it even when nothing can be told: a page must know that, too', async () => {
    stack.connect.addFault({ kind: 'server-error', operation: 'DescribeQueue', times: 1 });
    const response = await ask({ origin: ORIGIN });
    expect(response.status).toBe(503);
    expect(cors(response)).toEqual({ 'access-control-allow-origin': ORIGIN });
  });

  it('reaches nothing else of the stack', async () => {
    expect((await fetch(`${stack.url}/calls`, { headers: { origin: ORIGIN } })).status).toBe(403);
  });
});

// The last: the clock is not put back.
it('says while it is closed whether a request would be kept until the opening', async () => {
  vi.setSystemTime(new Date('2026-11-29T20:00:00+09:00'));
  expect((await document()).queues).toMatchObject({
    members: { open: false, nextOpening: '2026-11-30T09:00:00+09:00', calledAtOpening: true },
    visitors: { open: false, nextOpening: '2026-12-01T09:00:00+09:00', calledAtOpening: false },
  });
});
