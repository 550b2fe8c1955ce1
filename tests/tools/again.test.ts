import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { OUTCOMES, type Outcome } from '../../domain/outcomes.ts';
import { idOfTry } from '../../domain/request-id.ts';
import type { StageSettings } from '../../domain/stage-settings.ts';
import type { Stack } from '../../packages/sandbox/stack.ts';
import { startStack } from '../../packages/sandbox/start-stack.ts';
import { eventAgain, readAgain, whyNeverAgain } from '../../tools/calls/why-not-again.ts';
import {
  BY_TEST,
  karteEvent,
  NUMBER_FORMS,
  otherVisitor,
  send,
  start,
  until,
  visitor,
  WITH_BRITAIN,
} from '../e2e/path-support.ts';
import { commandHere, type Run } from '../run-command.ts';

let stack: Stack;
const runs: Run[] = [];
let count = 0;

beforeAll(async () => {
  stack = await startStack({ speed: 200, agents: 20, settings: WITH_BRITAIN });
});
afterAll(() => stack.close());

async function again(...args: string[]): Promise<Run> {
  const run = await commandHere('calls', ['again', ...args], { env: { PORT: new URL(stack.url).port } });
  runs.push(run);
  return run;
}

const doAgain = (...args: string[]) => again(...args, '--why', 'mended', '--by', 'desk', '--yes');

/** Somebody else's request, which ends without a call: the instance refuses whatever it is asked. */
async function failed(fields: Record<string, unknown> = {}) {
  count += 1;
  stack.connect.addFault({ kind: 'access-denied', times: 1 });
  const { record } = await send(stack, karteEvent(otherVisitor(count, fields)));
  expect(record.outcome).toBe('access_denied');
  return record;
}

const newest = async (trackId: string) => (await stack.records()).findLast((record) => record.trackId === trackId);

describe('npm run calls -- again', () => {
  it('shows whom it would call, and calls nobody without a reason', async () => {
    const { requestId } = await failed({ track_id: '48291532' });
    const { code, stdout } = await again('4829-1532');
    expect(code).toBe(0);
    expect(stdout).toMatch(
      new RegExp(
        `^${requestId}: inquiry 4829-1532, \\+4\\*+\\d{4}, asked on [\\d: -]+ for a call as soon as possible \\(JST\\)\n`,
      ),
    );
    expect(stdout).toMatch(
      /\nIt ended on .+ as access_denied: not_authorized\. The function is not allowed to use Amazon Connect\. /,
    );
    expect(stdout).toMatch(/\nNothing was started\. To call this customer, add --why "…"\.\n$/);
    expect((await newest('48291532'))?.requestId).toBe(requestId);
  });

  it('calls the customer by a new request with the event as KARTE sent it, made now, and writes down who did', async () => {
    // Prepare
    await stack.controls.setLimits({ coolDownSeconds: 300 }, BY_TEST);
    const late = { time: new Date(Date.now() - 90 * 60_000).toISOString() };
    const { record: old } = await send(stack, karteEvent(otherVisitor(count, { track_id: '75214295' }), late));
    expect(old.outcome).toBe('stale');
    // Act
    const { code, stdout } = await doAgain('7521-4295');
    // Assess
    expect(code).toBe(0);
    const [, id = ''] = /It is now request (\S+): follow it with npm run calls -- show \1/.exec(stdout) ?? [];
    await until(async () => (await stack.record(id))?.outcome === 'completed');
    const { phone, trackId, inquiryType, userType } = old;
    const called = await stack.record(id);
    expect(called).toMatchObject({ phone, trackId, inquiryType, userType });
    expect(Date.parse(called?.requestedAt ?? '')).toBeGreaterThan(Date.parse(old.endedAt ?? ''));
    expect((await stack.controls.history()).at(-1)).toMatchObject({
      what: `again ${old.requestId}: as ${id}`,
      by: 'desk',
      why: 'mended',
    });
    expect(called?.contactId).toBeDefined();
    // Whoever names the old request now is told of its call.
    const once = await doAgain(old.requestId);
    expect(once).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/^nobody was called: a call to this number has just ended: /),
    });
    await stack.controls.setLimits({}, BY_TEST);
  });

  it('starts one execution for a request, whatever became of that', async () => {
    // Prepare
    const old = await failed();
    stack.connect.addFault({ kind: 'access-denied', times: 1 });
    const { again: id } = JSON.parse((await doAgain(old.requestId, '--json')).stdout);
    await until(async () => (await stack.record(id))?.outcome === 'access_denied');
    // Act
    const { code, stderr } = await doAgain(old.requestId);
    // Assess
    expect(code).toBe(1);
    expect(stderr).toBe(`nobody was called: it was repeated already: npm run calls -- show ${id}\n`);
  });

  it('leaves alone who was called since, by a request of their own', async () => {
    // Prepare
    const old = await failed();
    const phone = { phone_e164: old.phone };
    const own = await send(stack, karteEvent(visitor(phone)));
    // Act: as soon as the number is free again after that call
    let said = '';
    await until(async () => {
      said = (await doAgain(old.requestId)).stderr;
      return !said.includes('has just ended');
    });
    // Assess
    expect(said).toBe(
      `nobody was called: this number has had a call since: npm run calls -- show ${own.record.requestId}\n`,
    );
    expect((await doAgain(own.record.requestId)).stderr).toMatch(
      /its call has gone out already \(completed: agent_connected\): the customer may ask again/,
    );
  });

  it('calls nobody while calling is stopped', async () => {
    const old = await failed();
    await stack.controls.setStopped(true, BY_TEST);
    const { code, stderr } = await doAgain(old.requestId);
    await stack.controls.setStopped(false, BY_TEST);
    expect(code).toBe(1);
    expect(stderr).toMatch(/calling is stopped, since .+ by test: a test\. npm run calls -- resume ends that\n$/);
  });

  it('says that the event itself is refused', async () => {
    const { record } = await send(stack, karteEvent(visitor({ phone_e164: '110' })));
    const { stderr } = await doAgain(record.requestId);
    expect(stderr).toMatch(
      /the event itself would be refused again \(number_refused: emergency\): This is an emergency/,
    );
  });

  it('asks before it calls, and wants a name for what it does', async () => {
    expect(await again('4829-1532', '--why', 'x')).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/^again asks before it calls, and there is no terminal to ask in: add --yes/),
    });
    expect(await again('--why', 'x', '--yes')).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/^expected one request id, contact id or inquiry number: npm run calls -- again /),
    });
    expect(await doAgain('11111111-2222-4333-8444-000000000000')).toMatchObject({ code: 1 });
  });

  it('leaves alone a number that is blocked, and one that has another request, and says what to do', async () => {
    // Prepare
    const old = await failed();
    const phone = old.phone ?? '';
    // Act
    await stack.controls.block({ phone, kind: 'opted_out', ...BY_TEST });
    const optedOut = await doAgain(old.requestId);
    await stack.controls.unblock(phone, BY_TEST);
    const other = karteEvent(visitor({ phone_e164: phone }));
    stack.connect.addFault({ kind: 'throttle', times: 40 });
    start(stack, other);
    await until(async () => (await stack.record(String(other.id)))?.status !== undefined);
    const held = await doAgain(old.requestId);
    const underWay = await doAgain(String(other.id));
    // Assess
    expect(optedOut.stderr).toMatch(
      /the customer asked not to be called: npm run calls -- unblock, once they ask for it/,
    );
    expect(held.stderr).toContain(`another request for this number is under way: npm run calls -- show ${other.id}`);
    expect(underWay.stderr).toMatch(/nobody was called: it(s call is going out| is under way)/);
    stack.connect.clearFaults();
  });

  it('shows no telephone number', () => {
    const phones = /\+44\d{6}|1134960/;
    for (const { stdout, stderr } of runs) {
      expect(stdout + stderr).not.toMatch(NUMBER_FORMS);
      expect(stdout + stderr).not.toMatch(phones);
    }
  });
});

