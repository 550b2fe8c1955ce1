import { describe, expect, it } from 'vitest';
import { closedDays } from '../../domain/closed-days.ts';

const WEEKDAYS = ['MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY'];
const hours = { days: WEEKDAYS, closedOnHolidays: true, alsoClosed: [] as string[] };
const days = (of: Parameters<typeof closedDays>[0], today = '2026-11-28') =>
  closedDays(of, today).map(({ day }) => day);

describe('closed days', () => {
  it('are holidays on which it would be open', () => {
    // 2027-03-21 is a Sunday, and 2028-01-01 a Saturday.
    expect(days(hours)).toEqual(expect.arrayContaining(['2027-01-01', '2027-03-22', '2028-11-23']));
    for (const day of ['2027-03-21', '2028-01-01']) expect(days(hours)).not.toContain(day);
    expect(days({ ...hours, days: [...WEEKDAYS, 'SUNDAY'] })).toContain('2027-03-21');
  });

  it('are those that the stage names, too, each once and by the name of its holiday', () => {
    const named = { ...hours, alsoClosed: ['2026-12-31', '2027-01-01', '2026-12-29', '2026-12-26'] };
    expect(closedDays(named, '2026-11-28').slice(0, 3)).toEqual([
      { day: '2026-12-29', name: '休業日' },
      { day: '2026-12-31', name: '休業日' },
      { day: '2027-01-01', name: '元日' },
    ]);
  });

  it('are the named ones alone where it is open on holidays', () => {
    expect(days({ ...hours, closedOnHolidays: false, alsoClosed: ['2026-12-29'] })).toEqual(['2026-12-29']);
    expect(days({ ...hours, closedOnHolidays: false })).toEqual([]);
  });

  it('have not passed', () => {
    expect(days({ ...hours, alsoClosed: ['2026-11-27'] })[0]).toBe('2027-01-01');
    expect(days(hours, '2027-01-01')[0]).toBe('2027-01-01');
    expect(days(hours, '2027-01-02')[0]).toBe('2027-01-11');
  });

  it('are the same from day to day, until one has passed or another is near', () => {
    expect(days(hours, '2026-11-29')).toEqual(days(hours, '2026-11-24'));
    expect(days(hours, '2027-01-05')).not.toEqual(days(hours, '2026-12-31'));
  });
});
