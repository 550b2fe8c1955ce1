import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dynamoSharedState, type SharedState } from '../../adapters/shared-state/shared-state.ts';
import { type RealTables, startTables } from './dynalite-support.ts';

let tables: RealTables;
let shared: SharedState;
let count = 0;
/** Each test has limits and numbers of its own: the UK's numbers for drama. */
const next = () => {
  count += 1;
  return count;
};
const newLimit = () => `limit-${next()}`;
const newPhone = () => `+447700900${String(next()).padStart(3, '0')}`;
const at = (seconds: number) => new Date(Date.UTC(2026, 10, 22, 3) + seconds * 1000);
const OF_DAY = { day: '2026-11-22', maxPerDay: null, maxTriesPerDay: null };
const WHO = { by: 'somebody', at: at(0).toISOString(), why: 'the tests' };

beforeAll(async () => {
  tables = await startTables();
  // Whoever pauses lets the others go first.
  const clock = { now: () => at(0), pause: () => new Promise<void>((resolve) => setImmediate(resolve)) };
  shared = dynamoSharedState(tables, tables.documents, clock);
});
afterAll(() => tables.close());

const ids = (length: number) => Array.from({ length }, (_, index) => `request-${index}`);

describe('a limit', () => {
  it('lets exactly so many of 60 through that come at once', async () => {
    const limit = newLimit();
    const counted = await Promise.all(ids(60).map((id) => shared.limits.count(limit, id, 30, at(60))));
    expect(counted.filter(Boolean)).toHaveLength(30);
  });

  it('counts a request once, however often and at once it comes', async () => {
    const limit = newLimit();
    await Promise.all(ids(20).map(() => shared.limits.count(limit, 'request', 2, at(60))));
    expect(await shared.limits.count(limit, 'another', 2, at(60))).toBe(true);
    expect(await shared.limits.count(limit, 'a third', 2, at(60))).toBe(false);
    expect(await shared.limits.count(limit, 'request', 2, at(60))).toBe(true);
  });

  it('has room again after a request gave back, once, however often it did', async () => {
    const limit = newLimit();
    await shared.limits.count(limit, 'request-one', 1, at(60));
    await Promise.all([1, 2, 3].map(() => shared.limits.giveBack(limit, 'request-one')));
    expect(await shared.limits.count(limit, 'request-two', 1, at(60))).toBe(true);
    expect(await shared.limits.count(limit, 'request-three', 1, at(60))).toBe(false);
  });

  it('loses nothing to somebody who gives back what was never counted', async () => {
    const limit = newLimit();
    await shared.limits.giveBack(limit, 'request-one');
    await shared.limits.count(limit, 'request-two', 1, at(60));
    await shared.limits.giveBack(limit, 'request-one');
    expect(await shared.limits.count(limit, 'request-three', 1, at(60))).toBe(false);
  });

  it.each([0, -1])('of %i lets nobody through', async (max) => {
    expect(await shared.limits.count(newLimit(), 'request', max, at(60))).toBe(false);
  });

  it('that was lowered below what is counted lets nobody else through', async () => {
    const limit = newLimit();
    for (const id of ids(3)) await shared.limits.count(limit, id, 3, at(60));
    expect(await shared.limits.count(limit, 'request-9', 1, at(60))).toBe(false);
  });
});

