import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { HOLIDAYS_KNOWN_UNTIL, holidaysOfTwoYears } from '../../domain/japanese-holidays.ts';

const nameOf = (day: string) => holidaysOfTwoYears(day).find((holiday) => holiday.day === day)?.name;
const daysOf = (year: number, from = `${year}-01-01`) =>
  holidaysOfTwoYears(from)
    .map(({ day }) => day)
    .filter((day) => day.startsWith(`${year}-`));

describe("Japan's holidays", () => {
  it.each(['2026-09-22', '2032-09-21', '2049-09-21'])('have %s between two others', (day) => {
    expect(nameOf(day)).toBe('休日');
  });

  it.each([
    ['2026-05-06', '2026-05-03'],
    ['2027-03-22', '2027-03-21'],
    ['2029-02-12', '2029-02-11'],
    ['2029-04-30', '2029-04-29'],
  ])('have %s in lieu of %s, a Sunday', (day, sunday) => {
    expect(nameOf(day)).toMatch(/ 振替休日$/);
    expect(nameOf(sunday)).toBeDefined();
  });

  // As the National Astronomical Observatory reckons them: https://eco.mtk.nao.ac.jp/koyomi/yoko/
  it.each([
    ['2026-03-20', '2026-09-23'],
    ['2027-03-21', '2027-09-23'],
    ['2028-03-20', '2028-09-22'],
    ['2030-03-20', '2030-09-23'],
  ])('have the equinoxes of %s and %s', (vernal, autumnal) => {
    expect([nameOf(vernal), nameOf(autumnal)]).toEqual(['春分の日', '秋分の日']);
  });

  it('are all those of a year', () => {
    // https://www8.cao.go.jp/chosei/shukujitsu/gaiyou.html
    expect(daysOf(2027)).toEqual(
      ['01-01', '01-11', '02-11', '02-23', '03-21', '03-22', '04-29', '05-03', '05-04', '05-05', '07-19', '08-11']
        .concat(['09-20', '09-23', '10-11', '11-03', '11-23'])
        .map((day) => `2027-${day}`),
    );
  });

  it('are those of two years, the first day among them, the last day not', () => {
    const days = holidaysOfTwoYears('2026-11-23').map(({ day }) => day);
    expect([days[0], days.at(-1)]).toEqual(['2026-11-23', '2028-11-03']);
    expect(days).toEqual(days.toSorted());
    expect(holidaysOfTwoYears('2026-11-24')[0]?.day).toBe('2027-01-01');
    expect(holidaysOfTwoYears('2028-02-29').at(-1)?.day).toBe('2030-02-23');
  });

  it('are known until the end of a year, and none is made up after it', () => {
    expect(HOLIDAYS_KNOWN_UNTIL).toBe('2050-12-31');
    expect(holidaysOfTwoYears('2050-12-01')).toEqual([]);
  });

  it.each(['America/Los_Angeles', 'Pacific/Kiritimati', 'Asia/Tokyo'])('are the same on a machine in %s', (TZ) => {
    const domain = join(import.meta.dirname, '../../domain');
    const script = `
      import { holidaysOfTwoYears } from '${domain}/japanese-holidays.ts';
      import { closedDays } from '${domain}/closed-days.ts';
      const hours = { days: ['TUESDAY'], closedOnHolidays: true, alsoClosed: ['2026-12-29', '2026-12-30'] };
      console.log(JSON.stringify([holidaysOfTwoYears('2026-09-22'), closedDays(hours, '2026-09-22').slice(0, 3)]));`;
    const said = execFileSync(process.execPath, ['--input-type=module', '--eval', script], {
      env: { ...process.env, TZ },
      encoding: 'utf8',
    });
    expect(JSON.parse(said)).toEqual([
      holidaysOfTwoYears('2026-09-22'),
      [
        { day: '2026-09-22', name: '休日' },
        { day: '2026-11-03', name: '文化の日' },
        { day: '2026-12-29', name: '休業日' },
      ],
    ]);
  });
});
