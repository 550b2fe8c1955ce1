import { JAPANESE_CALENDAR, localTime } from './opening-hours.ts';
import type { ReasonOf } from './outcomes.ts';
import type { Limits } from './stage-settings.ts';

/** A limit that counts requests. */
interface Counter {
  id: string;
  max: number;
  /** Why the request ends if the limit is used up. */
  reason: ReasonOf<'limit_reached'>;
  /** When its count is no longer read. */
  expiresAt: Date;
}

/** What decides on which day a request counts: an appointment counts on its own day. */
interface Counted {
  receivedAt: string;
  callAt?: string | undefined;
  /** Set for our own requests for further calls. */
  own?: unknown;
}

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

/** The Japanese calendar day on which the calls of a request count, `2026-11-22`. */
export const callDay = ({ receivedAt, callAt = receivedAt }: Counted): string =>
  localTime(new Date(callAt), JAPANESE_CALENDAR).date;

/** The limit of calls per day: counted before the call, and given back if none was placed. */
export const callLimitId = (counted: Counted): string => `day#${callDay(counted)}`;

/**
 * All limits except that of the number's own calls, which is kept with the number, in the order of counting. An appointment was counted
 * as a request when it was made, and our own requests are not counted as requests.
 */
export const countersOf = (counted: Counted, limits: Limits): Counter[] => [
  ...(counted.callAt === undefined && counted.own === undefined ? requestCounters(counted, limits) : []),
  ...callCounters(counted, limits),
];

/** Limits of requests, which count on arrival, whatever their result. */
export const requestCounters = ({ receivedAt }: Counted, { requestsPerMinute }: Limits): Counter[] =>
  requestsPerMinute === null
    ? []
    : [
        {
          id: `minute#${receivedAt.slice(0, 16)}`,
          max: requestsPerMinute,
          reason: 'requests_per_minute',
          // Longer than an event may be late (`request.maxAgeSeconds`).
          expiresAt: new Date(Date.parse(receivedAt) + 120 * MINUTE_MS),
        },
      ];

const callCounters = (counted: Counted, { callsPerDay }: Limits): Counter[] =>
  callsPerDay === null
    ? []
    : [
        {
          id: callLimitId(counted),
          max: callsPerDay,
          reason: 'calls_per_day',
          expiresAt: new Date(Date.parse(counted.callAt ?? counted.receivedAt) + 2 * DAY_MS),
        },
      ];
