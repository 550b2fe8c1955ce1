import { DeleteCommand, PutCommand, QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Documents } from '../../adapters/dynamodb.ts';
import { type CallLeases, dynamoCallLeases } from '../../adapters/shared-state/call-leases.ts';
import { type CallLease, NEVER, type Supply } from '../../domain/call-lease.ts';
import { memoryDynamoDb } from '../../packages/sandbox/simulation/simulated-dynamodb.ts';
import { type RealTables, startTables } from './dynalite-support.ts';

const QUEUE = 'queue-one';
const FAR = 1_000_000;
const NOBODY_WAITS = { pause: async () => undefined };

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

const ids = (length: number, name = 'request') => Array.from({ length }, (_, index) => `${name}-${index}`);
const leaseFor = (requestId: string, change: Partial<CallLease> = {}): CallLease => ({
  ...{ requestId, queueId: QUEUE, agentUntil: FAR, lineUntil: FAR },
  ...change,
});
const supplyOf = (agents: number, change: Partial<Supply> = {}): Supply => ({
  ...{ queueIds: [QUEUE], agents, asOf: 0, lines: null, now: 0 },
  ...change,
});
/** Takes and confirms, as `takePlace` does. */
async function taking(on: CallLeases, ...asked: Parameters<CallLeases['take']>) {
  const answer = await on.take(...asked);
  if (typeof answer !== 'object' || 'missing' in answer) return answer;
  return (await answer.confirm()) ? 'taken' : 'not confirmed';
}
const take = (requestId: string, agents: number, change: Partial<Supply> = {}, on = leases) =>
  taking(on, leaseFor(requestId), supplyOf(agents, change), false);
/** What `follow` is told of a call. */
const callOf = (requestId: string) => ({ requestId, queueId: QUEUE });
const counted = async () => (await leases.all()).filter(({ trial }) => !trial).map(({ requestId }) => requestId);

/** Requests to the leases table, each of which a test may hold back or break. */
function tampered(
  tamper: (command: unknown, send: () => Promise<unknown>) => Promise<unknown>,
  under = tables.documents,
) {
  const documents = {
    send: (command: unknown) => tamper(command, () => under.send(command as never)),
  } as unknown as Documents;
  return dynamoCallLeases(tables.leasesTable, documents, NOBODY_WAITS);
}

