import { expect, it } from 'vitest';
import { loadStage } from '../../../resources/load-stage.ts';
import { whyUnread } from '../account-errors.ts';
import { type Check, findingOf } from '../check.ts';
import { instances } from '../listings.ts';
import { testAccount } from './account-support.ts';

const STAGE = { name: 'dev', ...loadStage('dev') };
const CHECK: Check = {
  id: 'instances',
  title: 'There is an instance',
  permissions: ['connect:ListInstances'],
  ask: async (account) => ({ state: 'fine', seen: `${(await instances(account)).length} instances` }),
};
const ACTION = 'connect:ListInstances';

it('is asked again where AWS refuses for the rate', async () => {
  const { account, requests } = await testAccount({ throttle: { [ACTION]: 1 } });
  expect(await findingOf(CHECK, account, STAGE)).toEqual({ state: 'fine', seen: '0 instances' });
  expect(requests).toEqual([ACTION, ACTION]);
});

it.each([
  [
    'a missing permission',
    { deny: [ACTION] },
    'connect:ListInstances was refused (AccessDeniedException): no identity-based policy allows it',
    'Grant it to the identity of the caller.',
  ],
  [
    'a refusal that does not say of what',
    { refusals: { [ACTION]: { name: 'AccessDeniedException', message: 'Insufficient permissions.' } } },
    'connect:ListInstances was refused (AccessDeniedException): Insufficient permissions.',
    'Grant it to the identity of the caller.',
  ],
  ['no answer', { silent: [ACTION] }, 'no response in time', 'later'],
])('is unchecked after %s, and says why', async (_, parts, seen, nextStep) => {
  const { account } = await testAccount(parts, 200);
  const finding = await findingOf(CHECK, account, STAGE);
  expect(finding.state).toBe('unchecked');
  expect(finding.seen).toContain(seen);
  expect(finding.nextStep).toContain(nextStep);
});

it('is unchecked where nothing listens', async () => {
  const { account, close } = await testAccount();
  await close();
  expect(await findingOf(CHECK, account, STAGE)).toMatchObject({
    state: 'unchecked',
    seen: 'the service cannot be reached in ap-northeast-1',
  });
});

it.each([
  ['ExpiredTokenException', 'log in again'],
  ['InvalidRequestException', 'AWS answered InvalidRequestException: No … here.'],
])('goes on after %s, which nothing else expects', async (name, seen) => {
  const error = Object.assign(new Error('No 123456789012 here.'), { name, $metadata: { httpStatusCode: 400 } });
  const { account } = await testAccount();
  const finding = await findingOf({ ...CHECK, ask: () => Promise.reject(error) }, account, STAGE);
  expect(finding).toMatchObject({ state: 'unchecked', seen: expect.stringContaining(seen) });
});

it('stops at a mistake of ours', async () => {
  const { account } = await testAccount();
  const ours = { ...CHECK, ask: () => Promise.reject(new TypeError('undefined is not a function')) };
  await expect(findingOf(ours, account, STAGE)).rejects.toThrow(TypeError);
});

it.each([
  ['ThrottlingException', 'AWS throttled the request'],
  ['UnknownOperationException', 'does not offer this operation'],
])('says what %s means', (name, seen) => {
  expect(whyUnread(Object.assign(new Error('No.'), { name }), [ACTION], 'ap-northeast-1')?.seen).toContain(seen);
});

it('keeps quiet about no mistake of ours', () => {
  expect(whyUnread(new TypeError('undefined is not a function'), [ACTION], 'ap-northeast-1')).toBeUndefined();
});
