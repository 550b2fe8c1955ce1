import type { CallRequest, OwnReason, RequestIdentity } from './call-request.ts';
import type { KarteKey } from './karte-key.ts';
import { maskPhone, maskPhones } from './masking.ts';
import type { OutcomeClass } from './outcome-row.ts';
import type { Outcome } from './outcomes.ts';

/** `inbound`: a customer called the stage's number. `by_hand`: an agent dialled. */
export type CallKind = 'inbound' | 'by_hand';

/** Who ended the call; `network` also if it never connected, `system` if it was stopped from outside. */
export type HungUpBy = 'customer' | 'agent' | 'flow' | 'network' | 'system';

/**
 * One row of the calls table: everything known of a request and its call. Times are ISO 8601 in UTC.
 *
 * @example
 * {
 *   "requestId": "11111111-2222-4333-8444-555555555555",
 *   "executionId": "arn:aws:states:ap-northeast-1:123456789012:execution:karte-connect-call-dev-call-request:…",
 *   "status": "ended",
 *   "outcome": "completed", "class": "reached", "reason": "agent_connected",
 *   "contactId": "00000000-0000-4000-8000-000000000001",
 *   "phone": "+819012345678",
 *   "userType": "visitor", "inquiryType": "KARTE Datahubについて", "trackId": "48291532",
 *   "queueId": "00000000-0000-4000-8000-00000000a001",
 *   "attempts": 1,
 *   "requestedAt": "2026-11-22T03:00:00.000Z", "receivedAt": "2026-11-22T03:00:01.000Z",
 *   "claimedAt": "2026-11-22T03:00:01.200Z", "placedAt": "2026-11-22T03:00:03.000Z",
 *   "answeredAt": "2026-11-22T03:00:09.000Z", "queuedAt": "2026-11-22T03:00:31.000Z", "agentAt": "2026-11-22T03:00:33.000Z",
 *   "endedAt": "2026-11-22T03:04:03.000Z",
 *   "hungUpBy": "customer", "disconnectReason": "CUSTOMER_DISCONNECT", "flowAttributes": { "satisfied": "yes" },
 *   "leftOut": ["email"],
 *   "expiresAt": 1771729201
 * }
 */
export interface CallRecord {
  /** For a call without a request on the website: its contact's id. */
  requestId: string;
  /** Missing for a request; otherwise a customer called the stage's number, or an agent dialled by hand. */
  kind?: CallKind;
  /** The execution that owns the request; the contact's id if there is none. */
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
  /** The user in reports to KARTE; only in stages that send them. */
  karteKey?: KarteKey;
  queueId?: string;
  leftOut?: string[];
  /** How many attempts of StartOutboundVoiceContact were begun. */
  attempts: number;
  /** Name of the last attempt's error, if it failed. */
  lastError?: string;
  /** True from the start of an attempt until Amazon Connect has clearly answered it: a phone may have rung. */
  unanswered?: boolean;
  /** True if the call went out without the stage's ring time-out, because Amazon Connect refuses it. */
  ringTimeoutRefused?: boolean;
  requestedAt: string;
  receivedAt: string;
  /** The time that the customer chose, and when it was promised. */
  callAt?: string;
  bookedAt?: string;
  claimedAt?: string;
  lastAttemptAt?: string;
  /** When Amazon Connect accepted the call. */
  placedAt?: string;
  /** When the phone was answered, by a person or a voicemail. */
  answeredAt?: string;
  /** When the customer first waited for an agent. */
  queuedAt?: string;
  /** When the first agent took the call. */
  agentAt?: string;
  /** End of the call, or of a request without a call. */
  endedAt?: string;
  hungUpBy?: HungUpBy;
  /** Amazon Connect's name for it. */
  disconnectReason?: string;
  /** True if an agent missed the call, inferred from the customer's waiting time. */
  agentMissed?: boolean;
  /** Contacts of the call after transfers. */
  transferredTo?: string[];
  /** Attributes set by contact flows, besides those of the request. */
  flowAttributes?: Record<string, string>;
  /** When the customer first called back, identified by number. The outcome remains that of our own call. */
  calledBackAt?: string;
  /** Contact of that call. */
  calledBackBy?: string;
  /** For a call of kind `inbound`: the request that it is the call-back of, identified by number. */
  callBackOf?: string;
  /** For a further call: the first request, and the number of this call, 2 for the second. */
  tryOf?: string;
  try?: number;
  /** Why there is a further call. */
  because?: OwnReason;
  /** The request of the further call after this one. */
  triedAgainAs?: string;
  /** For a first request: the requests of its further calls, in order. */
  tries?: string[];
  /** Executions for the same request that ended as duplicates. */
  duplicates?: string[];
  /** DynamoDB TTL, epoch seconds. */
  expiresAt: number;
}

const SECONDS_PER_DAY = 24 * 60 * 60;

/** When a record expires: counted from the request, or from the time for which a call was promised. */
export const expiryOf = (at: string, retentionDays: number): number =>
  Math.floor(Date.parse(at) / 1000) + retentionDays * SECONDS_PER_DAY;

/** The known fields of a record that come from the request itself. */
export function recordOf(request: RequestIdentity & Partial<CallRequest>, executionId: string, retentionDays: number) {
  const {
    requestId,
    requestedAt,
    receivedAt,
    phone,
    userType,
    inquiryType,
    trackId,
    karteKey,
    queue,
    leftOut,
    callAt,
    bookedAt,
    own,
  } = request;
  return {
    requestId,
    executionId,
    requestedAt,
    receivedAt,
    ...(callAt !== undefined && { callAt }),
    ...(bookedAt !== undefined && { bookedAt }),
    ...(phone !== undefined && { phone }),
    ...(userType !== undefined && { userType }),
    ...(inquiryType !== undefined && { inquiryType }),
    ...(trackId !== undefined && { trackId }),
    ...(karteKey !== undefined && { karteKey }),
    ...(queue !== undefined && { queueId: queue.id }),
    ...(leftOut !== undefined && leftOut.length > 0 && { leftOut }),
    ...(own && { tryOf: own.tryOf, try: own.try, because: own.because }),
    expiresAt: expiryOf(bookedAt === undefined ? receivedAt : (callAt ?? receivedAt), retentionDays),
  } satisfies Partial<CallRecord>;
}

/** A record for terminals and pages. The visitor's own words may contain a number, too, even somebody else's. */
export const maskRecord = (record: CallRecord): CallRecord => ({
  ...record,
  ...(record.phone !== undefined && { phone: maskPhone(record.phone) }),
  ...(record.inquiryType !== undefined && { inquiryType: maskPhones(record.inquiryType) }),
  ...(record.karteKey !== undefined && { karteKey: maskedKey(record.karteKey) }),
  ...(record.flowAttributes !== undefined && {
    flowAttributes: Object.fromEntries(
      Object.entries(record.flowAttributes).map(([name, value]) => [maskPhones(name), maskPhones(value)]),
    ),
  }),
});

/** Some companies use telephone numbers as member ids. */
const maskedKey = (key: KarteKey): KarteKey =>
  'user_id' in key ? { user_id: maskPhones(key.user_id) } : { visitor_id: maskPhones(key.visitor_id) };
