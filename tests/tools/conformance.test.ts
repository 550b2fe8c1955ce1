import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { wholeAccount } from '../../packages/account/tests/whole-account.ts';
import { type AccountDouble, startAccountDouble } from '../../packages/sandbox/account/account-double.ts';
import type { AccountState } from '../../packages/sandbox/account/account-state.ts';
import { ASSUMPTIONS } from '../../packages/sandbox/assumptions.ts';
import { markdown, type Report, terminalText } from '../../tools/conformance/conformance-report.ts';
import { commandHere } from '../run-command.ts';

let state: AccountState;
let double: AccountDouble;
let folder: string;

beforeAll(async () => {
  state = wholeAccount({ accountId: '123456789012' });
  double = await startAccountDouble(state);
  folder = mkdtempSync(join(tmpdir(), 'conformance-'));
});
afterAll(async () => {
  await double.close();
  rmSync(folder, { recursive: true, force: true });
});

const CREDENTIALS = { AWS_ACCESS_KEY_ID: 'local', AWS_SECRET_ACCESS_KEY: 'local' };

const conformance = (args: string[], env: Record<string, string> = CREDENTIALS) =>
  commandHere('conformance', args, { env: { AWS_ENDPOINT_URL: double.url, ...env } });

describe('npm run conformance', () => {
  it('asks everything, says what is broken, and writes a report to hand in', async () => {
    // Prepare
    state.phoneNumbers = [];
    const file = join(folder, 'report.json');

    // Act
    const { code, stdout, stderr } = await conformance(['--stage', 'dev', '--report', file]);

    // Assess
    expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
    expect(stdout).toMatch(/^ {2}held +permission-for-hours: /m);
    expect(stdout).toMatch(/^ {2}broken +source-number: it is not claimed in this account and region/m);
    expect(stdout.indexOf('permission-to-call')).toBeLessThan(stdout.indexOf('source-number'));
    expect(stdout).toContain(`The full report is in ${file}.`);
    const written = readFileSync(file, 'utf8');
    const { results, ...head } = JSON.parse(written) as Report;
    expect(head).toMatchObject({ stage: 'dev', region: 'ap-northeast-1' });
    expect(results.map(({ id }) => id)).toEqual(expect.arrayContaining(ASSUMPTIONS.map(({ id }) => id)));
    expect(new Set(results.map(({ id }) => id)).size).toBe(results.length);
    expect(written).not.toContain('123456789012');
    expect(written).not.toContain('815000000000');
    // No request of it places, stops or changes anything.
    expect(
      double.requests.filter((action) => !/:(?:List|Describe|Get|Search|Simulate|Query|Batch)/.test(action)),
    ).toEqual(['lambda:InvokeFunction']);
  });

  it.each([
    ['no stage', [], '--stage is missing: name the stage, such as --stage dev'],
    ['the local stage', ['--stage', 'local'], 'the stage local has no AWS account: name one that is deployed'],
    ['a stage that is not there', ['--stage', 'nowhere'], 'there is no stage "nowhere"'],
    ['no number', ['--stage', 'dev', '--ring', 'x'], '--ring: this stage does not call this number'],
    ['the example number', ['--stage', 'dev', '--ring', '+819012345678'], '--ring: this is the number of the examples'],
    ['nobody to ask', ['--stage', 'dev', '--ring', '050-1234-5678'], '--ring asks before it calls'],
  ])('takes no notice of %s but one sentence', async (_, args, sentence) => {
    const { code, stdout, stderr } = await conformance(args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(sentence);
    expect(stderr.trim().split('\n')).toHaveLength(1);
  });

  it('goes on where it may not be asked whose account it is, and names none', async () => {
    // Prepare
    const file = join(folder, 'nameless.json');
    state.deny.push('sts:GetCallerIdentity');

    // Act
    const { code, stdout, stderr } = await conformance(['--stage', 'dev', '--report', file, '--with-account-id']);
    state.deny.pop();

    // Assess
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: 'The report does not name the account: AWS refused sts:GetCallerIdentity.\n',
    });
    expect(stdout).toContain(`The full report is in ${file}.`);
    const written = readFileSync(file, 'utf8');
    expect(JSON.parse(written)).not.toHaveProperty('accountId');
    expect(written).not.toContain('123456789012');
  });

  it('says that there are no credentials', async () => {
    const none = await conformance(['--stage', 'dev'], {});
    expect(none).toMatchObject({ code: 2, stderr: expect.stringContaining('there are no AWS credentials') });
  });
});

it('a report is a page that names the account only where somebody asked for it', () => {
  const results: Report['results'] = [
    {
      id: 'a',
      claim: 'This | that',
      group: 'account',
      state: 'broken',
      seen: 'neither',
      nextStep: 'Look.',
      madeIn: 'a.ts',
    },
    { id: 'b', claim: 'Other', group: 'hand', state: 'not checked', seen: 'it takes time' },
  ];
  const report = { stage: 'dev', region: 'ap-northeast-1', at: '2026-11-22T03:00:00.000Z', version: '0.1.0', results };
  const page = markdown(report);
  expect(page).toContain('# Conformance of stage dev, 2026-11-22');
  expect(page).toContain('0 held, 1 broken, 1 not checked');
  expect(page).toContain('| broken | `a` | This \\| that | neither | Look. | `a.ts` |');
  expect(page).not.toContain(', account ');
  expect(markdown({ ...report, accountId: '123456789012' })).toContain(', account 123456789012');
});

it('a terminal shows no line that is wider than it, and says once what several wait for', () => {
  const nextStep = 'Deploy the stage first: npx sls deploy --stage dev.';
  const seen = 'the function karte-connect-call-dev-road is not there (ResourceNotFoundException)';
  const results = ['permission-for-hours', 'permission-to-call', 'permission-for-metrics'].map((id) => ({
    id,
    claim: 'x',
    group: 'first' as const,
    state: 'not checked' as const,
    seen,
    nextStep,
  }));
  const report = { stage: 'dev', region: 'ap-northeast-1', at: '2026-11-22T03:00:00.000Z', version: '0.1.0', results };
  const text = terminalText(report, 'conformance-dev-2026-11-22.md', 80);
  expect(text.split('\n').filter((line) => line.length > 80)).toEqual([]);
  expect(text).toContain(
    [
      '  not checked permission-for-hours: the function karte-connect-call-dev-road is',
      '              not there (ResourceNotFoundException)',
      `              ${nextStep}`,
      '  not checked permission-to-call: ',
    ].join('\n'),
  );
  expect(text.split(nextStep)).toHaveLength(2);
  expect(terminalText(report, 'report.md', Number.POSITIVE_INFINITY)).toContain(`permission-to-call: ${seen}\n`);
});
