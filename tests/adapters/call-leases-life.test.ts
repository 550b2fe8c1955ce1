import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type CallLeases, dynamoCallLeases } from '../../adapters/shared-state/call-leases.ts';
import { NEVER, type Supply } from '../../domain/call-lease.ts';
import { memoryDynamoDb } from '../../packages/sandbox/simulation/simulated-dynamodb.ts';
import { FAR, ids, leaseFor, NOBODY_WAITS, QUEUE, supplyOf, taking } from './call-leases-support.ts';
import { type RealTables, startTables } from './dynalite-support.ts';

let tables: RealTables;
let leases: CallLeases;

beforeAll(async () => {
  tables = await startTables();
  leases = dynamoCallLeases(tables.leasesTable, tables.documents, NOBODY_WAITS);
});
afterAll(() => tables.close());
beforeEach(async () => {
  for (const { requestId } of await leases.all()) await leases.giveBack(requestId);
});

const take = (requestId: string, agents: number, change: Partial<Supply> = {}, on = leases) =>
  taking(on, leaseFor(requestId), supplyOf(agents, change), false);
const counted = async () => (await leases.all()).filter(({ trial }) => !trial).map(({ requestId }) => requestId);
/** What `follow` is told of a call. */
const callOf = (requestId: string) => ({ requestId, queueId: QUEUE });

describe('the life of a lease', () => {
  const change = { agentUntil: 25_250, lineUntil: 7_210_000, lostAt: 7_210_000, lookAt: 70_000 };
  const OVER = { agentUntil: 25_250, lineUntil: 0, lookAt: 160_000 };

  it('goes from ringing over an agent to the end, and is looked at until all is known', async () => {
    await take('request', 1, { lines: 1 });
    await leases.ringing('request', QUEUE, 'contact', 1_000, 7_200_000);
    const ringing = {
      agentUntil: 181_000,
      lineUntil: 7_201_000,
      lostAt: 7_201_000,
      contactId: 'contact',
      placedAt: 1_000,
      lookAt: 61_000,
    };
    expect(await leases.all()).toEqual([leaseFor('request', ringing)]);
    await leases.follow(callOf('request'), change, { version: 2, goesOn: true });
    expect(await leases.all()).toEqual([leaseFor('request', { ...ringing, ...change })]);
    await leases.follow(callOf('request'), OVER, { version: 3, goesOn: false });
    expect(await leases.all()).toEqual([leaseFor('request', { ...ringing, ...change, ...OVER })]);
    await leases.settled('request', 3);
    expect(await leases.all()).toMatchObject([{ ...OVER, lookAt: NEVER }]);
  });

  it('goes to the queue in which the customer waits now', async () => {
    await take('request', 1);
    await leases.follow(callOf('request'), { agentUntil: FAR, queueId: 'overflow' }, { version: 1, goesOn: true });
    expect(await take('another', 1)).toBe('taken');
    const inOverflow = leaseFor('a-third', { queueId: 'overflow' });
    expect(await taking(leases, inOverflow, supplyOf(1, { queueIds: ['overflow'] }), false)).toEqual({
      missing: 'agent',
    });
  });

  it('leaves the agent counted by those whose reading is older than the end of a short call', async () => {
    await take('request', 1, { lines: 1 });
    await leases.follow(callOf('request'), OVER, { version: 1, goesOn: false });
    expect(await take('another', 1, { asOf: 25_000, now: 27_000, lines: 1 })).toEqual({ missing: 'agent' });
    expect(await take('another', 1, { asOf: 25_250, now: 27_000, lines: 1 })).toBe('taken');
  });

  it('is never put back by what follows from less that is known', async () => {
    await take('request', 1, { lines: 1 });
    await leases.follow(callOf('request'), OVER, { version: 5, goesOn: false });
    await leases.follow(callOf('request'), change, { version: 4, goesOn: true });
    expect(await leases.all()).toEqual([leaseFor('request', OVER)]);
    await leases.settled('request', 4);
    expect(await leases.all()).toMatchObject([{ lookAt: OVER.lookAt }]);
  });

  it('may be told the same again', async () => {
    await take('request', 1, { lines: 1 });
    for (let again = 0; again < 2; again += 1) {
      await leases.follow(callOf('request'), OVER, { version: 5, goesOn: false });
    }
    expect(await leases.all()).toEqual([leaseFor('request', OVER)]);
  });

  it('begins anew where a call rings or goes on without one, and not for one that is over', async () => {
    await leases.keepForLaterTurn('nobody', new Date(0).toISOString(), 0);
    await leases.follow(callOf('nobody'), OVER, { version: 1, goesOn: false });
    await leases.settled('nobody', 1);
    await leases.giveBack('nobody');
    expect(await leases.all()).toEqual([]);
    await leases.ringing('rings', QUEUE, 'contact', 0, 7_200_000);
    await leases.follow(callOf('talks'), change, { version: 1, goesOn: true });
    expect(await leases.all()).toMatchObject([
      { requestId: 'rings', queueId: QUEUE, contactId: 'contact', lineUntil: 7_200_000 },
      { requestId: 'talks', queueId: QUEUE, ...change },
    ]);
  });

  it('takes in a look at the contact, unless an event was quicker', async () => {
    await take('request', 1, { lines: 1 });
    const [before] = await leases.all();
    if (!before) throw new Error('nothing was taken');
    await leases.lookedAt(before, { lookAt: 5 });
    expect(await leases.all()).toMatchObject([{ lookAt: 5 }]);
    await leases.follow(callOf('request'), change, { version: 1, goesOn: true });
    await leases.lookedAt(before, { agentUntil: FAR, lookAt: 6 });
    expect(await leases.all()).toEqual([leaseFor('request', change)]);
  });

  it('is kept by those who come after it while nobody knows what became of the call', async () => {
    await leases.ringing('request', QUEUE, 'contact', 0, 7_200_000);
    const later = { asOf: 2 * FAR + 7_200_000, now: 2 * FAR + 7_200_000 };
    await taking(leases, leaseFor('second', { agentUntil: later.now + 1 }), supplyOf(100, later), false);
    expect(await counted()).toEqual(['request', 'second']);
    await leases.follow(callOf('request'), { agentUntil: 0, lineUntil: 0 }, { version: 1, goesOn: false });
    await leases.settled('request', 1);
    await taking(leases, leaseFor('third', { agentUntil: later.now + 1 }), supplyOf(100, later), false);
    expect(await counted()).toEqual(['second', 'third']);
  });

  it.each([1, 10, 40])('is removed by those who come after it, where nobody counts it any more: %i', async (old) => {
    for (const id of ids(old, 'old')) await take(id, 100);
    const later = { asOf: FAR + 45_000, now: FAR + 45_000 };
    const until = later.now + 1_000;
    for (const id of ids(20)) await taking(leases, leaseFor(id, { agentUntil: until }), supplyOf(100, later), false);
    expect((await counted()).filter((id) => id.startsWith('old'))).toEqual([]);
  });
});

