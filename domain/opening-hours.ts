/** A wall-clock time. */
interface LocalTime {
  /** YYYY-MM-DD */
  date: string;
  /** Minutes since midnight. */
  minutes: number;
}

/** An interval of an opening day, in minutes since its midnight. An end at or before the start is on the next day. */
export interface OpenInterval {
  /** YYYY-MM-DD on which it starts. */
  date: string;
  start: number;
  end: number;
}

/** Opening hours of a queue on the requested days. A day without an interval is closed. */
export interface OpeningHours {
  timeZone: string;
  intervals: readonly OpenInterval[];
}

/** The same hours every day: `start` inclusive, `end` exclusive, `HH:MM`. They may cross midnight. */
export interface DailyHours {
  start: string;
  end: string;
  timeZone: string;
}

/**
 * The zone in which calls per day are counted, whatever the stage's calling hours: its limits are documented as those of a Japanese
 * day. Also the default zone of opening hours.
 */
export const JAPANESE_CALENDAR = 'Asia/Tokyo';

const MINUTES_PER_DAY = 24 * 60;
const MINUTE_MS = 60_000;

/** Japan has had no daylight saving time since 1951. @see https://data.iana.org/time-zones/tzdb/asia */
const JAPAN_AHEAD_OF_UTC_MS = 9 * 60 * MINUTE_MS;

/** Creating a formatter takes longer than using it. */
const formatters = new Map<string, Intl.DateTimeFormat>();

function formatterOf(timeZone: string): Intl.DateTimeFormat {
  const known = formatters.get(timeZone);
  if (known) return known;
  const formatter = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  });
  formatters.set(timeZone, formatter);
  return formatter;
}

/**
 * The wall-clock time in a zone. Throws RangeError for an unknown zone. Japan's is computed without a formatter, as the first one of a
 * process would add some 20 ms of CPU time to every cold start.
 */
export function localTime(now: Date, timeZone: string): LocalTime {
  if (timeZone === JAPANESE_CALENDAR) return timeInUtc(new Date(now.getTime() + JAPAN_AHEAD_OF_UTC_MS));
  const parts = Object.fromEntries(
    formatterOf(timeZone)
      .formatToParts(now)
      .map(({ type, value }) => [type, value]),
  );
  return {
    date: `${parts.year}-${parts.month}-${parts.day}`,
    minutes: Number(parts.hour) * 60 + Number(parts.minute),
  };
}

const timeInUtc = (at: Date): LocalTime => ({
  date: at.toISOString().slice(0, 10),
  minutes: at.getUTCHours() * 60 + at.getUTCMinutes(),
});

/** The day before or after, in the calendar. */
export function shiftDate(date: string, days: number): string {
  const shifted = new Date(`${date}T00:00:00Z`);
  shifted.setUTCDate(shifted.getUTCDate() + days);
  return shifted.toISOString().slice(0, 10);
}

/**
 * Whether the moment is in one of the intervals. An interval that ends at or before its start crosses midnight. 00:00–00:00 is
 * therefore the whole day, as midnight is 12:00AM at both ends in Amazon Connect. Its guide does not cover other equal times.
 *
 * @see https://docs.aws.amazon.com/connect/latest/adminguide/set-hours-operation.html#set-hours-operation-midnight
 */
export function isOpen(intervals: readonly OpenInterval[], at: LocalTime): boolean {
  const dayBefore = shiftDate(at.date, -1);
  return intervals.some((interval) => {
    const { date, start } = interval;
    const last = lastMinute(interval);
    if (date === at.date) return at.minutes >= start && at.minutes < last;
    if (date === dayBefore) return at.minutes + MINUTES_PER_DAY < last;
    return false;
  });
}

/** End of an interval, in minutes since the midnight before its start. */
const lastMinute = ({ start, end }: Pick<OpenInterval, 'start' | 'end'>): number =>
  end > start ? end : end + MINUTES_PER_DAY;

/** Minutes since midnight of `HH:MM`; `24:00` is the end of the day. */
export function minutesOf(clock: string): number {
  const [hours = 0, minutes = 0] = clock.split(':').map(Number);
  return hours * 60 + minutes;
}

