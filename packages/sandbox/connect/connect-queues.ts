import { isOpen, localTime, minutesOf, shiftDate } from '../../../domain/opening-hours.ts';
import { ConnectError } from './connect-errors.ts';

/** By the number of the day, 0 for Sunday. */
export const DAYS = ['SUNDAY', 'MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY', 'SATURDAY'] as const;

/** From and until a time of the day, `HH:MM` in the time zone of the model. */
interface Interval {
  start: string;
  end: string;
}

/** Opening hours by day of the week; a missing day is closed. */
type WeeklyHours = Partial<Record<(typeof DAYS)[number], readonly Interval[]>>;

/** Opening hours of single days (YYYY-MM-DD), which replace those of the week; none for a holiday. */
type Overrides = Readonly<Record<string, readonly Interval[]>>;

/** A queue as the console of Amazon Connect shows it. */
export interface Queue {
  id: string;
  name: string;
  enabled: boolean;
  /** False closes the queue at every hour. */
  open: boolean;
  /** Hours of an open queue; if missing, it is open at any hour (00:00–00:00 every day). */
  hours?: WeeklyHours;
  overrides?: Overrides;
  /** How many contacts may wait; if missing, there is no limit. */
  maxContacts?: number;
}

export type QueueOptions = Pick<Queue, 'id' | 'name'> & Partial<Queue>;

/** Every queue has opening hours of its own. */
export const hoursIdOf = (queueId: string): string => `hours-of-${queueId}`;

/** Time zone of all opening hours. */
export const TIME_ZONE = 'Asia/Tokyo';

interface ClockTime {
  Hours: number;
  Minutes: number;
}

interface Hours {
  Start: ClockTime;
  End: ClockTime;
}

/** One day in the response of GetEffectiveHoursOfOperations. */
interface EffectiveHours {
  /** YYYY-MM-DD */
  Date: string;
  OperationalHours: Hours[];
}

/** One override in the same response. */
interface OverrideHours {
  /** YYYY-MM-DD */
  Date: string;
  OverrideHours: (Partial<Hours> & { OverrideName: string; OperationalStatus: 'OPEN' | 'CLOSED' })[];
}

/** Maximum number of days in one request. */
const MAX_DAYS = 366;

/**
 * The opening hours of the days from `from` to `to` (inclusive), with overrides if there are any.
 * @param from YYYY-MM-DD
 * @param to YYYY-MM-DD
 */
export function effectiveHours(queue: Queue, from: string, to: string): EffectiveHours[] {
  return daysBetween(from, to).map((date) => ({ Date: date, OperationalHours: hoursOn(queue, date) }));
}

/** The overrides of the same days. */
export function overrideHours({ overrides = {} }: Queue, from: string, to: string): OverrideHours[] {
  return daysBetween(from, to).flatMap((date) => {
    const intervals = overrides[date];
    if (!intervals) return [];
    const OverrideName = `hours of ${date}`;
    const open = intervals.map((interval) => ({
      ...hoursOf(interval),
      OverrideName,
      OperationalStatus: 'OPEN' as const,
    }));
    const closed = [{ OverrideName, OperationalStatus: 'CLOSED' as const }];
    return [{ Date: date, OverrideHours: open.length > 0 ? open : closed }];
  });
}

function daysBetween(from: string, to: string): string[] {
  const days = (Date.parse(to) - Date.parse(from)) / 86_400_000 + 1;
  const wellFormed = [from, to].every((date) => /^\d{4}-\d\d-\d\d$/.test(date));
  if (!wellFormed || !(days >= 1 && days <= MAX_DAYS)) {
    throw new ConnectError(
      'InvalidParameterException',
      'fromDate and toDate must be dates, not more than a year apart.',
    );
  }
  return Array.from({ length: days }, (_, index) => shiftDate(from, index));
}

function hoursOn(queue: Queue, date: string): Hours[] {
  if (!queue.open) return [];
  const day = DAYS[new Date(`${date}T00:00:00Z`).getUTCDay()];
  const weekly = queue.hours === undefined ? [{ start: '00:00', end: '00:00' }] : day && queue.hours[day];
  return (queue.overrides?.[date] ?? weekly ?? []).map(hoursOf);
}

const hoursOf = ({ start, end }: Interval): Hours => ({ Start: clockTime(start), End: clockTime(end) });

const clockTime = (clock: string): ClockTime => ({
  Hours: Math.floor(minutesOf(clock) / 60),
  Minutes: minutesOf(clock) % 60,
});

/** Is the queue open at this moment? */
export function isOpenAt(queue: Queue, now: Date): boolean {
  const at = localTime(now, TIME_ZONE);
  const intervals = effectiveHours(queue, shiftDate(at.date, -1), at.date).flatMap(({ Date: date, OperationalHours }) =>
    OperationalHours.map(({ Start, End }) => ({ date, start: minutes(Start), end: minutes(End) })),
  );
  return isOpen(intervals, at);
}

const minutes = ({ Hours, Minutes }: ClockTime): number => Hours * 60 + Minutes;
