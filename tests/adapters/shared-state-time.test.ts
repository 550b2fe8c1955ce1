import { DeleteCommand, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { dynamoSharedState, type SharedState } from '../../adapters/shared-state/shared-state.ts';
import { CallError } from '../../domain/errors.ts';
import { type RealTables, startTables } from './dynalite-support.ts';

const START = Date.UTC(2026, 10, 22, 3);
const FAR = START + 1_000_000;

let tables: RealTables;
let shared: SharedState;
/** Set forward by pauses of those who wait alone. */
let clock: { at: number; passes: boolean };

beforeAll(async () => {
  tables = await startTables();
});
afterAll(() => tables.close());
beforeEach(async () => {
  clock = { at: START, passes: false };
  shared = dynamoSharedState(tables, tables.documents, {
    now: () => new Date(clock.at),
    async pause(milliseconds) {
      await new Promise((resolve) => setTimeout(resolve, 5));
      if (clock.passes) clock.at += milliseconds;
    },
  });
  for (const guardId of ['turns#calls', 'release#ticks', 'release#lock']) {
    await tables.documents.send(new DeleteCommand({ TableName: tables.guardsTable, Key: { guardId } }));
  }
});

describe('the row of turns', () => {
  it('gives 200 that come at once 200 turns in pace', async () => {
    // Prepare
    const pace = { interval: 500, burst: 2 };

    // Act
    const reserved = await Promise.all(Array.from({ length: 200 }, () => shared.turns.take(pace, START, FAR)));

    // Assess: what was saved up at once, then one each interval.
    const turns = reserved.map(Number).sort((a, b) => a - b);
    const expected = [START, ...Array.from({ length: 199 }, (_, index) => START + index * 500)];
    expect(turns).toEqual(expected);
  });

  it.each([
    ['as idle', Number.NEGATIVE_INFINITY],
    ['as far ahead as it is', START + 500],
    ['as less far ahead', START - 10_000],
  ])('gives the next turn, whatever is known of the row: %s', async (_known, next) => {
    const pace = { interval: 500, burst: 1 };
    await shared.turns.take(pace, START, FAR);
    expect(await shared.turns.take(pace, START, FAR, next)).toBe(START + 500);
  });

  it('writes nothing where the next turn is known to lie too far ahead', async () => {
    const pace = { interval: 500, burst: 1 };
    expect(await shared.turns.take(pace, START, START + 400, START + 500)).toBeUndefined();
    expect(await shared.turns.take(pace, START, FAR)).toBe(START);
  });

  it('gives none beyond the horizon, and reserves nothing there', async () => {
    // Prepare
    const pace = { interval: 1_000, burst: 1 };
    const horizon = START + 3_000;

    // Act
    const turns: (number | undefined)[] = [];
    for (let count = 0; count < 6; count += 1) turns.push(await shared.turns.take(pace, START, horizon));
    const later = await shared.turns.take(pace, START + 1_000, horizon + 1_000);

    // Assess
    expect(turns).toEqual([START, START + 1_000, START + 2_000, horizon, undefined, undefined]);
    expect(later).toBe(horizon + 1_000);
  });

  it.each([1, 2, 5])('saves up %i turns while idle, and no more', async (burst) => {
    // Prepare
    const pace = { interval: 1_000, burst };
    await shared.turns.take(pace, START, FAR);
    const later = START + 100_000;

    // Act
    const turns: (number | undefined)[] = [];
    for (let count = 0; count <= burst + 1; count += 1) turns.push(await shared.turns.take(pace, later, FAR));

    // Assess
    expect(turns.filter((turn) => turn === later)).toHaveLength(burst);
    expect(turns.slice(burst)).toEqual([later + 1_000, later + 2_000]);
  });

  it('stays in pace for functions whose clocks differ by two seconds either way', async () => {
    // Prepare
    const pace = { interval: 500, burst: 2 };
    const turns: number[] = [];

    // Act
    for (let count = 0; count < 60; count += 1) {
      const skewed = START + count * 100 + ([0, 2_000, -2_000][count % 3] ?? 0);
      turns.push(Number(await shared.turns.take(pace, skewed, FAR)));
    }

    // Assess: never more than the burst within any interval.
    const sorted = turns.sort((a, b) => a - b);
    for (const [index, turn] of sorted.entries())
      expect(Number(sorted[index + 2] ?? FAR) - turn).toBeGreaterThanOrEqual(500);
  });

  it('gives a turn to somebody whose earliest moment lies in the future, and puts the others behind', async () => {
    const pace = { interval: 500, burst: 1 };
    expect(await shared.turns.take(pace, START + 5_000, FAR)).toBe(START + 5_000);
    expect(await shared.turns.take(pace, START, FAR)).toBe(START + 5_500);
  });

  it('gives none that would lie after the latest moment, and pushes nobody back for it', async () => {
    const pace = { interval: 500, burst: 2 };
    expect(await shared.turns.take(pace, START + 5_000, START + 4_900)).toBeUndefined();
    expect(await shared.turns.take(pace, START, FAR)).toBe(START);
  });
});

describe('a shared reading', () => {
  let reads: number;
  const slowly = async () => {
    reads += 1;
    await new Promise((resolve) => setTimeout(resolve, 5));
    return { read: reads };
  };
  beforeEach(() => {
    reads = 0;
  });

  it('is read once for 50 that ask at once', async () => {
    const readings = await Promise.all(Array.from({ length: 50 }, () => shared.readings.share('once', 2_000, slowly)));
    expect(reads).toBe(1);
    expect(readings.every(({ value, readAt }) => value.read === 1 && readAt === START)).toBe(true);
  });

  it('is read again when it is older than allowed, and not before', async () => {
    await shared.readings.share('age', 2_000, slowly);
    clock.at = START + 2_000;
    expect((await shared.readings.share('age', 2_000, slowly)).readAt).toBe(START);
    clock.at = START + 2_001;
    expect((await shared.readings.share('age', 2_000, slowly)).readAt).toBe(START + 2_001);
  });

  it('is as old as the moment before it was asked for', async () => {
    const reading = await shared.readings.share('moment', 2_000, async () => {
      clock.at += 1_500;
      return 'slow';
    });
    expect(reading).toEqual({ value: 'slow', readAt: START });
  });

  it('fails with the error of Amazon Connect, and lets the next one try after half a second', async () => {
    clock.passes = true;
    const error = new CallError('ConnectThrottled', 'Amazon Connect: ThrottlingException');
    await expect(shared.readings.share('error', 2_000, () => Promise.reject(error))).rejects.toBe(error);
    expect((await shared.readings.share('error', 2_000, slowly)).readAt).toBe(START + 500);
  });

  it('is read by another one when the one who read it died', async () => {
    // Prepare: this one never answers.
    clock.passes = true;
    void shared.readings.share('died', 2_000, () => new Promise(() => undefined));
    while (!(await guardItem('reading#died'))) await new Promise((resolve) => setTimeout(resolve, 5));

    // Act & Assess
    expect((await shared.readings.share('died', 2_000, slowly)).value).toEqual({ read: 1 });
    expect(clock.at).toBeGreaterThanOrEqual(START + 5_000);
  });

  it('fails closed where nobody gets an answer in time', async () => {
    // Prepare: another one reads, over and over.
    await tables.documents.send(
      new PutCommand({ TableName: tables.guardsTable, Item: { guardId: 'reading#never', lockedUntil: FAR } }),
    );

    // Act & Assess
    await expect(shared.readings.share('never', 2_000, slowly)).rejects.toMatchObject({ name: 'ConnectUnavailable' });
    expect(reads).toBe(0);
  });
});

async function guardItem(guardId: string): Promise<unknown> {
  const { Item } = await tables.documents.send(
    new GetCommand({ TableName: tables.guardsTable, Key: { guardId }, ConsistentRead: true }),
  );
  return Item;
}

describe('the lock and the ticks of the release function', () => {
  it('lets one of 20 runs in that come at once, and the next when it gave the lock back', async () => {
    const { ticks } = shared;
    const owners = Array.from({ length: 20 }, (_, index) => `run-${index}`);
    const locked = await Promise.all(owners.map((owner) => ticks.lock(owner, START + 25_000, START)));
    expect(locked.filter(Boolean)).toHaveLength(1);
    for (const [index, owner] of owners.entries()) if (!locked[index]) await ticks.unlock(owner);
    expect(await ticks.lock('next', START + 25_000, START)).toBe(false);
    await ticks.unlock(owners[locked.indexOf(true)] ?? '');
    expect(await ticks.lock('next', START + 25_000, START)).toBe(true);
  });

  it('lets another run in when the lock has ended', async () => {
    const { ticks } = shared;
    await ticks.lock('run-1', START + 25_000, START);
    expect(await ticks.lock('run-2', START + 50_000, START + 24_999)).toBe(false);
    expect(await ticks.lock('run-2', START + 50_000, START + 25_000)).toBe(true);
    await ticks.unlock('run-1');
    expect(await ticks.lock('run-3', START + 50_000, START + 25_000)).toBe(false);
  });

  it('starts one chain of 20 that start one at once', async () => {
    const { ticks } = shared;
    const dues = Array.from({ length: 20 }, (_, index) => START + 1_000 + index);
    const started = await Promise.all(dues.map((due) => ticks.advance(undefined, due, START)));
    expect(started.filter(Boolean)).toHaveLength(1);
    expect(await ticks.chain(START)).toBe('alive');
  });

  it('goes on from the tick that is due, once, or from a later one that was not remembered', async () => {
    const { ticks } = shared;
    await ticks.advance(undefined, START + 1_000, START);
    expect(await ticks.chain(START, START + 999)).toBe('alive');
    expect(await ticks.chain(START, START + 1_000)).toBe('due');
    expect(await ticks.advance(START + 1_000, START + 4_000, START + 1_000)).toBe(true);
    expect(await ticks.advance(START + 1_000, START + 4_001, START + 1_000)).toBe(false);
    expect(await ticks.advance(START + 4_500, START + 7_000, START + 4_500)).toBe(true);
  });

  it('is overdue 6 s after its tick should have come', async () => {
    const { ticks } = shared;
    await ticks.advance(undefined, START + 1_000, START);
    expect(await ticks.chain(START + 7_000)).toBe('alive');
    expect(await ticks.chain(START + 7_001)).toBe('overdue');
    expect(await ticks.advance(undefined, START + 10_000, START + 7_000)).toBe(false);
    expect(await ticks.advance(undefined, START + 10_000, START + 7_001)).toBe(true);
  });

  it('ends with its own tick, and with no earlier one', async () => {
    const { ticks } = shared;
    await ticks.stop(START);
    await ticks.advance(undefined, START + 1_000, START);
    await ticks.stop(START + 999);
    expect(await ticks.chain(START)).toBe('alive');
    await ticks.stop(START + 1_000);
    expect(await ticks.chain(START)).toBe('none');
  });
});
