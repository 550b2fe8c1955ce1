import { describe, expect, it } from 'vitest';
import type { CallRecord } from '../../../domain/call-record.ts';
import { boardActivity } from '../board/activity.ts';
import { callsUnderWay } from '../board/calls-under-way.ts';
import { dayFigures } from '../board/day-figures.ts';
import { durationInWords } from '../board/page/duration-words.ts';
import { lifeSteps } from '../board/page/life-steps.ts';
import type { ContactView } from '../board/protocol.ts';
import { recordReader } from '../board/record-reader.ts';
import type { Standing } from '../board/standing.ts';
import { watchRequest } from '../board/watched-request.ts';
import type { Contact } from '../connect/contact.ts';
import type { Stack } from '../stack.ts';

const REQUEST_ID = '00000000-0000-4000-8000-000000000001';
const at = (seconds: number): string =>
  new Date(Date.parse('2026-11-22T03:00:00.000Z') + seconds * 1_000).toISOString();

/** Asked for, placed after 2 s, answered after 10, with an agent after 30, over after 90. */
const COMPLETED: CallRecord = {
  ...{ requestId: REQUEST_ID, executionId: `arn:x:${REQUEST_ID}_1`, status: 'ended', attempts: 1, expiresAt: 0 },
  ...{ outcome: 'completed', class: 'reached', reason: 'agent_connected', hungUpBy: 'agent' },
  ...{ requestedAt: at(0), receivedAt: at(1), placedAt: at(2), answeredAt: at(10), queuedAt: at(12) },
  ...{ agentAt: at(30), endedAt: at(90) },
};

function recordOf(outcome: CallRecord['outcome'], fields: Partial<CallRecord>): CallRecord {
  const { answeredAt: _, queuedAt: __, agentAt: ___, outcome: ____, ...asked } = COMPLETED;
  return { ...asked, ...(outcome && { outcome }), ...fields };
}

describe('how long a part of a call took', () => {
  it.each([
    [0, '0 s', '0 秒'],
    [340, '0.3 s', '0.3 秒'],
    [9_960, '10 s', '10 秒'],
    [59_600, '1 min', '1 分'],
    [185_000, '3 min 5 s', '3 分 5 秒'],
    [7_500_000, '2 h 5 min', '2 時間 5 分'],
  ])('is written as people read it: %i ms', (ms, en, ja) => {
    expect(durationInWords(ms)).toEqual({ en, ja });
  });
});

