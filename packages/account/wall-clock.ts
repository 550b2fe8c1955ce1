import { JAPANESE_CALENDAR, localTime } from '../../domain/opening-hours.ts';

const WEEKDAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];

/** @example wallClock(new Date('2026-11-30T00:00:00Z'), 'Asia/Tokyo') // 'Mon 2026-11-30 09:00 JST' */
export function wallClock(at: Date, timeZone: string): string {
  const { date, minutes } = localTime(at, timeZone);
  const clock = [Math.floor(minutes / 60), minutes % 60].map((part) => String(part).padStart(2, '0')).join(':');
  return `${WEEKDAYS[new Date(`${date}T00:00:00Z`).getUTCDay()]} ${date} ${clock} ${zoneName(at, timeZone)}`;
}

/** English has no name for Japan's zone but its distance from Greenwich. */
export function zoneName(at: Date, timeZone: string): string {
  if (timeZone === JAPANESE_CALENDAR) return 'JST';
  const parts = new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'short' }).formatToParts(at);
  return parts.find(({ type }) => type === 'timeZoneName')?.value ?? timeZone;
}
