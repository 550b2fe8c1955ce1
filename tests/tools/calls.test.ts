import { userInfo } from 'node:os';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { describeEnding } from '../../domain/outcomes.ts';
import type { Stack } from '../../packages/sandbox/stack.ts';
import { startStack } from '../../packages/sandbox/start-stack.ts';
import { karteEvent, NUMBER_FORMS, send, visitor } from '../e2e/path-support.ts';
import { command, commandHere, type Run } from '../run-command.ts';

let stack: Stack;
const runs: Run[] = [];

beforeAll(async () => {
  stack = await startStack({ speed: 200, agents: 20 });
});

afterAll(async () => {
  await stack.close();
});

/** Runs the command against the stack of this test, as `PORT` names it. */
async function calls(...args: string[]): Promise<Run> {
  const run = await commandHere('calls', args, { env: { PORT: new URL(stack.url).port } });
  runs.push(run);
  return run;
}

const request = async (fields: Record<string, unknown> = {}) => {
  const { record } = await send(stack, karteEvent(visitor(fields)));
  return record;
};

describe('npm run calls -- list and show', () => {
  it('list the records, latest first, and one with what its outcome means', async () => {
    // Prepare
    const refused = await request({ phone_e164: '110' });
    const placed = await request();
    // Act
    const list = await calls('list');
    const one = await calls('show', placed.requestId);
    // Assess
    expect(list.code).toBe(0);
    const [heading, , head, ...lines] = list.stdout.trimEnd().split('\n');
    expect(heading).toMatch(/^Call log of the local stack at http\S+, the latest first \(JST\)$/);
    expect(head).toMatch(/^time +inquiry +phone +type +result +(wait +)?(talk +)?request id$/);
    expect(lines).toHaveLength(2);
    const when = '\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d';
    expect(lines[0]).toMatch(new RegExp(`^${when} +- +\\+81\\*{6}5678 +visitor +\\w+: \\w+ .*${placed.requestId}$`));
    expect(lines[1]).toMatch(new RegExp(`number_refused: emergency .*${refused.requestId}$`));
    expect(one.stdout).toContain('  phone      +81******5678\n');
    const { outcome = 'call_placed', reason = '' } = (await stack.record(placed.requestId)) ?? {};
    const { outcome: meaning, reason: why } = describeEnding({ outcome, reason });
    expect(one.stdout).toContain(`\n${outcome}: ${meaning.en} ${why.en}\n${meaning.ja}${why.ja}\n`);
    expect(one.stdout).toContain(`\n      docs/runbook.md#${outcome}\n`);
  });

  it('print JSON for programs, by outcome and number of records', async () => {
    const { requestId } = await request();
    const all = JSON.parse((await calls('list', '--outcome', 'completed', '--limit', '1', '--json')).stdout);
    expect(all).toMatchObject([{ requestId, outcome: 'completed', phone: '+81******5678' }]);
    const one = JSON.parse((await calls('show', requestId, '--json')).stdout);
    expect(one).toEqual(all[0]);
    const none = await calls('list', '--outcome', 'access_denied', '--json');
    expect(JSON.parse(none.stdout)).toEqual([]);
  });
});

describe('npm run calls -- show with an inquiry number', () => {
  it('shows the latest record with it, however the agent types it', async () => {
    // Prepare
    await request({ track_id: '48291532' });
    const { requestId } = await request({ track_id: '4829-1532' });
    await request({ track_id: '75214295' });
    // Act
    const shown = await Promise.all(['4829-1532', '４８２９ー１５３２'].map((number) => calls('show', number)));
    // Assess
    expect(shown.map(({ code }) => code)).toEqual([0, 0]);
    for (const { stdout } of shown) expect(stdout).toContain(requestId);
  });

  it('says when a digit must have been misheard, and when nobody has asked with it', async () => {
    const misheard = await calls('show', '4829-1537');
    expect(misheard.code).toBe(1);
    expect(misheard.stderr).toMatch(
      /^4829-1537 is not a valid inquiry number: a digit was misheard, or two were swapped\. /,
    );
    const unknown = await calls('show', '57240000', '--json');
    expect(unknown.code).toBe(1);
    expect(unknown.stderr).toMatch(/^there is no call record with this inquiry number in /);
  });
});

