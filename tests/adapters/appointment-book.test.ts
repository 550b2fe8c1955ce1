import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  type Appointment,
  type AppointmentBook,
  dynamoAppointmentBook,
} from '../../adapters/shared-state/appointment-book.ts';
import { type RealTables, startTables } from './dynalite-support.ts';

const DAY = '2026-11-30';
const TEN = new Date('2026-11-30T10:00:00+09:00');
const HALF_PAST_TEN = new Date('2026-11-30T10:30:00+09:00');
const MOST = { perSlot: 2, perNumber: 3 };

let tables: RealTables;
let book: AppointmentBook;
let now: Date;
let queueId: string;
let tests = 0;

beforeAll(async function prepareTables() {
  tables = await startTables();
});
afterAll(() => tables.close());

beforeEach(function openBook() {
  tests += 1;
  // A queue of each test's own: they share the table.
  queueId = `queue-${tests}`;
  now = new Date('2026-11-28T12:00:00+09:00');
  book = dynamoAppointmentBook(tables.guardsTable, tables.documents, {
    now: () => now,
    pause: () => new Promise((resolve) => setImmediate(resolve)),
  });
});

const of = (requestId: string, at = TEN, phone = `+81900000${tests}-${requestId}`): Appointment => ({
  requestId,
  phone,
  queueId,
  at,
});
const takenIn = async (queue = queueId) => (await book.taken([queue], [DAY])).get(queue);

describe('a slot', () => {
  it('has as many places as the stage says, and a request takes one however often it asks', async () => {
    expect(await book.book(of('a'), MOST)).toBe('booked');
    expect(await book.book(of('a'), MOST)).toBe('booked');
    expect(await book.book(of('b'), MOST)).toBe('booked');
    expect(await book.book(of('c'), MOST)).toBe('slot_full');
    expect(await book.book(of('b'), MOST)).toBe('booked');
    expect(await takenIn()).toEqual(new Map([[TEN.getTime(), 2]]));
  });

  it('is given to nobody twice, however many ask at once', async () => {
    const answers = await Promise.all(['a', 'b', 'c', 'd', 'e', 'f'].map((id) => book.book(of(id), MOST)));
    expect(answers.filter((answer) => answer === 'booked')).toHaveLength(2);
    expect(await takenIn()).toEqual(new Map([[TEN.getTime(), 2]]));
  });

  it('is free again once a place is given back, which may be repeated', async () => {
    await book.book(of('a'), MOST);
    await book.book(of('b'), MOST);
    await book.giveBack(of('a'));
    await book.giveBack(of('a'));
    expect(await takenIn()).toEqual(new Map([[TEN.getTime(), 1]]));
    expect(await book.book(of('c'), MOST)).toBe('booked');
  });

  it('is left alone by anyone who has no place in it', async () => {
    await book.book(of('a'), MOST);
    await book.giveBack(of('stranger'));
    expect(await takenIn()).toEqual(new Map([[TEN.getTime(), 1]]));
  });

  it('of another queue is another slot', async () => {
    await book.book(of('a'), { ...MOST, perSlot: 1 });
    const other = { ...of('b'), queueId: `${queueId}-other` };
    expect(await book.book(other, { ...MOST, perSlot: 1 })).toBe('booked');
    const taken = await book.taken([queueId, other.queueId], ['2026-11-29', DAY]);
    expect([...taken.values()].map((slots) => slots.get(TEN.getTime()))).toEqual([1, 1]);
  });
});

it('a queue and a day of which nothing is known have nothing taken', async () => {
  expect(await book.taken([queueId], [DAY, '2026-12-01'])).toEqual(new Map([[queueId, new Map()]]));
});

it('more days than one request reads are read all the same', async () => {
  await book.book(of('a'), MOST);
  const queues = Array.from({ length: 120 }, (_, index) => `empty-${index}`);
  const taken = await book.taken([...queues, queueId], [DAY]);
  expect(taken.size).toBe(121);
  expect(taken.get(queueId)?.size).toBe(1);
});

describe('a number', () => {
  const same = (requestId: string, at: Date) => of(requestId, at, `+81900000${tests}`);
  const at = (minutes: number) => new Date(TEN.getTime() + minutes * 60_000);

  it('has one appointment at a time, in whichever queue', async () => {
    expect(await book.book(same('a', TEN), MOST)).toBe('booked');
    expect(await book.book({ ...same('b', TEN), queueId: `${queueId}-other` }, MOST)).toBe('number_has_slot');
    expect(await book.book(same('c', HALF_PAST_TEN), MOST)).toBe('booked');
  });

  it('has a few ahead, and those that are past count no more', async () => {
    for (const minutes of [0, 30, 60]) await book.book(same(`of-${minutes}`, at(minutes)), MOST);
    expect(await book.book(same('fourth', at(90)), MOST)).toBe('number_has_enough');
    now = at(1);
    expect(await book.book(same('fourth', at(90)), MOST)).toBe('booked');
  });

  it('has none of what was full, and none of what it gave back', async () => {
    await book.book(of('a'), { ...MOST, perSlot: 1 });
    expect(await book.book(same('b', TEN), { ...MOST, perSlot: 1 })).toBe('slot_full');
    await book.giveBack(of('a'));
    expect(await book.book(same('c', TEN), { ...MOST, perSlot: 1 })).toBe('booked');
  });

  it('has no more than that, however many ask at once', async () => {
    const times = [0, 30, 60, 90, 120].map(at);
    const answers = await Promise.all(times.map((time, index) => book.book(same(`r${index}`, time), MOST)));
    expect(answers.filter((answer) => answer === 'booked')).toHaveLength(3);
    expect((await takenIn())?.size).toBe(3);
  });
});

it('what is in the table expires two days after the last appointment', async () => {
  await book.book(of('a'), MOST);
  const { Items = [] } = await tables.documents.send(
    new ScanCommand({
      TableName: tables.guardsTable,
      FilterExpression: 'contains(guardId, :own)',
      ExpressionAttributeValues: { ':own': queueId },
    }),
  );
  expect(Items.map(({ expiresAt }) => expiresAt)).toEqual([TEN.getTime() / 1000 + 2 * 24 * 60 * 60]);
});
