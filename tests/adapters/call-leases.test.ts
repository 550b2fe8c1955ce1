import { DeleteCommand, PutCommand, QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Documents } from '../../adapters/dynamodb.ts';
import { type CallLeases, dynamoCallLeases } from '../../adapters/shared-state/call-leases.ts';
import type { Supply } from '../../domain/call-lease.ts';
import { ids, leaseFor, NOBODY_WAITS, QUEUE, supplyOf, taking } from './call-leases-support.ts';
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
  it('are never more than there are agents, no matter who comes at once', async () => {
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

  it('let the first in line wait until somebody on trial has stepped back', async () => {
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
    await leases.follow(
      { requestId: 'request-one', queueId: QUEUE },
      { agentUntil: 35_250, missed: true },
      { version: 1, goesOn: true },
    );
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
