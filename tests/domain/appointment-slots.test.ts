import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dayOfSlot, isSlot, isSlotOpen, slotsOf } from '../../domain/appointment-slots.ts';
import {
  closingTime,
  type DailyHours,
  localTime,
  minutesOf,
  nextOpening,
  type OpeningHours,
} from '../../domain/opening-hours.ts';
import { FUZZ_SEED, fuzzRuns } from '../fuzz-runs.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
const DAYTIME: DailyHours = { start: '08:00', end: '21:00', timeZone: 'Asia/Tokyo' };
const ALL_DAY: DailyHours = { start: '00:00', end: '24:00', timeZone: 'Asia/Tokyo' };

/** Opening hours as `date start–end`, several a day allowed. */
const hours = (timeZone: string, ...days: string[]): OpeningHours => ({
  timeZone,
  intervals: days.map((day) => {
    const [date = '', start = '', end = ''] = day.split(/[ –]/);
    return { date, start: minutesOf(start), end: minutesOf(end) };
  }),
});
const tokyo = (...days: string[]) => hours('Asia/Tokyo', ...days);
const inTokyo = (text: string) => new Date(`${text}+09:00`);

const rules = (
  slotMinutes: 10 | 15 | 20 | 30 | 60,
  { maxDays = 3, callingHours = DAYTIME }: { maxDays?: number; callingHours?: DailyHours } = {},
) => ({ callingHours, appointments: { maxDays, slotMinutes, perSlot: 1 } });

