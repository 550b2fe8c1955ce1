import { isOpen, localTime, minutesOf, shiftDate } from '../../domain/opening-hours.ts';
import { ConnectError } from './errors.ts';

const DAYS = ['SUNDAY', 'MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY', 'SATURDAY'] as const;

/** Opening hours by the day of the week, `HH:MM` in the time zone of the model; a day that is missing is closed. */
export type WeeklyHours = Partial<Record<(typeof DAYS)[number], readonly { start: string; end: string }[]>>;

/** A queue as the console of Amazon Connect shows it. */
export interface Queue {
  id: string;
  name: string;
  enabled: boolean;
  /** False closes the queue at every hour. */
  open: boolean;
  /** Hours of an open queue; without them it is open at any hour (00:00–00:00 every day). */
  hours?: WeeklyHours;
  /** Contacts that may wait; without it there is no limit. */
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

/** One day in the answer of GetEffectiveHoursOfOperations. */
export interface EffectiveHours {
  /** YYYY-MM-DD */
  Date: string;
  OperationalHours: { Start: ClockTime; End: ClockTime }[];
}

/** Days one request may ask for. */
const MAX_DAYS = 366;

/**
 * The opening hours of the days from `from` to `to`, both included.
 * @param from YYYY-MM-DD
 * @param to YYYY-MM-DD
 */
export function effectiveHours(queue: Queue, from: string, to: string): EffectiveHours[] {
  const days = (Date.parse(to) - Date.parse(from)) / 86_400_000 + 1;
  const wellFormed = [from, to].every((date) => /^\d{4}-\d\d-\d\d$/.test(date));
  if (!wellFormed || !(days >= 1 && days <= MAX_DAYS)) {
    throw new ConnectError(
      'InvalidParameterException',
      'fromDate and toDate must be dates, not more than a year apart.',
    );
  }
  return Array.from({ length: days }, (_, index) => {
    const date = shiftDate(from, index);
    return { Date: date, OperationalHours: hoursOn(queue, date) };
  });
}

function hoursOn(queue: Queue, date: string): EffectiveHours['OperationalHours'] {
  if (!queue.open) return [];
  const day = DAYS[new Date(`${date}T00:00:00Z`).getUTCDay()];
  const hours = queue.hours === undefined ? [{ start: '00:00', end: '00:00' }] : day && queue.hours[day];
  return (hours ?? []).map(({ start, end }) => ({ Start: clockTime(start), End: clockTime(end) }));
}

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
