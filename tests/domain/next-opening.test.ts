import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  closingTime,
  type DailyHours,
  isOpen,
  localTime,
  minutesOf,
  nextOpening,
  type OpeningHours,
  shiftDate,
  withinCallingHours,
} from '../../domain/opening-hours.ts';
import { FUZZ_SEED, fuzzRuns } from '../fuzz-runs.ts';

const DAY_MS = 24 * 60 * 60_000;
const ALL_DAY: DailyHours = { start: '00:00', end: '24:00', timeZone: 'Asia/Tokyo' };
const DAYTIME: DailyHours = { start: '08:00', end: '21:00', timeZone: 'Asia/Tokyo' };

/** Opening hours as `date start–end`, several a day allowed. */
const hours = (timeZone: string, ...days: string[]): OpeningHours => ({
  timeZone,
  intervals: days.map((day) => {
    const [date = '', start = '', end = ''] = day.split(/[ –]/);
    return { date, start: minutesOf(start), end: minutesOf(end) };
  }),
});

const tokyo = (...days: string[]) => hours('Asia/Tokyo', ...days);
const newYork = (...days: string[]) => hours('America/New_York', ...days);

/** Friday to Monday without Saturday and Sunday. */
const OFFICE = tokyo('2026-11-20 09:00–18:00', '2026-11-23 09:00–18:00');
/** Every night of three days. */
const NIGHTS = tokyo('2026-11-20 22:00–06:00', '2026-11-21 22:00–06:00', '2026-11-22 22:00–06:00');
const AROUND_THE_CLOCK = tokyo(
  '2026-11-20 00:00–00:00',
  '2026-11-21 00:00–00:00',
  '2026-11-22 00:00–00:00',
  '2026-11-23 00:00–00:00',
);
/** The clock goes from 02:00 to 03:00 on 8 March 2026, and from 02:00 back to 01:00 on 1 November. */
const SPRING = newYork('2026-03-08 02:30–05:00');
const AUTUMN = newYork('2026-11-01 01:30–05:00');

const SUMMER = newYork('2026-07-01 09:00–17:00');
const WINTER = newYork('2026-12-01 09:00–17:00');

const inTokyo = (text: string) => new Date(`${text}+09:00`);

