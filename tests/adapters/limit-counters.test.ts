import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Documents } from '../../adapters/dynamodb.ts';
import { countedIn, dynamoLimitCounters, limitKey } from '../../adapters/shared-state/limit-counters.ts';
import { virtualClock } from '../../packages/sandbox/simulation/clock.ts';
import { requestsIn } from '../../packages/sandbox/simulation/counted-requests.ts';
import { itemBytes } from '../../packages/sandbox/simulation/dynamodb/values.ts';
import { luckOf } from '../../packages/sandbox/simulation/random.ts';
import { memoryDynamoDb } from '../../packages/sandbox/simulation/simulated-dynamodb.ts';
import { fuzzRuns } from '../fuzz-runs.ts';

const EXPIRES = new Date('2026-11-24T00:00:00Z');
const LIMIT = 'day#2026-11-22';
const KB = 1_024;
const ids = (length: number) => Array.from({ length }, (_, index) => `request-${index}`);
/** Requests of one shard, so that they meet in both levels. */
const OF_ONE_SHARD = ['request-172', 'request-242', 'request-245', 'request-274'];
const CLOCK = { now: () => new Date(0), pause: async () => undefined };

type Send = (command: object) => Promise<unknown>;

/** A limit, and what its items say of it. */
function world() {
  const memory = memoryDynamoDb({ tables: { guards: { hash: 'guardId' } } });
  const send: Send = (command) => memory.send(command as never);
  return {
    send,
    limitsOver: (over: Send) => dynamoLimitCounters('guards', { send: over } as unknown as Documents, CLOCK),
    limits: dynamoLimitCounters('guards', memory, CLOCK),
    writeUnits: () => memory.units().guards?.write ?? 0,
    items: () => memory.items('guards'),
    total: () => countedIn(memory.items('guards').find(({ guardId }) => guardId === limitKey(LIMIT).guardId)),
    oneByOne: () => memory.items('guards').reduce((sum, item) => sum + requestsIn(item).size, 0),
  };
}

const isUpdate = (command: object): boolean => command.constructor.name === 'UpdateCommand';

/** Lets a request write so often, then never comes back. What it had sent last is added to `late`. */
const cutOff =
  (send: Send, writes: number, late: object[] = []): Send =>
  async (command) => {
    if (!isUpdate(command) || writes-- > 0) return send(command);
    late.push(command);
    return new Promise(() => undefined);
  };

/** What requests do at once; each may be cut off after no, one, two … writes. */
const act = fc.record({
  id: fc.constantFrom(...OF_ONE_SHARD, ...ids(4)),
  does: fc.constantFrom('count' as const, 'giveBack' as const),
  writes: fc.constantFrom(0, 1, 2, 3, 99),
});
const max = fc.integer({ min: 1, max: 5 });

const scheduledOver =
  (scheduler: fc.Scheduler, send: Send): Send =>
  async (command) => {
    await scheduler.schedule(Promise.resolve());
    return send(command);
  };

