import * as z from 'zod';
import { whole } from './setting-forms.ts';

/** Slot lengths divide an hour, so that slots are aligned with it. */
const SLOT_MINUTES = [10, 15, 20, 30, 60] as const;
const SLOT_EXPECTED = `${SLOT_MINUTES.join(', ')}`;

/**
 * The times that visitors may choose for their call; null for none. Every slot lies entirely within the opening hours of its queue
 * and the stage's calling hours.
 */
export const appointmentSettings = z
  .strictObject({
    /** How far ahead a time may be chosen. The state machine waits that long, which determines its time limit. */
    maxDays: whole(1, 30).default(14),
    /** A slot begins when the clock of `callingHours.timeZone` shows a multiple of it: 10:00, 10:30 … */
    slotMinutes: z.literal([...SLOT_MINUTES], { error: SLOT_EXPECTED }).default(30),
    /** Calls that may be promised for one slot of one queue. */
    perSlot: whole(1, 50).default(1),
  })
  .nullable()
  .default(null);
