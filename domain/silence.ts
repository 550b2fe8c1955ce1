/**
 * What a quiet stage looks like, counted in opening hours alone: a night, a holiday, the emergency stop add nothing. Kept from
 * minute to minute, because an alarm of CloudWatch looks back a few hours of the clock only.
 */
export interface Silence {
  /** Requests are counted up to here. Epoch milliseconds. */
  countedTo: number;
  /** When it was last looked. Epoch milliseconds. */
  lookedAt: number;
  /** The latest call that is known to have been placed, 0 before the first. Epoch milliseconds. */
  placedAt: number;
  /** False until the first request: a stage that nobody uses yet is not silent. */
  wasAsked: boolean;
  minutesWithoutRequest: number;
  /** Minutes of the calling hours since the stage was last open: of an evening some hours, of a wrong setting many. */
  minutesClosed: number;
  /** Requests that came since that call, in opening hours, and are over. */
  requestsWithoutCall: number;
  /** Minutes since the first of them was counted. */
  minutesWithoutCall: number;
}

/** What a look at the stage found. Times are epoch milliseconds. */
interface Look {
  now: number;
  /** Can the stage place calls now? */
  isOpen: boolean;
  /** Is it an hour at which the stage may ring phones, whatever its queues say? */
  inCallingHours: boolean;
  /**
   * Requests that came up to `countedTo` and were not counted before. One that is not over waits for its time; for one that was
   * refused by the visitor's fault no call was to be expected.
   */
  requests: readonly { startedAt: number; isOver: boolean; isVisitorsFault?: boolean }[];
  countedTo: number;
  /** The latest of the calls that are remembered. */
  placedAt: number;
}

const MINUTE_MS = 60_000;
/** The schedule comes every minute; what was open in a longer gap is not known. */
const LONGEST_STEP_MS = 5 * MINUTE_MS;

export const startOfSilence = (now: number): Silence => ({
  ...{ countedTo: now, lookedAt: now, placedAt: 0, wasAsked: false },
  ...{ minutesWithoutRequest: 0, minutesClosed: 0, requestsWithoutCall: 0, minutesWithoutCall: 0 },
});

/** The silence after another look. */
export function silenceAfter(
  before: Silence,
  { now, isOpen, inCallingHours, requests, countedTo, placedAt }: Look,
): Silence {
  const passed = Math.min(now - before.lookedAt, LONGEST_STEP_MS) / MINUTE_MS;
  const minutes = isOpen ? passed : 0;
  const latest = Math.max(before.placedAt, placedAt);
  // A call of ours that is placed later than a request came may be that request's; one that is not over may still get its own.
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
