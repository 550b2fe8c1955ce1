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
/** The one that was given out last. */
const newest = () => `+447700900${String(count).padStart(3, '0')}`;
const at = (seconds: number) => new Date(Date.UTC(2026, 10, 22, 3) + seconds * 1000);
const OF_DAY = { day: '2026-11-22', maxPerDay: null, maxTriesPerDay: null };
/** Somebody spoke, as far as is known of the call. */
const OVER = { day: '2026-11-22', neverAnswered: false, version: 1 };
const WHO = { by: 'somebody', at: at(0).toISOString(), why: 'the tests' };

beforeAll(async () => {
  tables = await startTables();
  // Anyone who pauses lets the others go first.
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

  it('is extended by the one who has it, and free for others when it ends', async () => {
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
    await phones.callIsOver(phone, 'request-one', at(600), OVER);
    expect(await phones.hold(phone, 'request-two', { ...OF_DAY, until: at(660), now: at(60) })).toBe('cool_down');
    expect(await phones.hold(phone, 'request-one', { ...OF_DAY, until: at(660), now: at(60) })).toBe('cool_down');
    expect(await phones.extend(phone, 'request-one', at(900))).toBe(false);
    expect(await phones.hold(phone, 'request-two', { ...OF_DAY, until: at(660), now: at(600) })).toBe('held');
  });

  it("is the call's as long as that goes on, and counts as a live request meanwhile", async () => {
    const { phones } = shared;
    const phone = newPhone();
    await phones.hold(phone, 'request-one', { ...OF_DAY, until: at(60), now: at(0) });
    expect(await phones.extend(phone, 'request-one', at(90))).toBe(true);
    await phones.callGoesOn(phone, 'request-one', at(120), 1);
    await phones.callGoesOn(phone, 'request-one', at(180), 2);
    expect(await phones.hold(phone, 'request-two', { ...OF_DAY, until: at(600), now: at(179) })).toBe('live_request');
  });

  it.each([
    ['its call is over', () => shared.phones.callIsOver(newest(), 'request-one', at(600), OVER)],
    ['its call goes on', () => shared.phones.callGoesOn(newest(), 'request-one', at(600), 1)],
    ['it wants to keep it', () => shared.phones.extend(newest(), 'request-one', at(600))],
  ])('is left to another request that has it by now, whatever is told of the one before: %s', async (_name, tell) => {
    const { phones } = shared;
    const phone = newPhone();
    await phones.hold(phone, 'request-one', { ...OF_DAY, until: at(60), now: at(0) });
    await phones.hold(phone, 'request-two', { ...OF_DAY, until: at(120), now: at(60) });
    await tell();
    expect(await phones.hold(phone, 'request-three', { ...OF_DAY, until: at(120), now: at(60) })).toBe('live_request');
    expect(await phones.extend(phone, 'request-two', at(120))).toBe(true);
  });

  it('is taken by a call whose hold is gone: its phone rings, or has rung', async () => {
    const { phones } = shared;
    const over = newPhone();
    await phones.callIsOver(over, 'request-one', at(600), OVER);
    expect(await phones.hold(over, 'request-two', { ...OF_DAY, until: at(60), now: at(0) })).toBe('cool_down');
    const goesOn = newPhone();
    await phones.callGoesOn(goesOn, 'request-one', at(600), 1);
    expect(await phones.hold(goesOn, 'request-two', { ...OF_DAY, until: at(60), now: at(0) })).toBe('live_request');
  });

  it('is not put back by what follows from less that is known of the call', async () => {
    const { phones } = shared;
    const phone = newPhone();
    await phones.hold(phone, 'request-one', { ...OF_DAY, until: at(60), now: at(0) });
    await phones.callIsOver(phone, 'request-one', at(100), { ...OVER, version: 5 });
    await phones.callGoesOn(phone, 'request-one', at(7_200), 4);
    expect(await phones.hold(phone, 'request-two', { ...OF_DAY, until: at(99), now: at(99) })).toBe('cool_down');
    await phones.callIsOver(phone, 'request-one', at(7_200), { ...OVER, version: 4 });
    expect(await phones.hold(phone, 'request-two', { ...OF_DAY, until: at(300), now: at(100) })).toBe('held');
  });

  it("is the call's again where that turns out to go on, and begins anew with the next request", async () => {
    const { phones } = shared;
    const phone = newPhone();
    await phones.hold(phone, 'request-one', { ...OF_DAY, until: at(60), now: at(0) });
    await phones.callIsOver(phone, 'request-one', at(100), { ...OVER, version: 5 });
    await phones.callGoesOn(phone, 'request-one', at(200), 6);
    expect(await phones.hold(phone, 'request-two', { ...OF_DAY, until: at(300), now: at(150) })).toBe('live_request');
    expect(await phones.hold(phone, 'request-two', { ...OF_DAY, until: at(300), now: at(200) })).toBe('held');
    await phones.callIsOver(phone, 'request-two', at(250), { ...OVER, version: 1 });
    expect(await phones.hold(phone, 'request-three', { ...OF_DAY, until: at(400), now: at(249) })).toBe('cool_down');
    expect(await phones.hold(phone, 'request-three', { ...OF_DAY, until: at(400), now: at(250) })).toBe('held');
  });

  it('is given back by the one who has it, and by nobody else', async () => {
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
  const hold = (
    second: number,
    maxPerDay: number | null = 2,
    day = '2026-11-22',
    maxTriesPerDay: number | null = null,
  ) => ({
    until: at(second + 60),
    now: at(second),
    day,
    maxPerDay,
    maxTriesPerDay,
  });
  /** The calls of requests that came one after the other, each after the cool-down of the one before. */
  async function call(phone: string, requests: readonly string[], maxPerDay = 2, day = '2026-11-22') {
    const answers: string[] = [];
    for (const [index, id] of requests.entries()) {
      answers.push(await shared.phones.hold(phone, id, hold(index * 60, maxPerDay, day)));
      await shared.phones.callIsOver(phone, id, at(index * 60), { ...OVER, day });
    }
    return answers;
  }

  it('are at most as many as the limit says, and the number is then not held', async () => {
    const phone = newPhone();
    expect(await call(phone, ['first', 'second'])).toEqual(['held', 'held']);
    expect(await shared.phones.hold(phone, 'third', hold(600))).toBe('calls_used_up');
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
    expect(await shared.phones.hold(phone, 'fourth', hold(700))).toBe('calls_used_up');
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
    expect(await call(phone, ['third', 'fourth', 'fifth'])).toEqual(['held', 'held', 'calls_used_up']);
  });

  it('that are used up are no reason while the number is held or cools down', async () => {
    const { phones } = shared;
    const phone = newPhone();
    await phones.hold(phone, 'first', hold(0, 1));
    expect(await phones.hold(phone, 'second', hold(1, 1))).toBe('live_request');
    await phones.callIsOver(phone, 'first', at(600), OVER);
    expect(await phones.hold(phone, 'second', hold(2, 1))).toBe('cool_down');
    expect(await phones.hold(phone, 'second', hold(600, 1))).toBe('calls_used_up');
  });

  it.each([0, -1])('are none where the limit is %i', async (maxPerDay) => {
    expect(await shared.phones.hold(newPhone(), 'first', hold(0, maxPerDay))).toBe('calls_used_up');
  });

  it('that nobody answered are tries: of those there are as many as their own limit says', async () => {
    // Prepare
    const { phones } = shared;
    const phone = newPhone();
    const call = async (id: string, second: number, neverAnswered: boolean) => {
      const held = await phones.hold(phone, id, hold(second, 1, '2026-11-22', 2));
      if (held === 'held') await phones.callIsOver(phone, id, at(second), { ...OVER, neverAnswered });
      return held;
    };

    // Act & Assess
    expect(await call('first', 0, true)).toBe('held');
    expect(await call('second', 10, true)).toBe('held');
    expect(await call('third', 20, true)).toBe('tries_used_up');
    // Only that limit stands in the way, and only on that day.
    expect(await phones.hold(phone, 'third', hold(30, 1, '2026-11-22', 3))).toBe('held');
    await phones.release(phone, 'third', '2026-11-22');
    expect(await phones.hold(phone, 'third', hold(40, 1, '2026-11-23', 2))).toBe('held');
  });

  it('are what they turn out to be, and counted once', async () => {
    const { phones } = shared;
    const phone = newPhone();
    await phones.hold(phone, 'first', hold(0, 1, '2026-11-22', 1));
    await phones.callIsOver(phone, 'first', at(1), { ...OVER, neverAnswered: true, version: 1 });
    await phones.callIsOver(phone, 'first', at(1), { ...OVER, neverAnswered: false, version: 2 });
    expect(await phones.hold(phone, 'second', hold(2, 1, '2026-11-22', 1))).toBe('calls_used_up');
    await phones.callIsOver(phone, 'first', at(1), { ...OVER, neverAnswered: true, version: 3 });
    expect(await phones.hold(phone, 'second', hold(2, 1, '2026-11-22', 1))).toBe('tries_used_up');
    expect(await phones.hold(phone, 'second', hold(2, 1, '2026-11-22', 2))).toBe('held');
  });

  it('that nobody answered are forgotten when they are some days old', async () => {
    const phone = newPhone();
    const { phones } = shared;
    await phones.hold(phone, 'first', hold(0, 1, '2026-11-22', 1));
    await phones.callIsOver(phone, 'first', at(0), { ...OVER, neverAnswered: true });
    await phones.hold(phone, 'second', hold(600, 1, '2026-11-24', 1));
    expect(await phones.hold(phone, 'third', hold(700, 1, '2026-11-22', 1))).toBe('held');
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
