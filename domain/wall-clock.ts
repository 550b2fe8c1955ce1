import { localTime } from './opening-hours.ts';

/** `12:03:01`: the wall-clock time in a zone, to the second. */
export const clockOf = (iso: string, timeZone: string): string => {
  const { minutes } = localTime(new Date(iso), timeZone);
  const second = new Date(iso).getUTCSeconds();
  return [Math.floor(minutes / 60), minutes % 60, second].map((part) => String(part).padStart(2, '0')).join(':');
};

/** `2026-11-22`: the calendar day in a zone. */
export const dateOf = (iso: string, timeZone: string): string => localTime(new Date(iso), timeZone).date;

/** `2026-11-22 12:03:01` */
export const dateAndClock = (iso: string, timeZone: string): string =>
  `${dateOf(iso, timeZone)} ${clockOf(iso, timeZone)}`;

/** Zones with a well-known short name and no daylight saving time that would change it. */
const SHORT_NAMES: Readonly<Record<string, string>> = { 'Asia/Tokyo': 'JST', UTC: 'UTC' };

/** The name of a zone after a time: `JST`, else the zone's own, such as `Europe/Berlin`. */
export const zoneName = (timeZone: string): string => SHORT_NAMES[timeZone] ?? timeZone;

/** `2026-11-22 12:03:01 JST`: a moment that needs no context. */
export const momentIn = (iso: string, timeZone: string): string =>
  `${dateAndClock(iso, timeZone)} ${zoneName(timeZone)}`;

const WEEKDAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];

/** `Mon 2026-11-30 09:00 JST`: when something opens, to the minute. */
export function weekdayAndClock(at: Date, timeZone: string): string {
  const iso = at.toISOString();
  const day = dateOf(iso, timeZone);
  const weekday = WEEKDAYS[new Date(`${day}T00:00:00Z`).getUTCDay()];
  return `${weekday} ${day} ${clockOf(iso, timeZone).slice(0, 5)} ${zoneName(timeZone)}`;
}
