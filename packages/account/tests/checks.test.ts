import { describe, expect, it } from 'vitest';
import type { AccountState } from '../../sandbox/account/account-state.ts';
import { ASSUMPTIONS } from '../../sandbox/assumptions.ts';
import { findingOf } from '../check.ts';
import { ASSUMPTION_CHECKS } from '../checks/every-check.ts';
import { STAGE_CHECKS } from '../checks/stage-checks.ts';
import { testAccount } from './account-support.ts';
import { STAGE, wholeAccount } from './whole-account.ts';

const CHECKS = [...ASSUMPTION_CHECKS, ...STAGE_CHECKS];
/** They ask an address of their own: function-url-checks.test.ts. */
const OF_THE_URL = ['function-url-cors', 'function-url-foreign-origin'];
const OTHERS = CHECKS.filter(({ id }) => !OF_THE_URL.includes(id));

function checkOf(id: string) {
  const check = CHECKS.find((one) => one.id === id);
  if (!check) throw new Error(`there is no check ${id}`);
  return check;
}

/** What a check finds in an account that was changed. */
async function find(id: string, change: (state: AccountState) => void = () => undefined) {
  const { account, state } = await testAccount(wholeAccount());
  // Its oldest contact is needed by one check only, and its absence by another.
  if (id === 'metrics-oldest-contact') instanceIn(state).oldestContactSeconds = 42;
  change(state);
  return findingOf(checkOf(id), account, STAGE);
}

function instanceIn({ instances: [instance] }: AccountState) {
  if (!instance) throw new Error('there is no instance');
  return instance;
}

function entryFlowIn(state: AccountState) {
  const flow = instanceIn(state).flows.find(({ name }) => name.endsWith(STAGE.file.connect.contactFlow));
  if (!flow) throw new Error('there is no such flow');
  return flow;
}

const hoursIn = (state: AccountState) => instanceIn(state).hours[0] ?? { id: '', name: '' };
const quota = (name: string, value: number) => (state: AccountState) => {
  for (const one of state.quotas) if (one.name.includes(name)) one.value = value;
};