describe('the next opening', () => {
  it.each<[string, OpeningHours, DailyHours, string, string]>([
    ['is now while it is open', OFFICE, ALL_DAY, '2026-11-20T10:00:00', '2026-11-20T10:00:00'],
    ['is a whole second', OFFICE, ALL_DAY, '2026-11-20T10:00:00.001', '2026-11-20T10:00:01'],
    ['is never the moment of closing', OFFICE, ALL_DAY, '2026-11-20T17:59:59.500', '2026-11-23T09:00:00'],
    ['comes in the morning', OFFICE, ALL_DAY, '2026-11-20T06:12:34', '2026-11-20T09:00:00'],
    ['is that second itself', OFFICE, ALL_DAY, '2026-11-20T08:59:59.999', '2026-11-20T09:00:00'],
    ['leaps over closed days', OFFICE, ALL_DAY, '2026-11-20T18:00:00', '2026-11-23T09:00:00'],
    ['comes in the night, over midnight', NIGHTS, ALL_DAY, '2026-11-21T07:00:00', '2026-11-21T22:00:00'],
    ['is now after midnight of such a night', NIGHTS, ALL_DAY, '2026-11-21T05:59:59', '2026-11-21T05:59:59'],
    ['is at midnight after a closed day', AROUND_THE_CLOCK, ALL_DAY, '2026-11-19T13:00:00', '2026-11-20T00:00:00'],
    ['is when calling hours begin', AROUND_THE_CLOCK, DAYTIME, '2026-11-20T21:00:00', '2026-11-21T08:00:00'],
    [
      'is after lunch',
      tokyo('2026-11-20 09:00–12:00', '2026-11-20 13:00–18:00'),
      ALL_DAY,
      '2026-11-20T12:15:00',
      '2026-11-20T13:00:00',
    ],
    [
      'is when both are open, in their own zones',
      OFFICE,
      { start: '08:00', end: '21:00', timeZone: 'Europe/London' },
      '2026-11-20T09:00:00',
      '2026-11-20T17:00:00',
    ],
    [
      'is at midnight where a day follows one of office hours',
      tokyo('2026-11-20 09:00–18:00', '2026-11-21 00:00–00:00'),
      ALL_DAY,
      '2026-11-20T20:00:00',
      '2026-11-21T00:00:00',
    ],
    [
      'comes a day later after a holiday, whose day the hours lack',
      tokyo('2026-11-20 09:00–18:00', '2026-11-22 09:00–18:00'),
      DAYTIME,
      '2026-11-20T19:00:00',
      '2026-11-22T09:00:00',
    ],
  ])('%s', (_name, queue, callingHours, now, opening) => {
    // Act
    const found = nextOpening(queue, callingHours, inTokyo(now), daysAfter(4, inTokyo(now)));

    // Assess
    expect(found).toEqual(inTokyo(opening));
  });

  it.each<[string, OpeningHours, Date, string]>([
    // 02:30 does not exist that day: the clock shows 03:00 where it would be 02:00.
    ['falls on the moment the clock leaps over the start', SPRING, new Date('2026-03-08T05:00:00Z'), '07:00:00'],
    ['falls on the first of two half past one', AUTUMN, new Date('2026-11-01T04:00:00Z'), '05:30:00'],
    ['falls on the second, once the first is over', AUTUMN, new Date('2026-11-01T06:00:00Z'), '06:30:00'],
    ['is an hour earlier by UTC in summer', SUMMER, new Date('2026-07-01T10:00:00Z'), '13:00:00'],
    ['is an hour later by UTC in winter', WINTER, new Date('2026-12-01T10:00:00Z'), '14:00:00'],
  ])('%s, where there is daylight saving', (_name, queue, now, time) => {
    // Act
    const found = nextOpening(queue, ALL_DAY, now, daysAfter(1, now));

    // Assess
    expect(found?.toISOString()).toBe(`${now.toISOString().slice(0, 10)}T${time}.000Z`);
  });

  it('is unknown where none comes in time, not even a second late', () => {
    const now = inTokyo('2026-11-20T18:00:00');
    const opening = inTokyo('2026-11-23T09:00:00');
    expect(nextOpening(OFFICE, ALL_DAY, now, opening)).toEqual(opening);
    expect(nextOpening(OFFICE, ALL_DAY, now, new Date(opening.getTime() - 1))).toBeUndefined();
    expect(nextOpening(OFFICE, ALL_DAY, now, new Date(now.getTime() - 1))).toBeUndefined();
  });

  it('never comes where the queue is open only while no phone may ring', () => {
    const now = inTokyo('2026-11-20T12:00:00');
    expect(nextOpening(NIGHTS, DAYTIME, now, daysAfter(4, now))).toBeUndefined();
    expect(nextOpening(tokyo(), ALL_DAY, now, daysAfter(4, now))).toBeUndefined();
  });
});

describe('the closing time', () => {
  it.each<[string, OpeningHours, DailyHours, string, string]>([
    ['is the end of the day', OFFICE, ALL_DAY, '2026-11-20T10:00:00', '2026-11-20T18:00:00'],
    ['is one even in the last moment', OFFICE, ALL_DAY, '2026-11-20T17:59:59.999', '2026-11-20T18:00:00'],
    ['is now where it is closed', OFFICE, ALL_DAY, '2026-11-20T18:00:00', '2026-11-20T18:00:00'],
    ['is the end of the calling hours', AROUND_THE_CLOCK, DAYTIME, '2026-11-20T10:00:00', '2026-11-20T21:00:00'],
    ['is the earlier of the two', OFFICE, { ...ALL_DAY, end: '17:30' }, '2026-11-20T10:00:00', '2026-11-20T17:30:00'],
    ['comes after midnight', NIGHTS, ALL_DAY, '2026-11-20T23:00:00', '2026-11-21T06:00:00'],
    ['is midnight before a closed day', AROUND_THE_CLOCK, ALL_DAY, '2026-11-23T13:00:00', '2026-11-24T00:00:00'],
    [
      'is not where one stretch follows the other without a gap',
      tokyo('2026-11-20 09:00–12:00', '2026-11-20 12:00–00:00', '2026-11-21 00:00–02:00'),
      ALL_DAY,
      '2026-11-20T10:00:00',
      '2026-11-21T02:00:00',
    ],
    [
      'is that of the calling hours in their own zone',
      AROUND_THE_CLOCK,
      { start: '08:00', end: '21:00', timeZone: 'Europe/London' },
      '2026-11-20T18:00:00',
      '2026-11-21T06:00:00',
    ],
  ])('%s', (_name, queue, callingHours, now, closing) => {
    expect(closingTime(queue, callingHours, inTokyo(now))).toEqual(inTokyo(closing));
  });

  it('is none for a queue around the clock', () => {
    expect(closingTime(AROUND_THE_CLOCK, ALL_DAY, inTokyo('2026-11-20T10:00:00'))).toBeUndefined();
  });

  it.each<[string, OpeningHours, string, string]>([
    ['an hour early, when the clock is put forward', SPRING, '2026-03-08T07:30:00Z', '2026-03-08T09:00:00Z'],
    ['when the clock is put back before the start', AUTUMN, '2026-11-01T05:45:00Z', '2026-11-01T06:00:00Z'],
    ['at the hour on the clock', AUTUMN, '2026-11-01T06:45:00Z', '2026-11-01T10:00:00Z'],
  ])('comes %s', (_name, queue, now, closing) => {
    expect(closingTime(queue, ALL_DAY, new Date(now))).toEqual(new Date(closing));
  });
});

