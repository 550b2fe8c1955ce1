import type { WrittenStageFile } from '../../domain/stage-file.ts';

const DAYS = ['MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY', 'SATURDAY', 'SUNDAY'] as const;

/** Weekly hours in the form of a stage file. */
export type WeeklyHours = Exclude<NonNullable<NonNullable<WrittenStageFile['create']>['hours']>, string>;

/**
 * Parses hours of operation as people write them; days may be shortened to three letters.
 *
 * @returns undefined if the text is not of this form
 * @example hoursOf('mon-fri, sunday 09:00-18:00') // { days: ['MONDAY', …, 'FRIDAY', 'SUNDAY'], start: '09:00', end: '18:00' }
 */
export function hoursOf(text: string): WeeklyHours | undefined {
  const [, days = '', start = '', end = ''] = /^(.+?)\s+(\d\d:\d\d)-(\d\d:\d\d)$/.exec(text.trim()) ?? [];
  const named = days.split(',').map(daysOf);
  if (start === '' || named.some((part) => part.length === 0)) return undefined;
  return { days: DAYS.filter((day) => named.flat().includes(day)), start, end };
}

/** `MONDAY`, `mon-fri`; no days if it is neither. */
function daysOf(part: string): readonly string[] {
  const [from = -1, to = from, ...more] = part.split('-').map(dayAt);
  return from < 0 || to < from || more.length > 0 ? [] : DAYS.slice(from, to + 1);
}

/** -1 if it is not a day. */
function dayAt(text: string): number {
  const day = text.trim().toUpperCase();
  return day.length < 3 ? -1 : DAYS.findIndex((name) => name.startsWith(day));
}
