import { type QueueSnapshot, whyNotNow } from './admission.ts';
import { slotsOf } from './appointment-slots.ts';
import { closingTime, nextOpening } from './opening-hours.ts';
import type { StageSettings } from './stage-settings.ts';
import { isoInZone } from './zoned-time.ts';

/** A time that a visitor may choose for the call, and how many places are free. */
interface FreeSlot {
  at: string;
  free: number;
}

/** What the document says about a queue. Times are ISO 8601 with the offset of the stage's time zone. */
interface QueueAvailability {
  /** The queue is enabled, and both its opening hours and the stage's calling hours allow calls now. */
  open: boolean;
  /** Only if it is open and closes within a day. */
  openUntil?: string;
  /** The first opening from now on, or after `openUntil`; null if none is known. */
  nextOpening: string | null;
  /** Only if it is closed: a request made now is called at `nextOpening`. */
  calledAtOpening?: boolean;
  /** Only if the stage makes appointments: free future times, soonest first, at most 200. */
  slots?: FreeSlot[];
}

/** availability.json: what a visitor may know before requesting a call. */
export interface Availability {
  at: string;
  /** Nobody is called: because of the emergency stop, or because the stage has no number yet. */
  stopped: boolean;
  /** The stage keeps requests that come while it is closed; `calledAtOpening` says so for each queue. */
  waitsForOpening: boolean;
  /** By the queue's name in the stage's settings. */
  queues: Record<string, QueueAvailability>;
}

/** The data it is built from. */
export interface AvailabilityReadings {
  stopped: boolean;
  /** By the queue's name. */
  queues: Readonly<Record<string, { snapshot: QueueSnapshot; slots: readonly FreeSlot[] | undefined }>>;
}

/** Nobody looks through more times, and the document stays small. */
const MOST_SLOTS = 200;

/** How many days ahead to look for an opening: longer than companies close over New Year or in Golden Week. */
export const DAYS_AHEAD = 14;

const DAY_MS = 24 * 60 * 60_000;

/** Name → id of the queues that requests are routed to; others are of no use to visitors. */
export function toldQueues({ connect, routing }: Pick<StageSettings, 'connect' | 'routing'>): [string, string][] {
  const reached = new Set([routing.default, ...routing.rules.map(({ queue }) => queue)]);
  return Object.entries(connect.queues).filter(([name]) => reached.has(name));
}

/**
 * The slots of a queue with free places; undefined if the stage makes no appointments.
 *
 * @param taken number of taken places, by the start of their slot in epoch milliseconds
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

/** The document at a given moment. */
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
  // It is unknown when a queue will be enabled again, and no request waits for that.
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
