import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import type { AccountState } from '../../sandbox/account/account-state.ts';
import { findingOf } from '../check.ts';
import { IN_ORDER } from '../checks/doctor/in-order.ts';
import { popUpChecks } from '../checks/doctor/pop-up-checks.ts';
import { testAccount } from './account-support.ts';
import { flowIn, instanceIn } from './doctor-cases-connect.ts';
import { EXAMINED, healthyAccount, SALES } from './healthy-account.ts';
import { STAGE } from './whole-account.ts';

const CHECKS = IN_ORDER.flatMap(({ checks }) => checks);

beforeEach(() => {
  // Half past ten on a Thursday, in Japan.
  vi.useFakeTimers({ now: new Date('2026-11-26T01:30:00.000Z'), toFake: ['Date'] });
});
afterEach(() => {
  vi.useRealTimers();
});

type Change = (state: AccountState) => unknown;

async function find(id: string, change: Change = () => undefined, stage = EXAMINED) {
  const check = CHECKS.find((one) => one.id === id);
  if (!check) throw new Error(`there is no check ${id}`);
  const state = healthyAccount();
  change(state);
  const { account } = await testAccount(state);
  return findingOf(check, account, stage);
}

const hoursIn = (state: AccountState) => instanceIn(state).hours[0] ?? { id: '', name: '' };

describe('a line that is fine', () => {
  const dayOff = (state: AccountState) => Object.assign(hoursIn(state), { overrides: { '2026-11-26': [] } });
  const allDay = (state: AccountState) => Reflect.deleteProperty(hoursIn(state), 'hours');
  const loggedOff = (state: AccountState) => (instanceIn(state).agentsOfQueues = {});

  it.each<[id: string, change: Change, seen: string]>([
    ['opening-hours-now', () => 0, 'support, sales: open until Thu 2026-11-26 18:00 JST'],
    [
      'opening-hours-now',
      dayOff,
      'closed now, and opens Fri 2026-11-27 09:00 JST (override today: hours of 2026-11-26)',
    ],
    ['opening-hours-now', allDay, 'support, sales: open, and does not close within a day'],
    ['agents-now', () => 0, 'support and sales: 2 agents logged in, 1 free'],
    ['agents-now', (state) => [loggedOff(state), dayOff(state)], 'nobody is logged in, and it is closed'],
    ['agents-of-queues', () => 0, '1 of 1 user gets calls of the stage'],
    ['pools-of-agents', () => 0, 'support and sales'],
    ['flow-voices', () => 0, 'Kazuha neural, Takumi standard'],
    ['mobile-prefixes', () => 0, 'calls went out to +8170 and +8180 and +8190'],
  ])('%s says what there is, after %o', async (id, change, seen) => {
    expect(await find(id, change)).toEqual({ state: 'fine', seen: expect.stringContaining(seen) });
  });

  it('takes agents for one team who have not all queues of the pool, as long as some link them', async () => {
    const finding = await find('pools-of-agents', (state) => {
      instanceIn(state).routingProfiles.push({ id: 'b', name: 'Sales', queues: [SALES] });
      instanceIn(state).users.push({ id: 'b', username: 'b', routingProfileId: 'b' });
    });
    expect(finding.state).toBe('fine');
  });

  it('is no matter of mobile phones in a stage that calls none', async () => {
    const request = { ...EXAMINED.file.request, allowedPrefixes: ['+813'] };
    const stage = { ...EXAMINED, file: { ...EXAMINED.file, request } };
    expect(await find('mobile-prefixes', ({ records }) => records.splice(0), stage)).toMatchObject({ state: 'fine' });
  });

  it('does not take the quota of campaigns for that of calls', async () => {
    const finding = await find('active-call-quota', ({ quotas }) =>
      quotas.unshift({ service: 'connect', name: 'Concurrent campaign active calls per instance', value: 0 }),
    );
    expect(finding.state).toBe('fine');
  });
});

/** Publishes something else in place of a flow, as the flow designer does: with its keys in another order. */
function publish(state: AccountState, name: string, edit: (content: string) => string) {
  const flow = flowIn(state, name);
  const { Version, StartAction, Actions } = JSON.parse(flow.content ?? '');
  flow.content = edit(JSON.stringify({ Actions: Actions.toReversed(), StartAction, Version }));
}

describe('a published flow', () => {
  it('is the same whatever the flow designer did to its layout and the order of its keys', async () => {
    expect(await find('flows-identical', (state) => publish(state, 'call-me', (text) => text))).toMatchObject({
      state: 'fine',
    });
  });

  it.each<[what: string, edit: (content: string) => string, seen: string]>([
    ['a text', (text) => text.replace('お電話ありがとう', 'お電話をありがとう'), 'block "'],
    [
      'a block that leads elsewhere',
      (text) => text.replaceAll('"NextAction":"Hang up"', '"NextAction":"Goodbye"'),
      'block "',
    ],
    ['something that is no flow', () => '[]', 'is no flow'],
  ])('is told as another with its name and the block that differs first: %s', async (_, edit, seen) => {
    const finding = await find('flows-identical', (state) => publish(state, 'call-me', edit));
    expect(finding).toMatchObject({
      state: 'problem',
      seen: expect.stringContaining(`karte-connect-call-dev-call-me: ${seen}`),
      nextStep: expect.stringContaining('npm run flows -- export --stage dev'),
    });
  });
});

describe('the number in the pop-up', () => {
  async function named(script: string | undefined, stage = STAGE) {
    const folder = mkdtempSync(join(tmpdir(), 'pop-up-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    if (script !== undefined) writeFileSync(join(folder, 'script.js'), script);
    const [check] = popUpChecks(folder);
    if (!check) throw new Error('there is no check');
    const { account, requests } = await testAccount();
    const finding = await findingOf(check, account, stage);
    expect(requests).toEqual([]);
    return finding;
  }
  const of = (number: string) => `x={callerNumber:"${number}"}`;

  it('is read from the built script', async () => {
    const number = STAGE.file.connect.sourcePhoneNumber ?? '';
    expect(await named(of(number))).toMatchObject({ state: 'fine', seen: expect.stringContaining('in KARTE') });
  });

  it.each([
    ['+815000000007', 'problem', 'a different number from the settings'],
    ['+815000000001', 'unchecked', 'that of stage prod'],
    [undefined, 'unchecked', 'no pop-up is built here'],
  ] as const)('%s: %s', async (number, state, seen) => {
    expect(await named(number && of(number))).toEqual({
      state,
      seen: expect.stringContaining(seen),
      nextStep: expect.stringContaining('npm run visual-ivr -- build --stage dev'),
    });
  });
});
