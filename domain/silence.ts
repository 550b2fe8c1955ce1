/**
 * How quiet a stage is, counted only in opening hours: nights, holidays and the emergency stop add nothing. Kept from minute to
 * minute, because a CloudWatch alarm only covers a few hours of real time.
 */
export interface Silence {
  /** Requests up to this time have been counted. Epoch milliseconds. */
  countedTo: number;
  /** Time of the last measurement. Epoch milliseconds. */
  lookedAt: number;
  /** The latest known call, 0 before the first. Epoch milliseconds. */
  placedAt: number;
  /** False until the first request, as an unused stage is not silent. */
  wasAsked: boolean;
  minutesWithoutRequest: number;
  /** Minutes of the calling hours since the stage was last open: a few hours after an evening, many with a wrong setting. */
  minutesClosed: number;
  /** Requests since that call that came in opening hours and are over. */
  requestsWithoutCall: number;
  /** Minutes since the first of them was counted. */
  minutesWithoutCall: number;
}

/** A measurement of the stage. Times are epoch milliseconds. */
interface Look {
  now: number;
  /** Whether the stage can place calls now. */
  isOpen: boolean;
  /** Whether it is within the stage's calling hours, whatever the queues' hours. */
  inCallingHours: boolean;
  /**
   * Uncounted requests up to `countedTo`. One that is not over waits for its time; after a refusal that is the visitor's fault, no call
   * is expected.
   */
  requests: readonly { startedAt: number; isOver: boolean; isVisitorsFault?: boolean }[];
  countedTo: number;
  /** The latest known call. */
  placedAt: number;
}

const MINUTE_MS = 60_000;
/** The schedule runs every minute; for a longer gap it is unknown what was open. */
const LONGEST_STEP_MS = 5 * MINUTE_MS;

export const startOfSilence = (now: number): Silence => ({
  ...{ countedTo: now, lookedAt: now, placedAt: 0, wasAsked: false },
  ...{ minutesWithoutRequest: 0, minutesClosed: 0, requestsWithoutCall: 0, minutesWithoutCall: 0 },
});

/** The silence after another measurement. */
export function silenceAfter(
  before: Silence,
  { now, isOpen, inCallingHours, requests, countedTo, placedAt }: Look,
): Silence {
  const passed = Math.min(now - before.lookedAt, LONGEST_STEP_MS) / MINUTE_MS;
  const minutes = isOpen ? passed : 0;
  const latest = Math.max(before.placedAt, placedAt);
  // A call placed after a request came may belong to it; a request that is not over may still get its own.
  const inVain = requests.filter(
    ({ startedAt, isOver, isVisitorsFault = false }) => isOver && startedAt > latest && !isVisitorsFault,
  ).length;
  const wasPlaced = latest > before.placedAt;
  const requestsWithoutCall = (wasPlaced ? 0 : before.requestsWithoutCall) + (isOpen ? inVain : 0);
  const isFirst = wasPlaced || before.requestsWithoutCall === 0;
  return {
    countedTo,
    lookedAt: now,
    placedAt: latest,
    wasAsked: before.wasAsked || requests.length > 0,
    minutesWithoutRequest: requests.length > 0 || !before.wasAsked ? 0 : before.minutesWithoutRequest + minutes,
    minutesClosed: isOpen ? 0 : before.minutesClosed + (inCallingHours ? passed : 0),
    requestsWithoutCall,
    minutesWithoutCall: requestsWithoutCall === 0 || isFirst ? 0 : before.minutesWithoutCall + minutes,
  };
}