const NOW = new Date('2026-11-22T03:00:00.000Z');
const ENDED = {
  requestId: '11111111-2222-4333-8444-555555555555',
  executionId: 'arn:aws:states:ap-northeast-1:000000000000:execution:machine:name',
  status: 'ended',
  attempts: 0,
  requestedAt: NOW.toISOString(),
  receivedAt: NOW.toISOString(),
  expiresAt: 0,
} as const;

describe('what is never done again', () => {
  it('is what may have rung, and what went another way', () => {
    const never = (Object.keys(OUTCOMES) as Outcome[]).filter((outcome) => whyNeverAgain({ ...ENDED, outcome }, NOW));
    expect(never).toEqual([
      ...[
        'call_placed',
        'completed',
        'abandoned',
        'no_key_pressed',
        'not_answered',
        'busy',
        'failed_to_connect',
        'lost',
      ],
      ...['duplicate', 'call_unconfirmed'],
    ]);
  });

  it.each([
    ['a call that nobody asked for', { kind: 'inbound' }, /is not a request/],
    [
      'a further call of ours',
      { tryOf: ENDED.requestId, requestId: idOfTry(ENDED.requestId, 2) },
      /let an agent call by hand/,
    ],
    ['what was recorded from a dead letter', { executionId: 'dead-letter:3f9a21c0' }, /its event is not kept/],
    ['a chosen time that is over', { callAt: NOW.toISOString() }, /the chosen time has passed/],
  ] as const)('is %s', (_, fields, why) => {
    expect(whyNeverAgain({ ...ENDED, outcome: 'internal_error', ...fields }, NOW)).toMatch(why);
  });

  it('is an appointment that is still to come', () => {
    const promised = { bookedAt: NOW.toISOString(), callAt: '2026-11-23T03:00:00.000Z' };
    expect(whyNeverAgain({ ...ENDED, status: 'claimed', ...promised }, NOW)).toMatch(/promised for a later time/);
    expect(whyNeverAgain({ ...ENDED, outcome: 'cancelled', ...promised }, NOW)).toBeUndefined();
  });

  it('is a signed request where signatures are required, as its token holds once', () => {
    const settings = JSON.parse(stack.service.stage.environment.STAGE_SETTINGS ?? '') as StageSettings;
    const event = eventAgain(karteEvent(visitor()), 'new-request', NOW) ?? {};
    const read = (mode: 'required' | 'warn') =>
      readAgain(event, { ...settings, signature: { ...settings.signature, mode } }, NOW);
    expect(read('required')).toMatchObject({
      problem: expect.stringMatching(/a token is valid once: the customer may ask again/),
    });
    expect(read('warn')).toEqual({ phone: '+819012345678' });
  });
});