describe('the life of a call in words', () => {
  const wordsOf = (detail: Parameters<typeof lifeSteps>[0]) =>
    lifeSteps(detail).map(({ words, took }) => (took ? `${words.en} ${took.words.en} ${took.ms}` : words.en));

  it('ends with the call of a customer who called back, which says for itself by what it is known', () => {
    const missed = recordOf('not_answered', { endedAt: at(62), calledBackAt: at(100) });
    expect(wordsOf({ record: missed, contact: null, outcome: 'not_answered' }).at(-1)).toBe(
      'The customer called back.',
    );
    const back = { ...COMPLETED, kind: 'inbound', callBackOf: REQUEST_ID } as const;
    expect(wordsOf({ record: back, contact: null, outcome: 'completed' })[0]).toBe(
      'A customer called back, by the number.',
    );
  });

  it('leads from the click to the hang-up', () => {
    // Act
    const steps = lifeSteps({ record: COMPLETED, contact: null, outcome: 'completed' });
    // Assess
    expect(wordsOf({ record: COMPLETED, contact: null, outcome: 'completed' })).toEqual([
      'The customer asked for a call.',
      'Amazon Connect accepted the call. after 2000',
      'It was answered. rang 8000',
      'The wait for an agent began.',
      'An agent took the call. waited 20000',
      'The agent hung up. talked 60000',
    ]);
    expect(steps.map((step) => step.at)).toEqual([0, 2, 10, 12, 30, 90].map(at));
  });

  it('tells transfers by who has the customer, and an agent who did not take it', () => {
    // Prepare
    const legs = [
      { id: 'a', startedAt: at(2), agent: 'agent-1', agentAt: at(30) },
      { id: 'b', startedAt: at(40), agent: 'agent-2', agentAt: at(44) },
    ];
    const record = { ...COMPLETED, agentMissed: true, transferredTo: ['b'] };
    // Act
    const words = wordsOf({ record, contact: { legs } as ContactView, outcome: 'completed' });
    const forgotten = wordsOf({ record, contact: null, outcome: 'completed' });
    // Assess
    expect(words.slice(4, 8)).toEqual([
      'An agent missed the call.',
      'agent-1 took the call. waited 20000',
      'The call was transferred.',
      'agent-2 took the call.',
    ]);
    expect(forgotten.slice(5, 7)).toEqual(['An agent took the call. waited 20000', 'The call was transferred.']);
  });

  it.each<[string, CallRecord, string]>([
    ['rang out', recordOf('not_answered', { hungUpBy: 'network' }), 'It ended without a connection. rang 88000'],
    ['was busy', recordOf('busy', { hungUpBy: 'network' }), 'It ended without a connection.'],
    ['left', recordOf('abandoned', { answeredAt: at(10), hungUpBy: 'customer' }), 'The customer hung up. waited 80000'],
    ['was lost', recordOf('lost', {}), 'Its end was never reported.'],
  ])('ends with how it ended: %s', (_, record, words) => {
    expect(wordsOf({ record, contact: null, outcome: record.outcome ?? 'lost' }).at(-1)).toBe(words);
  });

  it('is nothing for a request that became no call, or that another one answers for', () => {
    // Prepare
    const { placedAt: _, ...refused } = recordOf('number_refused', {});
    // Assess
    expect(lifeSteps({ record: refused, contact: null, outcome: 'number_refused' })).toEqual([]);
    expect(lifeSteps({ record: COMPLETED, contact: null, outcome: 'duplicate' })).toEqual([]);
    expect(lifeSteps({ record: null, contact: null })).toEqual([]);
  });
});

const contact = (id: string, state: Contact['state'], fields: Partial<Contact> = {}): Contact =>
  ({
    ...{ id, state, initiationMethod: 'API', attributes: { request_id: REQUEST_ID }, initiatedAt: at(2) },
    ...{ queuedAt: at(12), agentAt: at(30), endedAt: at(90) },
    ...fields,
  }) as Contact;

describe('a call through its contacts', () => {
  it('is at what the newest of them is at, while an agent who has handed it on is still there', () => {
    // Prepare
    const calls = callsUnderWay();
    const seen: unknown[] = [];
    const move = (moved: Contact): void => {
      calls.moved(moved);
      const { contactId, state, since, agentId } = calls.callOf(REQUEST_ID) ?? {};
      seen.push([contactId, state, since, agentId]);
    };
    // Act
    move(contact('a', 'with-agent', { agentId: 'first' }));
    move(contact('b', 'in-queue', { initialContactId: 'a', queuedAt: at(40) }));
    move(contact('b', 'with-agent', { initialContactId: 'a', agentId: 'second', agentAt: at(44) }));
    move(contact('a', 'ended', { agentId: 'first', endedAt: at(45) }));
    move(contact('b', 'ended', { initialContactId: 'a', agentId: 'second' }));
    // Assess
    expect(seen).toEqual([
      ['a', 'with-agent', at(30), 'first'],
      ['b', 'in-queue', at(40), undefined],
      ['b', 'with-agent', at(44), 'second'],
      ['b', 'with-agent', at(44), 'second'],
      ['b', 'ended', at(90), 'second'],
    ]);
    expect(calls.callOf(REQUEST_ID)?.contactIds).toEqual(['a', 'b']);
  });

  it('that came in goes by its first contact; the newest 1,000 are kept, and what is nobody’s is not shown', () => {
    // Prepare
    const calls = callsUnderWay();
    const incoming = (id: string) => contact(id, 'in-queue', { initiationMethod: 'INBOUND', attributes: {} });
    // Act
    const ids = Array.from({ length: 1_001 }, (_, index) => calls.moved(incoming(`in-${index}`)));
    const transferred = contact('t', 'in-queue', { initiationMethod: 'TRANSFER', attributes: {} });
    // Assess
    expect(ids[7]).toBe('in-7');
    expect(calls.incoming()).toHaveLength(1_000);
    expect(calls.callOf('in-0')).toBeUndefined();
    expect(calls.moved({ ...transferred, initialContactId: 'in-7' })).toBe('in-7');
    expect(calls.moved({ ...transferred, initialContactId: 'of somebody else' })).toBeUndefined();
  });
});

