import table from '@holiday-jp/holiday_jp/lib/holidays.js';

/** A public holiday of Japan, `YYYY-MM-DD`. */
export interface Holiday {
  day: string;
  /** In Japanese: 元日; 春分の日 振替休日; 休日, which is a citizens' holiday between two others. */
  name: string;
}

/**
 * The last day that the table covers. Equinoxes more than a year ahead are astronomical predictions: every February the Cabinet fixes
 * those of the next year. Changes of the law require a newer table.
 * @see https://eco.mtk.nao.ac.jp/koyomi/yoko/
 */
export const HOLIDAYS_KNOWN_UNTIL = `${Object.keys(table).toSorted().at(-1)?.slice(0, 4)}-12-31`;

/**
 * The national holidays of Japan in two years from a day, inclusive. Days are compared as text, independent of the machine's zone.
 *
 * @param from a day, `YYYY-MM-DD`
 * @returns in the order of the calendar; past `HOLIDAYS_KNOWN_UNTIL` there are none
 * @see https://laws.e-gov.go.jp/law/323AC1000000178 for the law
 */
export const holidaysOfTwoYears = (from: string): Holiday[] =>
  Object.values(table)
    .map(({ date: day, name }) => ({ day, name }))
    .filter(({ day }) => day >= from && day < twoYearsAfter(from))
    .toSorted((one, other) => (one.day < other.day ? -1 : 1));

/** The same day two years later; for a leap day this is a day that only exists as text. */
export const twoYearsAfter = (day: string): string => `${Number(day.slice(0, 4)) + 2}${day.slice(4)}`;
