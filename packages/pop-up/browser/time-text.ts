import type { Language } from './default-texts.ts';

/** The day of a time with offset, in the calendar of its own zone: YYYY-MM-DD. */
export const dayOf = (time: string): string => time.slice(0, 10);

/** Its clock: `9:00`. */
export const clockOf = (time: string): string => time.slice(11, 16).replace(/^0/, '');

/** `11月30日（月）`, `Mon 30 Nov`. */
export function dayText(time: string, language: Language): string {
  const text = new Intl.DateTimeFormat(language === 'ja' ? 'ja' : 'en-GB', {
    month: 'short',
    day: 'numeric',
    weekday: 'short',
    timeZone: 'UTC',
  }).format(new Date(`${dayOf(time)}T00:00:00Z`));
  // Browsers put half-width brackets around the day of the week.
  return text.replace('(', '（').replace(')', '）');
}

/**
 * Day and time in the zone of the time, which is named if the visitor's own clock shows another hour.
 *
 * @param now ms since 1970
 * @example timeText('2026-11-30T09:00:00+09:00', 'ja', now) // '11月30日（月）9:00', or '本日 9:00'
 */
export function timeText(time: string, language: Language, now: number): string {
  const isToday = dayOf(time) === dayOf(new Date(now + offsetOf(time) * 60_000).toISOString());
  const clock = clockOf(time) + zoneText(time, language);
  if (language === 'ja') return (isToday ? '本日 ' : dayText(time, language)) + clock;
  return isToday ? `${clock} today` : `${clock} on ${dayText(time, language)}`;
}

/** Name of the zone if the visitor's clock is in another one: `（日本時間）`. */
export function zoneText(time: string, language: Language): string {
  if (-new Date(time).getTimezoneOffset() === offsetOf(time)) return '';
  const offset = time.slice(-6);
  const zone = offset === '+09:00' ? { ja: '日本時間', en: 'Japan time' }[language] : `UTC${offset}`;
  return language === 'ja' ? `（${zone}）` : ` (${zone})`;
}

/** Minutes ahead of UTC. */
function offsetOf(time: string): number {
  const [hours = 0, minutes = 0] = time.slice(-5).split(':').map(Number);
  return (hours * 60 + minutes) * (time.slice(-6, -5) === '-' ? -1 : 1);
}
