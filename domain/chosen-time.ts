import { isSlot, lastMoment } from './appointment-slots.ts';
import { momentOf } from './iso-time.ts';
import type { Ending, ReasonOf } from './outcomes.ts';
import type { StageSettings } from './stage-settings.ts';
import { textOf } from './visitor-text.ts';

/** The slot that a visitor chose, and the deadline of its call. ISO 8601 in UTC. */
interface ChosenTime {
  callAt: string;
  deadlineAt: string;
}

/** `2026-11-30`, `2026-11-30T10:00`, also with a blank instead of the T, and with seconds. */
const WITHOUT_OFFSET = /^\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?)?$/;

/**
 * The time in `call_at`, or why it is refused. Undefined if none was chosen: the field is missing, empty, or a KARTE variable that was
 * not filled in.
 *
 * A slot may be chosen until it ends, so that a form sent while it begins still counts. A time that cannot be kept is refused and
 * never becomes an immediate call, which might come at a bad moment.
 */
export function chosenTime(
  callAt: unknown,
  stage: Pick<StageSettings, 'appointments' | 'callingHours' | 'request'>,
  now: Date,
): ChosenTime | Ending | undefined {
  const refuse = (reason: ReasonOf<'appointment_refused'>): Ending => ({ outcome: 'appointment_refused', reason });
  if (callAt === undefined || callAt === null) return undefined;
  const text = textOf(callAt)?.trim();
  if (text === undefined) return typeof callAt === 'string' ? undefined : refuse('unreadable');
  const { appointments, callingHours, request } = stage;
  if (appointments === null) return refuse('not_offered');
  const at = momentOf(text);
  if (!at) return refuse(WITHOUT_OFFSET.test(text) ? 'without_offset' : 'unreadable');
  const end = at.getTime() + appointments.slotMinutes * 60_000;
  if (end <= now.getTime()) return refuse('in_the_past');
  if (at > lastMoment(appointments, now)) return refuse('too_far_ahead');
  if (!isSlot(at, { callingHours, appointments })) return refuse('between_slots');
  const deadline = new Date(Math.max(end, at.getTime() + request.maxAgeSeconds * 1000));
  return { callAt: at.toISOString(), deadlineAt: deadline.toISOString() };
}
