import { describe, expect, it } from 'vitest';
import { dynamoCallLeases } from '../../adapters/shared-state/call-leases.ts';
import { METRICS_LAG_MS, NEVER } from '../../domain/call-lease.ts';
import { memoryDynamoDb } from '../../packages/sandbox/simulation/simulated-dynamodb.ts';
import { CALL, ENDED, prepareThree, shuffled } from './call-on-three-contacts.ts';
import { CONTACT_ID, REQUEST_ID, secondsAfter } from './function-support.ts';
import { at, prepareCall, SECOND, THIRD } from './placed-call-world.ts';

// What the functions do not do yet. Each belongs where the others of its kind are as soon as it passes.

describe('a call on three contacts', () => {
  it.each(Array.from({ length: 60 }, (_, seed) => seed))(
    'comes to the same in every order, each event twice: seed %i',
    async (seed) => {
      // Prepare
      const world = await prepareThree();
      const events = shuffled([...CALL, ...CALL], seed);

      // Act
      for (const one of events) await world.run(one);
      world.clock.at = new Date(at(400));
      await world.look();

      // Assess
      const { record, lease, phone } = await world.state();
      expect({ ...record, transferredTo: record?.transferredTo?.toSorted() }).toEqual(ENDED);
      expect(lease).toMatchObject({ agentUntil: at(98) + METRICS_LAG_MS, lineUntil: 0, lookAt: NEVER });
      expect(phone).toMatchObject({ requestId: REQUEST_ID, coolingDown: true, until: at(300 + 600) });
      expect(world.counted.at(-1)).toBe('completed');
    },
  );
});

// DescribeContact answers ten questions a second, half of which are for others; five calls are looked at in a second.
it('a look at a call that is over asks Amazon Connect once for its contact', async () => {
  const { centre, clock, look } = await prepareCall();
  centre.contacts[CONTACT_ID] = { answeredAt: at(8), endedAt: at(30), reason: 'CUSTOMER_DISCONNECT' };
  clock.at = secondsAfter(61);
  await look();
  expect(centre.asked).toEqual([`contact ${CONTACT_ID}`]);
});

it('the contacts of a transferred call are in the order in which it went on, whichever was told of first', async () => {
  const { record, run } = await prepareThree();
  for (const one of [...CALL].reverse()) await run(one);
  expect(await record()).toMatchObject({ transferredTo: [SECOND, THIRD] });
});

it('the lease of a lost call expires like the others: DynamoDB deletes nothing whose time-to-live is of 1970', async () => {
  const memory = memoryDynamoDb({ tables: { leases: { hash: 'group', range: 'requestId' } } });
  const leases = dynamoCallLeases('leases', memory, { pause: async () => undefined });
  await leases.ringing('request', 'queue', CONTACT_ID, at(0), 7_200_000);
  const call = { requestId: 'request', queueId: 'queue' };
  await leases.follow(call, { agentUntil: 0, lineUntil: 0 }, { version: 1, goesOn: false });
  expect(memory.items('leases')[0]?.expiresAt).toBeGreaterThan(at(0) / 1_000);
});
