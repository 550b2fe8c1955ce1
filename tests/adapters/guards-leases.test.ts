import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dynamoLeaseBooks, type LeaseBooks } from '../../adapters/guards/lease-books.ts';
import { type RealTables, startTables } from './dynalite-support.ts';

let tables: RealTables;
let books: LeaseBooks;
let count = 0;
/** Each test has books of its own. */
const newBook = () => {
  count += 1;
  return `book-${count}`;
};
const FAR = 1_000_000;

beforeAll(async () => {
  tables = await startTables();
  books = dynamoLeaseBooks(tables.guardsTable, tables.documents);
});
afterAll(() => tables.close());

const ids = (length: number, name = 'request') => Array.from({ length }, (_, index) => `${name}-${index}`);
const liveIn = async (book: string, at: number) =>
  Object.values(await books.all(book)).filter(({ until }) => until > at).length;

describe('a book of leases', () => {
  it('gives exactly 30 of 200 that come at once a place, where there are 30', async () => {
    // Prepare
    const book = newBook();

    // Act
    const answers = await Promise.all(ids(200).map((id) => books.take(book, id, 30, FAR, 0)));

    // Assess
    expect(answers.filter((answer) => answer === 'taken')).toHaveLength(30);
    expect(answers.filter((answer) => answer === 'full')).toHaveLength(170);
    expect(await liveIn(book, 0)).toBe(30);
  });

  it("begins with the leases of the books it takes over from, where the stage's pools were regrouped", async () => {
    // Prepare: two pools, and calls under way in both.
    const { guardsTable, documents } = tables;
    await books.take('agents:day+night', 'call-of-the-day', 2, FAR, 0);
    await books.take('agents:late', 'call-of-the-evening', 2, FAR, 0);
    await books.take('agents:others', 'call-of-others', 2, FAR, 0);

    // Act: one pool of three queues.
    const answer = await books.take('agents:day+night+late', 'request', 2, FAR, 0);
    const roomy = await books.take('agents:day+night+late', 'request', 3, FAR, 0);

    // Assess
    expect([answer, roomy]).toEqual(['full', 'taken']);
    expect(Object.keys(await books.all('agents:day+night+late')).sort()).toEqual([
      'call-of-the-day',
      'call-of-the-evening',
      'request',
    ]);
    // Split again: both halves count what is under way.
    expect(await dynamoLeaseBooks(guardsTable, documents).take('agents:night', 'request-two', 3, FAR, 0)).toBe('full');
  });

  it('is taken over from by both halves of a pool that is split, whichever comes first', async () => {
    await books.take('agents:east+west', 'under-way', 1, FAR, 0);
    expect(await books.take('agents:east', 'request-one', 1, FAR, 0)).toBe('full');
    expect(await books.take('agents:west', 'request-two', 1, FAR, 0)).toBe('full');
  });

  it('begins anew with what was taken meanwhile, where a stage goes back to its former pools', async () => {
    await books.take('agents:north+south', 'before', 1, 50, 0);
    expect(await books.take('agents:north', 'request-one', 1, FAR, 100)).toBe('taken');
    expect(await books.take('agents:north+south', 'request-two', 1, FAR, 100)).toBe('full');
    expect(await books.take('agents:north+south', 'request-two', 2, FAR, 100)).toBe('taken');
    // And once more.
    expect(await books.take('agents:north', 'request-three', 2, FAR, 100)).toBe('full');
  });

  it('is taken over from, though it was begun before there was an index of books', async () => {
    const { guardsTable: TableName, documents } = tables;
    await documents.send(new PutCommand({ TableName, Item: { guardId: 'leases#agents:old+town', leases: {} } }));
    expect(await books.take('agents:old+town', 'request-one', 1, FAR, 0)).toBe('taken');
    expect(await books.take('agents:old', 'request-two', 1, FAR, 0)).toBe('full');
  });

  it('is deleted when nobody has taken from it for a week, counted from the last time', async () => {
    const book = newBook();
    await books.take(book, 'earlier-request', 2, 1_000, 0);
    await books.take(book, 'request', 2, FAR, 0);
    const { Item } = await tables.documents.send(
      new GetCommand({ TableName: tables.guardsTable, Key: { guardId: `leases#${book}` } }),
    );
    expect(Item?.expiresAt).toBe(FAR / 1_000 + 7 * 86_400);
  });

  it('never has more than there are places while leases end, are given back and are taken at once', async () => {
    // Prepare: ten have ended, ten are given back meanwhile.
    const book = newBook();
    for (const id of ids(10, 'ended')) await books.take(book, id, 20, 50, 0);
    for (const id of ids(10, 'back')) await books.take(book, id, 20, FAR, 0);

    // Act
    const [answers] = await Promise.all([
      Promise.all(ids(60).map((id) => books.take(book, id, 20, FAR, 100))),
      Promise.all(ids(10, 'back').map((id) => books.release(book, id))),
    ]);

    // Assess
    expect(await liveIn(book, 100)).toBe(answers.filter((answer) => answer === 'taken').length);
    expect(await liveIn(book, 100)).toBeLessThanOrEqual(20);
  });

  it.each([45, 130, 300])('is not blocked by %i leases that ended long ago', async (old) => {
    // Prepare: the staff of a busy day.
    const book = newBook();
    const leases = Object.fromEntries(ids(old, 'old').map((id) => [id, { until: 50 }]));
    await tables.documents.send(
      new PutCommand({ TableName: tables.guardsTable, Item: { guardId: `leases#${book}`, leases } }),
    );

    // Act: the single agent of the evening, for whom requests ask again and again.
    const answers: string[] = [];
    for (const id of ids(3)) answers.push(await books.take(book, id, 1, FAR, 100));

    // Assess
    expect(answers).toContain('taken');
    expect(await liveIn(book, 100)).toBe(1);
  });

  it('counts a lease for two agents where another one missed the call before', async () => {
    const book = newBook();
    await books.take(book, 'request-one', 3, FAR, 0);
    await books.keep(book, 'request-one', { until: 500, missed: true });
    expect(await books.take(book, 'request-two', 2, FAR, 0)).toBe('full');
    expect(await books.take(book, 'request-two', 3, FAR, 0)).toBe('taken');
    expect(await books.take(book, 'request-three', 3, FAR, 0)).toBe('full');
    // The metrics know both by now.
    expect(await books.take(book, 'request-three', 2, FAR, 500)).toBe('taken');
  });

  it('gives a request the place it has already, whatever the capacity became', async () => {
    const book = newBook();
    await books.take(book, 'request', 1, FAR, 0);
    expect(await books.take(book, 'request', 1, FAR, 0)).toBe('had');
    expect(await books.take(book, 'request', 0, FAR, 0)).toBe('had');
  });

  it('gives one place to a request that asks ten times at once', async () => {
    const book = newBook();
    const answers = await Promise.all(ids(10).map(() => books.take(book, 'request', 5, FAR, 0)));
    expect(answers.filter((answer) => answer === 'taken')).toHaveLength(1);
    expect(answers.filter((answer) => answer === 'had')).toHaveLength(9);
  });

  it('takes a place anew for a request whose lease has ended', async () => {
    const book = newBook();
    await books.take(book, 'request', 1, 50, 0);
    expect(await books.take(book, 'request', 1, FAR, 50)).toBe('taken');
    expect(await books.all(book)).toEqual({ request: { until: FAR } });
  });

  it.each([0, -1])('is full with a capacity of %i', async (capacity) => {
    expect(await books.take(newBook(), 'request', capacity, FAR, 0)).toBe('full');
  });

  it.each(['a.b:c_d-e', '#until', ':lease', 'x'.repeat(128), 'until', '0'])(
    'takes any usable request id: %s',
    async (id) => {
      const book = newBook();
      expect(await books.take(book, id, 2, FAR, 0)).toBe('taken');
      await books.keep(book, id, { until: 7, contactId: 'contact' });
      expect(await books.all(book)).toEqual({ [id]: { until: 7, contactId: 'contact' } });
      await books.release(book, id);
      expect(await books.all(book)).toEqual({});
    },
  );

  it('gives a place back once, however often it is told, and no other', async () => {
    const book = newBook();
    await books.take(book, 'request-one', 2, FAR, 0);
    await books.take(book, 'request-two', 2, FAR, 0);
    await Promise.all([1, 2, 3].map(() => books.release(book, 'request-one')));
    expect(Object.keys(await books.all(book))).toEqual(['request-two']);
  });

  it('keeps nothing for a request that has no place, and knows no book that nobody took from', async () => {
    const [book, unknown] = [newBook(), newBook()];
    await books.take(book, 'request-one', 1, FAR, 0);
    for (const name of [book, unknown]) {
      await books.keep(name, 'request-two', { until: FAR });
      await books.release(name, 'request-two');
    }
    expect(Object.keys(await books.all(book))).toEqual(['request-one']);
    expect(await books.all(unknown)).toEqual({});
  });
});