describe('opening and closing', () => {
  const clock = fc.integer({ min: 0, max: 95 }).map((quarter) => quarter * 15);
  const zone = fc.constantFrom('Asia/Tokyo', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kathmandu', 'UTC');
  /** Days on which clocks are set somewhere, and one on which none is. */
  const firstDay = fc.constantFrom('2026-03-07', '2026-10-31', '2026-04-04', '2026-10-03', '2026-06-30');
  const interval = fc.record({ day: fc.integer({ min: 0, max: 2 }), start: clock, end: clock });
  const asClock = (minutes: number) =>
    `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
  const case_ = fc.record({
    firstDay,
    queueZone: zone,
    intervals: fc.array(interval, { maxLength: 5 }),
    calling: fc.record({ start: clock, end: clock, timeZone: zone }),
    /** From the midnight UTC of the first day. */
    offsetMs: fc.integer({ min: 0, max: 2 * DAY_MS }),
    hoursAhead: fc.integer({ min: 0, max: 40 }),
  });

  it('are those found by looking at every minute', () => {
    fc.assert(
      fc.property(case_, ({ firstDay, queueZone, intervals, calling, offsetMs, hoursAhead }) => {
        // Prepare
        const queue = {
          timeZone: queueZone,
          intervals: intervals.map(({ day, start, end }) => ({ date: shiftDate(firstDay, day), start, end })),
        };
        const hours = { start: asClock(calling.start), end: asClock(calling.end), timeZone: calling.timeZone };
        const now = new Date(Date.parse(`${firstDay}T00:00:00Z`) + offsetMs);
        const until = new Date(now.getTime() + hoursAhead * 60 * 60_000);
        const isOpenAt = (at: Date) =>
          isOpen(queue.intervals, localTime(at, queue.timeZone)) && withinCallingHours(hours, at);

        // Act
        const opening = nextOpening(queue, hours, now, until);
        const closing = closingTime(queue, hours, now);

        // Assess
        const wholeSecond = new Date(Math.ceil(now.getTime() / 1000) * 1000);
        expect(opening).toEqual(minutesFrom(wholeSecond, until).find(isOpenAt));
        expect(closing).toEqual(minutesFrom(now, daysAfter(1, now)).find((at) => !isOpenAt(at)));
      }),
      { numRuns: fuzzRuns(60), seed: FUZZ_SEED },
    );
  });
});

const daysAfter = (days: number, from: Date): Date => new Date(from.getTime() + days * DAY_MS);

/** The moment itself, then every whole minute. */
function minutesFrom(from: Date, until: Date): Date[] {
  const first = (Math.floor(from.getTime() / 60_000) + 1) * 60_000;
  const later = Math.max(0, Math.floor((until.getTime() - first) / 60_000) + 1);
  return [from, ...Array.from({ length: later }, (_, index) => new Date(first + index * 60_000))].filter(
    (at) => at <= until,
  );
}
