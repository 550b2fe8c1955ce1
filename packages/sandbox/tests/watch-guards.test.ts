import { QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { describe, expect, it } from 'vitest';
import type { CallLeases } from '../../../adapters/shared-state/call-leases.ts';
import { dynamoSharedState } from '../../../adapters/shared-state/shared-state.ts';
import { memoryDynamoDb } from '../simulation/simulated-dynamodb.ts';
import { recordTrace } from '../simulation/trace.ts';
import { type Caller, watchGuards } from '../simulation/watch-guards.ts';
import { watchLeases } from '../simulation/watch-leases.ts';

const NOW = Date.parse('2026-11-24T01:00:00.000Z');
const PHONE = '+447700900001';
const OF_DAY = { day: '2026-11-24', maxPerDay: 3, maxTriesPerDay: null };
const BOOK = 'agents:members+visitors';
/** Takes and confirms, as the functions do. */
async function taking(leases: CallLeases, ...asked: Parameters<CallLeases['take']>) {
  const answer = await leases.take(...asked);
  if (typeof answer !== 'object' || 'missing' in answer) return answer;
  return (await answer.confirm()) ? 'taken' : 'not confirmed';
}

const LEASE = { requestId: 'r2', queueId: 'q', agentUntil: NOW + 60_000, lineUntil: NOW + 60_000 };

/** The guards as invocations for requests have them, and what the trace then says. */
function world() {
  const trace = recordTrace(() => NOW);
  const watched = watchGuards(trace, () => NOW);
  const leases = watchLeases(trace, [{ book: BOOK, queueIds: ['q'] }], watched.readingOf);
  const database = memoryDynamoDb<Caller>({
    tables: { guards: { hash: 'guardId' }, leases: { hash: 'group', range: 'requestId' } },
    onRead: ({ item, by }) => watched.read({ item, by }),
    onQuery: ({ by }) => leases.counted(by),
    onWrite: ({ table, before, after, by }) => (table === 'leases' ? leases : watched).wrote({ before, after, by }),
  });
  /** What happens before an update. */
  const before = { update: async () => undefined };
  /** What happens until the SDK repeats a query whose answer was lost. */
  const lost: { query?: () => Promise<void> } = {};
  function guardsFor(worksFor: string, now = NOW) {
    const documents = database.askedBy({ by: `function ${worksFor}`, worksFor, now: () => now });
    const send = async (command: UpdateCommand) => {
      if (command instanceof UpdateCommand) await before.update();
      if ((command as unknown) instanceof QueryCommand && lost.query) {
        await documents.send(command);
        await lost.query();
      }
      return documents.send(command);
    };
    return dynamoSharedState({ guardsTable: 'guards', leasesTable: 'leases', keptDays: 30 }, { send } as never, {
      now: () => new Date(now),
      pause: async () => undefined,
    });
  }
  const said = () => trace.entries.map(({ at: _, ...entry }) => entry);
  return { before, lost, guardsFor, said, trace };
}

describe('the trace tells of the guards', () => {
  it('who took an agent by which reading, what became of it, and who gave it back', async () => {
    // Prepare
    const { guardsFor, said } = world();
    const [first, second] = [guardsFor('r1'), guardsFor('r2', NOW + 1_000)];
    await first.readings.share('agents', 2_000, async () => ({ q: 3 }));
    const { readAt } = await second.readings.share('agents', 2_000, async () => ({ q: 9 }));
    const supply = { queueIds: ['q'], agents: 3, asOf: readAt, lines: null, now: NOW + 1_000 };

    // Act
    expect(await taking(second.leases, LEASE, supply, false)).toBe('taken');
    expect(await taking(second.leases, LEASE, supply, false)).toBe('had');
    const seen = { version: 1, goesOn: true };
    await second.leases.follow(
      { requestId: 'r2', queueId: 'q' },
      { contactId: 'c1', agentUntil: NOW + 35_250, missed: true },
      seen,
    );
    await guardsFor('', NOW + 100_000).leases.giveBack('r2');

    // Assess
    const own = { requestId: 'r2', book: BOOK };
    const line = { requestId: 'r2', book: 'lines' };
    expect(said()).toEqual([
      { kind: 'reading', readAt: NOW, agents: { q: 3 } },
      { kind: 'tried', ...own, until: NOW + 60_000, by: 'function r2' },
      { kind: 'tried', ...line, until: NOW + 60_000, by: 'function r2' },
      { kind: 'took', ...own, until: NOW + 60_000, asOf: NOW, by: 'function r2' },
      { kind: 'took', ...line, until: NOW + 60_000, asOf: NOW + 1_000, by: 'function r2' },
      { kind: 'kept', ...own, until: NOW + 35_250, missed: true },
      { kind: 'kept', ...line, until: NOW + 60_000 },
      { kind: 'gave-back', ...own, what: 'lease', contactId: 'c1', over: true, by: 'function ', worksFor: '' },
      { kind: 'gave-back', ...line, what: 'lease', contactId: 'c1', over: true, by: 'function ', worksFor: '' },
    ]);
  });

  it('who tried for an agent or a line, and gave it up: it was never taken', async () => {
    const { guardsFor, said } = world();
    const supply = { queueIds: ['q'], agents: 1, asOf: NOW, lines: 0, now: NOW };
    expect(await taking(guardsFor('r2').leases, LEASE, supply, false)).toEqual({ missing: 'line' });
    expect(said().map(({ kind }) => kind)).toEqual(['tried', 'tried', 'gave-up', 'gave-up']);
  });

  it('that a place was taken when all were counted, not when that was written down', async () => {
    // Prepare: between the two, another one takes theirs
    const { guardsFor, said, before } = world();
    const supply = { queueIds: ['q'], agents: 2, asOf: NOW, lines: null, now: NOW };
    before.update = async () => {
      before.update = async () => undefined;
      await taking(guardsFor('r1').leases, { ...LEASE, requestId: 'r1' }, supply, false);
    };

    // Act
    await taking(guardsFor('r2').leases, LEASE, supply, false);

    // Assess
    expect(said().flatMap((entry) => (entry.kind === 'took' && entry.book === BOOK ? [entry.requestId] : []))).toEqual([
      'r2',
      'r1',
    ]);
  });

  it('that a place was taken by the count that was answered, not by one whose answer was lost', async () => {
    // Prepare
    const { lost, guardsFor, said } = world();
    const supply = { queueIds: ['q'], agents: 1, asOf: NOW, lines: null, now: NOW };
    await taking(guardsFor('r1').leases, { ...LEASE, requestId: 'r1' }, supply, false);
    lost.query = async () => {
      delete lost.query;
      await guardsFor('').leases.giveBack('r1');
    };

    // Act
    await taking(guardsFor('r2').leases, LEASE, supply, false);

    // Assess
    const [first, ...others] = said().filter(
      (entry) => (entry.kind === 'took' || entry.kind === 'gave-back') && 'book' in entry && entry.book === BOOK,
    );
    expect(first).toMatchObject({ kind: 'took', requestId: 'r1' });
    expect(others).toMatchObject([
      { kind: 'gave-back', requestId: 'r1' },
      { kind: 'took', requestId: 'r2' },
    ]);
  });

  it('that a lease is kept for a call that takes a later turn, and its line for one that rings', async () => {
    // Prepare
    const { guardsFor, said } = world();
    const { leases } = guardsFor('r2');
    await taking(leases, LEASE, { queueIds: ['q'], agents: 1, asOf: NOW, lines: 1, now: NOW + 5 }, false);
    const taken = said().length;

    // Act
    await leases.keepForLaterTurn('r2', new Date(NOW).toISOString(), NOW);
    await leases.ringing('r2', 'q', 'c1', NOW, 7_200_000);

    // Assess
    expect(said().slice(taken)).toMatchObject([
      { kind: 'kept', requestId: 'r2', book: BOOK, until: NOW + 180_000 },
      { kind: 'kept', requestId: 'r2', book: 'lines', until: NOW + 180_000 },
      { kind: 'kept', requestId: 'r2', book: BOOK, until: NOW + 180_000 },
      { kind: 'kept', requestId: 'r2', book: 'lines', until: NOW + 7_200_000 },
    ]);
  });

  it('that a line is taken by the time of the one who takes it', async () => {
    const { guardsFor, said } = world();
    const supply = { queueIds: ['q'], agents: 1, asOf: NOW, lines: 1, now: NOW + 5 };
    await taking(guardsFor('r2', NOW + 5).leases, LEASE, supply, false);
    expect(said()).toContainEqual(expect.objectContaining({ kind: 'took', book: 'lines', asOf: NOW + 5 }));
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

  it('whose count was given back, where it is not that of the one who did it', async () => {
    const { guardsFor, said, trace } = world();
    trace.add({ kind: 'arrived', requestId: 'r1', phone: PHONE });
    await guardsFor('r1').limits.count('day#1', 'r1', 2, new Date(NOW));
    await guardsFor('r2').limits.giveBack('day#1', 'r1');
    expect(said().slice(1)).toMatchObject([{ kind: 'gave-back', what: 'count', requestId: 'r1', worksFor: 'r2' }]);
  });

  it('that the calls of a day that is over are forgotten, not given back', async () => {
    const { guardsFor, said } = world();
    const hold = { ...OF_DAY, until: new Date(NOW + 1), now: new Date(NOW) };
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
