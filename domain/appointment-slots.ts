import {
  closingTime,
  type DailyHours,
  JAPANESE_CALENDAR,
  localTime,
  nextOpening,
  type OpeningHours,
} from './opening-hours.ts';
import type { StageSettings } from './stage-settings.ts';

/** How a stage makes appointments; null if it makes none. */
type Appointments = NonNullable<StageSettings['appointments']>;

interface SlotRules {
  /** Slots are aligned to the clock in this zone. */
  callingHours: DailyHours;
  appointments: Pick<Appointments, 'maxDays' | 'slotMinutes'>;
}

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

/**
 * The starts of a queue's future slots, soonest first. During the whole slot the queue is open and phones may ring.
 *
 * @param queue with effective hours of all days that may be chosen; a day without an interval is closed
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
    // Openings longer than a day are processed day by day.
    from = nextOpening(queue, callingHours, closes ?? slot, until);
  }
  return slots;
}

/** Whether a slot begins then by the clock, regardless of opening hours. */
export const isSlot = (at: Date, { callingHours, appointments }: SlotRules): boolean =>
  nextSlot(at, callingHours, appointments).getTime() === at.getTime();

/** Whether the queue is open and phones may ring during the whole slot that begins then. */
export function isSlotOpen(at: Date, queue: OpeningHours, { callingHours, appointments }: SlotRules): boolean {
  const closes = closingTime(queue, callingHours, at);
  return closes === undefined || closes.getTime() >= at.getTime() + appointments.slotMinutes * MINUTE_MS;
}

/** The latest start of a slot that may be chosen now. */
export const lastMoment = ({ maxDays }: Pick<Appointments, 'maxDays'>, now: Date): Date =>
  new Date(now.getTime() + maxDays * DAY_MS);

/** The day of a slot, in the calendar for counting calls, `2026-11-30`. */
export const dayOfSlot = (at: Date): string => localTime(at, JAPANESE_CALENDAR).date;

/** The next moment at which the clock shows a multiple of a slot's length. */
function nextSlot(from: Date, { timeZone }: DailyHours, { slotMinutes }: Pick<Appointments, 'slotMinutes'>): Date {
  const minute = Math.ceil(from.getTime() / MINUTE_MS) * MINUTE_MS;
  const { minutes } = localTime(new Date(minute), timeZone);
  return new Date(minute + ((slotMinutes - (minutes % slotMinutes)) % slotMinutes) * MINUTE_MS);
}
