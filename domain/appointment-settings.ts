import * as z from 'zod';
import { whole } from './setting-forms.ts';

/** Slots begin with the hour, whatever the time of day: their length divides it. */
const SLOT_MINUTES = [10, 15, 20, 30, 60] as const;
const SLOT_EXPECTED = `${SLOT_MINUTES.join(', ')}`;

/**
 * The times that visitors may choose for their call; null for none. Every slot lies in the opening hours of its queue and in
 * the stage's calling hours, from its first minute to its last.
 */
export const appointmentSettings = z
  .strictObject({
    /** How far ahead a time may be chosen. The state machine waits that long: its own time limit follows from it. */
    maxDays: whole(1, 30).default(14),
    /** A slot begins when the clock of `callingHours.timeZone` shows a multiple of it: 10:00, 10:30 … */
    slotMinutes: z.literal([...SLOT_MINUTES], { error: SLOT_EXPECTED }).default(30),
    /** Calls that may be promised for one slot of one queue. */
    perSlot: whole(1, 50).default(1),
  })
  .nullable()
  .default(null);
