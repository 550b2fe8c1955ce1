import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { DeadLetter, Event } from '../../packages/sandbox/event-bus.ts';
import type { Stack } from '../../packages/sandbox/stack.ts';
import { startStack } from '../../packages/sandbox/start-stack.ts';
import { karteEvent, NUMBER_FORMS, until, visitor } from '../e2e/path-support.ts';
import { commandHere, type Run } from '../run-command.ts';

let stack: Stack;
/** Those of the stack: a rule or a function adds to them. */
let letters: DeadLetter[];
const runs: Run[] = [];

beforeAll(async () => {
  stack = await startStack({ speed: 200, agents: 20 });
  letters = stack.bus.deadLetters as DeadLetter[];
});
afterAll(() => stack.close());
beforeEach(() => {
  letters.length = 0;
});

async function redrive(...args: string[]): Promise<Run> {
  const run = await commandHere('calls', ['redrive', ...args], { env: { PORT: new URL(stack.url).port } });
  runs.push(run);
  return run;
}

const minutesAgo = (minutes: number): string =>
  `${new Date(Date.now() - minutes * 60_000).toISOString().slice(0, 19)}Z`;

/** An event that Step Functions did not take. */
function lose(event: Event, more: Partial<DeadLetter> = {}): Event {
  letters.push({ event, errorCode: 'ThrottlingException', errorMessage: 'Rate exceeded', at: Date.now(), ...more });
  return event;
}

/** The letters as the command lists them. */
async function listed(): Promise<{ id: string; what: string; about: string }[]> {
  return JSON.parse((await redrive('--json')).stdout);
}

async function soleId(): Promise<string> {
  const [letter, ...more] = await listed();
  expect(more).toEqual([]);
  return letter?.id.slice(0, 8) ?? '';
}

const recordOf = (event: Event) => stack.record(String(event.id));
const last = async () => (await stack.controls.history()).at(-1);

describe('npm run calls -- redrive', () => {
  it('lists what reached nobody, the oldest first, and leaves it where it is', async () => {
    // Prepare
    const late = lose(karteEvent(visitor()));
    const early = lose(karteEvent(visitor()), { at: Date.now() - 60_000 });
    // Act
    const { code, stdout } = await redrive();
    // Assess
    expect(code).toBe(0);
    const [, , head, first, second] = stdout.split('\n');
    expect(head).toMatch(/^letter +given up +what +request id +why$/);
    expect(first).toMatch(new RegExp(`call request +${early.id} +ThrottlingException: Rate exceeded$`));
    expect(second).toContain(String(late.id));
    expect((await listed()).map(({ about }) => about)).toEqual([early.id, late.id]);
  });

  it('says that there is none', async () => {
    expect((await redrive()).stdout).toMatch(/^There is no dead letter in the local stack at /);
    const { code, stderr } = await redrive('--drop', '3f9a21c0', '--why', 'x');
    expect(code).toBe(1);
    expect(stderr).toMatch(/^there is no dead letter 3f9a21c0 in the local stack at /);
  });

  it('names a letter by how its id begins, if that is one letter', async () => {
    lose(karteEvent(visitor()));
    for (let count = 0; count < 17; count += 1) lose(karteEvent(visitor()));
    const initials = (await listed()).map(({ id }) => id[0]);
    const twice = initials.find((initial, index) => initials.indexOf(initial) !== index) ?? '';
    const { code, stderr } = await redrive('--drop', twice, '--why', 'x');
    expect(code).toBe(1);
    expect(stderr).toMatch(/^several letters begin with /);
    expect(letters).toHaveLength(18);
  });
});