describe('the lease of a telephone number', () => {
  it('goes to one of 50 requests that come at once', async () => {
    const phone = newPhone();
    const answers = await Promise.all(
      ids(50).map((id) => shared.phones.hold(phone, id, { ...OF_DAY, until: at(60), now: at(0) })),
    );
    expect(answers.filter((answer) => answer === 'held')).toHaveLength(1);
    expect(answers.filter((answer) => answer === 'live_request')).toHaveLength(49);
  });

  it('is extended by whoever has it, and free for others when it ends', async () => {
    const { phones } = shared;
    const phone = newPhone();
    await phones.hold(phone, 'request-one', { ...OF_DAY, until: at(60), now: at(0) });
    expect(await phones.hold(phone, 'request-one', { ...OF_DAY, until: at(120), now: at(0) })).toBe('held');
    expect(await phones.hold(phone, 'request-two', { ...OF_DAY, until: at(240), now: at(119.999) })).toBe(
      'live_request',
    );
    expect(await phones.hold(phone, 'request-two', { ...OF_DAY, until: at(240), now: at(120) })).toBe('held');
  });

  it('cools down for everybody, the request that was called included', async () => {
    const { phones } = shared;
    const phone = newPhone();
    await phones.hold(phone, 'request-one', { ...OF_DAY, until: at(60), now: at(0) });
    expect(await phones.coolDown(phone, 'request-one', at(600))).toBe(true);
    expect(await phones.hold(phone, 'request-two', { ...OF_DAY, until: at(660), now: at(60) })).toBe('cool_down');
    expect(await phones.hold(phone, 'request-one', { ...OF_DAY, until: at(660), now: at(60) })).toBe('cool_down');
    expect(await phones.hold(phone, 'request-two', { ...OF_DAY, until: at(660), now: at(600) })).toBe('held');
  });

  it('is not turned into a cool-down by a request that has lost it', async () => {
    const { phones } = shared;
    const phone = newPhone();
    await phones.hold(phone, 'request-one', { ...OF_DAY, until: at(60), now: at(0) });
    await phones.hold(phone, 'request-two', { ...OF_DAY, until: at(120), now: at(60) });
    expect(await phones.coolDown(phone, 'request-one', at(600))).toBe(false);
    expect(await phones.hold(phone, 'request-three', { ...OF_DAY, until: at(120), now: at(60) })).toBe('live_request');
  });

  it('is taken by the cool-down of a request whose lease is gone: its phone may ring', async () => {
    const { phones } = shared;
    const phone = newPhone();
    expect(await phones.coolDown(phone, 'request-one', at(600))).toBe(true);
    expect(await phones.hold(phone, 'request-two', { ...OF_DAY, until: at(60), now: at(0) })).toBe('cool_down');
  });

  it('is given back by whoever has it, and by nobody else', async () => {
    const { phones } = shared;
    const phone = newPhone();
    await phones.hold(phone, 'request-one', { ...OF_DAY, until: at(60), now: at(0) });
    await phones.release(phone, 'request-two', OF_DAY.day);
    expect(await phones.hold(phone, 'request-two', { ...OF_DAY, until: at(60), now: at(0) })).toBe('live_request');
    await Promise.all([1, 2].map(() => phones.release(phone, 'request-one', OF_DAY.day)));
    expect(await phones.hold(phone, 'request-two', { ...OF_DAY, until: at(60), now: at(0) })).toBe('held');
  });
});

describe('the calls of a number on a day', () => {
  const hold = (second: number, maxPerDay: number | null = 2, day = '2026-11-22') => ({
    until: at(second + 60),
    now: at(second),
    day,
    maxPerDay,
  });
  /** The calls of requests that came one after the other, each after the cool-down of the one before. */
  async function call(phone: string, requests: readonly string[], maxPerDay = 2, day = '2026-11-22') {
    const answers: string[] = [];
    for (const [index, id] of requests.entries()) {
      answers.push(await shared.phones.hold(phone, id, hold(index * 60, maxPerDay, day)));
      await shared.phones.coolDown(phone, id, at(index * 60));
    }
    return answers;
  }

  it('are at most as many as the limit says, and the number is then not held', async () => {
    const phone = newPhone();
    expect(await call(phone, ['first', 'second'])).toEqual(['held', 'held']);
    expect(await shared.phones.hold(phone, 'third', hold(600))).toBe('used_up');
    expect(await shared.phones.hold(phone, 'fourth', hold(600, null))).toBe('held');
  });

  it('are counted once for a request that comes again', async () => {
    const phone = newPhone();
    for (let again = 0; again < 3; again += 1) {
      expect(await shared.phones.hold(phone, 'first', hold(again, 1))).toBe('held');
    }
    await shared.phones.release(phone, 'first', '2026-11-22');
    expect(await shared.phones.hold(phone, 'second', hold(10, 1))).toBe('held');
  });

  it('are told apart by day', async () => {
    const phone = newPhone();
    await call(phone, ['first', 'second']);
    expect(await shared.phones.hold(phone, 'third', hold(600, 2, '2026-11-23'))).toBe('held');
    // Somebody who came before midnight and comes again.
    await shared.phones.release(phone, 'third', '2026-11-23');
    expect(await shared.phones.hold(phone, 'fourth', hold(700))).toBe('used_up');
  });

  it('are forgotten when they are some days old', async () => {
    const phone = newPhone();
    await call(phone, ['first', 'second']);
    await shared.phones.hold(phone, 'third', hold(600, 2, '2026-11-24'));
    expect(await shared.phones.hold(phone, 'fourth', hold(700))).toBe('held');
  });

  it('are given back with the number, and where another request has it by now', async () => {
    const { phones } = shared;
    const phone = newPhone();
    await phones.hold(phone, 'first', hold(0));
    await phones.hold(phone, 'second', hold(60));
    await phones.release(phone, 'first', '2026-11-22');
    await phones.release(phone, 'first', '2026-11-22');
    expect(await phones.hold(phone, 'third', hold(61))).toBe('live_request');
    await phones.release(phone, 'second', '2026-11-22');
    expect(await call(phone, ['third', 'fourth', 'fifth'])).toEqual(['held', 'held', 'used_up']);
  });

  it('that are used up are no reason while the number is held or cools down', async () => {
    const { phones } = shared;
    const phone = newPhone();
    await phones.hold(phone, 'first', hold(0, 1));
    expect(await phones.hold(phone, 'second', hold(1, 1))).toBe('live_request');
    await phones.coolDown(phone, 'first', at(600));
    expect(await phones.hold(phone, 'second', hold(2, 1))).toBe('cool_down');
    expect(await phones.hold(phone, 'second', hold(600, 1))).toBe('used_up');
  });

  it.each([0, -1])('are none where the limit is %i', async (maxPerDay) => {
    expect(await shared.phones.hold(newPhone(), 'first', hold(0, maxPerDay))).toBe('used_up');
  });

  it('and the hold are kept until both are over', async () => {
    const phone = newPhone();
    await shared.phones.hold(phone, 'first', { ...hold(0), until: at(86_400) });
    const { Item } = await tables.documents.send(
      new GetCommand({ TableName: tables.guardsTable, Key: { guardId: `phone#${phone}` } }),
    );
    expect(Item?.expiresAt).toBeGreaterThan(at(86_400).getTime() / 1000);
    expect(Item?.expiresAt).toBeGreaterThan(Date.parse('2026-11-24T00:00:00+09:00') / 1000);
  });
});

