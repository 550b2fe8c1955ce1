import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { accountOf } from '../../packages/account/account.ts';
import { findingOf } from '../../packages/account/check.ts';
import { SIGNING_SECRET } from '../../packages/account/checks/doctor/secret-checks.ts';
import type { Stack } from '../../packages/sandbox/stack.ts';
import { startStack } from '../../packages/sandbox/start-stack.ts';
import type { Report } from '../../tools/doctor/doctor-report.ts';
import { commandHere } from '../run-command.ts';
import { karteEvent, send, visitor } from './path-support.ts';

let stack: Stack;

beforeAll(async () => {
  stack = await startStack({ speed: 200, agents: 2 });
});
afterAll(() => stack.close());

/** What the doctor says of the running stack. */
async function examined(): Promise<{ code: number; report: Report }> {
  const { code, stdout, stderr } = await commandHere('doctor', ['--stage', 'local', '--json'], {
    env: { PORT: new URL(stack.url).port },
  });
  expect(stderr).toBe('');
  return { code, report: JSON.parse(stdout) as Report };
}

const problemsIn = ({ lines }: Report) => lines.filter(({ state }) => state === 'problem').map(({ id }) => id);
const lineOf = ({ lines }: Report, id: string) => lines.find((line) => line.id === id);

describe('npm run doctor -- --stage local', () => {
  it('finds no problem in a stack that just started, and says what this machine has nothing like', async () => {
    const { code, report } = await examined();
    expect({ code, problems: problemsIn(report) }).toEqual({ code: 0, problems: [] });
    expect(report.fine).toBeGreaterThan(25);
    expect(lineOf(report, 'log-groups')).toMatchObject({
      state: 'unchecked',
      seen: 'a log group has no counterpart on this machine',
    });
    expect(lineOf(report, 'karte-events')).toMatchObject({
      state: 'unchecked',
      seen: expect.stringContaining('no event'),
    });
  });

  it('names what people and faults have done to it', async () => {
    // Prepare
    const [queue, ...others] = stack.connect.queues();
    await send(stack, karteEvent(visitor()));
    stack.put({ ...karteEvent(visitor()), detail: { name: 'another action', content: {} } });
    stack.connect.addFault({ kind: 'access-denied', times: 1 });
    await send(stack, karteEvent(visitor({ phone_e164: '+818012345678' })));
    stack.connect.updateQueue(queue?.id ?? '', { enabled: false });
    for (const { id } of others) stack.connect.updateQueue(id, { open: false });
    for (const { id } of stack.connect.agents()) stack.connect.removeAgent(id);
    await stack.controls.setStopped(true, { by: 'example', at: '2026-11-22T03:00:00.000Z', why: 'training' });
    // Act
    const { code, report } = await examined();
    // Assess
    expect(code).toBe(1);
    expect(problemsIn(report)).toEqual(
      expect.arrayContaining(['calling-on', 'last-failure', 'queues', 'opening-hours-now', 'agents-of-queues']),
    );
    expect(lineOf(report, 'calling-on')?.seen).toContain('training');
    expect(lineOf(report, 'karte-events')).toMatchObject({ state: 'fine', seen: expect.stringMatching(/^3 events/) });
    expect(lineOf(report, 'rule-matches')).toMatchObject({ state: 'fine', seen: expect.stringMatching(/^2 events/) });
    expect(lineOf(report, 'last-failure')).toMatchObject({
      seen: expect.stringMatching(/^access_denied/),
      nextStep: 'Follow docs/runbook.md#access_denied.',
    });
    // Of the local stack neither a console nor npm run stage changes anything.
    for (const id of ['queues', 'opening-hours-now', 'routing-profiles', 'agents-of-queues']) {
      expect(lineOf(report, id)?.nextStep).toBe('Change it on the board, under "Agents and queues".');
    }
  });
});

it('asks the function of signed requests itself whether its keys have their form', async () => {
  // Prepare
  const secrets = { 'signing-keys': '{"current": "too short"}' };
  const settings = { signature: { mode: 'required', secretName: 'signing-keys' } } as const;
  const signed = await startStack({ speed: 200, secrets, settings });
  onTestFinished(() => signed.close());
  const { file, environment } = signed.service.stage;
  const found = async () => {
    const account = accountOf({ region: file.region, endpoint: `${signed.url}/aws/account` });
    const finding = await findingOf(SIGNING_SECRET, account, { name: 'local', file, environment });
    account.close();
    return finding;
  };
  // Act
  const before = await found();
  secrets['signing-keys'] = `{"current": "${'k'.repeat(32)}"}`;
  const after = await found();
  // Assess
  expect(before).toMatchObject({ state: 'problem', seen: expect.stringContaining('SigningKeysError') });
  expect(before.seen).not.toContain('too short');
  expect(after).toEqual({ state: 'fine', seen: 'admit read them, and refused an unsigned request' });
});

it('is told where nothing listens', async () => {
  const run = await commandHere('doctor', ['--stage', 'local'], { env: { PORT: '1' } });
  const stderr =
    'nothing listens at http://127.0.0.1:1: start the local stack with npm start, or set PORT to its port\n';
  expect(run).toEqual({ code: 2, stdout: '', stderr });
});
