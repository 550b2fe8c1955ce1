import { afterEach, describe, expect, it } from 'vitest';
import type { CallRecord } from '../../domain/call-record.ts';
import type { KarteFault } from '../../packages/sandbox/karte-track-api.ts';
import type { Stack } from '../../packages/sandbox/stack.ts';
import { type StackOptions, startStack } from '../../packages/sandbox/start-stack.ts';
import { deadLetterQueue } from '../../tools/calls/dead-letter-queue.ts';
import { seededRandom } from '../domain/request-support.ts';
import { karteEvent, NO_LIMITS, send, until, visitor } from './path-support.ts';

const SECRET = 'karte-token';
const TOKEN = 'an-example-token-of-nobody';

let stack: Stack;
const logs: string[] = [];

afterEach(async () => {
  await stack.close();
  logs.length = 0;
});

async function up(options: StackOptions = {}): Promise<void> {
  stack = await startStack({
    speed: 200,
    agents: 10,
    secrets: { [SECRET]: JSON.stringify({ token: TOKEN }) },
    onLog: (line) => logs.push(line),
    ...options,
    settings: { ...NO_LIMITS, reportToKarte: { secretName: SECRET }, ...options.settings },
  });
}

async function call(fields: Record<string, unknown> = {}): Promise<CallRecord> {
  const { record } = await send(stack, karteEvent(visitor({ track_id: '48291532', ...fields })));
  await stack.idle();
  return record;
}

const told = () => stack.trackApi.events.map(({ event_name }) => event_name);

/** Each event once: the last that came with its id. */
const distinct = () => new Map(stack.trackApi.events.map((event) => [event.values.event_id, event]));

const faults =
  (...kinds: (KarteFault | undefined)[]) =>
  (index: number) =>
    kinds[index];

describe('a call of which KARTE knows the visitor', () => {
  it('is told step by step, with its contact, its inquiry number and how long each step took', async () => {
    await up();
    // Act
    const { requestId, contactId, agentAt, endedAt } = await call({ user_id: 'member-1' });
    // Assess
    const common = { request_id: requestId, contact_id: contactId, track_id: '48291532' };
    expect(stack.trackApi.events).toEqual([
      {
        keys: { user_id: 'member-1' },
        event_name: 'karte_ivr_call_try',
        values: { ...common, event_id: `${requestId}:call_try`, occurred_at: expect.any(String) },
      },
      {
        keys: { user_id: 'member-1' },
        event_name: 'karte_ivr_call_connected',
        values: {
          ...common,
          event_id: `${requestId}:call_connected`,
          occurred_at: agentAt,
          ringing_seconds: expect.any(Number),
          waiting_seconds: expect.any(Number),
        },
      },
      {
        keys: { user_id: 'member-1' },
        event_name: 'karte_ivr_call_ended',
        values: {
          ...common,
          event_id: `${requestId}:call_ended:completed`,
          occurred_at: endedAt,
          outcome: 'completed',
          reason: 'agent_connected',
          ringing_seconds: expect.any(Number),
          waiting_seconds: expect.any(Number),
          talk_seconds: expect.any(Number),
          hung_up_by: 'customer',
        },
      },
    ]);
  });

  it('is told by the visitor id where nobody is signed in, under names of the stage', async () => {
    await up({ settings: { reportToKarte: { secretName: SECRET, eventPrefix: 'shop_' } }, answer: 'no-answer' });
    await call({ user_id: 'null', visitor_id: 'vis-0000' });
    expect(stack.trackApi.events).toMatchObject([
      { keys: { visitor_id: 'vis-0000' }, event_name: 'shop_call_try' },
      { keys: { visitor_id: 'vis-0000' }, event_name: 'shop_call_ended', values: { outcome: 'not_answered' } },
    ]);
  });

  it('leaves the ids of the visitor to KARTE: no attribute of the contact has them', async () => {
    await up();
    const { contactId = '' } = await call({ user_id: 'member-1', visitor_id: 'vis-0000' });
    expect(JSON.stringify(stack.connect.contact(contactId)?.attributes)).not.toMatch(/member-1|vis-0000/);
  });
});

