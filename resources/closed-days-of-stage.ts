import { closedDays } from '../domain/closed-days.ts';
import { HOLIDAYS_KNOWN_UNTIL, type Holiday, twoYearsAfter } from '../domain/japanese-holidays.ts';
import { JAPANESE_CALENDAR, localTime } from '../domain/opening-hours.ts';
import type { StageFile } from '../domain/stage-file.ts';

/** Not adjustable. @see https://docs.aws.amazon.com/connect/latest/adminguide/hours-of-operation-overrides.html */
const MAX_OVERRIDES = 50;

const todayInJapan = (): string => localTime(new Date(), JAPANESE_CALENDAR).date;

/** Closed days of the hours of operation that the stack creates, from today on. */
export const closedDaysOf = ({ create: { hours } }: StageFile, today = todayInJapan()): Holiday[] =>
  hours === null || typeof hours === 'string' ? [] : closedDays(hours, today);

/** Too many closed days for Amazon Connect, and holidays that are not known yet. */
export function closedDayContradictions(file: StageFile, today = todayInJapan()) {
  const { hours } = file.create;
  if (hours === null || typeof hours === 'string') return [];
  const closed = closedDaysOf(file, today).length;
  const at = (field: string, found: unknown, expected: string) => ({
    path: ['create', 'hours', field],
    found,
    expected,
  });
  return [
    ...(closed > MAX_OVERRIDES
      ? [
          at(
            'alsoClosed',
            hours.alsoClosed,
            `at most ${MAX_OVERRIDES} days off, holidays of two years among them, not ${closed}`,
          ),
        ]
      : []),
    ...(hours.closedOnHolidays && twoYearsAfter(today) > HOLIDAYS_KNOWN_UNTIL
      ? [
          at(
            'closedOnHolidays',
            true,
            `false, or a newer @holiday-jp/holiday_jp: the holidays of two years are needed, and its table ends with ${HOLIDAYS_KNOWN_UNTIL}`,
          ),
        ]
      : []),
  ];
}
