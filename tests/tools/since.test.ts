import { describe, expect, it } from 'vitest';
import { beginningOfDay, sinceOf } from '../../tools/calls/since.ts';

const NOW = new Date('2026-11-22T03:30:10.500Z');
const since = (text: string, zone = 'Asia/Tokyo') => sinceOf(text, zone, NOW).toISOString();

describe('--since', () => {
  it.each([
    ['30m', '2026-11-22T03:00:10.500Z'],
    ['2h', '2026-11-22T01:30:10.500Z'],
    ['3d', '2026-11-19T03:30:10.500Z'],
    ['2026-11-22', '2026-11-21T15:00:00.000Z'],
    ['2026-11-22T09:00', '2026-11-22T00:00:00.000Z'],
    ['2026-11-22 09:00:30', '2026-11-22T00:00:30.000Z'],
    ['2026-11-22T03:00:00Z', '2026-11-22T03:00:00.000Z'],
    ['2026-11-21T20:00-05:00', '2026-11-22T01:00:00.000Z'],
  ])('takes %s', (text, moment) => {
    expect(since(text)).toBe(moment);
  });

  it("reads the clock of the stage's zone, on the days on which it is set, too", () => {
    expect(since('2026-03-08T12:00', 'America/New_York')).toBe('2026-03-08T16:00:00.000Z');
    expect(since('2026-03-08', 'America/New_York')).toBe('2026-03-08T05:00:00.000Z');
    expect(since('2026-11-01T12:00', 'America/New_York')).toBe('2026-11-01T17:00:00.000Z');
    expect(beginningOfDay(NOW, 'America/New_York').toISOString()).toBe('2026-11-21T05:00:00.000Z');
    expect(beginningOfDay(NOW, 'Asia/Tokyo').toISOString()).toBe('2026-11-21T15:00:00.000Z');
  });

  it.each(['', '2', 'h', '2w', '2026-02-30', '2026-13-01', '2026-11-22T25:00', '22.11.2026', '2026-11-22T09', 'now'])(
    'says what it takes instead of %j',
    (text) => {
      expect(() => since(text)).toThrow(/^--since is .*: expected 30m, 2h, 3d, 2026-11-22, /);
    },
  );
});