/** Whether phones may ring now. `start` inclusive, `end` exclusive; a window may cross midnight. */
export function withinCallingHours(hours: DailyHours, now: Date): boolean {
  const at = localTime(now, hours.timeZone);
  return isOpen(intervalsAround(hours, at.date), at);
}

/** The day's interval and its neighbours. */
function intervalsAround(hours: DailyHours, date: string): OpenInterval[] {
  const [start, end] = [minutesOf(hours.start), minutesOf(hours.end)];
  return [-1, 0, 1].map((days) => ({ date: shiftDate(date, days), start, end }));
}

/**
 * The first whole second, from `now` to `until`, at which the queue is open and phones may ring. Undefined if there is none; days
 * beyond those of `queue` count as closed.
 */
export function nextOpening(queue: OpeningHours, callingHours: DailyHours, now: Date, until: Date): Date | undefined {
  const second = 1000;
  let at = new Date(Math.ceil(now.getTime() / second) * second);
  while (at <= until) {
    if (mayCall(queue, callingHours, at)) return at;
    at = nextChange(queue, callingHours, at);
  }
  return undefined;
}

/**
 * The first moment at which the queue or the calling hours close: `now` if they are closed. Undefined if they stay open for a day,
 * longer than any request lives. The days of `queue` must reach that far: others count as closed.
 */
export function closingTime(queue: OpeningHours, callingHours: DailyHours, now: Date): Date | undefined {
  const until = new Date(now.getTime() + MINUTES_PER_DAY * MINUTE_MS);
  let at = now;
  while (at <= until) {
    if (!mayCall(queue, callingHours, at)) return at;
    at = nextChange(queue, callingHours, at);
  }
  return undefined;
}

const mayCall = (queue: OpeningHours, callingHours: DailyHours, at: Date): boolean =>
  isOpen(queue.intervals, localTime(at, queue.timeZone)) && withinCallingHours(callingHours, at);

/** The next moment at which either may open or close, at most a day away. */
function nextChange(queue: OpeningHours, callingHours: DailyHours, at: Date): Date {
  const today = localTime(at, callingHours.timeZone).date;
  return new Date(
    Math.min(
      nextEdge(queue.intervals, queue.timeZone, at),
      nextEdge(intervalsAround(callingHours, today), callingHours.timeZone, at),
    ),
  );
}

/** Milliseconds of the next minute at which the wall clock reaches the edge of an interval, or changes. */
function nextEdge(intervals: readonly OpenInterval[], timeZone: string, at: Date): number {
  const minute = Math.floor(at.getTime() / MINUTE_MS);
  const shown = wallMinute(minute, timeZone);
  const ahead = intervals
    .flatMap((interval) => {
      const midnight = minutesSinceEpoch(interval.date);
      return [midnight + interval.start, midnight + lastMinute(interval)];
    })
    .map((edge) => edge - shown)
    .filter((minutes) => minutes > 0);
  const step = Math.min(MINUTES_PER_DAY, ...ahead);
  return (minute + minutesUntilSet(minute, step, timeZone)) * MINUTE_MS;
}

/** Minutes until the clock changes (daylight saving time); `step` if it does not before that. */
function minutesUntilSet(minute: number, step: number, timeZone: string): number {
  const isSetWithin = (minutes: number) =>
    wallMinute(minute + minutes, timeZone) !== wallMinute(minute, timeZone) + minutes;
  if (!isSetWithin(step)) return step;
  let [before, after] = [0, step];
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2);
    if (isSetWithin(middle)) after = middle;
    else before = middle;
  }
  return after;
}

/** The wall-clock time in minutes, as if the zone were UTC. */
function wallMinute(minute: number, timeZone: string): number {
  const { date, minutes } = localTime(new Date(minute * MINUTE_MS), timeZone);
  return minutesSinceEpoch(date) + minutes;
}

const minutesSinceEpoch = (date: string): number => Date.parse(`${date}T00:00:00Z`) / MINUTE_MS;
