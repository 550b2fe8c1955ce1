import { type Holiday, holidaysOfTwoYears } from './japanese-holidays.ts';

/** Which days of the week are open, and which days are not although they are one of them. */
interface WeeklyHours {
  /** MONDAY … SUNDAY */
  days: readonly string[];
  closedOnHolidays: boolean;
  /** Further days, `YYYY-MM-DD`. */
  alsoClosed: readonly string[];
}

/** What a day of `alsoClosed` is called. */
const DAY_OFF = '休業日';

/**
 * The days from today on that would be open and are closed: holidays of two years, and all those that the stage names. Days that
 * have passed are left out, so that the list is the same until one of its days has passed or another holiday comes near.
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

/** Of a day in the calendar, whatever the machine's zone. */
const weekday = (day: string): string => WEEK[new Date(`${day}T00:00:00Z`).getUTCDay()] ?? '';