describe('leases of calls', () => {
  it('are never more than there are agents, whoever comes at once', async () => {
    // Act
    const answers = await Promise.all(ids(60).map((id) => take(id, 10)));
    // Assess: each counts all others, so that all may step back, and never one too many goes on
    const taken = answers.filter((answer) => answer === 'taken').length;
    expect(taken).toBeLessThanOrEqual(10);
    expect(await leases.all()).toHaveLength(taken);
    // Those who come one after the other get what is left.
    for (const id of ids(20, 'later')) await take(id, 10);
    expect(await counted()).toHaveLength(10);
  });

  it.each([
    ['A B a b', 'at once', ['b']],
    ['A B b a', 'at once', ['a']],
    ['A a B b', 'at once', ['a']],
    ['A B a b', 'when both have counted', []],
    ['A B b a', 'when both have counted', []],
    ['A a B b', 'when both have counted', ['a']],
    ['B b A a', 'when both have counted', ['b']],
  ])('give the last place to one of two at most: %s, who take it or step back %s', async (order, settle, winners) => {
    // Prepare: capitals write on trial, small letters count; each step ends before the next one begins
    const steps = order.split(' ');
    let [next, turn] = [0, Promise.withResolvers<void>()];
    const until = async (isMine: () => boolean) => {
      while (!isMine()) await turn.promise;
    };
    const pass = () => {
      next += 1;
      turn.resolve();
      turn = Promise.withResolvers();
    };
    const racer = async (name: string) => {
      const own = tampered(async (command, send) => {
        const step = { PutCommand: name.toUpperCase(), QueryCommand: name }[(command as object).constructor.name];
        await until(() => (step ? steps[next] === step : settle === 'at once' || next >= steps.length));
        const answer = await send();
        if (step && (step !== name || settle !== 'at once')) pass();
        return answer;
      });
      const answer = await take(name, 1, {}, own);
      if (settle === 'at once') pass();
      return answer === 'taken' ? [name] : [];
    };

    // Act
    const won = (await Promise.all([racer('a'), racer('b')])).flat();

    // Assess
    expect(won).toEqual(winners);
    expect(await counted()).toEqual(winners);
    expect(await leases.all()).toHaveLength(winners.length);
  });

  it('let whoever is first in line wait until somebody on trial has stepped back', async () => {
    // Prepare: another one is on trial, and steps back after two looks.
    await take('another', 5, {}, tampered(failing(QueryCommand))).catch(() => undefined);
    let looks = 0;
    const patient = tampered(async (command, send) => {
      if (command instanceof QueryCommand) looks += 1;
      if (looks === 3) await leases.giveBackTrial('another');
      return send();
    });

    // Act & Assess
    expect(await taking(patient, leaseFor('request'), supplyOf(1), true)).toBe('taken');
    expect(await counted()).toEqual(['request']);
  });

  it('do not let it wait for those who have theirs, nor for ever', async () => {
    await take('another', 1);
    let looks = 0;
    const looking = tampered((command, send) => {
      if (command instanceof QueryCommand) looks += 1;
      return send();
    });
    expect(await taking(looking, leaseFor('request'), supplyOf(1), true)).toEqual({ missing: 'agent' });
    expect(looks).toBe(1);
    await leases.giveBack('another');
    await take('another', 5, {}, tampered(failing(QueryCommand))).catch(() => undefined);
    expect(await taking(looking, leaseFor('request'), supplyOf(1), true)).toEqual({ missing: 'agent' });
    expect(looks).toBeLessThan(10);
  });

  it('take agent and line in one, and say what is missing', async () => {
    expect(await take('request-one', 2, { lines: 1 })).toBe('taken');
    expect(await take('request-two', 2, { lines: 1 })).toEqual({ missing: 'line' });
    expect(await take('request-two', 1, { lines: 2 })).toEqual({ missing: 'agent' });
    expect(await leases.all()).toEqual([leaseFor('request-one')]);
  });

  it('count for the queues of a pool as it is now, however it was when they were taken', async () => {
    await taking(
      leases,
      leaseFor('request-one', { queueId: 'day' }),
      supplyOf(1, { queueIds: ['day', 'night'] }),
      false,
    );
    expect(await take('request-two', 1, { queueIds: [QUEUE, 'day'] })).toEqual({ missing: 'agent' });
    expect(await take('request-two', 1, { queueIds: [QUEUE, 'night'] })).toBe('taken');
  });

  it('hold a line that counts as soon as somebody limits them, though any number of calls may be under way', async () => {
    await take('request', 1, { lines: null });
    expect(await leases.all()).toEqual([leaseFor('request')]);
    expect(await take('another', 2, { lines: 1 })).toEqual({ missing: 'line' });
  });

  it('count for two agents where another one missed the call before', async () => {
    await take('request-one', 3);
    await leases.follow(callOf('request-one'), { agentUntil: 35_250, missed: true }, { version: 1, goesOn: true });
    expect(await take('request-two', 2)).toEqual({ missing: 'agent' });
    expect(await take('request-two', 3)).toBe('taken');
    expect(await take('request-three', 3)).toEqual({ missing: 'agent' });
    // The metrics know both by now.
    expect(await take('request-three', 2, { asOf: 35_250 })).toBe('taken');
  });

  it('are there once for a request, whatever the capacity became', async () => {
    expect(await take('request', 1)).toBe('taken');
    expect(await take('request', 1)).toBe('had');
    expect(await take('request', 0)).toBe('had');
    expect(await counted()).toEqual(['request']);
  });

  it('are there once for a request that asks ten times at once', async () => {
    const answers = await Promise.all(ids(10).map(() => take('request', 1)));
    expect(answers.filter((answer) => answer === 'taken')).toHaveLength(1);
    expect(await counted()).toEqual(['request']);
  });

  it('are taken anew by a request whose agent and line have ended', async () => {
    await taking(leases, leaseFor('request', { agentUntil: 50, lineUntil: 50 }), supplyOf(1), false);
    expect(await take('request', 1, { asOf: 50, now: 50, lines: 5 })).toBe('taken');
    expect(await leases.all()).toEqual([leaseFor('request')]);
  });

  it.each(['a.b:c_d-e', '#until', ':lease', 'x'.repeat(128), 'agentUntil', '0'])(
    'have any usable request id: %s',
    async (id) => {
      expect(await take(id, 2)).toBe('taken');
      await leases.keepForLaterTurn(id, new Date(7_000).toISOString(), 0);
      expect(await leases.all()).toMatchObject([{ requestId: id, agentUntil: 187_000, lineUntil: 187_000 }]);
      await leases.giveBack(id);
      expect(await leases.all()).toEqual([]);
    },
  );
});

