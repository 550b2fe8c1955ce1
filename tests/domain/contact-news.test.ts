import { describe, expect, it } from 'vitest';
import { timesOf } from '../../domain/contact-news.ts';

const AT = '2026-11-22T03:01:00.250Z';
const MS = Date.parse(AT);

describe('the times of a contact', () => {
  it('are read from texts and from dates', () => {
    expect(timesOf({ startedAt: AT, queuedAt: new Date(AT) })).toEqual({ startedAt: MS, queuedAt: MS });
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
    expect(timesOf({ agentAt: time, endedAt: time })).toEqual({});
  });
});