/** What a wall clock shows at each, `30 10:00`. */
const shown = (slots: readonly Date[], timeZone = 'Asia/Tokyo') =>
  slots.map((slot) => {
    const { date, minutes } = localTime(slot, timeZone);
    const two = (value: number) => String(value).padStart(2, '0');
    return `${date.slice(8)} ${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
  });

describe('the slots of a queue', () => {
  const OFFICE = tokyo('2026-11-27 09:00–12:00', '2026-11-30 09:00–11:00');

  it('begin with the clock, after now, and leap over closed days', () => {
    const slots = slotsOf(OFFICE, rules(60), inTokyo('2026-11-27T09:59:59.999'));
    expect(shown(slots)).toEqual(['27 10:00', '27 11:00', '30 09:00']);
  });

  it('do not begin in this very moment', () => {
    expect(shown(slotsOf(OFFICE, rules(30), inTokyo('2026-11-27T11:00:00')))[0]).toBe('27 11:30');
  });

  it('end before the queue closes: what would run beyond is none', () => {
    const slots = slotsOf(tokyo('2026-11-27 09:15–10:45'), rules(30), inTokyo('2026-11-27T00:00:00'));
    expect(shown(slots)).toEqual(['27 09:30', '27 10:00']);
  });

  it('do not run over a break at noon', () => {
    const queue = tokyo('2026-11-27 11:00–12:00', '2026-11-27 12:30–14:00');
    expect(shown(slotsOf(queue, rules(60), inTokyo('2026-11-27T00:00:00')))).toEqual(['27 11:00', '27 13:00']);
  });

  it('keep the calling hours, whatever the queue says', () => {
    const queue = tokyo('2026-11-27 00:00–00:00');
    const slots = slotsOf(queue, rules(60, { maxDays: 1 }), inTokyo('2026-11-27T00:00:00'));
    expect(shown(slots).at(0)).toBe('27 08:00');
    expect(shown(slots).at(-1)).toBe('27 20:00');
  });

  it('are counted by the hour where it is open for days on end, over midnight too', () => {
    const queue = tokyo('2026-11-27 00:00–00:00', '2026-11-28 00:00–00:00', '2026-11-29 00:00–00:00');
    const slots = slotsOf(queue, rules(60, { maxDays: 2, callingHours: ALL_DAY }), inTokyo('2026-11-27T00:30:00'));
    expect(slots).toHaveLength(48);
    expect(shown(slots)[23]).toBe('28 00:00');
  });

  it('reach no further than maxDays to the minute', () => {
    const queue = tokyo('2026-11-28 09:00–18:00');
    expect(shown(slotsOf(queue, rules(60, { maxDays: 1 }), inTokyo('2026-11-27T10:00:00')))).toEqual([
      '28 09:00',
      '28 10:00',
    ]);
  });

  it('are none where the queue never opens', () => {
    expect(slotsOf(tokyo(), rules(30), inTokyo('2026-11-27T10:00:00'))).toEqual([]);
  });

  it('follow a clock whose zone is half an hour off, and one that is set forward', () => {
    const adelaide = { start: '09:00', end: '11:00', timeZone: 'Australia/Adelaide' };
    const odd = slotsOf(
      hours('Australia/Adelaide', '2026-11-27 09:00–11:00'),
      rules(60, { maxDays: 1, callingHours: adelaide }),
      new Date('2026-11-26T12:00:00Z'),
    );
    expect(shown(odd, 'Australia/Adelaide')).toEqual(['27 09:00', '27 10:00']);

    const newYork = { start: '00:00', end: '24:00', timeZone: 'America/New_York' };
    const spring = slotsOf(
      hours('America/New_York', '2026-03-08 01:00–04:00'),
      rules(60, { maxDays: 1, callingHours: newYork }),
      new Date('2026-03-08T01:00:00Z'),
    );
    expect(shown(spring, 'America/New_York')).toEqual(['08 01:00', '08 03:00']);
  });
});

it.each([
  ['2026-11-30T10:00:00+09:00', 30, true],
  ['2026-11-30T01:30:00Z', 30, true],
  ['2026-11-30T10:10:00+09:00', 30, false],
  ['2026-11-30T10:00:01+09:00', 30, false],
  ['2026-11-30T10:30:00+09:00', 60, false],
] as const)('%s is the first moment of a slot of %i minutes: %s', (at, slotMinutes, expected) => {
  expect(isSlot(new Date(at), rules(slotMinutes))).toBe(expected);
});

it('a slot belongs to the Japanese day', () => {
  expect(dayOfSlot(new Date('2026-11-29T16:00:00Z'))).toBe('2026-11-30');
});

it('slots are all that begin with the clock and are open to their end, minute by minute', () => {
  const zones = fc.constantFrom('Asia/Tokyo', 'America/New_York', 'Asia/Kathmandu');
  const interval = fc.record({
    date: fc.constantFrom('2026-10-31', '2026-11-01', '2026-11-02'),
    start: fc.integer({ min: 0, max: 1439 }),
    end: fc.integer({ min: 0, max: 1440 }),
  });
  fc.assert(
    fc.property(
      zones,
      zones,
      fc.array(interval, { maxLength: 4 }),
      fc.constantFrom(10 as const, 20 as const, 30 as const, 60 as const),
      fc.integer({ min: 0, max: DAY_MS }),
      function everySlot(timeZone, clock, intervals, slotMinutes, offset) {
        const queue = { timeZone, intervals };
        const own = rules(slotMinutes, { maxDays: 2, callingHours: { start: '07:00', end: '01:00', timeZone: clock } });
        const now = new Date(Date.parse('2026-10-31T03:00:00Z') + offset);
        const until = new Date(now.getTime() + 2 * DAY_MS);
        const expected: number[] = [];
        const first = Math.floor(now.getTime() / MINUTE_MS) * MINUTE_MS;
        for (let at = first; at <= until.getTime(); at += 5 * MINUTE_MS) {
          const aligned = at - (at % (5 * MINUTE_MS));
          const slot = new Date(aligned);
          if (slot <= now || slot > until || !isSlot(slot, own)) continue;
          const isOpenNow = nextOpening(queue, own.callingHours, slot, slot) !== undefined;
          const closes = closingTime(queue, own.callingHours, slot);
          const isOpenToItsEnd = closes === undefined || closes.getTime() - aligned >= slotMinutes * MINUTE_MS;
          expect(isSlotOpen(slot, queue, own)).toBe(isOpenNow && isOpenToItsEnd);
          if (isOpenNow && isOpenToItsEnd) expected.push(aligned);
        }
        expect(slotsOf(queue, own, now).map(Number)).toEqual(expected);
      },
    ),
    { seed: FUZZ_SEED, numRuns: fuzzRuns(25) },
  );
});