describe('npm run calls -- stop and resume', () => {
  it('stop calling, and let it go on', async () => {
    // Act
    const stopped = await calls('stop', '--why', 'wrong greeting', '--by', 'operator');
    // Assess
    expect(stopped.code).toBe(0);
    expect(await request()).toMatchObject({ outcome: 'calling_disabled', reason: 'stopped' });
    expect((await calls()).stdout).toMatch(/calling +STOPPED, since \S+ \S+ JST by operator: wrong greeting/);
    expect((await calls('resume', '--why', 'fixed')).stdout).toContain('Calling has resumed');
    expect(await request()).toMatchObject({ outcome: 'completed' });
    expect(await stack.controls.history()).toMatchObject([
      { what: 'stop', by: 'operator', why: 'wrong greeting' },
      { what: 'resume', by: userInfo().username, why: 'fixed' },
    ]);
  });
});

describe('npm run calls, what people write beside a change', () => {
  it('is kept and shown in one line, without telephone numbers', async () => {
    // Act
    const { stdout } = await calls(
      'resume',
      '--why',
      'call back\n ０９０ー１２３４ー５６７８',
      '--by',
      'desk 09012345678',
    );
    // Assess
    expect(stdout).toContain('call back ******5678');
    const masked = { by: 'desk ******5678', why: 'call back ******5678' };
    expect((await stack.controls.history()).at(-1)).toMatchObject(masked);
    expect((await stack.controls.read()).changes.stopped).toMatchObject(masked);
  });
});

describe('npm run calls -- block and unblock', () => {
  it('take a number in any form, and show it masked only', async () => {
    // Act
    await calls('block', '０９０ー１２３４ー５６７８', '--why', 'asked not to be called', '--opt-out');
    // Assess
    expect(await request()).toMatchObject({ outcome: 'number_blocked', reason: 'opted_out' });
    const list = await calls('block');
    expect(list.stdout).toMatch(/\+81\*{6}5678 +opted_out +by .+: asked not to be called\n$/);
    expect(JSON.parse((await calls('block', '--json')).stdout)).toMatchObject([{ phone: '+81******5678' }]);
    expect((await calls('unblock', '+81 90 1234 5678', '--why', 'asked again')).code).toBe(0);
    expect(await request()).toMatchObject({ outcome: 'completed' });
    expect((await stack.controls.history()).at(-1)).toMatchObject({
      what: 'unblock +81******5678',
      why: 'asked again',
    });
  });

  it("keep a customer's own wish when somebody blocks the number once more", async () => {
    // Prepare
    await calls('block', '050-1234-5678', '--why', 'asked not to be called', '--opt-out');
    // Act
    const again = await calls('block', '050-1234-5678', '--why', 'complaint');
    // Assess
    expect(again.code).toBe(0);
    expect(again.stdout).toMatch(/^\+81\*{6}5678 is on the list already, .*nothing was changed\.\n$/);
    expect(await stack.controls.blockList()).toMatchObject([{ kind: 'opted_out', why: 'asked not to be called' }]);
    expect((await calls('unblock', '050-1234-5678', '--why', 'asked again')).code).toBe(0);
  });

  it('say so when the number is not on the list', async () => {
    const { code, stderr } = await calls('unblock', '050-1234-5678', '--why', 'x');
    expect(code).toBe(1);
    expect(stderr).toMatch(/^\+81\*{6}5678 is not blocked: nothing was changed\n$/);
  });
});

describe('npm run calls -- limits', () => {
  it('replace limits of the stage, add up, and bring back its own', async () => {
    // Act
    await calls('limits', '--calls-per-day', '200', '--why', 'busy day');
    const both = await calls('limits', '--max-concurrent-calls', 'none', '--why', 'quota raised', '--json');
    // Assess
    const { limits } = stack.service.stage.file;
    const replaced = { callsPerDay: 200, maxConcurrentCalls: null };
    expect(JSON.parse(both.stdout)).toEqual({
      stage: limits,
      replaced,
      effective: { ...limits, ...replaced },
      from: 'functions',
    });
    expect((await stack.controls.read()).limits).toEqual(replaced);
    expect((await calls('limits')).stdout).toMatch(/calls-per-day +none +200 +200\n/);
    await calls('limits', '--reset', '--why', 'over');
    expect((await stack.controls.read()).limits).toEqual({});
  });
});

