import { describe, expect, it } from 'vitest';
import { isOut, prospectOf } from '../browser/prospect.ts';

const NOW = Date.parse('2026-11-28T12:00:00+09:00');

/** A file in which the queue `sales` is open, except for what is said otherwise about it or the whole. */
const fileWith = (queue: Record<string, unknown> = {}, more: Record<string, unknown> = {}) => ({
  at: '2026-11-28T12:00:00+09:00',
  stopped: false,
  waitsForOpening: false,
  queues: {
    sales: { open: true, openUntil: '2026-11-28T18:00:00+09:00', nextOpening: '2026-11-30T09:00:00+09:00', ...queue },
  },
  ...more,
});
const CLOSED = { open: false, openUntil: undefined };

describe('what a request would become', () => {
  it.each([
    ['a call now, until the closing', fileWith(), 'open', '2026-11-28T18:00:00+09:00'],
    ['a call now, round the clock', fileWith({ openUntil: undefined, nextOpening: null }), 'open', undefined],
    ['no call before the next opening', fileWith(CLOSED), 'closed', '2026-11-30T09:00:00+09:00'],
    ['no call, and nobody knows until when', fileWith({ ...CLOSED, nextOpening: null }), 'closed', undefined],
    [
      'a call after the opening',
      fileWith({ ...CLOSED, calledAtOpening: true }, { waitsForOpening: true }),
      'waits',
      '2026-11-30T09:00:00+09:00',
    ],
    [
      'a call after the opening, where the file says so of all queues',
      fileWith(CLOSED, { waitsForOpening: true }),
      'waits',
      '2026-11-30T09:00:00+09:00',
    ],
    [
      'no call after an opening that is too far away',
      fileWith({ ...CLOSED, calledAtOpening: false }, { waitsForOpening: true }),
      'closed',
      '2026-11-30T09:00:00+09:00',
    ],
    ['no call while the company has stopped calling', fileWith({}, { stopped: true }), 'stopped', undefined],
  ])('is %s', (_, file, outlook, time) => {
    expect(prospectOf(file, 'sales', NOW)).toMatchObject({ outlook, slots: [] });
    expect(prospectOf(file, 'sales', NOW).time).toBe(time);
  });

  it.each<[string, unknown]>([
    ['nothing came', undefined],
    ['it is no object', 'open'],
    ['it is null', null],
    ['it is a list', []],
    ['it has no queues', { ...fileWith(), queues: undefined }],
    ['it does not know the queue', { ...fileWith(), queues: {} }],
    ['the queue is a text', { ...fileWith(), queues: { sales: 'open' } }],
    ['`open` is a text', fileWith({ open: 'yes' })],
    ['`stopped` is missing', fileWith({}, { stopped: undefined })],
    ['`stopped` is a text', fileWith({}, { stopped: 'no' })],
    ['`at` is missing', fileWith({}, { at: undefined })],
    ['`at` has no zone', fileWith({}, { at: '2026-11-28T12:00:00' })],
    ['it is of this morning', fileWith({}, { at: '2026-11-28T09:00:00+09:00' })],
    ['it is of the future', fileWith({}, { at: '2026-11-28T13:00:00+09:00' })],
    ['the closing is a number', fileWith({ openUntil: 18 })],
    ['the closing is no time', fileWith({ openUntil: '2026-13-40T18:00:00+09:00' })],
    ['the closing is over', fileWith({ openUntil: '2026-11-28T11:59:00+09:00' })],
    ['the opening is over', fileWith({ ...CLOSED, nextOpening: '2026-11-28T11:59:00+09:00' })],
    ['the slots are no list', fileWith({ slots: 'none' })],
    ['a slot has no time', fileWith({ slots: [{ free: 1 }] })],
    ['a slot is free by a word', fileWith({ slots: [{ at: '2026-11-30T10:00:00+09:00', free: 'yes' }] })],
  ])('is unknown, without slots, where %s', (_, file) => {
    expect(prospectOf(file, 'sales', NOW)).toEqual({ outlook: 'unknown', slots: [] });
  });

  it('leaves the free slots that are ahead', () => {
    const slots = [
      { at: '2026-11-28T11:30:00+09:00', free: 1 },
      { at: '2026-11-28T12:30:00+09:00', free: 0 },
      { at: '2026-11-30T10:00:00+09:00', free: 3 },
    ];
    expect(prospectOf(fileWith({ slots }), 'sales', NOW).slots).toEqual(['2026-11-30T10:00:00+09:00']);
  });

  it('puts the slots in order and tells each moment once', () => {
    const slots = ['2026-11-30T11:00:00+09:00', '2026-11-30T10:00:00+09:00', '2026-11-30T11:00:00+09:00'].map((at) => ({
      at,
      free: 1,
    }));
    expect(prospectOf(fileWith({ slots }), 'sales', NOW).slots).toEqual([
      '2026-11-30T10:00:00+09:00',
      '2026-11-30T11:00:00+09:00',
    ]);
  });

  it('takes the first 200 slots, and none beyond 40 days', () => {
    const inMinutes = (minutes: number) => ({
      at: new Date(NOW + minutes * 60_000).toISOString().replace('Z', '+00:00'),
      free: 1,
    });
    const many = Array.from({ length: 300 }, (_, index) => inMinutes(index + 1));
    expect(prospectOf(fileWith({ slots: many }), 'sales', NOW).slots).toEqual(many.slice(0, 200).map(({ at }) => at));
    const lastDay = inMinutes(40 * 24 * 60);
    const slots = [lastDay, inMinutes(40 * 24 * 60 + 1)];
    expect(prospectOf(fileWith({ slots }), 'sales', NOW).slots).toEqual([lastDay.at]);
  });

  it('is no call at all where it is closed or stopped and no time is free', () => {
    expect(isOut({ outlook: 'closed', slots: [] })).toBe(true);
    expect(isOut({ outlook: 'stopped', slots: [] })).toBe(true);
    expect(isOut({ outlook: 'closed', slots: ['2026-11-30T10:00:00+09:00'] })).toBe(false);
    for (const outlook of ['open', 'waits', 'unknown'] as const) expect(isOut({ outlook, slots: [] })).toBe(false);
  });
});