describe('a check', () => {
  it.each(OTHERS)('$id is fine where all is as the local stack assumes', async ({ id }) => {
    expect(await find(id)).toMatchObject({ state: 'fine' });
  });

  it.each(OTHERS)('$id is unchecked where its permissions are missing, and names them', async ({ id, permissions }) => {
    const finding = await find(id, (state) => {
      state.deny.push(...permissions, 'connect:DescribeQueue', 'lambda:GetFunctionConfiguration', 'ssm:GetParameter');
    });
    expect(finding.state).toBe('unchecked');
  });

  const road = (errorType: string) => (state: AccountState) => {
    state.functions = [{ name: 'karte-connect-call-dev-road', errorType }];
  };
  const denied = (attempts: number) => (state: AccountState) => {
    const [record] = state.records;
    if (!record) return;
    const { placedAt: _, ...rest } = record;
    state.records = [{ ...rest, attempts, outcome: 'access_denied' }];
  };
  it.each<[string, (state: AccountState) => void, string]>([
    ['permission-for-hours', road('ConnectAccessDenied'), 'denied the function road'],
    ['permission-to-call', denied(1), 'access_denied'],
    ['permission-for-metrics', denied(0), 'access_denied'],
    ['cjs-handlers', road('Runtime.ImportModuleError'), 'Runtime.ImportModuleError'],
    [
      'active-call-quota',
      (state) => {
        for (const one of state.quotas) one.value = 2;
      },
      '2 concurrent calls',
    ],
    ['rate-quotas', quota('StartOutbound', 1), '1 a second'],
    ['start-execution-quota', quota('bucket', 100), '100 at once'],
    ['state-transition-quota', quota('StateTransition', 100), '100 state transitions'],
    ['lambda-concurrency', (state) => (state.concurrentExecutions = 10), '10 at once'],
    ['lambda-scaling-rate', (state) => (state.concurrentExecutions = 5_000), '5000 functions'],
    ['no-platform-quotas', (state) => (state.concurrentExecutions = 10), 'limits.requestsPerMinute is 60'],
    ['metrics-empty', (state) => (instanceIn(state).oldestContactSeconds = 1), '1 result with zero agents'],
    ['list-executions', (state) => state.executions.reverse(), 'in another order'],
    ['state-jitter', (state) => state.executions[0]?.pausesMs?.push(4_000), '4000 ms at most'],
    ['versions-of-contact-flows', (state) => Reflect.deleteProperty(entryFlowIn(state), 'versions'), 'no version'],
    ['dynamodb-partition-throughput', (state) => (state.warmThroughput = { read: 1, write: 1 }), '1 write and 1 read'],
    ['japanese-voices', (state) => state.voices.Kazuha?.push('generative'), 'Kazuha: generative neural'],
    ['instance', (state) => (instanceIn(state).status = 'CREATION_FAILED'), 'CREATION_FAILED'],
    ['instance', (state) => (instanceIn(state).outboundCallsEnabled = false), 'outbound calls are not allowed'],
    ['instance', (state) => (state.instances = []), 'there is no instance'],
    [
      'source-number',
      (state) => (state.phoneNumbers = []),
      'it is not claimed in this account and region, which have 0 other numbers',
    ],
    [
      'queues',
      (state) => Object.assign(instanceIn(state).queues[0] ?? {}, { status: 'DISABLED' }),
      'support is disabled',
    ],
    ['queues', (state) => (instanceIn(state).queues = []), 'support does not exist'],
    ['routing-profiles', (state) => (instanceIn(state).routingProfiles = []), 'no routing profile has support'],
    ['ids-parameter', (state) => (state.parameters = {}), 'the parameter /karte-connect-call/dev/ids does not exist'],
    ['flows', (state) => Object.assign(entryFlowIn(state), { status: 'SAVED' }), 'SAVED'],
    ['event-source', (state) => Object.assign(state.eventSources[0] ?? {}, { state: 'PENDING' }), 'PENDING'],
    ['event-source', (state) => (state.eventSources = []), 'no such event source'],
    ['event-source', (state) => (state.eventBuses = []), 'without its event bus'],
    ['event-rule', (state) => (state.rules = []), 'no rule waits'],
    ['event-rule', (state) => state.rules.push(...structuredClone(state.rules)), '2 rules wait'],
  ])('%s is a problem after %o', async (id, change, seen) => {
    const finding = await find(id, change);
    expect(finding).toMatchObject({ state: 'problem', seen: expect.stringContaining(seen) });
    expect(finding.nextStep).toMatch(/\.$/);
  });

  it.each<[string, (state: AccountState) => void, string]>([
    ['hours-whole-day', (state) => Object.assign(hoursIn(state), { hours: {} }), 'open all day'],
    ['hours-closed-day', (state) => Reflect.deleteProperty(hoursIn(state), 'hours'), 'open on every day'],
    ['hours-override-without-hours', (state) => Reflect.deleteProperty(hoursIn(state), 'overrides'), 'no day off'],
    ['hours-overrides', (state) => Reflect.deleteProperty(hoursIn(state), 'overrides'), 'no override'],
    ['metrics-empty', (state) => (instanceIn(state).agentsOnline = 3), '3 agents logged in'],
    ['metrics-oldest-contact', (state) => (instanceIn(state).oldestContactSeconds = 0), 'nobody waits'],
    ['list-executions', (state) => (state.executions = []), 'no execution'],
    ['active-call-quota', (state) => (state.quotas = []), 'lists no quota'],
  ])('%s is unchecked where there is nothing to see', async (id, change, seen) => {
    expect(await find(id, change)).toMatchObject({ state: 'unchecked', seen: expect.stringContaining(seen) });
  });
});

const aged = (Value: number) => ({
  MetricResults: [{ Collections: [{ Metric: { Name: 'OLDEST_CONTACT_AGE' }, Value }] }],
});

const HOURS = 'connect:GetEffectiveHoursOfOperations';

it.each([
  ['hours-overrides', '1 override, each listed in the response'],
  ['state-jitter', '900 ms at most, in 2 steps of 1 execution'],
  ['lambda-scaling-rate', 'at most 1000 functions run at once, which Lambda starts within ten seconds'],
])('%s counts as people do', async (id, seen) => {
  expect((await find(id)).seen).toBe(seen);
});