/** Breaks every request of a kind before it has an effect. */
const failing =
  (kind: typeof QueryCommand | typeof UpdateCommand | typeof DeleteCommand) =>
  (command: unknown, send: () => Promise<unknown>) =>
    command instanceof kind ? Promise.reject(new Error('cut off')) : send();

describe('a function that is cut off while it takes a lease', () => {
  it.each([
    ['before it counts', QueryCommand],
    ['before it knows that the count came out', UpdateCommand],
  ] as const)(
    '%s, leaves one on trial, which counts for others and is counted again by a repetition',
    async (_, kind) => {
      // Prepare
      await expect(take('request-one', 1, {}, tampered(failing(kind)))).rejects.toThrow('cut off');
      expect(await leases.all()).toEqual([leaseFor('request-one', { trial: true })]);

      // Act & Assess: nobody else gets it
      expect(await take('request-two', 1)).toEqual({ missing: 'agent' });
      // The repetition finds that somebody was quicker, or that there is less by now, and keeps nothing.
      expect(await take('request-one', 0)).toEqual({ missing: 'agent' });
      expect(await leases.all()).toEqual([]);
    },
  );

  it('before it steps back, leaves nothing that a repetition would trust', async () => {
    await take('request-one', 1);
    await expect(take('request-two', 1, {}, tampered(failing(DeleteCommand)))).rejects.toThrow('cut off');
    expect(await counted()).toEqual(['request-one']);
    expect(await take('request-two', 1)).toEqual({ missing: 'agent' });
    expect(await leases.all()).toEqual([leaseFor('request-one')]);
  });

  it('has what it had on trial given back, and nothing that it was sure of', async () => {
    await take('request-one', 2);
    await expect(take('request-two', 2, {}, tampered(failing(QueryCommand)))).rejects.toThrow('cut off');
    for (const id of ['request-one', 'request-two', 'nobody']) await leases.giveBackTrial(id);
    expect(await counted()).toEqual(['request-one']);
    expect(await leases.all()).toHaveLength(1);
  });

  it.each([
    ['the write on trial', PutCommand],
    ['the write that makes it certain', UpdateCommand],
  ] as const)('loses the answer of %s, which the SDK then sends once more: taken once', async (_, kind) => {
    const repeating = tampered(async (command, send) => {
      if (command instanceof kind) await send();
      return send();
    });
    expect(await take('request', 1, {}, repeating)).toBe('taken');
    expect(await counted()).toEqual(['request']);
  });
});

describe('the life of a lease', () => {
  const change = { agentUntil: 25_250, lineUntil: 7_210_000, lostAt: 7_210_000, lookAt: 70_000 };
  const OVER = { agentUntil: 25_250, lineUntil: 0, lookAt: 160_000 };

  it('goes from ringing over an agent to the end, and is looked at until all is known', async () => {
    await take('request', 1, { lines: 1 });
    await leases.ringing('request', QUEUE, 'contact', 1_000, 7_200_000);
    const ringing = { agentUntil: 181_000, lineUntil: 7_201_000, lostAt: 7_201_000, contactId: 'contact', lookAt: 61_000 };
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
});

it('all leases are read, on however many pages they stand', async () => {
  const pages = [{ Items: [leaseFor('a')], LastEvaluatedKey: { requestId: 'a' } }, { Items: [leaseFor('b')] }];
  const asked: unknown[] = [];
  const documents = {
    send: async ({ input }: QueryCommand) => {
      asked.push(input.ExclusiveStartKey);
      return pages[asked.length - 1];
    },
  } as unknown as Documents;
  const found = await dynamoCallLeases('leases', documents, NOBODY_WAITS).all();
  expect(found.map(({ requestId }) => requestId)).toEqual(['a', 'b']);
  expect(asked).toEqual([undefined, { requestId: 'a' }]);
});
