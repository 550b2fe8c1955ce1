import { globSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { ConnectClient } from '@aws-sdk/client-connect';
import { describe, expect, it } from 'vitest';
import { amazonConnect } from '../../adapters/connect.ts';
import { readEnvironment } from '../../adapters/function-environment.ts';
import { closingTime, nextOpening } from '../../domain/opening-hours.ts';
import { departureAt } from '../../domain/pacing.ts';
import { loadStage } from '../../resources/load-stage.ts';
import { prepareCentre } from '../functions/centre.ts';
import {
  CONTACT_ID,
  EXECUTION_ID,
  GOOD_CONTENT,
  goodRequest,
  holdUntil,
  ids,
  karteEvent,
  NOW,
  QUEUE_ARN,
  QUEUE_ID,
  REQUEST_ID,
  recordingLog,
  secondsAfter,
  setEnvironment,
  stage,
  unmeasured,
} from '../functions/function-support.ts';
import { claimedRecord, prepareTables, putRecord } from '../functions/tables.ts';
import { PROJECT } from '../run-command.ts';

// Bugs that were seen in programs of this kind. Each would hurt here, too; each test names what must not happen.

setEnvironment();
const { validateRequest } = await import('../../functions/validate-request.ts');
const { claimRequest } = await import('../../functions/claim-request.ts');
const { checkQueue } = await import('../../functions/check-queue.ts');
const { enterWaitingRoom } = await import('../../functions/enter-waiting-room.ts');
const { startCall } = await import('../../functions/start-call.ts');
const { takeLaterTurn } = await import('../../functions/take-later-turn.ts');
const { trackContact } = await import('../../functions/track-contact.ts');

const log = recordingLog();

it('a check whose answer comes later is not taken for a yes', async () => {
  // Prepare
  const signed = { ...stage, signature: { mode: 'required' as const, secretName: 'signing-keys-of-the-tests' } };
  const keys = { read: async () => ({ current: 'an-example-key-that-signs-no-real-request' }) };
  const run = validateRequest({ stage: signed, keys, now: () => NOW, log, measure: unmeasured });

  // Act
  const state = await run(karteEvent({ ...GOOD_CONTENT, call_token: 'v1.let-me-through' }));

  // Assess
  expect(state.decision).toBe('end');
});

describe('the agents of a queue', () => {
  /** The figures as GetCurrentMetricData answers, and what it was asked for. */
  function prepare(MetricResults: unknown) {
    const asked: unknown[] = [];
    const client = {
      send: async ({ input }: { input: unknown }) => {
        asked.push(input);
        return { MetricResults };
      },
    };
    return { asked, connect: amazonConnect(stage.connect, client as unknown as ConnectClient) };
  }
  const figures = (Value: number | null | undefined) => [
    {
      Dimensions: { Queue: { Id: QUEUE_ID } },
      Collections: [{ Metric: { Name: 'AGENTS_AVAILABLE', Unit: 'COUNT' }, Value }],
    },
  ];

  it('are not those who are logged in: some of them talk, work on a call or have a break', async () => {
    const { asked, connect } = prepare(figures(2));
    expect(await connect.readAgents()).toEqual({ [QUEUE_ID]: 2 });
    expect(asked).toEqual([expect.objectContaining({ CurrentMetrics: [{ Name: 'AGENTS_AVAILABLE', Unit: 'COUNT' }] })]);
  });

  it.each([
    ['no results, because nobody is logged in', []],
    ['no list of results', undefined],
    ['null as the figure', figures(null)],
    ['no figure', figures(undefined)],
  ])('are not somebody where Amazon Connect answers with %s', async (_name, results) => {
    // Prepare
    const tables = prepareTables();
    const centre = prepareCentre(tables);
    centre.agents = await prepare(results).connect.readAgents();

    // Act
    const state = await checkQueue({
      stage,
      calls: tables.calls,
      shared: tables.shared,
      room: tables.room,
      centre: centre.readings,
      now: tables.now,
      log,
    })({ executionId: EXECUTION_ID, state: { decision: 'continue', request: goodRequest } });

    // Assess
    expect(state.decision).toBe('wait');
  });
});

it('a trunk zero after the country code neither rings another number nor makes one number two', async () => {
  // Prepare
  const { calls, shared, now } = prepareTables();
  const validate = validateRequest({ stage, keys: { read: () => Promise.reject() }, now, log, measure: unmeasured });
  const claim = claimRequest({ stage, calls, shared, now, log });
  const request = async (phone_e164: string, id: string) => {
    const state = await validate(karteEvent({ phone_e164 }, { id }));
    if (state.decision !== 'continue') throw new Error('refused');
    return { request: state.request, claim: () => claim(`${EXECUTION_ID}-${id}`, state, async () => undefined) };
  };
  const first = await request('+8109012345678', '00000000-0000-4000-8000-0000000000e1');
  const second = await request('+819012345678', '00000000-0000-4000-8000-0000000000e2');

  // Act
  const claimed = [await first.claim(), await second.claim()];

  // Assess
  expect(first.request.phone).toBe('+819012345678');
  expect(claimed).toMatchObject([{ decision: 'continue' }, { ending: { outcome: 'number_held' } }]);
});

describe('a loop of the state machine', () => {
  const { TimeoutSeconds, States } = JSON.parse(
    readFileSync(join(PROJECT, 'statemachines/call-request.asl.json'), 'utf8'),
  ) as { TimeoutSeconds?: number; States: Record<string, Record<string, unknown>> };

  it('is not endless: the execution and all its tasks have a time limit, and no wait is a poll', () => {
    const states = Object.entries(States);
    const tasks = states.filter(([, { Type }]) => Type === 'Task');
    const unlimited = tasks.filter(([, task]) => !('TimeoutSeconds' in task || 'TimeoutSecondsPath' in task));
    const polling = states.filter(([, { Type, Seconds }]) => Type === 'Wait' && Seconds !== undefined);
    expect(TimeoutSeconds).toBeGreaterThan(0);
    expect([...unlimited, ...polling].map(([name]) => name)).toEqual([]);
  });

  it('is left at the deadline, however often Amazon Connect asks to come back later', async () => {
    // Prepare
    const { calls, shared, clock, now } = prepareTables();
    await putRecord({ calls }, claimedRecord());
    const run = takeLaterTurn({ calls, shared, now, log });
    const tooMany = 'ConnectLimitExceeded';
    const turn = { ...departureAt(NOW.getTime()), queueArn: QUEUE_ARN };
    let state: Awaited<ReturnType<typeof run>> = {
      decision: 'continue',
      holdsGuards: true,
      request: goodRequest,
      turn,
    };
    let rounds = 0;

    // Act
    while (state.decision !== 'end' && rounds < 1000) {
      rounds += 1;
      clock.at = new Date(state.turn.at);
      state = await run({ state, tooMany });
    }

    // Assess
    expect(state).toMatchObject({ decision: 'end', ending: { outcome: 'capacity_exhausted' } });
    expect(rounds).toBeLessThan(300);
  });
});

describe('a task token or a contact that is known a moment too late', () => {
  it('loses no event: one that comes before startCall knows the contact counts all the same', async () => {
    // Prepare
    const { calls, shared, hold, now, holders } = prepareTables();
    await putRecord({ calls }, claimedRecord());
    await shared.phones.hold(goodRequest.phone, REQUEST_ID, holdUntil(secondsAfter(300), NOW));
    await hold(REQUEST_ID, 60, 60);
    const queue = { send: async () => undefined };
    const { connect: telling } = prepareCentre({ shared, now });
    const track = trackContact({ stage, calls, shared, connect: telling, queue, now, log, measure: unmeasured });
    const connect = { startCall: async () => ({ contactId: CONTACT_ID }) };
    const call = startCall({ stage, calls, connect, ids, shared, now, pause: async () => undefined, log });
    const turn = { ...departureAt(NOW.getTime()), queueArn: QUEUE_ARN };

    // Act
    const over = { eventType: 'DISCONNECTED', contactId: CONTACT_ID, initiationMethod: 'API' };
    await track({ time: NOW.toISOString(), detail: over });
    await call({
      executionId: EXECUTION_ID,
      retries: 0,
      state: { decision: 'continue', holdsGuards: true, request: goodRequest, turn },
    });

    // Assess
    expect([await holders('agents'), await holders('lines')]).toEqual([[], []]);
  });

  it('leaves nobody waiting unseen: the token is in the room before anybody is told to look', async () => {
    // Prepare
    const { shared, now, room } = prepareTables();
    const seenAtEachCall: string[][] = [];
    const queue = {
      send: async () => {
        seenAtEachCall.push((await room.nextInLine(QUEUE_ID, 10)).map(({ token }) => token));
      },
    };
    const enter = enterWaitingRoom({ room, ticks: shared.ticks, queue, now });

    // Act
    await enter({
      token: 'task-token',
      state: { decision: 'wait', holdsGuards: true, request: goodRequest, waitSeconds: 300 },
    });

    // Assess
    expect(seenAtEachCall).toEqual([['task-token']]);
  });
});

describe('opening hours', () => {
  const AROUND_THE_CLOCK = { start: '00:00', end: '24:00', timeZone: 'Asia/Tokyo' };
  const day = (date: string, start: number, end: number) => ({ date, start: start * 60, end: end * 60 });
  const tokyo = (...intervals: ReturnType<typeof day>[]) => ({ timeZone: 'Asia/Tokyo', intervals });
  const inTokyo = (text: string) => new Date(`${text}+09:00`);
  const soon = (from: Date) => new Date(from.getTime() + 4 * 86_400_000);

  it('that began a minute ago do not begin again in a day', () => {
    const now = inTokyo('2026-11-20T09:01:00');
    expect(nextOpening(tokyo(day('2026-11-20', 9, 18)), AROUND_THE_CLOCK, now, soon(now))).toEqual(now);
  });

  it('from 00:00 to 00:00 are not closed hours', () => {
    const now = inTokyo('2026-11-20T12:00:00');
    expect(closingTime(tokyo(day('2026-11-20', 0, 0)), AROUND_THE_CLOCK, now)).toEqual(inTokyo('2026-11-21T00:00:00'));
  });

  it('are not those of any other day on a holiday', () => {
    const now = inTokyo('2026-11-23T12:00:00');
    const hours = tokyo(day('2026-11-20', 9, 18), day('2026-11-24', 9, 18));
    expect(nextOpening(hours, AROUND_THE_CLOCK, now, soon(now))).toEqual(inTokyo('2026-11-24T09:00:00'));
  });
});

it('the state machine is not a file that AWS would not load', () => {
  // The package ships no types.
  type Validator = (definition: unknown) => { isValid: boolean; errorsText: (separator?: string) => string };
  const validate = createRequire(import.meta.url)('asl-validator') as Validator;
  const definition: unknown = JSON.parse(readFileSync(join(PROJECT, 'statemachines/call-request.asl.json'), 'utf8'));
  expect(validate(definition).errorsText('\n')).toBe('');
});

it('nothing that is deployed imports tests or their data', () => {
  const folders = '{functions,domain,adapters,resources,statemachines,packages/connect-flow-kit/src}';
  const files = globSync(`${folders}/**/*.{ts,cjs,json}`, { cwd: PROJECT });
  const importing = files.filter((file) =>
    /(?:from|import|require)\b[^;\n]*\btests?\//.test(readFileSync(join(PROJECT, file), 'utf8')),
  );
  expect(files.length).toBeGreaterThan(50);
  expect(importing).toEqual([]);
});

describe('a function without its settings', () => {
  const { environment } = loadStage('dev');
  const own = Object.keys(environment).filter((name) => !name.startsWith('POWERTOOLS_'));

  it.each(own)('does not start half configured: %s', (name) => {
    expect(() => readEnvironment(environment)).not.toThrow();
    expect(() => readEnvironment({ ...environment, [name]: undefined })).toThrow(`${name} is missing`);
    expect(() => readEnvironment({ ...environment, [name]: '' })).toThrow(`${name} is missing`);
  });
});
