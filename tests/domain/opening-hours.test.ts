import { describe, expect, it } from 'vitest';
import { isOpen, localTime, minutesOf, shiftDate, withinCallingHours } from '../../domain/opening-hours.ts';

const TODAY = '2026-11-22';
const YESTERDAY = '2026-11-21';
const TOMORROW = '2026-11-23';
const at = (clock: string, date = TODAY) => ({ date, minutes: minutesOf(clock) });
const from = (start: string, end: string, date = TODAY) => ({ date, start: minutesOf(start), end: minutesOf(end) });

describe('the clock on the wall', () => {
  it.each([
    ['2026-11-22T03:00:00Z', 'Asia/Tokyo', '2026-11-22', 12 * 60],
    ['2026-11-22T15:00:00Z', 'Asia/Tokyo', '2026-11-23', 0],
    ['2026-11-22T14:59:59.999Z', 'Asia/Tokyo', '2026-11-22', 23 * 60 + 59],
    ['2026-12-31T15:00:00Z', 'Asia/Tokyo', '2027-01-01', 0],
    ['2026-11-22T03:00:00Z', 'UTC', '2026-11-22', 180],
    ['2026-11-22T03:00:00Z', 'America/New_York', '2026-11-21', 22 * 60],
    ['2026-07-01T03:00:00Z', 'America/New_York', '2026-06-30', 23 * 60],
    ['2026-11-22T03:15:00Z', 'Asia/Kathmandu', '2026-11-22', 9 * 60],
  ])('shows %s in %s as %s, minute %i', (moment, zone, date, minutes) => {
    expect(localTime(new Date(moment), zone)).toEqual({ date, minutes });
  });

  it('of Japan, which is reckoned, is the one that Intl knows, at every quarter of an hour of five years', () => {
    const intl = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Tokyo', dateStyle: 'short', timeStyle: 'short' });
    const quarterMs = 15 * 60_000;
    const moments = Array.from({ length: 5 * 366 * 96 }, (_, n) => new Date(Date.UTC(2025, 11, 31) + n * quarterMs));
    const reckoned = moments.map((moment) => {
      const { date, minutes } = localTime(moment, 'Asia/Tokyo');
      return `${date} ${Math.floor(minutes / 60)}:${minutes % 60}`;
    });
    const known = moments.map((moment) => intl.format(moment).replace(/ 0?(\d+):0?(\d+)/, ' $1:$2'));
    expect(reckoned.filter((shown, n) => shown !== known[n])).toEqual([]);
  });

  it('is unknown in a zone that does not exist', () => {
    expect(() => localTime(new Date(), 'Asia/Nowhere')).toThrow(RangeError);
  });
});

describe('a day shifted in the calendar', () => {
  it.each([
    ['2026-11-22', -1, '2026-11-21'],
    ['2026-11-30', 1, '2026-12-01'],
    ['2027-01-01', -1, '2026-12-31'],
    ['2028-02-28', 1, '2028-02-29'],
    ['2026-03-01', -1, '2026-02-28'],
  ])('%s and %i days is %s', (date, days, shifted) => {
    expect(shiftDate(date, days)).toBe(shifted);
  });
});