describe('the figures of a day', () => {
  const noon = Date.parse(at(0));
  const evening = Date.parse('2026-11-22T14:59:59.000Z');
  const answered = (times: NonNullable<Standing['ending']>['times']): Standing => ({
    part: 'answered',
    ending: { outcome: 'completed', times },
  });

  it('count each request once, by what is known of it last, in the order of the table', () => {
    // Prepare
    const figures = dayFigures('Asia/Tokyo');
    // Act
    for (const name of ['a', 'b', 'c', 'd', 'a', 'waits']) figures.ask(name, noon);
    figures.note('a', { part: 'ringing', ending: { outcome: 'call_placed', times: {} } });
    figures.note('b', { part: 'refused', ending: { outcome: 'number_refused', times: {} } });
    figures.note('c', { part: 'notReached', ending: { outcome: 'busy', times: { toPlaced: 3_000 } } });
    figures.note('a', answered({ toPlaced: 1_000, waited: 20_000 }));
    const left = { toPlaced: 2_000, waited: 500_000 };
    figures.note('d', { part: 'notReached', ending: { outcome: 'abandoned', times: left } });
    // Assess
    expect(figures.view()).toMatchObject({
      day: '2026-11-22',
      asked: 5,
      parts: { refused: 1, waiting: 1, ringing: 0, onTheLine: 0, answered: 1, notReached: 2 },
      outcomes: [
        { outcome: 'completed', class: 'reached', count: 1, words: { en: 'The customer spoke with an agent.' } },
        { outcome: 'abandoned', class: 'missed', count: 1 },
        { outcome: 'busy', class: 'missed', count: 1 },
        { outcome: 'number_refused', class: 'refused', count: 1 },
      ],
      toPlaced: { count: 3, median: 2_000, p95: 3_000 },
      // Anyone who left before an agent came waited for none.
      toAgent: { count: 1, median: 20_000, p95: 20_000 },
    });
  });

  it('keep a voicemail that took a call apart from those who talked', () => {
    const figures = dayFigures('Asia/Tokyo');
    for (const name of ['a', 'b']) figures.ask(name, noon);
    figures.note('a', answered({ waited: 20_000 }));
    const voicemail = { outcome: 'completed', voicemail: true, times: { waited: 90_000 } } as const;
    figures.note('b', { part: 'notReached', ending: voicemail });
    expect(figures.view()).toMatchObject({
      outcomes: [
        { outcome: 'completed', class: 'reached', count: 1 },
        { outcome: 'completed', class: 'missed', count: 1, words: { ja: expect.stringContaining('留守番電話') } },
      ],
      toAgent: { count: 1, median: 20_000 },
    });
  });

  it('tell what 95 % do not exceed', () => {
    // Prepare
    const figures = dayFigures('Asia/Tokyo');
    for (let ms = 100; ms >= 1; ms -= 1) {
      figures.ask(`${ms}`, noon);
      figures.note(`${ms}`, answered({ toPlaced: ms, waited: 2 * ms }));
    }
    // Assess
    expect(figures.view()).toMatchObject({ toPlaced: { median: 50, p95: 95 }, toAgent: { median: 100, p95: 190 } });
  });

  it('begin anew at midnight of the stage’s zone, and take nothing of the day before but who is under way', () => {
    // Prepare
    const figures = dayFigures('Asia/Tokyo');
    for (const name of ['late', 'waits']) figures.ask(name, evening);
    figures.note('late', answered({}));
    const before = figures.version(new Date(evening));
    // Act
    const after = figures.version(new Date(evening + 1_000));
    figures.note('late', answered({}));
    // Assess
    expect(after).not.toBe(before);
    const parts = { refused: 0, waiting: 1, ringing: 0, onTheLine: 0, answered: 0, notReached: 0 };
    expect(figures.view()).toMatchObject({ day: '2026-11-23', asked: 1, fromBefore: 1, parts, outcomes: [] });
  });
});

