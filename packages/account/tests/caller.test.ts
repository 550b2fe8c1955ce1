import { expect, it } from 'vitest';
import { accountIdOf } from '../caller.ts';
import { testAccount } from './account-support.ts';

const CALLER = 'sts:GetCallerIdentity';
const answering = (name: string) => ({ refusals: { [CALLER]: { name, message: 'No.' } } });

it('an account has an id', async () => {
  const { account } = await testAccount({ accountId: '000000000001' });
  expect(await accountIdOf(account)).toBe('000000000001');
});

it.each([
  ['a refusal', { deny: [CALLER] }],
  ['an answer that nothing expects', answering('RegionDisabledException')],
])('stays without one after %s', async (_, parts) => {
  const { account } = await testAccount(parts);
  expect(await accountIdOf(account)).toBeUndefined();
});

it('says in one sentence that credentials do not work', async () => {
  const { account } = await testAccount(answering('InvalidClientTokenId'));
  await expect(accountIdOf(account)).rejects.toThrow(/log in again, or set AWS_PROFILE$/);
});