describe('what a lease costs', () => {
  /** A table in memory that counts units, as on-demand tables are billed. */
  async function unitsWith(live: number) {
    const memory = memoryDynamoDb({ tables: { [tables.leasesTable]: { hash: 'group', range: 'requestId' } } });
    const on = dynamoCallLeases(tables.leasesTable, memory, NOBODY_WAITS);
    for (const id of ids(live, 'live')) await take(id, 10_000, {}, on);
    const write = () => memory.units()[tables.leasesTable]?.write ?? 0;
    const before = write();
    await taking(on, leaseFor('request'), supplyOf(10_000, { lines: 10_000 }), false);
    const taken = write();
    await on.ringing('request', QUEUE, '00000000-0000-4000-8000-00000000d001', 0, 7_200_000);
    await on.follow(callOf('request'), { agentUntil: 15_251 }, { version: 1, goesOn: true });
    await on.follow(callOf('request'), { agentUntil: 15_251, lineUntil: 0 }, { version: 2, goesOn: false });
    return { taking: taken - before, afterwards: write() - taken };
  }

  it('is the same beside 400 calls as beside none: two writes to take it, one for whatever happens to it', async () => {
    const alone = await unitsWith(0);
    expect(alone).toEqual({ taking: 2, afterwards: 3 });
    expect(await unitsWith(400)).toEqual(alone);
  });

  it('is an item of less than 300 bytes', async () => {
    const id = '00000000-0000-4000-8000-0000000000e1';
    const queueId = '00000000-0000-4000-8000-00000000a001';
    const now = Date.parse('2026-11-22T03:00:00.000Z');
    const later = { agentUntil: now + 480_000, lineUntil: now + 480_000 };
    await taking(leases, leaseFor(id, { queueId, ...later }), supplyOf(1, { asOf: now, now, lines: 1 }), false);
    const contactId = '00000000-0000-4000-8000-00000000d001';
    await leases.ringing(id, queueId, contactId, now, 7_200_000);
    const until = { agentUntil: now, lineUntil: now, lostAt: now, lookAt: now };
    const change = { ...until, queueId, contactId, missed: true as const };
    await leases.follow({ requestId: id, queueId }, change, { version: 1, goesOn: true });
    const { Items } = await tables.documents.send(
      new QueryCommand({
        TableName: tables.leasesTable,
        KeyConditionExpression: '#group = :group',
        ExpressionAttributeNames: { '#group': 'group' },
        ExpressionAttributeValues: { ':group': 'calls' },
      }),
    );
    // A number takes a byte for two digits and one more; the rest is text.
    const bytes = Object.entries(Items?.[0] ?? {}).reduce((sum, [name, value]) => {
      const size = typeof value === 'string' ? value.length : typeof value === 'number' ? 8 : 1;
      return sum + name.length + size;
    }, 0);
    expect(bytes).toBeLessThan(300);
  });

  it.each([
    ['lost', { agentUntil: 0, lineUntil: 0 }],
    ['over, with all known of it', { agentUntil: 0, lineUntil: 0, lookAt: NEVER }],
  ])('expires within days where it is %s: DynamoDB deletes nothing of 1970, or of a far future', async (_, change) => {
    const memory = memoryDynamoDb({ tables: { leases: { hash: 'group', range: 'requestId' } } });
    const own = dynamoCallLeases('leases', memory, NOBODY_WAITS);
    const at = Date.parse('2026-11-22T03:00:00.000Z');
    await own.ringing('request', QUEUE, 'contact', at, 7_200_000);
    await own.follow(callOf('request'), change, { version: 1, goesOn: false });
    const [item] = memory.items('leases');
    expect(item?.expiresAt).toBeGreaterThan(at / 1_000);
    expect(item?.expiresAt).toBeLessThan((at + 7 * 86_400_000) / 1_000);
  });
});
