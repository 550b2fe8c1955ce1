import { localTime } from './opening-hours.ts';

const MINUTE_MS = 60_000;

/**
 * A moment as ISO 8601 in whole seconds with the offset of a time zone: 2026-11-28T12:00:00+09:00. Throws RangeError for an
 * unknown zone.
 */
export function isoInZone(at: Date, timeZone: string): string {
  const { date, minutes } = localTime(at, timeZone);
  const minute = Math.floor(at.getTime() / MINUTE_MS);
  const ahead = Date.parse(`${date}T00:00:00Z`) / MINUTE_MS + minutes - minute;
  const shown = new Date((minute + ahead) * MINUTE_MS + (at.getTime() - minute * MINUTE_MS));
  const offset = Math.abs(ahead);
  const part = (value: number) => String(value).padStart(2, '0');
  return `${shown.toISOString().slice(0, 19)}${ahead < 0 ? '-' : '+'}${part(Math.floor(offset / 60))}:${part(offset % 60)}`;
}
