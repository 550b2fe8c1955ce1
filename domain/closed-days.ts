import { type Holiday, holidaysOfTwoYears } from './japanese-holidays.ts';

/** Which days of the week are open, and the exceptions. */
interface WeeklyHours {
  /** MONDAY … SUNDAY */
  days: readonly string[];
  closedOnHolidays: boolean;
  /** Further days, `YYYY-MM-DD`. */
  alsoClosed: readonly string[];
}

/** Name of a day of `alsoClosed`. */
const DAY_OFF = '休業日';

/**
 * The days from today on that are closed although their weekday is open: holidays of two years, and all those named by the stage. Past
 * days are left out; the list only changes when one of its days passes or another holiday comes within two years.
 *
 * @param today the day in Japan, `YYYY-MM-DD`
 * @returns in the order of the calendar, each day once
 */
export function closedDays({ days, closedOnHolidays, alsoClosed }: WeeklyHours, today: string): Holiday[] {
  const holidays = closedOnHolidays ? holidaysOfTwoYears(today) : [];
  const names = new Map([
    ...alsoClosed.map((day) => [day, DAY_OFF] as const),
    ...holidays.map(({ day, name }) => [day, name] as const),
  ]);
  return [...names]
    .map(([day, name]) => ({ day, name }))
    .filter(({ day }) => day >= today && days.includes(weekday(day)))
    .toSorted((one, other) => (one.day < other.day ? -1 : 1));
}

const WEEK = ['SUNDAY', 'MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY', 'SATURDAY'];

/** Weekday of a calendar day, independent of the machine's zone. */
const weekday = (day: string): string => WEEK[new Date(`${day}T00:00:00Z`).getUTCDay()] ?? '';
