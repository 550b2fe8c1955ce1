import { JAPANESE_CALENDAR, localTime } from './opening-hours.ts';
import type { ReasonOf } from './outcomes.ts';
import type { Limits } from './stage-settings.ts';

/** One limit a request is counted against. */
export interface Counter {
  id: string;
  max: number;
  /** Why the request ends where the limit is used up. */
  reason: ReasonOf<'limit_reached'>;
  /** When its count is no longer looked at. */
  expiresAt: Date;
}

type Counted = { phone: string; receivedAt: string };

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

/**
 * All limits in the order in which a request is counted: those of its own number first, so that a number that has had its
 * calls of the day uses up nobody's minute.
 */
export function countersOf(request: Counted, limits: Limits): Counter[] {
  const ofNumber = callCounters(request, { ...limits, callsPerDay: null });
  const ofDay = callCounters(request, { ...limits, callsPerNumberPerDay: null });
  return [...ofNumber, ...requestCounters(request, limits), ...ofDay];
}

/** The limits of requests: counted as they come, whatever becomes of them. */
function requestCounters({ receivedAt }: Counted, limits: Limits): Counter[] {
  const { requestsPerMinute: max } = limits;
  if (max === null) return [];
  const expiresAt = new Date(Date.parse(receivedAt) + 10 * MINUTE_MS);
  return [{ id: `minute#${receivedAt.slice(0, 16)}`, max, reason: 'requests_per_minute', expiresAt }];
}

/**
 * The limits of calls, by the Japanese calendar day of the request: counted before the call and given back when none was
 * placed.
 */
export function callCounters({ phone, receivedAt }: Counted, limits: Limits): Counter[] {
  const day = localTime(new Date(receivedAt), JAPANESE_CALENDAR).date;
  const expiresAt = new Date(Date.parse(receivedAt) + 2 * DAY_MS);
  const { callsPerNumberPerDay, callsPerDay } = limits;
  return [
    ...(callsPerNumberPerDay === null
      ? []
      : [{ id: `number#${day}#${phone}`, max: callsPerNumberPerDay, reason: 'number_per_day' as const, expiresAt }]),
    ...(callsPerDay === null
      ? []
      : [{ id: `day#${day}`, max: callsPerDay, reason: 'calls_per_day' as const, expiresAt }]),
  ];
}
