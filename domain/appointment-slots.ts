import {
  closingTime,
  type DailyHours,
  JAPANESE_CALENDAR,
  localTime,
  nextOpening,
  type OpeningHours,
} from './opening-hours.ts';
import type { StageSettings } from './stage-settings.ts';

/** How a stage makes appointments; null where it makes none. */
type Appointments = NonNullable<StageSettings['appointments']>;

interface SlotRules {
  /** In its zone slots are aligned to the clock. */
  callingHours: DailyHours;
  appointments: Pick<Appointments, 'maxDays' | 'slotMinutes'>;
}

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

/**
 * The slots of a queue that begin after now, each by its first moment, soonest first. The queue is open and phones may ring
 * in all of a slot.
 *
 * @param queue effective hours of all days until the last that may be chosen: a day without an interval is closed
 */
export function slotsOf(queue: OpeningHours, { callingHours, appointments }: SlotRules, now: Date): Date[] {
  const length = appointments.slotMinutes * MINUTE_MS;
  const until = lastMoment(appointments, now);
  const slots: Date[] = [];
  let from = nextOpening(queue, callingHours, now, until);
  while (from) {
    const closes = closingTime(queue, callingHours, from);
    const end = closes?.getTime() ?? from.getTime() + DAY_MS;
    let slot = nextSlot(from, callingHours, appointments);
    while (slot <= until && slot.getTime() + length <= end) {
      if (slot > now) slots.push(slot);
      slot = nextSlot(new Date(slot.getTime() + length), callingHours, appointments);
    }
    // What stays open for longer than a day is gone through day by day.
    from = nextOpening(queue, callingHours, closes ?? slot, until);
  }
  return slots;
}

/** Is it the first moment of a slot, by the clock alone? Whether the queue is open then is not asked. */
export const isSlot = (at: Date, { callingHours, appointments }: SlotRules): boolean =>
  nextSlot(at, callingHours, appointments).getTime() === at.getTime();

/** Is the queue open, and may phones ring, in all of the slot that begins then? */
export function isSlotOpen(at: Date, queue: OpeningHours, { callingHours, appointments }: SlotRules): boolean {
  const closes = closingTime(queue, callingHours, at);
  return closes === undefined || closes.getTime() >= at.getTime() + appointments.slotMinutes * MINUTE_MS;
}

/** The last moment at which a slot that may be chosen now begins. */
export const lastMoment = ({ maxDays }: Pick<Appointments, 'maxDays'>, now: Date): Date =>
  new Date(now.getTime() + maxDays * DAY_MS);

/** The day of a slot, by the calendar by which calls are counted, `2026-11-30`. */
export const dayOfSlot = (at: Date): string => localTime(at, JAPANESE_CALENDAR).date;

/** The first moment from then on at which the clock shows a multiple of a slot's length. */
function nextSlot(from: Date, { timeZone }: DailyHours, { slotMinutes }: Pick<Appointments, 'slotMinutes'>): Date {
  const minute = Math.ceil(from.getTime() / MINUTE_MS) * MINUTE_MS;
  const { minutes } = localTime(new Date(minute), timeZone);
  return new Date(minute + ((slotMinutes - (minutes % slotMinutes)) % slotMinutes) * MINUTE_MS);
}
