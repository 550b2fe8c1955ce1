import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import type { CallRecord } from '../../../domain/call-record.ts';
import type { StageFile } from '../../../domain/stage-file.ts';
import type { AccountState } from '../../sandbox/account/account-state.ts';
import { findingOf } from '../check.ts';
import { AGENT_CHECKS } from '../checks/doctor/agent-checks.ts';
import { FLOW_CHECKS } from '../checks/doctor/flow-checks.ts';
import { NUMBER_CHECKS } from '../checks/doctor/number-checks.ts';
import { OPENING_CHECKS } from '../checks/doctor/opening-checks.ts';
import { popUpChecks } from '../checks/doctor/pop-up-checks.ts';
import { SOFTPHONE_CHECKS } from '../checks/doctor/softphone-checks.ts';
import { testAccount } from './account-support.ts';
import { publishedFlows, STAGE, wholeAccount } from './whole-account.ts';

const CHECKS = [...NUMBER_CHECKS, ...OPENING_CHECKS, ...AGENT_CHECKS, ...SOFTPHONE_CHECKS, ...FLOW_CHECKS];
const SUPPORT = STAGE.file.connect.queues.support ?? '';
const SALES = '00000000-0000-4000-8000-00000000a009';
const ORIGIN = 'https://admin.karte.io';
const RECOGNISER = 'karte-connect-call-dev-recognizeCaller';

/** Half past ten on a Thursday, in Japan. */
const NOW = new Date('2026-11-26T01:30:00.000Z');

beforeEach(() => {
  vi.useFakeTimers({ now: NOW, toFake: ['Date'] });
});
afterEach(() => {
  vi.useRealTimers();
});

/** A stage with two queues that share agents, and with what only some stages have. */
function richStage(pools = [['support', 'sales']]) {
  const { file } = STAGE;
  const connect = { ...file.connect, queues: { support: SUPPORT, sales: SALES }, approvedOrigins: [ORIGIN] };
  const rich: StageFile = { ...file, connect, agents: { ...file.agents, pools }, recognizeCaller: { hours: 24 } };
  return { ...STAGE, file: rich };
}

const FLOWS = publishedFlows(richStage());

/** An account in which every line about Amazon Connect is fine for it. */
function richAccount(): AccountState {
  const state = wholeAccount();
  const instance = instanceIn(state);
  const [hours] = instance.hours;
  instance.queues.push({ id: SALES, name: 'Sales', hoursId: hours?.id ?? '' });
  instance.routingProfiles = [{ id: 'a', name: 'All', queues: [SUPPORT, SALES] }];
  instance.agentsOfQueues = { [SUPPORT]: { online: 2, available: 1 }, [SALES]: { online: 2, available: 1 } };
  instance.approvedOrigins = [ORIGIN];
  instance.flows = structuredClone(FLOWS);
  instance.functions = [`arn:aws:lambda:ap-northeast-1:000000000000:function:${RECOGNISER}`];
  state.records = ['+8170', '+8180', '+8190'].map((prefix, index) => called(prefix, index));
  return state;
}

const called = (prefix: string, index: number): CallRecord => ({
  requestId: `called-${index}`,
  executionId: `execution-${index}`,
  status: 'ended',
  attempts: 1,
  expiresAt: 0,
  phone: `${prefix}00000000`,
  requestedAt: '2026-11-25T03:00:00.000Z',
  receivedAt: '2026-11-25T03:00:01.000Z',
  placedAt: '2026-11-25T03:00:03.000Z',
});

function instanceIn({ instances: [instance] }: AccountState) {
  if (!instance) throw new Error('there is no instance');
  return instance;
}

type Change = (state: AccountState) => unknown;

async function find(id: string, change: Change = () => undefined, stage = richStage()) {
  const check = CHECKS.find((one) => one.id === id);
  if (!check) throw new Error(`there is no check ${id}`);
  const state = richAccount();
  change(state);
  const { account } = await testAccount(state);
  return findingOf(check, account, stage);
}