describe('npm run calls', () => {
  it.each<[string, string[], RegExp]>([
    ['an unknown command', ['frob'], /^there is no command frob: expected one of status, list, /],
    ['an unknown option', ['list', '--frob'], /--frob/],
    ['an unknown outcome', ['list', '--outcome', 'gone'], /^--outcome is gone: expected one of call_placed, /],
    ['a change without a reason', ['stop'], /^--why is missing/],
    ['no number', ['unblock', '--why', 'x'], /^expected one number/],
    ['a block whose number got lost', ['block', '--why', 'x', '--opt-out'], /^expected a number to block/],
    ['what is no number', ['block', '12', '--why', 'x'], /^this is not a telephone number/],
    [
      'a limit out of range',
      ['limits', '--calls-per-day', '99999', '--why', 'x'],
      /^--calls-per-day: found 99999, expected/,
    ],
    ['a limit that is no number', ['limits', '--calls-per-day', 'many', '--why', 'x'], /^--calls-per-day is many/],
    ['--reset beside a limit', ['limits', '--reset', '--calls-per-day', '1', '--why', 'x'], /^--reset undoes/],
    ['an unknown stage', ['--stage', 'nowhere'], /^there is no stage "nowhere"/],
    [
      'what no stage can be called',
      ['--stage', '../dev'],
      /^the stage name "..\/dev" cannot be used, expected a lower-case letter [\w, -]+\.\n$/,
    ],
    ['a stage and the local stack', ['--stage', 'dev', '--local'], /cannot be combined/],
    [
      'a port where nothing listens',
      ['list', '--local', '1'],
      /^nothing listens at http:\/\/127\.0\.0\.1:1: start the local/,
    ],
    ['no request id', ['show'], /^expected one request id, contact id or inquiry number/],
    ['an empty request id', ['show', ''], /^expected one request id, contact id or inquiry number/],
    ['a value that looks like an option', ['list', '--since', '-2h'], /^Option '--since' argument is ambiguous\..*\n$/],
    ['what names no record', ['show', 'お問い合わせ'], /^expected one request id, contact id or inquiry number/],
    ['an unknown class', ['list', '--class', 'gone'], /^--class is gone: expected one of placed, reached, missed, /],
    ['an unknown kind', ['list', '--kind', 'fax'], /^--kind is fax: expected one of request, inbound, by_hand/],
    ['what is no time', ['list', '--since', 'noon'], /^--since is noon: expected 30m, 2h, 3d, 2026-11-22, /],
    ['a time to come', ['stats', '--since', '2999-01-01'], /^--since is 2999-01-01, which is in the future/],
    ['a whole number to look for', ['list', '--phone', '0000000000'], /^--phone takes the last 2 to 8 digits/],
    ['two formats', ['list', '--json', '--csv'], /^--json and --csv cannot be combined/],
    ['whole numbers without a reason', ['list', '--reveal'], /^--why is missing/],
    ['a letter without a reason', ['redrive', '--drop', '3f9a21c0'], /^--why is missing/],
    ['two letters', ['redrive', '--drop', 'a', '--again', 'b', '--why', 'x'], /^one thing at a time/],
    ['a letter that got lost', ['redrive', '--drop', '', '--why', 'x'], /^--drop is empty/],
  ])('exits 2 on %s, with one sentence', async (_, args, sentence) => {
    const { code, stdout, stderr } = await calls(...args);
    expect(code).toBe(2);
    expect(stderr).toMatch(sentence);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
    expect(stdout).toBe('');
  });

  it('exits 2 without AWS credentials, and says what to do', async () => {
    const { code, stderr } = await command('calls', ['list', '--stage', 'dev'], {
      env: {
        AWS_ACCESS_KEY_ID: '',
        AWS_SECRET_ACCESS_KEY: '',
        AWS_PROFILE: '',
        AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
        AWS_CONFIG_FILE: '/dev/null',
        AWS_EC2_METADATA_DISABLED: 'true',
        AWS_ENDPOINT_URL_DYNAMODB: '',
      },
    });
    expect(code).toBe(2);
    expect(stderr).toMatch(/^there are no AWS credentials for stage dev: .*\n$/);
  });

  it('exits 1 on a request id that is not there', async () => {
    const { code, stderr } = await calls('show', 'nobody');
    expect(code).toBe(1);
    expect(stderr).toMatch(/^there is no call record with this id or inquiry number/);
  });

  it('explains itself and each of its commands', async () => {
    const overview = (await calls('--help')).stdout;
    const names = [...overview.matchAll(/^ {2}([a-z]+) /gm)].map(([, name = '']) => name);
    expect(names).toEqual([
      'status',
      'list',
      'show',
      'stats',
      'stop',
      'resume',
      'block',
      'unblock',
      'cancel',
      'again',
      'limits',
      'redrive',
    ]);
    for (const { code, stdout } of await Promise.all(names.map((name) => calls(name, '--help')))) {
      expect(code).toBe(0);
      expect(stdout).toContain('--stage NAME');
    }
  });

  it('has printed no telephone number in all of this', () => {
    expect(runs.length).toBeGreaterThan(30);
    expect(runs.filter(({ stdout, stderr }) => NUMBER_FORMS.test(stdout + stderr))).toEqual([]);
  });
});