describe('a limit of 5,000', () => {
  it('costs two write units a count, the last one included, and none where it is used up', async () => {
    // Prepare
    const { items, limits, writeUnits } = world();
    const costOf = async (id: string, seen: number): Promise<[passed: boolean, units: number]> => {
      const before = writeUnits();
      return [await limits.count(LIMIT, id, 5_000, EXPIRES, seen), writeUnits() - before];
    };
    const costs = new Set<number>();

    // Act
    for (const [index, id] of ids(5_000).entries()) costs.add((await costOf(id, index))[1]);

    // Assess
    expect([...costs]).toEqual([2]);
    expect(await costOf('another', 5_000)).toEqual([false, 0]);
    expect(Math.max(...items().map(itemBytes))).toBeLessThan(KB);
  });

  it.each([
    ['at a thousand a second', 5_000, 2.2],
    ['where all come in one instant', 0, 4],
  ])('counts everybody once %s, for not much more', async (_when, withinMs, units) => {
    // Prepare: DynamoDB answers within 4 to 12 ms
    const clock = virtualClock(0);
    const luck = luckOf(1);
    const { send, total, oneByOne, writeUnits } = world();
    const over: Send = async (command) => {
      await clock.pause(luck.between('answer', [2, 6]));
      const answer = await Promise.allSettled([send(command)]);
      await clock.pause(luck.between('answer', [2, 6]));
      if (answer[0].status === 'rejected') throw answer[0].reason;
      return answer[0].value;
    };
    const documents = { send: over } as unknown as Documents;
    const limits = dynamoLimitCounters('guards', documents, { now: () => new Date(clock.now()), pause: clock.pause });

    // Act
    const counted = Promise.all(
      ids(5_000).map(async (id) => {
        await clock.pause(luck.between('arrival', [0, withinMs]));
        return limits.count(LIMIT, id, 5_000, EXPIRES);
      }),
    );
    await clock.run();

    // Assess
    expect(new Set(await counted)).toEqual(new Set([true]));
    expect([total(), oneByOne()]).toEqual([5_000, 5_000]);
    expect(writeUnits() / 5_000).toBeLessThan(units);
  });

  it('still lets a request through that it counted before it was used up', async () => {
    const { limits } = world();
    await limits.count(LIMIT, 'request', 1, EXPIRES);
    expect(await limits.count(LIMIT, 'request', 1, EXPIRES, 1)).toBe(true);
    expect(await limits.count(LIMIT, 'another', 1, EXPIRES, 1)).toBe(false);
  });
});

describe('a limit, in any order of reads and writes', () => {
  it('lets exactly as many through as it has room for, those included who were cut off and come again', async () => {
    const acts = fc.uniqueArray(act, { selector: ({ id }) => id, minLength: 2 });
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), acts, max, async (scheduler, requests, room) => {
        // Prepare
        const { send, limits, limitsOver, oneByOne, total } = world();
        const inAnyOrder = scheduledOver(scheduler, send);

        // Act
        for (const { id, writes } of requests) {
          void limitsOver(cutOff(inAnyOrder, writes)).count(LIMIT, id, room, EXPIRES);
        }
        await scheduler.waitIdle();
        const answers: boolean[] = [];
        for (const { id } of requests) answers.push(await limits.count(LIMIT, id, room, EXPIRES));

        // Assess
        const passed = answers.filter(Boolean).length;
        expect(passed).toBe(Math.min(room, requests.length));
        expect([total(), oneByOne()]).toEqual([passed, passed]);
      }),
      { numRuns: fuzzRuns(200) },
    );
  });

  it('never lets too many through, and is right in the end, no matter who gives back, however often, and whatever write comes late', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.scheduler(),
        fc.array(act, { minLength: 2, maxLength: 10 }),
        max,
        async (scheduler, acts, room) => {
          // Prepare
          const { send, limits, limitsOver, oneByOne, total } = world();
          const inAnyOrder = scheduledOver(scheduler, send);
          const late: object[] = [];
          /** A late write may find its condition broken; a cut-off one may keep a limit busy. */
          const mayFail = (answer: Promise<unknown>) => answer.catch(() => undefined);

          // Act
          for (const { id, does, writes } of acts) {
            const { count, giveBack } = limitsOver(cutOff(inAnyOrder, writes, late));
            void mayFail(does === 'count' ? count(LIMIT, id, room, EXPIRES) : giveBack(LIMIT, id));
          }
          await scheduler.waitIdle();
          expect(total()).toBeLessThanOrEqual(room);
          const passed = new Set<string>();
          for (const { id } of acts) if (await limits.count(LIMIT, id, room, EXPIRES)) passed.add(id);

          // Assess
          expect(passed.size).toBeLessThanOrEqual(room);
          for (const command of late) await mayFail(send(command));
          expect(total()).toBeLessThanOrEqual(room);
          for (const { id } of acts) await mayFail(limits.giveBack(LIMIT, id));
          for (const { id } of acts) await limits.giveBack(LIMIT, id);
          expect([total(), oneByOne()]).toEqual([0, 0]);
        },
      ),
      { numRuns: fuzzRuns(200) },
    );
  });
});