describe('redrive --again', () => {
  it('sends a request as it was, through every check, and writes down who did', async () => {
    // Prepare
    const event = lose(karteEvent(visitor({ phone_e164: '110' }), { time: minutesAgo(1) }));
    // Act
    const id = await soleId();
    const { code, stdout } = await redrive('--again', id, '--why', 'throttled for a minute', '--by', 'desk');
    // Assess
    expect(code).toBe(0);
    expect(stdout).toBe(`${id}, call request ${event.id}: sent again as it was, by desk: throttled for a minute\n`);
    await until(async () => (await recordOf(event))?.outcome === 'number_refused');
    expect(await recordOf(event)).toMatchObject({ requestedAt: new Date(String(event.time)).toISOString() });
    expect(await last()).toMatchObject({
      what: `dead letter ${id} sent again as it was: call request ${event.id}`,
      by: 'desk',
      why: 'throttled for a minute',
    });
    expect(letters).toEqual([]);
  });

  it('refuses a request that is too old, and says what else can be done', async () => {
    const event = lose(karteEvent(visitor(), { time: minutesAgo(90) }));
    const { code, stderr } = await redrive('--again', await soleId(), '--why', 'x');
    expect(code).toBe(1);
    expect(stderr).toMatch(
      /it was asked for 1 h 30 min ago, and the stage calls within 5 min: --call-anyway .*--record-lost/,
    );
    expect(letters).toHaveLength(1);
    expect(await recordOf(event)).toBeUndefined();
  });

  it('says that it is refused once more, and keeps the letter', async () => {
    const event = karteEvent(visitor({ note: 'x'.repeat(270_000) }), { time: minutesAgo(0) });
    stack.put(event);
    const { code, stderr } = await redrive('--again', await soleId(), '--why', 'x');
    expect(code).toBe(1);
    expect(stderr).toMatch(/it was refused again \(ValidationException: .*\)\. The letter stays where it is\n$/);
    expect(letters).toHaveLength(1);
  });

  it('hands an event to the function that failed on it', async () => {
    // Prepare
    const event = karteEvent(visitor());
    const ended = {
      'detail-type': 'Step Functions Execution Status Change',
      detail: {
        executionArn: `arn:aws:states:ap-northeast-1:000000000000:execution:a:${event.id}`,
        status: 'ABORTED',
        input: JSON.stringify(event),
      },
    };
    lose(ended, { function: 'settleExecution' });
    // Act
    const { stdout } = await redrive('--again', await soleId(), '--why', 'DynamoDB answers again');
    // Assess
    expect(stdout).toContain(`end of an execution, ABORTED ${event.id}: sent again`);
    await until(async () => (await recordOf(event))?.outcome === 'internal_error');
    expect(letters).toEqual([]);
  });

  it('gets the letter back where the function fails once more', async () => {
    lose({ Records: 'none' }, { function: 'acceptSnsNotification' });
    await redrive('--again', await soleId(), '--why', 'x');
    await until(() => letters.length > 0);
    expect(letters).toMatchObject([{ function: 'acceptSnsNotification', event: { Records: 'none' } }]);
  });
});

describe('redrive --call-anyway', () => {
  it('calls as if asked for now', async () => {
    const event = lose(karteEvent(visitor(), { time: minutesAgo(90) }));
    const { stdout } = await redrive('--call-anyway', await soleId(), '--why', 'the customer still waits');
    expect(stdout).toContain('sent again as if asked for now');
    await until(async () => (await recordOf(event))?.contactId !== undefined);
  });

  it('is for requests that are too old, and for nothing else', async () => {
    lose(karteEvent(visitor(), { time: minutesAgo(1) }));
    expect((await redrive('--call-anyway', await soleId(), '--why', 'x')).stderr).toMatch(/it is not too old: --again/);
    letters.length = 0;
    lose({ detail: { eventType: 'DISCONNECTED' } }, { function: 'trackContact' });
    const { code, stderr } = await redrive('--call-anyway', await soleId(), '--why', 'x');
    expect(code).toBe(1);
    expect(stderr).toMatch(/it is not a call request: --again sends it to karte-connect-call-local-trackContact/);
  });
});

describe('redrive --record-lost', () => {
  it('leaves a record by which the log shows that nobody was called', async () => {
    // Prepare
    const givenUp = Date.parse(minutesAgo(80));
    const event = lose(karteEvent(visitor({ track_id: '48291532' }), { time: minutesAgo(90) }), { at: givenUp });
    // Act
    await redrive('--record-lost', await soleId(), '--why', 'called by hand');
    // Assess
    expect(await recordOf(event)).toMatchObject({
      outcome: 'stale',
      reason: 'too_old',
      class: 'refused',
      status: 'ended',
      attempts: 0,
      phone: '+819012345678',
      trackId: '48291532',
      requestedAt: new Date(String(event.time)).toISOString(),
      receivedAt: new Date(givenUp).toISOString(),
    });
    const shown = await commandHere('calls', ['show', '4829-1532'], { env: { PORT: new URL(stack.url).port } });
    expect(shown.stdout).toContain(`Request ${event.id}`);
    expect(letters).toEqual([]);
  });

  it('records a request that could not have been called as what it is, and none twice', async () => {
    const event = lose(karteEvent(visitor({ phone_e164: '119' }), { time: minutesAgo(90) }));
    await redrive('--record-lost', await soleId(), '--why', 'x');
    expect(await recordOf(event)).toMatchObject({ outcome: 'number_refused', reason: 'emergency' });
    lose(event);
    const { code, stderr } = await redrive('--record-lost', await soleId(), '--why', 'x');
    expect(code).toBe(1);
    expect(stderr).toContain(`its request has a record already: npm run calls -- show ${event.id}`);
  });
});

describe('redrive --drop', () => {
  it('deletes a letter, written down', async () => {
    const event = lose(karteEvent(visitor()));
    lose(karteEvent(visitor()));
    const [letter] = (await listed()).filter(({ about }) => about === event.id);
    await redrive('--drop', letter?.id ?? '', '--why', 'a test of ours');
    expect((await listed()).map(({ about }) => about)).not.toContain(event.id);
    expect(letters).toHaveLength(1);
    expect(await last()).toMatchObject({
      what: `dead letter ${letter?.id.slice(0, 8)} dropped: call request ${event.id}`,
    });
  });

  it('has shown no telephone number in all of this', () => {
    expect(runs.length).toBeGreaterThan(20);
    expect(runs.filter(({ stdout, stderr }) => NUMBER_FORMS.test(stdout + stderr))).toEqual([]);
  });
});
