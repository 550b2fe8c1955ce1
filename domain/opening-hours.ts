/** A moment on a wall clock. */
export interface LocalTime {
  /** YYYY-MM-DD */
  date: string;
  /** Minutes since midnight. */
  minutes: number;
}

/** A stretch of an opening day, in minutes since its midnight. An end at or before the start lies on the next day. */
export interface OpenInterval {
  /** YYYY-MM-DD on which it starts. */
  date: string;
  start: number;
  end: number;
}

const MINUTES_PER_DAY = 24 * 60;

/** What the clock on the wall shows in a time zone. Throws RangeError for an unknown zone. */
export function localTime(now: Date, timeZone: string): LocalTime {
  const parts = Object.fromEntries(
    new Intl.DateTimeFormat('en-CA', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
    })
      .formatToParts(now)
      .map(({ type, value }) => [type, value]),
  );
  return {
    date: `${parts.year}-${parts.month}-${parts.day}`,
    minutes: Number(parts.hour) * 60 + Number(parts.minute),
  };
}

/** The day before or after, in the calendar. */
export function shiftDate(date: string, days: number): string {
  const shifted = new Date(`${date}T00:00:00Z`);
  shifted.setUTCDate(shifted.getUTCDate() + days);
  return shifted.toISOString().slice(0, 10);
}

/**
 * Is the moment inside one of the intervals? 00:00–00:00 is the whole day; an interval that ends at or before its
 * start runs over midnight.
 */
export function isOpen(intervals: readonly OpenInterval[], at: LocalTime): boolean {
  return intervals.some(({ date, start, end }) => {
    const last = end > start ? end : end + MINUTES_PER_DAY;
    if (date === at.date) return at.minutes >= start && at.minutes < last;
    if (date === shiftDate(at.date, -1)) return at.minutes + MINUTES_PER_DAY < last;
    return false;
  });
}

/** Minutes since midnight of `HH:MM`; `24:00` is the end of the day. */
export function minutesOf(clock: string): number {
  const [hours = 0, minutes = 0] = clock.split(':').map(Number);
  return hours * 60 + minutes;
}

/** May a phone ring now? `start` inclusive, `end` exclusive; a window may run over midnight. */
export function withinCallingHours(hours: { start: string; end: string; timeZone: string }, now: Date): boolean {
  const at = localTime(now, hours.timeZone);
  const window = { start: minutesOf(hours.start), end: minutesOf(hours.end) };
  return isOpen(
    [
      { date: at.date, ...window },
      { date: shiftDate(at.date, -1), ...window },
    ],
    at,
  );
}
