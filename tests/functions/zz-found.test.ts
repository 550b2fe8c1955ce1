import { expect, it } from 'vitest';
import { dynamoCallLeases } from '../../adapters/shared-state/call-leases.ts';
import { NEVER } from '../../domain/call-lease.ts';
import { memoryDynamoDb } from '../../packages/sandbox/simulation/simulated-dynamodb.ts';
import { CONTACT_ID } from './function-support.ts';
import { at } from './placed-call-world.ts';

// What the functions do not do yet. Each belongs where the others of its kind are as soon as it passes.

it.each([
  ['lost', { agentUntil: 0, lineUntil: 0 }],
  ['over, with all known of it', { agentUntil: 0, lineUntil: 0, lookAt: NEVER }],
])(
  'the lease of a call expires within days where it is %s: DynamoDB deletes nothing of 1970, or of a far future',
  async (_name, change) => {
    const memory = memoryDynamoDb({ tables: { leases: { hash: 'group', range: 'requestId' } } });
    const leases = dynamoCallLeases('leases', memory, { pause: async () => undefined });
    await leases.ringing('request', 'queue', CONTACT_ID, at(0), 7_200_000);
    await leases.follow({ requestId: 'request', queueId: 'queue' }, change, { version: 1, goesOn: false });
    const { expiresAt } = memory.items('leases')[0] ?? {};
    expect(expiresAt).toBeGreaterThan(at(0) / 1_000);
    expect(expiresAt).toBeLessThan(at(7 * 86_400) / 1_000);
  },
);
