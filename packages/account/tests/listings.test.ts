import { DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { expect, it } from 'vitest';
import {
  approvedOrigins,
  eventSources,
  flows,
  functionsOfInstance,
  hours,
  instances,
  phoneNumbers,
  queues,
  queuesOfProfile,
  quotas,
  routingProfiles,
  users,
} from '../listings.ts';
import { INSTANCE, instanceState, testAccount } from './account-support.ts';

const three = ['a', 'b', 'c'];
const things = three.map((id) => ({ id, name: `Thing ${id}` }));
const IDS = (listed: { id: string }[]) => listed.map(({ id }) => id);

it.each([
  ['instances', instances],
  ['queues', queues],
  ['hours', hours],
  ['flows', flows],
  ['phoneNumbers', phoneNumbers],
  ['routingProfiles', routingProfiles],
  ['users', users],
] as const)('%s: all pages', async (_, list) => {
  const { account } = await testAccount({
    instances: [
      instanceState({
        queues: things.map((thing) => ({ ...thing, hoursId: 'a' })),
        hours: things,
        flows: things,
        routingProfiles: things.map((thing) => ({ ...thing, queues: three })),
        users: three.map((id) => ({ id, username: id, routingProfileId: 'a' })),
      }),
      instanceState({ id: 'b' }),
      instanceState({ id: 'c' }),
    ],
    phoneNumbers: three.map((id) => ({ id, number: '+815000000000', instanceId: INSTANCE })),
  });
  const ids = IDS(await list(account, INSTANCE));
  expect(ids).toEqual(list === instances ? [INSTANCE, 'b', 'c'] : three);
});

it('lists what has no id of its own: queues of a profile, origins, functions, event sources, quotas', async () => {
  const { account } = await testAccount({
    instances: [
      instanceState({
        routingProfiles: [{ id: 'a', name: 'A', queues: three }],
        approvedOrigins: three,
        functions: three,
      }),
    ],
    eventSources: three.map((name) => ({ name: `aws.partner/karte.io/${name}`, state: 'PENDING' as const })),
    quotas: three.map((name) => ({ service: 'connect', name, value: 10, appliesTo: 'arn:one' })),
  });
  expect((await queuesOfProfile(account, INSTANCE, 'a')).map(({ queueId }) => queueId)).toEqual(three);
  expect(await approvedOrigins(account, INSTANCE)).toEqual(three);
  expect(await functionsOfInstance(account, INSTANCE)).toEqual(three);
  expect((await eventSources(account, 'aws.partner/karte.io')).map(({ state }) => state)).toEqual(
    three.map(() => 'PENDING'),
  );
  expect(await quotas(account, 'connect')).toEqual(three.map((name) => ({ name, value: 10, appliesTo: 'arn:one' })));
});

it('speaks the query protocol: who asks, and the stacks', async () => {
  const { account } = await testAccount({ stacks: [{ name: 'one', outputs: { Some: 'a & b' } }] });
  expect(await account.sts.send(new GetCallerIdentityCommand())).toMatchObject({ Account: '000000000000' });
  const { Stacks } = await account.cloudFormation.send(new DescribeStacksCommand({ StackName: 'one' }));
  expect(Stacks?.[0]?.Outputs).toEqual([{ OutputKey: 'Some', OutputValue: 'a & b' }]);
  await expect(account.cloudFormation.send(new DescribeStacksCommand({ StackName: 'other' }))).rejects.toMatchObject({
    name: 'ValidationError',
  });
});
