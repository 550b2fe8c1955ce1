import { describe, expect, it } from 'vitest';
import {
  type CallLease,
  isPast,
  isToBeLookedAt,
  leaseOf,
  METRICS_LAG_MS,
  missingFor,
  onLook,
  onNews,
  type Supply,
} from '../../domain/call-lease.ts';

const MS = Date.parse('2026-11-22T03:01:00.250Z');
const MINUTE = 60_000;
const lease = (change: Partial<CallLease> = {}): CallLease => ({
  ...{ requestId: 'request', queueId: 'queue', agentUntil: MS + 1, lineUntil: MS + 1 },
  ...change,
});

describe('what is missing', () => {
  const supply: Supply = { queueIds: ['queue', 'another'], agents: 2, asOf: MS, lines: 2, now: MS };

  it.each([
    ['nothing, where there is as much as is held', [lease(), lease()], {}, undefined],
    ['an agent', [lease(), lease(), lease({ lineUntil: 0 })], {}, 'agent'],
    ['an agent, whichever queue of the pool it is', [lease(), lease(), lease({ queueId: 'another' })], {}, 'agent'],
    ['a line, for whichever pool', [lease(), lease(), lease({ queueId: 'elsewhere' })], {}, 'line'],
    ['an agent who missed a call', [lease(), lease({ missed: true, lineUntil: 0 })], {}, 'agent'],
    ['nothing where one is on trial and there is enough', [lease(), lease({ trial: true })], {}, undefined],
    ['an agent where another is on trial', [lease(), lease(), lease({ trial: true })], {}, 'agent'],
    ['nothing, where an agent was counted since', [lease(), lease(), lease()], { asOf: MS + 1, lines: 3 }, undefined],
    ['nothing, where any number of calls may be under way', [lease(), lease()], { lines: null }, undefined],
    ['nothing, where a call is over by now', [lease(), lease(), lease()], { agents: 3, now: MS + 1 }, undefined],
  ] as const)('%s', (_name, leases, change, missing) => {
    expect(missingFor(leases, { ...supply, ...change })).toBe(missing);
  });
});

describe('a lease', () => {
  it('lasts five minutes, or until the deadline, and three more to ring', () => {
    const until = (seconds: number) =>
      leaseOf({ requestId: 'request', queueId: 'queue', deadlineAt: new Date(MS + seconds * 1_000).toISOString() }, MS);
    expect(until(60)).toEqual(lease({ agentUntil: MS + 240_000, lineUntil: MS + 240_000 }));
    expect(until(7_200)).toMatchObject({ agentUntil: MS + 480_000 });
  });

  it('is past when nobody counts it, however old the reading', () => {
    expect(isPast({ agentUntil: MS, lineUntil: 0 }, MS + 44_999)).toBe(false);
    expect(isPast({ agentUntil: MS, lineUntil: 0 }, MS + 45_000)).toBe(true);
    expect(isPast({ agentUntil: 0, lineUntil: MS + 1 }, MS)).toBe(false);
  });

  it.each([
    [{ contactId: 'contact', lookAt: MS }, true],
    [{ contactId: 'contact', lookAt: MS + 1 }, false],
    [{ contactId: 'contact' }, false],
    [{ lookAt: MS }, false],
    [{ contactId: 'contact', lookAt: MS, agentUntil: MS, lineUntil: MS }, false],
    [{ contactId: 'contact', lookAt: MS, agentUntil: 0 }, true],
  ])('is looked at when it is time: %j', (change, due) => {
    expect(isToBeLookedAt(lease(change), MS)).toBe(due);
  });

  it('counts until the look after the next one while the call goes on, and what has ended stays so', () => {
    expect(onLook(lease({ agentUntil: 0 }), {}, MS)).toEqual({
      agentUntil: 0,
      lineUntil: MS + 2 * MINUTE,
      lookAt: MS + MINUTE,
    });
    expect(onLook(lease({ lineUntil: MS + 10 * MINUTE }), { agentAt: MS }, MS)).toEqual({
      agentUntil: MS + METRICS_LAG_MS,
      lineUntil: MS + 10 * MINUTE,
      lookAt: MS + MINUTE,
    });
  });
});

describe('what a call still holds by the news', () => {
  it.each([
    ['nothing is known', {}, undefined],
    ['an agent took the call', { agentAt: MS }, { agentUntil: MS + METRICS_LAG_MS }],
    ['it ended before it came to a queue', { endedAt: MS }, { agentUntil: 0, lineUntil: 0 }],
    [
      'it ended in the queue: an agent may have missed it',
      { queuedAt: MS - 5_000, endedAt: MS },
      { agentUntil: MS + METRICS_LAG_MS, lineUntil: 0 },
    ],
    ['it waits in the queue', { queuedAt: MS }, undefined],
    [
      'an agent took it when it was offered',
      { queuedAt: MS - 19_999, agentAt: MS },
      { agentUntil: MS + METRICS_LAG_MS },
    ],
    [
      'an agent took it after another had missed it',
      { queuedAt: MS - 20_000, agentAt: MS },
      { agentUntil: MS + METRICS_LAG_MS, missed: true },
    ],
    [
      'it ended after an agent took it',
      { agentAt: MS, endedAt: MS + 5 },
      { agentUntil: MS + METRICS_LAG_MS, lineUntil: 0 },
    ],
    ['the end is known first', { agentAt: MS + 5, endedAt: MS }, { agentUntil: MS + 5 + METRICS_LAG_MS, lineUntil: 0 }],
  ])('where %s', (_name, news, ends) => {
    expect(onNews(news)).toEqual(ends);
  });

  it('outlasts the 15 s by which the metrics lag', () => {
    expect(METRICS_LAG_MS).toBeGreaterThan(15_000);
  });
});
