import { describe, expect, it } from 'vitest';
import { contactNewsOf, leaseEnds, METRICS_LAG_MS } from '../../domain/contact-news.ts';

const AT = '2026-11-22T03:01:00.250Z';
const MS = Date.parse(AT);

describe('news of a contact', () => {
  it('are times, from texts and from dates', () => {
    expect(contactNewsOf({ agentAt: AT, endedAt: new Date(AT) })).toEqual({ agentAt: MS, endedAt: MS });
  });

  it.each([
    ['nothing', undefined],
    ['the beginning of 1970', '1970-01-01T00:00:00Z'],
    ['the beginning of 1970, in milliseconds', '1970-01-01T00:00:00.000Z'],
    ['the beginning of 1970 as a date', new Date(0)],
    ['no time at all', 'soon'],
    ['an empty text', ''],
    ['an invalid date', new Date(Number.NaN)],
  ])('leave out a time that never came: %s', (_name, time) => {
    expect(contactNewsOf({ agentAt: time, endedAt: time })).toEqual({});
  });
});

describe('what a request still holds by the news', () => {
  it.each([
    ['nothing is known', {}, {}],
    ['an agent took the call', { agentAt: MS }, { agentUntil: MS + METRICS_LAG_MS }],
    ['it ended before it came to a queue', { endedAt: MS }, { agentUntil: 0, lineUntil: 0 }],
    [
      'it ended in the queue: an agent may have missed it',
      { queuedAt: MS - 5_000, endedAt: MS },
      { agentUntil: MS + METRICS_LAG_MS, lineUntil: 0 },
    ],
    ['it waits in the queue', { queuedAt: MS }, {}],
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
    expect(leaseEnds(news)).toEqual(ends);
  });

  it('outlasts the 15 s by which the metrics lag', () => {
    expect(METRICS_LAG_MS).toBeGreaterThan(15_000);
  });
});
