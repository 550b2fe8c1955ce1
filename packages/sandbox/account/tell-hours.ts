import { effectiveHours, overrideHours, type Queue } from '../connect/connect-queues.ts';
import type { HoursState } from './account-state.ts';

const DAYS = ['SUNDAY', 'MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY', 'SATURDAY'] as const;

/** The response of GetEffectiveHoursOfOperations. Dates are YYYY-MM-DD. */
export function effective(hours: HoursState, from: string, to: string) {
  const queue = queueWith(hours);
  return {
    EffectiveHoursOfOperationList: effectiveHours(queue, from, to),
    EffectiveOverrideHoursList: overrideHours(queue, from, to),
    TimeZone: 'Asia/Tokyo',
  };
}

/** The days of the week as DescribeHoursOfOperation returns them. */
export const weekOf = ({ hours }: HoursState) =>
  DAYS.flatMap((Day) => {
    const intervals = hours === undefined ? [{ start: '00:00', end: '00:00' }] : (hours[Day] ?? []);
    return intervals.map(({ start, end }) => ({ Day, StartTime: clockOf(start), EndTime: clockOf(end) }));
  });

/** The list that ListHoursOfOperationOverrides returns. */
export const overridesOf = ({ overrides = {} }: HoursState) =>
  Object.entries(overrides).map(([date, intervals]) => ({
    Name: `hours of ${date}`,
    EffectiveFrom: date,
    EffectiveTill: date,
    Config: intervals.map(({ start, end }) => ({ StartTime: clockOf(start), EndTime: clockOf(end) })),
  }));

const queueWith = ({ id, name, hours, overrides }: HoursState): Queue => ({
  ...{ id, name, enabled: true, open: true },
  ...(hours && { hours }),
  ...(overrides && { overrides }),
});

function clockOf(clock: string) {
  const [Hours, Minutes] = clock.split(':').map(Number);
  return { Hours, Minutes };
}
