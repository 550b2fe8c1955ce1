import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type AccountDouble, startAccountDouble } from '../../sandbox/account/account-double.ts';
import type { AccountState } from '../../sandbox/account/account-state.ts';
import { type Account, accountOf } from '../account.ts';
import { type Check, findingOf } from '../check.ts';
import { IN_ORDER } from '../checks/doctor/in-order.ts';
import { askedTwice, CALL_TOPIC, calledBefore, PROBLEMS, SNS, UNCHECKED } from './doctor-cases.ts';
import { PROBLEMS_OF_CONNECT, UNCHECKED_OF_CONNECT } from './doctor-cases-connect.ts';
import { EXAMINED, functionArn, healthyAccount } from './healthy-account.ts';

/** What asks nothing of an account is tried where it is all there is: doctor-connect.test.ts. */
const CHECKS = IN_ORDER.flatMap(({ checks }) => checks).filter(({ permissions }) => permissions.length > 0);
const ALL_PROBLEMS = [...PROBLEMS, ...PROBLEMS_OF_CONNECT];

let state: AccountState;
let double: AccountDouble;
let account: Account;

beforeAll(async () => {
  state = healthyAccount();
  double = await startAccountDouble(state);
  account = accountOf({ region: state.region, endpoint: double.url });
});
afterAll(async () => {
  account.close();
  await double.close();
});

/** What a check finds in a healthy account that was changed. */
async function find(check: Check, change: (state: AccountState) => void = () => undefined, stage = EXAMINED) {
  for (const key of Object.keys(state)) Reflect.deleteProperty(state, key);
  Object.assign(state, healthyAccount());
  change(state);
  // What one account was asked is not asked again: this is another one with the same clients.
  return findingOf(check, Object.create(account), stage);
}

const checkOf = (id: string): Check => {
  const check = CHECKS.find((one) => one.id === id);
  if (!check) throw new Error(`there is no check ${id}`);
  return check;
};

describe('a line of the doctor', () => {
  it.each(CHECKS)('$id is fine in a healthy account', async (check) => {
    expect(await find(check)).toMatchObject({ state: 'fine' });
  });

  it.each(CHECKS)('$id could not be checked without permissions', async (check) => {
    const stage = check.id === 'sns-intake' ? SNS : EXAMINED;
    const finding = await find(check, ({ deny }) => deny.push(...check.permissions), stage);
    expect(finding).toMatchObject({
      state: 'unchecked',
      seen: expect.stringMatching(/was refused|does not give the id/),
    });
  });

  it.each(ALL_PROBLEMS)('$id is a problem: $seen', async ({ id, change, seen, stage }) => {
    const finding = await find(checkOf(id), change, stage);
    expect(finding).toMatchObject({ state: 'problem', seen: expect.stringContaining(seen) });
    expect(finding.nextStep).toBeTruthy();
  });

  it.each([...UNCHECKED, ...UNCHECKED_OF_CONNECT])(
    '$id could not be checked: $seen',
    async ({ id, change, seen, stage }) => {
      const finding = await find(checkOf(id), change, stage);
      expect(finding).toMatchObject({ state: 'unchecked', seen: expect.stringContaining(seen) });
      expect(finding.nextStep).toBeTruthy();
    },
  );

  it.each(['rule-target', 'sns-intake', 'machine-roles'])("%s is fine on the guide's own route, too", async (id) => {
    const finding = await find(
      checkOf(id),
      ({ rules: [rule], subscriptions }) => {
        Object.assign(rule ?? {}, { targets: [{ id: 'topic', arn: CALL_TOPIC }] });
        const endpoint = functionArn('acceptSnsNotification');
        subscriptions.push({ topicArn: CALL_TOPIC, protocol: 'lambda', endpoint });
      },
      SNS,
    );
    expect(finding).toMatchObject({ state: 'fine' });
  });

  it('is fine where the latest visitors were refused for what they did, among others who were called', async () => {
    const finding = await find(
      checkOf('refusals'),
      (state) => (state.records = [...askedTwice(6), ...calledBefore(5)]),
    );
    expect(finding).toEqual({ state: 'fine', seen: '6 of 11 requests refused in the last 24 hours' });
  });

  it('has an id of its own, and a case in which it is a problem', () => {
    const ids = CHECKS.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.filter((id) => !ALL_PROBLEMS.some((one) => one.id === id))).toEqual([]);
  });
});