describe('an interval', () => {
  it.each([
    ['at its start', from('09:00', '18:00'), at('09:00'), true],
    ['in its last minute', from('09:00', '18:00'), at('17:59'), true],
    ['at its end', from('09:00', '18:00'), at('18:00'), false],
    ['before it', from('09:00', '18:00'), at('08:59'), false],
    ['of another day', from('09:00', '18:00', TOMORROW), at('10:00'), false],
    ['of yesterday, over by now', from('09:00', '18:00', YESTERDAY), at('10:00'), false],
    ['over midnight, in the evening', from('22:00', '02:00'), at('23:59'), true],
    ['over midnight, in the afternoon', from('22:00', '02:00'), at('21:59'), false],
    ['over midnight, on the night before it starts', from('22:00', '02:00'), at('01:00'), false],
    ["over midnight, yesterday's shift at night", from('22:00', '02:00', YESTERDAY), at('01:59'), true],
    ["over midnight, yesterday's shift at its end", from('22:00', '02:00', YESTERDAY), at('02:00'), false],
    ["over midnight, yesterday's shift, in the evening", from('22:00', '02:00', YESTERDAY), at('23:00'), false],
    ["over midnight, tomorrow's shift", from('22:00', '02:00', TOMORROW), at('23:00'), false],
    ['of the whole day 00:00–00:00, at its start', from('00:00', '00:00'), at('00:00'), true],
    ['of the whole day 00:00–00:00, at its end', from('00:00', '00:00'), at('23:59'), true],
    ['of the whole day 00:00–00:00, a day later', from('00:00', '00:00', YESTERDAY), at('00:00'), false],
    ['until 24:00', from('09:00', '24:00'), at('23:59'), true],
    ['until 24:00, after midnight', from('09:00', '24:00', YESTERDAY), at('00:00'), false],
    ['until 00:00, which is midnight', from('09:00', '00:00'), at('23:59'), true],
    ['until 00:00, after midnight', from('09:00', '00:00', YESTERDAY), at('00:00'), false],
    ['over the end of a month', from('22:00', '06:00', '2026-10-31'), at('05:00', '2026-11-01'), true],
  ])('is open or not: %s', (_name, interval, moment, open) => {
    expect(isOpen([interval], moment)).toBe(open);
  });

  it('of none is never open', () => {
    expect(isOpen([], at('12:00'))).toBe(false);
  });

  it('of several is open in each, and closed at lunch', () => {
    const day = [from('09:00', '12:00'), from('13:00', '18:00')];
    expect(['11:59', '12:00', '12:59', '13:00'].map((clock) => isOpen(day, at(clock)))).toEqual([
      true,
      false,
      false,
      true,
    ]);
  });
});

describe('calling hours', () => {
  const TOKYO = { start: '08:00', end: '21:00', timeZone: 'Asia/Tokyo' };

  it.each([
    ['at their start', '2026-11-21T23:00:00Z', TOKYO, true],
    ['a second before', '2026-11-21T22:59:59Z', TOKYO, false],
    ['in their last second', '2026-11-22T11:59:59Z', TOKYO, true],
    ['at their end', '2026-11-22T12:00:00Z', TOKYO, false],
    ['at night', '2026-11-22T18:00:00Z', TOKYO, false],
    ['in another zone', '2026-11-22T12:00:00Z', { ...TOKYO, timeZone: 'Europe/London' }, true],
    ['over midnight, in the evening', '2026-11-22T14:00:00Z', { ...TOKYO, start: '22:00', end: '02:00' }, true],
    ['over midnight, in the night', '2026-11-22T16:59:00Z', { ...TOKYO, start: '22:00', end: '02:00' }, true],
    ['over midnight, at their end', '2026-11-22T17:00:00Z', { ...TOKYO, start: '22:00', end: '02:00' }, false],
    ['all day, 00:00–24:00', '2026-11-22T15:00:00Z', { ...TOKYO, start: '00:00', end: '24:00' }, true],
    ['all day, 00:00–00:00', '2026-11-22T14:59:00Z', { ...TOKYO, start: '00:00', end: '00:00' }, true],
    ['until midnight', '2026-11-22T15:00:00Z', { ...TOKYO, end: '24:00' }, false],
  ])('let a phone ring or not: %s', (_name, moment, hours, rings) => {
    expect(withinCallingHours(hours, new Date(moment))).toBe(rings);
  });
});

describe('minutesOf', () => {
  it.each([
    ['00:00', 0],
    ['08:05', 485],
    ['23:59', 1439],
    ['24:00', 1440],
  ])('counts %s as %i', (clock, minutes) => {
    expect(minutesOf(clock)).toBe(minutes);
  });
});
