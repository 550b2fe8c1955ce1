import type { CallRequest, RequestIdentity } from './call-request.ts';
import { maskPhone, maskPhones } from './masking.ts';
import type { Outcome, OutcomeClass } from './outcomes.ts';

/**
 * One row of the calls table: everything that is known of one request. Times are ISO 8601 in UTC.
 *
 * @example
 * {
 *   "requestId": "11111111-2222-4333-8444-555555555555",
 *   "executionId": "arn:aws:states:ap-northeast-1:123456789012:execution:karte-connect-call-dev-call-request:…",
 *   "status": "ended",
 *   "outcome": "call_placed", "class": "placed", "reason": "accepted",
 *   "contactId": "00000000-0000-4000-8000-000000000001",
 *   "phone": "+819012345678",
 *   "userType": "visitor", "inquiryType": "KARTE Datahubについて", "trackId": "48291532",
 *   "queueId": "00000000-0000-4000-8000-00000000a001",
 *   "attempts": 1,
 *   "requestedAt": "2026-11-22T03:00:00.000Z", "receivedAt": "2026-11-22T03:00:01.000Z",
 *   "claimedAt": "2026-11-22T03:00:01.200Z", "endedAt": "2026-11-22T03:00:03.000Z",
 *   "leftOut": ["email"],
 *   "expiresAt": 1771729201
 * }
 */
export interface CallRecord {
  requestId: string;
  /** The execution that owns the request. */
  executionId: string;
  status: 'claimed' | 'calling' | 'ended';
  outcome?: Outcome;
  class?: OutcomeClass;
  reason?: string;
  contactId?: string;
  /** E.164. Kept here and nowhere else. */
  phone?: string;
  userType?: string;
  inquiryType?: string;
  trackId?: string;
  queueId?: string;
  leftOut?: string[];
  /** How often StartOutboundVoiceContact was about to be asked. */
  attempts: number;
  /** Name of the last attempt's error, if it failed. */
  lastError?: string;
  /** True from an attempt's start until Connect has clearly answered it: meanwhile a phone may have rung. */
  unanswered?: boolean;
  /** True where the call went out without the stage's ring time-out, because Amazon Connect refuses it. */
  ringTimeoutRefused?: boolean;
  requestedAt: string;
  receivedAt: string;
  claimedAt?: string;
  lastAttemptAt?: string;
  endedAt?: string;
  /** Executions that were started for the same request and ended as duplicates. */
  duplicates?: string[];
  /** DynamoDB TTL, epoch seconds. */
  expiresAt: number;
}

const SECONDS_PER_DAY = 24 * 60 * 60;

/** The fields of a record that come from the request itself, as far as they are known. */
export function recordOf(request: RequestIdentity & Partial<CallRequest>, executionId: string, retentionDays: number) {
  const { requestId, requestedAt, receivedAt, phone, userType, inquiryType, trackId, queue, leftOut } = request;
  return {
    requestId,
    executionId,
    requestedAt,
    receivedAt,
    ...(phone !== undefined && { phone }),
    ...(userType !== undefined && { userType }),
    ...(inquiryType !== undefined && { inquiryType }),
    ...(trackId !== undefined && { trackId }),
    ...(queue !== undefined && { queueId: queue.id }),
    ...(leftOut !== undefined && leftOut.length > 0 && { leftOut }),
    expiresAt: Math.floor(Date.parse(receivedAt) / 1000) + retentionDays * SECONDS_PER_DAY,
  } satisfies Partial<CallRecord>;
}

/** A record as terminals and pages may show it. The visitor's own words may hold a number, too: somebody else's. */
export const maskRecord = (record: CallRecord): CallRecord => ({
  ...record,
  ...(record.phone !== undefined && { phone: maskPhone(record.phone) }),
  ...(record.inquiryType !== undefined && { inquiryType: maskPhones(record.inquiryType) }),
});
