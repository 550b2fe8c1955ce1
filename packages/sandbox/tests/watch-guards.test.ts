import { describe, expect, it } from 'vitest';
import { dynamoGuards } from '../../../adapters/guards/guards.ts';
import { memoryDynamoDb } from '../simulation/simulated-dynamodb.ts';
import { recordTrace } from '../simulation/trace.ts';
import { type Caller, watchGuards } from '../simulation/watch-guards.ts';

const NOW = Date.parse('2026-11-24T01:00:00.000Z');
const PHONE = '+447700900001';
const OF_DAY = { day: '2026-11-24', maxPerDay: 3 };
const BOOK = 'agents:members+visitors';

/** The guards as invocations for requests have them, and what the trace then says. */
function world() {
  const trace = recordTrace(() => NOW);
  const watched = watchGuards(trace, () => NOW);
  const database = memoryDynamoDb<Caller>({
    tables: { guards: { hash: 'guardId' } },
    onRead: ({ item, by }) => watched.read({ item, by }),
    onWrite: ({ before, after, by }) => watched.wrote({ before, after, by }),
  });
  const guardsFor = (worksFor: string, now = NOW) =>
    dynamoGuards('guards', database.askedBy({ by: `function ${worksFor}`, worksFor, now: () => now }), {
      now: () => new Date(now),
      pause: async () => undefined,
    });
  const said = () => trace.entries.map(({ at: _, ...entry }) => entry);
  return { guardsFor, said, trace };
}

describe('the trace tells of the guards', () => {
  it('who took a place in a book by which reading, what became of it, and who gave it back', async () => {
    // Prepare
    const { guardsFor, said } = world();
    const [first, second] = [guardsFor('r1'), guardsFor('r2', NOW + 1_000)];
    await first.readings.share('agents', 2_000, async () => ({ q: 3 }));
    const { readAt } = await second.readings.share('agents', 2_000, async () => ({ q: 9 }));

    // Act
    await second.books.take(BOOK, 'r2', 3, NOW + 60_000, readAt);
    await second.books.take(BOOK, 'r2', 3, NOW + 60_000, readAt);
    await second.books.keep(BOOK, 'r2', { until: NOW + 90_000, contactId: 'c1' });
    await guardsFor('', NOW + 100_000).books.release(BOOK, 'r2');

    // Assess
    expect(said()).toEqual([
      { kind: 'reading', readAt: NOW, agents: { q: 3 } },
      { kind: 'took', requestId: 'r2', book: BOOK, until: NOW + 60_000, asOf: NOW, by: 'function r2' },
      { kind: 'kept', requestId: 'r2', book: BOOK, until: NOW + 90_000 },
      {
        kind: 'gave-back',
        requestId: 'r2',
        what: 'lease',
        book: BOOK,
        contactId: 'c1',
        over: true,
        by: 'function ',
        worksFor: '',
      },
    ]);
  });

  it('that a lease is kept for a call that takes a later turn, and for two agents where one missed the call', async () => {
    // Prepare
    const { guardsFor, said } = world();
    const { books } = guardsFor('r1');
    await books.take('lines', 'r1', 1, NOW + 60_000, NOW);

    // Act
    await books.keep('lines', 'r1', { until: NOW + 90_000 });
    await books.keep('lines', 'r1', { until: NOW + 95_000, contactId: 'c1', missed: true });

    // Assess
    expect(said().slice(1)).toEqual([
      { kind: 'kept', requestId: 'r1', book: 'lines', until: NOW + 90_000 },
      { kind: 'kept', requestId: 'r1', book: 'lines', until: NOW + 95_000, missed: true },
    ]);
  });

  it('that a place in the book of lines is taken by the time of whoever takes it', async () => {
    const { guardsFor, said } = world();
    await guardsFor('r1', NOW + 5).books.take('lines', 'r1', 1, NOW + 60_000, NOW);
    expect(said()).toMatchObject([{ kind: 'took', asOf: NOW + 5 }]);
  });

  it('that a number was given back, or was taken over when its time was up', async () => {
    const { guardsFor, said } = world();
    const later = new Date(NOW + 10_000);
    await guardsFor('r1').phones.hold(PHONE, 'r1', { ...OF_DAY, until: later, now: new Date(NOW) });
    await guardsFor('r2', NOW + 10_000).phones.hold(PHONE, 'r2', {
      ...OF_DAY,
      until: new Date(NOW + 20_000),
      now: later,
    });
    await guardsFor('r1').phones.release(PHONE, 'r1', OF_DAY.day);
    await guardsFor('r2').phones.release(PHONE, 'r2', OF_DAY.day);
    const byFirst = { kind: 'gave-back', by: 'function r1', worksFor: 'r1', requestId: 'r1' };
    const bySecond = { kind: 'gave-back', by: 'function r2', worksFor: 'r2', requestId: 'r2' };
    expect(said()).toEqual([
      { ...bySecond, requestId: 'r1', what: 'number', over: true },
      // It has lost the number, and counts among its calls until then.
      { ...byFirst, what: 'count', over: false },
      { ...bySecond, what: 'number', over: false },
      { ...bySecond, what: 'count', over: false },
    ]);
  });

  it('whose count was given back, where it is not that of whoever did it', async () => {
    const { guardsFor, said, trace } = world();
    trace.add({ kind: 'arrived', requestId: 'r1', phone: PHONE });
    await guardsFor('r1').limits.count('day#1', 'r1', 2, new Date(NOW));
    await guardsFor('r2').limits.giveBack('day#1', 'r1');
    expect(said().slice(1)).toMatchObject([{ kind: 'gave-back', what: 'count', requestId: 'r1', worksFor: 'r2' }]);
  });

  it('that the calls of a day that is over are forgotten, not given back', async () => {
    const { guardsFor, said } = world();
    const hold = { until: new Date(NOW + 1), now: new Date(NOW), maxPerDay: 3 };
    await guardsFor('r1').phones.hold(PHONE, 'r1', { ...hold, day: '2026-11-22' });
    await guardsFor('r1').phones.hold(PHONE, 'r1', { ...hold, day: '2026-11-24' });
    expect(said()).toMatchObject([{ requestId: 'r1', what: 'count', over: true }]);
  });

  it('that a count was given back, which turns were taken, and which is free next', async () => {
    const { guardsFor, said } = world();
    const { limits, turns, nonces } = guardsFor('r1');
    await limits.count('day#1', 'r1', 2, new Date(NOW));
    await limits.count('day#1', 'r2', 2, new Date(NOW));
    await limits.giveBack('day#1', 'r1');
    await nonces.use('n1', 'r1', new Date(NOW));
    await turns.take({ interval: 500, burst: 1 }, NOW, NOW);
    expect(said()).toEqual([
      { kind: 'gave-back', requestId: 'r1', what: 'count', over: false, by: 'function r1', worksFor: 'r1' },
      { kind: 'turn-reserved', turnAt: NOW, nextAt: NOW + 500 },
    ]);
  });
});
