import { onTestFinished } from 'vitest';
import { type Account, accountOf } from '../../packages/account/account.ts';
import { type AccountDouble, startAccountDouble } from '../../packages/sandbox/account/account-double.ts';
import { type AccountState, accountState, type InstanceState } from '../../packages/sandbox/account/account-state.ts';

export const INSTANCE = '00000000-0000-4000-8000-000000000001';
export const SUPPORT = '00000000-0000-4000-8000-00000000a001';
export const SALES = '00000000-0000-4000-8000-00000000a002';
export const OFFICE_HOURS = '00000000-0000-4000-8000-00000000b001';
export const BASIC = '00000000-0000-4000-8000-00000000c001';
export const CALLS = '00000000-0000-4000-8000-00000000c002';
export const ENTRY_FLOW = '00000000-0000-4000-8000-00000000f001';
export const OLD_FLOW = '00000000-0000-4000-8000-00000000f002';
export const NUMBER = '+815000000000';
export const PENDING = 'aws.partner/karte.io/000000000000/example-project/call';

/** An instance as somebody has set it up by hand, with names in Japanese. */
export const exampleInstance = (parts: Partial<InstanceState> = {}): InstanceState => ({
  id: INSTANCE,
  alias: 'example',
  queues: [
    { id: SUPPORT, name: 'サポート', hoursId: OFFICE_HOURS },
    { id: SALES, name: 'Sales', hoursId: OFFICE_HOURS },
  ],
  hours: [{ id: OFFICE_HOURS, name: '平日' }],
  flows: [
    { id: ENTRY_FLOW, name: 'karte-connect-call-dev-call-me' },
    { id: OLD_FLOW, name: '代表電話' },
  ],
  routingProfiles: [
    { id: BASIC, name: 'Basic Routing Profile', queues: [] },
    { id: CALLS, name: '折り返し', queues: [SUPPORT] },
  ],
  securityProfiles: [{ id: '00000000-0000-4000-8000-00000000d001', name: 'Agent' }],
  users: [],
  approvedOrigins: [],
  functions: [],
  ...parts,
});

/** An account with that instance, its number and KARTE's event source that waits. */
export const exampleState = (parts: Partial<AccountState> = {}): AccountState =>
  accountState({
    pageSize: 100,
    instances: [exampleInstance()],
    phoneNumbers: [{ id: '00000000-0000-4000-8000-00000000e001', number: NUMBER, instanceId: INSTANCE }],
    eventSources: [{ name: PENDING, state: 'PENDING' }],
    ...parts,
  });

/** A double of it, as long as the test runs, and the account as a command reaches it. */
export async function exampleAccount(state: AccountState): Promise<AccountDouble & { account: Account }> {
  const double = await startAccountDouble(state);
  const account = accountOf({ region: state.region, endpoint: double.url });
  onTestFinished(async () => {
    account.close();
    await double.close();
  });
  return { ...double, account };
}

/** What a shell with credentials has, and where the double takes the place of AWS. */
export const shellOf = ({ url }: AccountDouble): Record<string, string> => ({
  AWS_ENDPOINT_URL: url,
  AWS_ACCESS_KEY_ID: 'example',
  AWS_SECRET_ACCESS_KEY: 'example',
});