const flowIn = (state: AccountState, name: string) => {
  const flow = instanceIn(state).flows.find((one) => one.name.endsWith(name));
  if (!flow) throw new Error(`there is no flow ${name}`);
  return flow;
};

/** Changes what is published of a flow, as the flow designer does: with its keys in another order and its own records. */
function publish(state: AccountState, name: string, edit: (content: string) => string) {
  const flow = flowIn(state, name);
  const { Version, StartAction, Actions } = JSON.parse(flow.content ?? '');
  flow.content = edit(JSON.stringify({ Actions: Actions.toReversed(), StartAction, Version }));
}

describe('a line of the doctor about Amazon Connect', () => {
  it.each(CHECKS)('$id is fine where all is as it should be', async ({ id }) => {
    expect(await find(id)).toMatchObject({ state: 'fine' });
  });

  it.each(CHECKS)('$id could not be checked without its permissions', async ({ id, permissions }) => {
    const finding = await find(id, (state) => {
      // The number itself is asked for by every line about it.
      state.deny.push(...permissions, 'connect:ListPhoneNumbersV2');
    });
    expect(finding).toMatchObject({ state: 'unchecked', nextStep: expect.stringMatching(/\S/) });
  });

  const closed = (state: AccountState) => Object.assign(instanceIn(state).hours[0] ?? {}, { hours: {} });
  const noAgents = (state: AccountState) => Reflect.set(instanceIn(state), 'agentsOfQueues', {});
  const dayOff = (state: AccountState) =>
    Object.assign(instanceIn(state).hours[0] ?? {}, { overrides: { '2026-11-26': [] } });
  const allDay = (state: AccountState) => Reflect.deleteProperty(instanceIn(state).hours[0] ?? {}, 'hours');
  const ofKind = (type: 'TOLL_FREE' | 'UIFN') => (state: AccountState) =>
    Object.assign(state.phoneNumbers[0] ?? {}, { type });
  const foreign = (state: AccountState) => Object.assign(state.phoneNumbers[0] ?? {}, { country: 'US' });
  const servesSupport = (state: AccountState) =>
    (instanceIn(state).routingProfiles = [{ id: 'a', name: 'Support', queues: [SUPPORT] }]);
  const twoTeams = (state: AccountState) => {
    servesSupport(state);
    instanceIn(state).routingProfiles.push({ id: 'b', name: 'Sales', queues: [SALES] });
    instanceIn(state).users.push({ id: 'b', username: 'b', routingProfileId: 'b' });
  };
  const refusedMobile = ({ records: [record] }: AccountState) => {
    Reflect.deleteProperty(record ?? {}, 'placedAt');
    Object.assign(record ?? {}, { outcome: 'destination_not_allowed' });
  };

  it.each<[id: string, change: Change, seen: string, next: string]>([
    ['source-number-kind', ofKind('UIFN'), 'UIFN of JP', 'DID'],
    ['source-number-kind', foreign, 'DID of US: customers see a foreign number', 'Claim a number of JP'],
    ['number-flow', ({ phoneNumbers: [own] }) => delete own?.flowId, 'no flow', 'attach-flow dev'],
    [
      'number-flow',
      ({ phoneNumbers: [own] }) => Object.assign(own ?? {}, { flowId: 'other' }),
      'another flow',
      'attach-flow dev',
    ],
    ['mobile-prefixes', refusedMobile, 'refused to dial +8170', 'Country Allowlisting'],
    ['opening-hours-now', closed, 'support is closed now, and does not open within two weeks', 'callingHours'],
    [
      'agents-of-queues',
      (state) => (instanceIn(state).users = []),
      'nobody of 0 users is offered calls of support, sales',
      'stage -- agents dev',
    ],
    ['agents-of-queues', servesSupport, 'nobody of 1 user is offered calls of sales', '--assign'],
    ['agents-now', noAgents, 'support and sales: nobody is logged in', 'Available'],
    ['pools-of-agents', twoTeams, 'no agent links support with sales, which share a pool', 'agents.pools'],
    ['approved-origins', (state) => (instanceIn(state).approvedOrigins = []), `not approved: ${ORIGIN}`, 'sls deploy'],
    ['flow-functions', (state) => (instanceIn(state).functions = []), `${RECOGNISER} is not associated`, 'sls deploy'],
    [
      'flow-voices',
      ({ voices }) => delete voices.Kazuha,
      'not offered in ap-northeast-1: Kazuha neural',
      'another voice',
    ],
  ])('%s is a problem after %o', async (id, change, seen, next) => {
    expect(await find(id, change)).toEqual({
      state: 'problem',
      seen: expect.stringContaining(seen),
      nextStep: expect.stringContaining(next),
    });
  });

  it.each<[id: string, change: Change, seen: string]>([
    ['source-number-kind', (state) => (state.phoneNumbers = []), 'not claimed'],
    ['source-number-kind', ofKind('TOLL_FREE'), 'TOLL_FREE of JP: whether it may be shown'],
    ['number-flow', (state) => (state.parameters = {}), 'the stack tells no id of its flow'],
    ['mobile-prefixes', ({ records }) => records.pop(), 'no API tells whether +8190 may be dialled'],
    ['flows-identical', (state) => (instanceIn(state).flows = []), 'none of them is on the instance'],
  ])('%s could not be checked after %o', async (id, change, seen) => {
    expect(await find(id, change)).toEqual({
      state: 'unchecked',
      seen: expect.stringContaining(seen),
      nextStep: expect.stringMatching(/\S/),
    });
  });

  it.each<[id: string, change: Change, seen: string]>([
    ['opening-hours-now', () => 0, 'support is open until Thu 2026-11-26 18:00 JST; sales is open'],
    [
      'opening-hours-now',
      dayOff,
      'support is closed now, and opens Fri 2026-11-27 09:00 JST (override today: hours of 2026-11-26)',
    ],
    ['opening-hours-now', allDay, 'support is open until Thu 2026-11-26 21:00 JST'],
    ['agents-now', () => 0, 'support and sales: 2 agents logged in, 1 free'],
    ['agents-now', (state) => [noAgents(state), closed(state)], 'nobody is logged in, and it is closed'],
    ['agents-of-queues', () => 0, '1 of 1 user is offered calls of the stage'],
    ['pools-of-agents', () => 0, 'support and sales'],
    ['flow-voices', () => 0, 'Kazuha neural, Takumi standard'],
  ])('%s says what there is after %o', async (id, change, seen) => {
    expect(await find(id, change)).toEqual({ state: 'fine', seen: expect.stringContaining(seen) });
  });

  it('counts hours that may not be read as open, where nobody is logged in', async () => {
    const finding = await find('agents-now', (state) => {
      noAgents(state);
      state.deny.push('connect:GetEffectiveHoursOfOperations');
    });
    expect(finding.state).toBe('problem');
  });

  it('finds agents of two pools that are counted twice', async () => {
    const finding = await find('pools-of-agents', () => 0, richStage([['support'], ['sales']]));
    expect(finding).toMatchObject({ state: 'problem', seen: expect.stringContaining('which are of different pools') });
  });

  it('takes a team for one whose members have not all queues of the pool, as long as some link them', async () => {
    const finding = await find('pools-of-agents', (state) => {
      instanceIn(state).routingProfiles.push({ id: 'b', name: 'Sales', queues: [SALES] });
      instanceIn(state).users.push({ id: 'b', username: 'b', routingProfileId: 'b' });
    });
    expect(finding.state).toBe('fine');
  });
});

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

  it('that was never published is one', async () => {
    const finding = await find('flows-identical', (state) => Object.assign(flowIn(state, 'hold'), { status: 'SAVED' }));
    expect(finding.seen).toBe('karte-connect-call-dev-call-me-hold: it was never published');
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
    ['+815000000007', 'problem', 'another number than the settings'],
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