describe('reading the records of calls that are over', () => {
  function world(count: number) {
    const activity = boardActivity('Asia/Tokyo');
    const asked: string[] = [];
    /** The next question about each of these stays without an answer. */
    const failing: string[] = [];
    const idOf = (index: number) => `request-${index}`;
    for (let index = 0; index < count; index += 1) {
      activity.contactMoved(contact(`c-${index}`, 'ended', { attributes: { request_id: idOf(index) } }));
      activity.recordWritten(idOf(index));
    }
    const read = (requestId: string): CallRecord => ({ ...COMPLETED, requestId });
    const refresh = recordReader({
      activity,
      stateMachine: { executions: { get: () => undefined, keys: () => [] } },
      async record(requestId) {
        asked.push(requestId);
        if (failing.pop() === requestId) throw new Error('no answer');
        return read(requestId);
      },
      async records() {
        asked.push('all');
        return Array.from({ length: count }, (_, index) => read(idOf(index)));
      },
    });
    return { activity, asked, failing, refresh, idOf };
  }

  it('asks for each once, and again only when it was written again', async () => {
    // Prepare
    const { activity, asked, refresh, idOf } = world(2);
    // Act
    await refresh();
    await refresh();
    activity.recordWritten(idOf(1));
    await refresh();
    // Assess
    expect(asked).toEqual([idOf(0), idOf(1), idOf(1)]);
    expect(activity.endOf(idOf(0))).toMatchObject({ outcome: 'completed', times: { talked: 60_000 } });
  });

  it('asks again for what the table did not tell', async () => {
    // Prepare
    const { activity, asked, failing, refresh, idOf } = world(1);
    failing.push(idOf(0));
    // Act
    await refresh();
    const before = activity.endOf(idOf(0));
    await refresh();
    // Assess
    expect(before).toBeUndefined();
    expect(asked).toEqual([idOf(0), idOf(0)]);
    expect(activity.endOf(idOf(0))).toMatchObject({ outcome: 'completed' });
    expect(activity.unread()).toEqual([]);
  });

  it('reads the table once where many have ended', async () => {
    // Prepare
    const { activity, asked, refresh, idOf } = world(100);
    // Act
    await refresh();
    // Assess
    expect(asked).toEqual(['all']);
    expect(activity.endOf(idOf(99))).toMatchObject({ outcome: 'completed' });
    expect(activity.unread()).toEqual([]);
  });

  it('does not look at a call that goes on, and does when it is over', async () => {
    // Prepare
    const { activity, asked, refresh, idOf } = world(1);
    const of = { attributes: { request_id: idOf(0) } };
    activity.contactMoved(contact('c-0', 'with-agent', of));
    // Act
    await refresh();
    const before = asked.length;
    activity.contactMoved(contact('c-0', 'ended', of));
    await refresh();
    // Assess
    expect([before, asked.length]).toEqual([0, 1]);
  });
});

it('a request on show gets its record though the table did not answer at first', async () => {
  // Prepare
  const activity = boardActivity('Asia/Tokyo');
  activity.contactMoved(contact('c-0', 'with-agent', { initiationMethod: 'INBOUND', attributes: {} }));
  activity.recordWritten('c-0');
  let asked = 0;
  const watched = watchRequest(
    {
      activity,
      stateMachine: { executions: new Map() },
      connect: { contact: () => undefined, agents: () => [], faultHits: () => [] },
      service: { stage: { file: { callingHours: { timeZone: 'Asia/Tokyo' } } } },
      async record() {
        asked += 1;
        if (asked === 1) throw new Error('no answer');
        return { ...COMPLETED, requestId: 'c-0' };
      },
    } as unknown as Stack,
    'c-0',
  );
  // Act
  await watched.read();
  const before = JSON.parse(watched.news() ?? '');
  await new Promise(setImmediate);
  const after = JSON.parse(watched.news() ?? '');
  // Assess
  expect(before).toMatchObject({ requestId: 'c-0', record: null });
  expect(after).toMatchObject({ record: { requestId: 'c-0' } });
});
