import { type QueueSnapshot, whyNotNow } from './admission.ts';
import { slotsOf } from './appointment-slots.ts';
import { closingTime, nextOpening } from './opening-hours.ts';
import type { StageSettings } from './stage-settings.ts';
import { isoInZone } from './zoned-time.ts';

/** A time that a visitor may choose for the call, and for how many it is still free. */
interface FreeSlot {
  at: string;
  free: number;
}

/** What is told of one queue. Times are ISO 8601 with the offset of the stage's time zone. */
interface QueueAvailability {
  /** The queue is enabled, and its opening hours and the stage's calling hours let a phone ring now. */
  open: boolean;
  /** Only where it is open, and closes within a day. */
  openUntil?: string;
  /** The first opening from now on, or after `openUntil`; null where none is known. */
  nextOpening: string | null;
  /** Only where it is closed: a request that is made now is called at `nextOpening`. */
  calledAtOpening?: boolean;
  /** Only where the stage makes appointments: those that are free and still to come, soonest first, 200 at most. */
  slots?: FreeSlot[];
}

/** availability.json: what a visitor may know before asking for a call. */
export interface Availability {
  at: string;
  /** Nobody is called: the emergency stop, or a stage that has no number yet. */
  stopped: boolean;
  /** The stage keeps requests that come while it is closed: `calledAtOpening` says whether it keeps this one. */
  waitsForOpening: boolean;
  /** By the name that the queue has in the stage's settings. */
  queues: Record<string, QueueAvailability>;
}

/** What was read for it. */
export interface AvailabilityReadings {
  stopped: boolean;
  /** By the queue's name. */
  queues: Readonly<Record<string, { snapshot: QueueSnapshot; slots: readonly FreeSlot[] | undefined }>>;
}

/** More times than that nobody looks through, and the document stays small. */
const MOST_SLOTS = 200;

/** So many days ahead an opening is looked for: longer than firms close over New Year or in Golden Week. */
export const DAYS_AHEAD = 14;

const DAY_MS = 24 * 60 * 60_000;

/** Name → id of the queues that requests are routed to: what is told of no other helps a visitor. */
export function toldQueues({ connect, routing }: Pick<StageSettings, 'connect' | 'routing'>): [string, string][] {
  const reached = new Set([routing.default, ...routing.rules.map(({ queue }) => queue)]);
  return Object.entries(connect.queues).filter(([name]) => reached.has(name));
}

/**
 * The slots of a queue with places left; undefined in a stage that makes no appointments.
 *
 * @param taken how many places are, by the first moment of their slot in epoch milliseconds
 */
export function freeSlots(
  { enabled, openingHours }: QueueSnapshot,
  taken: ReadonlyMap<number, number> = new Map(),
  { appointments, callingHours }: Pick<StageSettings, 'appointments' | 'callingHours'>,
  now: Date,
): FreeSlot[] | undefined {
  if (!appointments) return undefined;
  if (!enabled) return [];
  return slotsOf(openingHours, { callingHours, appointments }, now)
    .map((slot) => ({ slot, free: appointments.perSlot - (taken.get(slot.getTime()) ?? 0) }))
    .filter(({ free }) => free > 0)
    .slice(0, MOST_SLOTS)
    .map(({ slot, free }) => ({ at: isoInZone(slot, callingHours.timeZone), free }));
}

/** The document as it is at a moment. */
export function availabilityAt(
  { stopped, queues }: AvailabilityReadings,
  stage: Pick<StageSettings, 'callingHours' | 'whenClosed'>,
  now: Date,
): Availability {
  return {
    at: isoInZone(now, stage.callingHours.timeZone),
    stopped,
    waitsForOpening: stage.whenClosed.do === 'wait',
    queues: Object.fromEntries(
      Object.entries(queues).map(([name, { snapshot, slots }]) => [
        name,
        {
          ...queueAvailability(snapshot, stage, now),
          ...(slots && { slots: slots.filter(({ at }) => Date.parse(at) > now.getTime()) }),
        },
      ]),
    ),
  };
}

function queueAvailability(
  snapshot: QueueSnapshot,
  { callingHours, whenClosed }: Pick<StageSettings, 'callingHours' | 'whenClosed'>,
  now: Date,
): QueueAvailability {
  // Nobody knows when a queue is enabled again, and no request waits for that.
  if (!snapshot.enabled) return { open: false, nextOpening: null, calledAtOpening: false };
  const { openingHours } = snapshot;
  const inZone = (at: Date) => isoInZone(at, callingHours.timeZone);
  const openingFrom = (from: Date) =>
    nextOpening(openingHours, callingHours, from, new Date(now.getTime() + DAYS_AHEAD * DAY_MS));

  if (whyNotNow(snapshot, callingHours, now)) {
    const opening = openingFrom(now);
    const keeps =
      whenClosed.do === 'wait' &&
      opening !== undefined &&
      opening.getTime() <= now.getTime() + whenClosed.maxDelaySeconds * 1000;
    return { open: false, nextOpening: opening ? inZone(opening) : null, calledAtOpening: keeps };
  }
  const closing = closingTime(openingHours, callingHours, now);
  if (!closing) return { open: true, nextOpening: null };
  const opening = openingFrom(closing);
  return { open: true, openUntil: inZone(closing), nextOpening: opening ? inZone(opening) : null };
}