describe('a nonce', () => {
  it('is good for one of 20 requests that come at once, and for that one again', async () => {
    const nonce = `nonce-${next()}`;
    const used = await Promise.all(ids(20).map((id) => shared.nonces.use(nonce, id, at(60))));
    const winner = ids(20)[used.indexOf(true)] ?? '';
    expect(used.filter(Boolean)).toHaveLength(1);
    expect(await shared.nonces.use(nonce, winner, at(60))).toBe(true);
  });
});

describe('the controls', () => {
  it('say that nothing is stopped and nothing changed before anybody touched them', async () => {
    expect(await shared.controls.read()).toEqual({ stopped: false, limits: {}, changes: {} });
    expect(await shared.controls.history()).toEqual([]);
  });

  it('are read as they were set, with who changed what, when and why', async () => {
    // Prepare
    const { controls } = shared;
    const [first, second, third] = [0, 1, 2].map((second) => ({ ...WHO, at: at(second).toISOString() }));

    // Act
    await controls.setStopped(true, first ?? WHO);
    await controls.setLimits({ callsPerDay: 5, maxConcurrentCalls: null }, second ?? WHO);
    await controls.setStopped(false, third ?? WHO);

    // Assess
    expect(await controls.read()).toEqual({
      stopped: false,
      limits: { callsPerDay: 5, maxConcurrentCalls: null },
      changes: { stopped: third, limits: second },
    });
    expect(await controls.history()).toEqual([
      { ...first, what: 'stop' },
      { ...second, what: 'limits {"callsPerDay":5,"maxConcurrentCalls":null}' },
      { ...third, what: 'resume' },
    ]);
  });

  it('lose no change of several that come at once', async () => {
    const before = (await shared.controls.history()).length;
    await Promise.all(ids(10).map((by) => shared.controls.setStopped(true, { ...WHO, by })));
    expect(await shared.controls.history()).toHaveLength(before + 10);
  });

  it('have taken effect where only the record of the change failed', async () => {
    // Prepare
    const error = new Error('the table does not answer');
    const send = (command: object) => {
      if (command.constructor.name === 'PutCommand') throw error;
      return tables.documents.send(command as never);
    };
    const { controls } = dynamoSharedState(tables, { send } as never);

    // Act & Assess
    await expect(controls.setStopped(true, WHO)).rejects.toBe(error);
    expect(await controls.read()).toMatchObject({ stopped: true });
  });

  it('know which numbers are blocked, and why', async () => {
    // Prepare
    const { controls } = shared;
    const [blocked, optedOut, free] = [newPhone(), newPhone(), newPhone()];
    await controls.block({ ...WHO, phone: blocked, kind: 'blocked' });
    await controls.block({ ...WHO, phone: optedOut, kind: 'opted_out', at: at(1).toISOString() });

    // Act & Assess
    expect(await controls.blocked(blocked)).toBe('blocked');
    expect(await controls.blocked(optedOut)).toBe('opted_out');
    expect(await controls.blocked(free)).toBeUndefined();
    expect((await controls.blockList()).map(({ phone, kind }) => [phone, kind])).toEqual([
      [blocked, 'blocked'],
      [optedOut, 'opted_out'],
    ]);
    await controls.unblock(blocked, WHO);
    expect(await controls.blocked(blocked)).toBeUndefined();
    const written = JSON.stringify(await controls.history());
    for (const phone of [blocked, optedOut]) expect(written).not.toContain(phone);
  });
});
