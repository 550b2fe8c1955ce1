import { ListInstancesCommand, ListUsersCommand } from '@aws-sdk/client-connect';
import { SimulatePrincipalPolicyCommand } from '@aws-sdk/client-iam';
import { afterEach, expect, it, vi } from 'vitest';
import { accountOf } from '../account.ts';
import { testAccount } from './account-support.ts';

afterEach(() => {
  vi.useRealTimers();
});

/** An account whose clock stands still, and the pauses that it was asked for. */
function accountAt(endpoint?: string) {
  vi.useFakeTimers({ toFake: ['Date'] });
  const pauses: number[] = [];
  const account = accountOf({
    region: 'ap-northeast-1',
    ...(endpoint !== undefined && { endpoint }),
    pause: async (ms) => pauses.push(ms),
  });
  return { account, pauses };
}

it('Amazon Connect is asked for one thing once a second, half of what its quota allows', async () => {
  // Prepare
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'example');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'example');
  const { account, pauses } = accountAt();
  // In place of the network, and of what reads its answers.
  account.connect.middlewareStack.add(() => async () => ({ output: { $metadata: {} }, response: {} }) as never, {
    step: 'deserialize',
    priority: 'high',
  });
  // Act
  for (let asked = 0; asked < 3; asked += 1) await account.connect.send(new ListInstancesCommand({}));
  await account.connect.send(new ListUsersCommand({ InstanceId: '00000000-0000-4000-8000-000000000001' }));
  account.close();
  vi.unstubAllEnvs();
  // Assess
  expect(pauses).toEqual([1_000, 2_000]);
});

it('what answers on this machine in place of AWS is not waited for', async () => {
  const { url } = await testAccount();
  const { account, pauses } = accountAt(url);
  for (let asked = 0; asked < 3; asked += 1) await account.connect.send(new ListInstancesCommand({}));
  account.close();
  expect(pauses).toEqual([]);
});

it('IAM is asked five times a second', async () => {
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'example');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'example');
  const { account, pauses } = accountAt();
  account.iam.middlewareStack.add(() => async () => ({ output: { $metadata: {} }, response: {} }) as never, {
    step: 'deserialize',
    priority: 'high',
  });
  const question = { PolicySourceArn: 'arn:aws:iam::000000000000:role/example', ActionNames: ['sqs:SendMessage'] };
  for (let asked = 0; asked < 3; asked += 1) await account.iam.send(new SimulatePrincipalPolicyCommand(question));
  account.close();
  vi.unstubAllEnvs();
  expect(pauses).toEqual([200, 400]);
});
