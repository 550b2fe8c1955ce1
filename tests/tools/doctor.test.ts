import { stripVTControlCharacters } from 'node:util';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { accountOf } from '../../packages/account/account.ts';
import { IN_ORDER } from '../../packages/account/checks/doctor/in-order.ts';
import { EXAMINED, healthyAccount } from '../../packages/account/tests/healthy-account.ts';
import { type AccountDouble, startAccountDouble } from '../../packages/sandbox/account/account-double.ts';
import type { AccountState } from '../../packages/sandbox/account/account-state.ts';
import { askedInOrder } from '../../tools/doctor/asked-in-order.ts';
import { doctorText, type Report, reportOf } from '../../tools/doctor/doctor-report.ts';
import { commandHere } from '../run-command.ts';

const ACCOUNT = '123456789012';
const CHECKS = IN_ORDER.flatMap(({ checks }) => checks);

let state: AccountState;
let double: AccountDouble;

/** Half past ten on a Thursday, in Japan. */
const NOW = new Date('2026-11-26T01:30:00.000Z');

beforeAll(async () => {
  vi.useFakeTimers({ now: NOW, toFake: ['Date'] });
  state = healthyAccount();
  double = await startAccountDouble(state);
});
beforeEach(() => {
  Object.assign(state, healthyAccount());
});
afterAll(async () => {
  vi.useRealTimers();
  await double.close();
});

/** What a terminal shows of the account as it is now. */
async function shown(width = 100, isColoured = false): Promise<string> {
  const account = accountOf({ region: state.region, endpoint: double.url });
  try {
    // What is built in this checkout is no matter of the account.
    const asked = await askedInOrder(account, EXAMINED, () => undefined);
    const lines = asked.filter(({ id }) => id !== 'pop-up-number');
    const at = { stage: 'dev', region: state.region, at: NOW.toISOString(), version: '0.1.0' };
    return doctorText(reportOf(at, lines), width, isColoured);
  } finally {
    account.close();
  }
}

describe('what the doctor says', () => {
  it('of an account in which all is fine', async () => {
    await expect(await shown()).toMatchFileSnapshot('doctor/all-fine.txt');
  });

  it('of one with five problems', async () => {
    for (const rule of state.rules) if (rule.name === 'calls') rule.state = 'DISABLED';
    for (const queue of state.messageQueues) if (queue.name.endsWith('-dead-letters')) queue.messages = 2;
    state.simulation['connect:StartOutboundVoiceContact'] = 'explicitDeny';
    state.phoneNumbers = [];
    for (const one of state.subscriptions) one.isConfirmed = false;
    await expect(await shown()).toMatchFileSnapshot('doctor/five-problems.txt');
  });

  it('of one that it may not ask about anything', async () => {
    state.deny = [...new Set(CHECKS.flatMap(({ permissions }) => permissions))];
    await expect(await shown()).toMatchFileSnapshot('doctor/no-permissions.txt');
  });

  it('fits the terminal, and has colours only where there are some', async () => {
    const [plain, coloured] = [await shown(72), await shown(72, true)];
    const long = plain.split('\n').filter((line) => line.length > 72 && /\S\s+\S/.test(line.trim()));
    expect(long).toEqual([]);
    expect(coloured).toContain('\u001b[32mfine\u001b[39m');
    expect(stripVTControlCharacters(coloured)).toBe(plain);
  });
});

describe('a line of the doctor', () => {
  it('that is a problem names the problem, and not what should be so', async () => {
    // Prepare
    state.controls = { stopped: true, stoppedChange: { by: 'example', at: NOW.toISOString(), why: 'training' } };
    // Act
    const text = (await shown()).replace(/\s+/g, ' ');
    // Assess
    expect(text).toContain('PROBLEM Calling is stopped: since 2026-11-26 10:30:00 JST by example: training');
    expect(text).toContain('Start with the first problem, as it may cause the others: Calling is stopped.');
    expect(text).not.toContain('Nobody has stopped calling');
  });
});

describe('npm run doctor', () => {
  const doctor = (args: string[], env: Record<string, string> = {}) =>
    commandHere('doctor', args, {
      env: { AWS_ENDPOINT_URL: double.url, AWS_ACCESS_KEY_ID: 'local', AWS_SECRET_ACCESS_KEY: 'local', ...env },
    });

  it('prints one document for programs, names neither numbers nor accounts, and changes nothing', async () => {
    // Prepare
    state.accountId = ACCOUNT;
    state.rules = [];
    const before = structuredClone(state);
    double.requests.length = 0;
    // Act
    const { code, stdout, stderr } = await doctor(['--stage', 'dev', '--json']);
    // Assess
    expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
    const report = JSON.parse(stdout) as Report;
    expect(report).toMatchObject({ stage: 'dev', region: 'ap-northeast-1' });
    expect(report.lines.map(({ id }) => id)).toEqual(CHECKS.map(({ id }) => id));
    expect(report.fine + report.problems + report.unchecked).toBe(report.lines.length);
    expect(report.lines.find(({ id }) => id === 'event-rule')).toMatchObject({ state: 'problem' });
    expect(stdout).not.toMatch(new RegExp(`${ACCOUNT}|${EXAMINED.file.connect.sourcePhoneNumber?.slice(1)}`));
    expect(state).toEqual(before);
    const changing = double.requests.filter(
      (action) => !/:(?:List|Describe|Get|Search|Simulate|Query|Batch)/.test(action),
    );
    expect([...new Set(changing)]).toEqual(['lambda:InvokeFunction']);
  });

  it('succeeds where nothing could be checked: that is no problem', async () => {
    state.deny = [...new Set(CHECKS.flatMap(({ permissions }) => permissions))];
    const { code, stdout } = await doctor(['--stage', 'dev']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/ 0 problems, \d+ could not be checked\.$/m);
  });

  it.each<[string, string[], Record<string, string>, string]>([
    ['no stage', [], {}, '--stage is missing: name the stage, such as --stage dev'],
    ['a stage that is not there', ['--stage', 'nowhere'], {}, 'there is no stage "nowhere"'],
    ['an option that is none', ['--stage', 'dev', '--jsn'], {}, "Unknown option '--jsn'"],
    [
      'a phone that is not called',
      ['--stage', 'dev', '--place-test-call', 'x'],
      {},
      '--place-test-call: this stage does not call this number',
    ],
    ['no credentials', ['--stage', 'dev'], { AWS_ACCESS_KEY_ID: '' }, 'there are no AWS credentials'],
  ])('answers %s with one sentence', async (_, args, env, sentence) => {
    const { code, stdout, stderr } = await doctor(args, env);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(sentence);
    expect(stderr.trim().split('\n')).toHaveLength(1);
  });
});
