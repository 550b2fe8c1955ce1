import { JAPANESE_CALENDAR, localTime } from './opening-hours.ts';
import type { ReasonOf } from './outcomes.ts';
import type { Limits } from './stage-settings.ts';

/** One limit a request is counted against. */
interface Counter {
  id: string;
  max: number;
  /** Why the request ends where the limit is used up. */
  reason: ReasonOf<'limit_reached'>;
  /** When its count is no longer looked at. */
  expiresAt: Date;
}

/** What says on which day a request counts: an appointment does on the day for which it was made. */
interface Counted {
  receivedAt: string;
  callAt?: string | undefined;
  /** Where we asked for the call ourselves. */
  own?: unknown;
}

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

/** The Japanese calendar day on which the calls of a request count, `2026-11-22`. */
export const callDay = ({ receivedAt, callAt = receivedAt }: Counted): string =>
  localTime(new Date(callAt), JAPANESE_CALENDAR).date;

/** The limit of the calls of that day: counted before the call and given back when none was placed. */
export const callLimitId = (counted: Counted): string => `day#${callDay(counted)}`;

/**
 * All limits but that of the number's own calls, which stands with the number, in the order in which a request is counted. An
 * appointment was counted as a request when it was made, and nobody sent those of our own.
 */
export const countersOf = (counted: Counted, limits: Limits): Counter[] => [
  ...(counted.callAt === undefined && counted.own === undefined ? requestCounters(counted, limits) : []),
  ...callCounters(counted, limits),
];

/** Limits of requests: counted as they come, whatever becomes of them. */
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
