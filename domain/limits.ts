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

/** What is counted; `own` where we asked for the call ourselves. */
type Counted = { receivedAt: string; own?: unknown };

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

/** The Japanese calendar day on which the calls of a request count, `2026-11-22`. */
export const callDay = (receivedAt: string): string => localTime(new Date(receivedAt), JAPANESE_CALENDAR).date;

/** The limit of the calls of that day: counted before the call and given back when none was placed. */
export const callLimitId = (receivedAt: string): string => `day#${callDay(receivedAt)}`;

/** All limits but that of the number's own calls, which stands with the number, in the order in which a request is counted. */
export function countersOf({ receivedAt, own }: Counted, { requestsPerMinute, callsPerDay }: Limits): Counter[] {
  const after = (milliseconds: number) => new Date(Date.parse(receivedAt) + milliseconds);
  return [
    // Of requests: counted as they come, whatever becomes of them. Nobody sent those of our own.
    ...(requestsPerMinute === null || own !== undefined
      ? []
      : [
          {
            id: `minute#${receivedAt.slice(0, 16)}`,
            max: requestsPerMinute,
            reason: 'requests_per_minute' as const,
            // Longer than an event may be late (`request.maxAgeSeconds`).
            expiresAt: after(120 * MINUTE_MS),
          },
        ]),
    ...(callsPerDay === null
      ? []
      : [
          {
            id: callLimitId(receivedAt),
            max: callsPerDay,
            reason: 'calls_per_day' as const,
            expiresAt: after(2 * DAY_MS),
          },
        ]),
  ];
}
