import type { Account } from '../account.ts';
import type { Check, CheckedStage } from '../check.ts';
import { counted } from '../counted.ts';
import { DAYS_AHEAD, enteredHours, hoursOfStage } from '../stage-answers.ts';

const EFFECTIVE = ['connect:DescribeQueue', 'connect:GetEffectiveHoursOfOperations'];
const ENTERED = [...EFFECTIVE, 'connect:DescribeHoursOfOperation', 'connect:ListHoursOfOperationOverrides'];

const WEEK = ['SUNDAY', 'MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY', 'SATURDAY'];
const dayOf = (date: string): string => WEEK[new Date(`${date}T00:00:00Z`).getUTCDay()] ?? '';

/** How Amazon Connect returns opening hours, with the credentials of the caller. */
export const HOURS_CHECKS: readonly Check[] = [
  {
    id: 'effective-hours-of-a-month',
    title: `One response has the opening hours of ${DAYS_AHEAD} days`,
    permissions: EFFECTIVE,
    async ask(account, stage) {
      const hours = await hoursOfStage(account, stage).catch((error: unknown) => {
        const isRefused = error instanceof Error && /^Invalid(?:Parameter|Request)Exception$/.test(error.name);
        if (isRefused) return error;
        throw error;
      });
      if (hours instanceof Error) {
        return {
          state: 'problem',
          seen: `Amazon Connect refuses to return the hours of ${DAYS_AHEAD} days (${hours.name})`,
          nextStep:
            'Set appointments.maxDays lower, and report this: functions/shared/connect-readings.ts asks for too much.',
        };
      }
      const last = hours.days.at(-1)?.Date;
      return last === hours.to
        ? { state: 'fine', seen: `${hours.days.length} days, up to ${last}` }
        : {
            state: 'problem',
            seen: `${hours.days.length} days, up to ${last ?? 'none'} instead of ${hours.to}`,
            nextStep: 'Set appointments.maxDays to at most that many days, and report this.',
          };
    },
  },
  {
    id: 'hours-whole-day',
    title: 'A whole day is written 00:00–00:00',
    permissions: ENTERED,
    async ask(account, stage) {
      const { week, days } = await both(account, stage);
      const whole = week.filter(({ StartTime, EndTime }) => isMidnight(StartTime) && isEndOfDay(EndTime));
      if (whole.length === 0) {
        return { state: 'unchecked', seen: 'no day of the default queue is open all day', nextStep: 'Nothing to do.' };
      }
      const day = days.find(({ Date: date = '' }) => whole.some(({ Day }) => Day === dayOf(date)));
      const [first] = day?.OperationalHours ?? [];
      const isAsAssumed = isMidnight(first?.Start) && isMidnight(first?.End);
      const seen = `${day?.Date}: from ${clock(first?.Start)} to ${clock(first?.End)}`;
      return isAsAssumed
        ? { state: 'fine', seen }
        : { state: 'problem', seen, nextStep: 'Report this: domain/opening-hours.ts would read it wrongly.' };
    },
  },
  {
    id: 'hours-overrides',
    title: 'Overrides are applied to the hours in the response, and also listed',
    permissions: ENTERED,
    async ask(account, stage) {
      const { entered, overrides, from, to } = await both(account, stage);
      const within = entered.filter(
        ({ EffectiveFrom = '', EffectiveTill = '' }) => EffectiveFrom <= to && EffectiveTill >= from,
      );
      if (within.length === 0) {
        return {
          state: 'unchecked',
          seen: `the hours of the default queue have no override until ${to}`,
          nextStep: 'Add one, such as the next holiday, and run this again.',
        };
      }
      const named = new Set(
        overrides.flatMap(({ OverrideHours = [] }) => OverrideHours.map((one) => one.OverrideName)),
      );
      const missing = within.filter(({ Name }) => !named.has(Name));
      return missing.length === 0
        ? { state: 'fine', seen: `${counted(within.length, 'override')}, each listed in the response` }
        : {
            state: 'problem',
            seen: `not listed in the response: ${missing.length} of ${counted(within.length, 'override')}`,
            nextStep: 'Report this: compare the hours of such a day in the response with what was entered.',
          };
    },
  },
  {
    id: 'hours-override-without-hours',
    title: 'An override without hours closes the day',
    permissions: ENTERED,
    async ask(account, stage) {
      const { entered, days, from, to } = await both(account, stage);
      const closing = entered.filter(({ Config = [] }) => Config.length === 0);
      const off = datesBetween(from, to).filter((date) =>
        closing.some(({ EffectiveFrom = '', EffectiveTill = '' }) => EffectiveFrom <= date && date <= EffectiveTill),
      );
      if (off.length === 0) {
        return {
          state: 'unchecked',
          seen: `the hours of the default queue have no day off until ${to}`,
          nextStep: 'Add one, such as the next holiday, and run this again.',
        };
      }
      const open = days.filter(
        ({ Date: date = '', OperationalHours = [] }) => off.includes(date) && OperationalHours.length > 0,
      );
      return open.length === 0
        ? { state: 'fine', seen: `${off.length} days off, none of them with hours` }
        : {
            state: 'problem',
            seen: `${open.length} of ${off.length} days off have hours, the first ${open[0]?.Date}`,
            nextStep:
              'Enter the days off in the console, and report this: resources/made-queues.cjs writes them wrongly.',
          };
    },
  },
  {
    id: 'hours-closed-day',
    title: 'A closed day is in the list, without hours',
    permissions: ENTERED,
    async ask(account, stage) {
      const { week, days, from, to } = await both(account, stage);
      const closed = WEEK.filter((day) => !week.some(({ Day }) => Day === day));
      if (closed.length === 0) {
        return {
          state: 'unchecked',
          seen: 'the default queue is open on every day of the week',
          nextStep: 'Nothing to do.',
        };
      }
      const wanted = datesBetween(from, to).filter((date) => closed.includes(dayOf(date)));
      const listed = days.filter(({ Date: date = '' }) => wanted.includes(date));
      // An override may open some of them.
      const empty = listed.filter(({ OperationalHours = [] }) => OperationalHours.length === 0);
      return listed.length === wanted.length && empty.length > 0
        ? { state: 'fine', seen: `${empty.length} closed days, all of them listed` }
        : {
            state: 'problem',
            seen: `${listed.length} of ${wanted.length} closed days are listed, ${empty.length} without hours`,
            nextStep: 'Report this: a day that is left out reads as closed as well, so nobody is called wrongly.',
          };
    },
  },
];

async function both(account: Account, stage: CheckedStage) {
  const hours = await hoursOfStage(account, stage);
  const { week, overrides: entered } = await enteredHours(account, stage);
  return { ...hours, week, entered };
}

interface Clock {
  Hours?: number | undefined;
  Minutes?: number | undefined;
}

const isMidnight = (at: Clock | undefined): boolean => at?.Hours === 0 && at.Minutes === 0;
/** The console writes the end of a whole day as 00:00 or 23:59. */
const isEndOfDay = (at: Clock | undefined): boolean => isMidnight(at) || (at?.Hours === 23 && at.Minutes === 59);

const clock = (at: Clock | undefined): string =>
  at ? `${String(at.Hours).padStart(2, '0')}:${String(at.Minutes).padStart(2, '0')}` : 'nothing';

function datesBetween(from: string, to: string): string[] {
  const dates = [];
  for (let at = Date.parse(from); at <= Date.parse(to); at += 86_400_000)
    dates.push(new Date(at).toISOString().slice(0, 10));
  return dates;
}
