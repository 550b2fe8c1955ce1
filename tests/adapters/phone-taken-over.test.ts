import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { PhoneLeases } from '../../adapters/shared-state/phone-leases.ts';
import { dynamoSharedState } from '../../adapters/shared-state/shared-state.ts';
import { type RealTables, startTables } from './dynalite-support.ts';

let tables: RealTables;
let phones: PhoneLeases;
let count = 0;
let phone: string;
const at = (seconds: number) => new Date(Date.UTC(2026, 10, 22, 3) + seconds * 1000);
const DAY = '2026-11-22';
const hold = (second: number, maxPerDay: number | null = null) => ({
  ...{ day: DAY, maxPerDay, maxTriesPerDay: null },
  ...{ now: at(second), until: at(second + 1200) },
});
const over = (neverAnswered: boolean) => ({ day: DAY, neverAnswered, version: 1 });

beforeAll(async () => {
  tables = await startTables();
  phones = dynamoSharedState(tables, tables.documents, { now: () => at(0), pause: async () => undefined }).phones;
});
afterAll(() => tables.close());

/** A call that was over after 60 s and cools down until 660 s; at 70 s its number is taken once more. */
beforeEach(async () => {
  count += 1;
  phone = `+447700900${String(count).padStart(3, '0')}`;
  await phones.hold(phone, 'first', hold(0));
  await phones.callIsOver(phone, 'first', at(660), over(false));
  expect(await phones.hold(phone, 'back', { ...hold(70), after: 'first' })).toBe('held');
});

describe('a number that is taken with the cool-down of the call before', () => {
  it('cools down as before where no call came of it, however often it was taken and given back', async () => {
    expect(await phones.hold(phone, 'back', { ...hold(71), after: 'first' })).toBe('held');
    await phones.release(phone, 'back', DAY);
    await phones.release(phone, 'back', DAY);
    expect(await phones.hold(phone, 'other', hold(659))).toBe('cool_down');
    expect(await phones.hold(phone, 'other', hold(660))).toBe('held');
  });

  it('can be taken with it once more', async () => {
    await phones.release(phone, 'back', DAY);
    expect(await phones.hold(phone, 'back', { ...hold(80), after: 'first' })).toBe('held');
    await phones.release(phone, 'back', DAY);
    expect(await phones.hold(phone, 'other', hold(659))).toBe('cool_down');
  });

  it('cools down as long as before where the pause after its own call is shorter', async () => {
    for (const version of [1, 2]) await phones.callIsOver(phone, 'back', at(200), { ...over(true), version });
    expect(await phones.hold(phone, 'other', hold(659))).toBe('cool_down');
    expect(await phones.hold(phone, 'other', hold(660))).toBe('held');
  });

  it('cools down from its own call on where that is longer', async () => {
    await phones.callIsOver(phone, 'back', at(800), over(false));
    expect(await phones.hold(phone, 'other', hold(799))).toBe('cool_down');
    expect(await phones.hold(phone, 'other', hold(800))).toBe('held');
  });

  it('has nothing of it left once another request has it', async () => {
    await phones.release(phone, 'back', DAY);
    await phones.hold(phone, 'other', hold(660));
    await phones.release(phone, 'other', DAY);
    expect(await phones.hold(phone, 'another', hold(661))).toBe('held');
  });

  it('gives back the count of its own request alone', async () => {
    await phones.release(phone, 'back', DAY);
    await phones.callIsOver(phone, 'first', at(660), over(false));
    expect(await phones.hold(phone, 'back', { ...hold(80, 2), after: 'first' })).toBe('held');
    await phones.release(phone, 'back', DAY);
    expect(await phones.hold(phone, 'other', hold(660, 1))).toBe('calls_used_up');
    expect(await phones.hold(phone, 'other', hold(660, 2))).toBe('held');
  });
});