it('versions of flows are not asked for where CloudFormation has none', async () => {
  const { account } = await testAccount(wholeAccount());
  const connect = { ...STAGE.file.connect, flowVersions: false };
  const stage = { ...STAGE, file: { ...STAGE.file, connect } };
  const { state, nextStep } = await findingOf(checkOf('versions-of-contact-flows'), account, stage);
  expect({ state, nextStep }).toEqual({
    state: 'unchecked',
    nextStep: 'Nothing to do: CloudFormation does not support flow versions in ap-northeast-1.',
  });
});

describe('an answer that is otherwise than assumed', () => {
  const today = new Date().toISOString().slice(0, 10);
  const month = Array.from({ length: 35 }, (_, index) => ({
    Date: new Date(Date.parse(today) + (index - 1) * 86_400_000).toISOString().slice(0, 10),
    OperationalHours: [{ Start: { Hours: 0, Minutes: 0 }, End: { Hours: 24, Minutes: 0 } }],
  }));

  it.each<[string, string, object, string]>([
    ['effective-hours-of-a-month', HOURS, { EffectiveHoursOfOperationList: month.slice(0, 8) }, '8 days'],
    ['hours-whole-day', HOURS, { EffectiveHoursOfOperationList: month }, 'from 00:00 to 24:00'],
    ['hours-overrides', HOURS, { EffectiveHoursOfOperationList: month }, '1 of 1 override'],
    ['hours-override-without-hours', HOURS, { EffectiveHoursOfOperationList: month }, '1 of 1 days off'],
    ['hours-closed-day', HOURS, { EffectiveHoursOfOperationList: [] }, '0 of'],
    ['metrics-oldest-contact', 'connect:GetCurrentMetricData', aged(42), '42 with groupings, 42 without'],
    ['unknown-things', 'connect:DescribeContact', {}, 'contact: an answer'],
    ['error-header', 'connect:DescribeQueue', {}, 'no such header'],
  ])('breaks %s', async (id, action, answer, seen) => {
    const finding = await find(id, ({ answers }) => {
      answers[action] = answer;
    });
    expect(finding).toMatchObject({ state: 'problem', seen: expect.stringContaining(seen) });
  });
});

describe('a permission of the functions', () => {
  const undeployed = (state: AccountState) => {
    state.records = [];
    state.functions = [{ name: 'karte-connect-call-dev-road', answer: {} }];
  };
  it.each([
    ['allowed', 'unchecked', 'only a real request shows'],
    ['implicitDeny', 'problem', 'does not allow connect:StartOutboundVoiceContact'],
    ['explicitDeny', 'problem', 'explicitDeny'],
  ] as const)('that no call has shown is asked of IAM: %s is %s', async (decision, state, seen) => {
    const finding = await find('permission-to-call', (account) => {
      undeployed(account);
      account.simulation['connect:StartOutboundVoiceContact'] = decision;
    });
    expect(finding).toMatchObject({ state, seen: expect.stringContaining(seen) });
  });
});

describe('the checks of assumptions', () => {
  it('are those of the list that an account finds out, and no others', () => {
    const wanted = ASSUMPTIONS.filter(({ checkedBy }) => checkedBy === 'account').map(({ id }) => id);
    expect(ASSUMPTION_CHECKS.map(({ id }) => id).toSorted()).toEqual(wanted.toSorted());
  });

  it('ask for the queue of the stage once, whichever of them want it', async () => {
    const { account, requests } = await testAccount(wholeAccount());
    for (const { id } of OTHERS) await findingOf(checkOf(id), account, STAGE);
    // Once more for a queue that is not there.
    expect(requests.filter((action) => action === 'connect:DescribeQueue')).toHaveLength(2);
  });
});

it('a stage without a number is told as a problem, with the way to one', async () => {
  const { account } = await testAccount(wholeAccount());
  const connect = { ...STAGE.file.connect, sourcePhoneNumber: null };
  const finding = await findingOf(checkOf('source-number'), account, { ...STAGE, file: { ...STAGE.file, connect } });
  expect(finding).toMatchObject({ state: 'problem', seen: expect.stringContaining('nobody can be called') });
});
