import { onTestFinished } from 'vitest';
import { startAccountDouble } from '../../sandbox/account/account-double.ts';
import type { AccountState, InstanceState } from '../../sandbox/account/account-state.ts';
import { accountState } from '../../sandbox/account/account-state.ts';
import { accountOf } from '../account.ts';

export const INSTANCE = '00000000-0000-4000-8000-000000000001';

/** An instance with nothing in it. */
export const instanceState = (parts: Partial<InstanceState> = {}): InstanceState => ({
  id: INSTANCE,
  alias: 'example',
  queues: [],
  hours: [],
  flows: [],
  routingProfiles: [],
  users: [],
  approvedOrigins: [],
  functions: [],
  ...parts,
});

/** A double of an account, and the account as the SDK reaches it, as long as the test runs. */
export async function testAccount(
  parts: Partial<AccountState> = {},
  timeoutMs = 10_000,
  calls?: Parameters<typeof startAccountDouble>[1],
) {
  const state = accountState(parts);
  const double = await startAccountDouble(state, calls);
  const account = accountOf({ region: state.region, endpoint: double.url, timeoutMs });
  onTestFinished(async () => {
    account.close();
    await double.close();
  });
  return { account, state, requests: double.requests, url: double.url, close: double.close };
}