it('tells of a request that became no call why, also of one whose number is none', async () => {
  await up();
  await call({ user_id: 'member-1', phone_e164: '+81110' });
  expect(stack.trackApi.events).toMatchObject([
    {
      event_name: 'karte_ivr_call_fail',
      values: { event_id: expect.stringMatching(/:call_fail:number_refused$/), outcome: 'number_refused' },
    },
  ]);
});

it('tells nothing of whom KARTE does not know, and nothing in a stage that does not report', async () => {
  await up();
  expect(await call()).not.toHaveProperty('karteKey');
  expect(stack.trackApi.requests()).toEqual([]);
  await stack.close();
  await up({ settings: { reportToKarte: null } });
  expect(await call({ user_id: 'member-1' })).not.toHaveProperty('karteKey');
  expect(stack.service.functions).not.toHaveProperty('reportToKarte');
  expect(stack.trackApi.requests()).toEqual([]);
});

it('loses nothing while KARTE fails, does not delay the call, and writes neither token nor number down', async () => {
  await up({ karteFault: faults('error', 'lost-answer', 'unauthorised', 'throttled', 'lost-answer') });
  await call({ user_id: 'member-1' });
  expect([...distinct().values()].map(({ event_name }) => event_name)).toEqual([
    'karte_ivr_call_try',
    'karte_ivr_call_connected',
    'karte_ivr_call_ended',
  ]);
  expect(told().length).toBeGreaterThan(3);
  const written = [...logs, JSON.stringify(stack.trackApi.requests()), JSON.stringify(stack.trackApi.events)].join(
    '\n',
  );
  expect(written).toContain('not reported to KARTE yet');
  expect(written).not.toContain(TOKEN);
  expect(written).not.toMatch(/9012345678/);
});

it.each([1, 2, 3])(
  'tells each event exactly once, duplicates removed, whatever happens on the way (seed %i)',
  async (seed) => {
    const kinds = ['error', 'lost-answer', 'throttled', 'unauthorised', undefined] as const;
    const next = seededRandom(seed);
    // After the first ones KARTE is well: pauses grow with the time that it is not.
    await up({ karteFault: (index) => (index < 8 ? kinds[Math.floor(next() * kinds.length)] : undefined) });
    const [first, second] = await Promise.all([
      call({ user_id: 'member-1' }),
      call({ visitor_id: 'vis-0000', phone_e164: '+81110' }),
    ]);
    await stack.idle();
    expect([...distinct().keys()].toSorted()).toEqual(
      [
        `${first.requestId}:call_connected`,
        `${first.requestId}:call_ended:completed`,
        `${first.requestId}:call_try`,
        `${second.requestId}:call_fail:number_refused`,
      ].toSorted(),
    );
  },
);

it('calls all the same while KARTE is down, and reports when it is back', async () => {
  let isDown = true;
  await up({ karteFault: (index) => (isDown ? (index === 0 ? 'silence' : 'error') : undefined) });
  const { record, contact } = await send(stack, karteEvent(visitor({ user_id: 'member-1' })));
  expect(record.outcome).toBe('completed');
  expect(contact?.endedAt).toBeDefined();
  expect(stack.trackApi.events).toEqual([]);
  isDown = false;
  await stack.idle();
  expect([...distinct().keys()]).toEqual(
    ['call_try', 'call_connected', 'call_ended:completed'].map((event) => `${record.requestId}:${event}`),
  );
});

it('makes a dead letter of what KARTE refuses, which is sent again as it was', async () => {
  await up({ karteFault: faults('refused') });
  const { requestId } = await call({ user_id: 'member-1' });
  expect(told()).toEqual(['karte_ivr_call_connected', 'karte_ivr_call_ended']);
  const queue = await deadLetterQueue({
    prefix: 'karte-connect-call-local',
    stateMachineName: stack.service.stateMachine.name,
    optionsOf: (service) => ({
      endpoint: `${stack.url}/aws/${service}`,
      region: 'ap-northeast-1',
      credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    }),
  });
  await queue.whileReading(async ([letter]) => {
    expect(letter).toMatchObject({
      what: 'report to KARTE karte_ivr_call_try',
      about: requestId,
      why: expect.stringContaining('KARTE answered 400'),
    });
    if (letter?.belongsTo.kind !== 'function') throw new Error('the letter is of no function');
    await queue.invoke(letter.belongsTo.functionName, letter.belongsTo.payload);
  });
  queue.close();
  await until(() => told().includes('karte_ivr_call_try'));
});
