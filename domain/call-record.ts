import type { CallRequest, OwnReason, RequestIdentity } from './call-request.ts';
import type { KarteKey } from './karte-key.ts';
import { maskPhone, maskPhones } from './masking.ts';
import type { OutcomeClass } from './outcome-row.ts';
import type { Outcome } from './outcomes.ts';

/** `inbound`: a customer called the stage's number. `by_hand`: an agent dialled. */
export type CallKind = 'inbound' | 'by_hand';

/** Who ended the call; `network` also where it never connected, `system` where it was stopped from outside. */
export type HungUpBy = 'customer' | 'agent' | 'flow' | 'network' | 'system';

/**
 * One row of the calls table: everything that is known of one request and of its call. Times are ISO 8601 in UTC.
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
  /** Of a call that nobody asked for on the web site: its contact's id. */
  requestId: string;
  /** Missing: a request. A customer called the stage's number, or an agent dialled by hand. */
  kind?: CallKind;
  /** The execution that owns the request; the contact's id where there is none. */
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
  /** Whom KARTE is told about; only in stages that report to KARTE. */
  karteKey?: KarteKey;
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
  /** The time for which the customer asked, and when it was promised. */
  callAt?: string;
  bookedAt?: string;
  claimedAt?: string;
  lastAttemptAt?: string;
  /** When Amazon Connect accepted the call. */
  placedAt?: string;
  /** When the phone was picked up, by a person or a voicemail. */
  answeredAt?: string;
  /** When the customer first waited for an agent. */
  queuedAt?: string;
  /** When the first agent took the call. */
  agentAt?: string;
  /** When it was over: the call, or the request that became none. */
  endedAt?: string;
  hungUpBy?: HungUpBy;
  /** As Amazon Connect names it. */
  disconnectReason?: string;
  /** True where an agent was offered the call and did not take it, by the time the customer waited. */
  agentMissed?: boolean;
  /** Contacts that the call went on as after it was transferred. */
  transferredTo?: string[];
  /** What contact flows set besides what the call was asked for with. */
  flowAttributes?: Record<string, string>;
  /** When the customer first called back, by the caller's number. The outcome stays that of our own call. */
  calledBackAt?: string;
  /** Contact of that call. */
  calledBackBy?: string;
  /** Of a call of kind `inbound`: the request that it is the call-back of, by the caller's number. */
  callBackOf?: string;
  /** Of a request that we asked for ourselves: the first one, and which call of it this is, 2 for the second. */
  tryOf?: string;
  try?: number;
  /** Why we asked for it. */
  because?: OwnReason;
  /** The request with which we called once more, after this one's call. */
  triedAgainAs?: string;
  /** Of a first request: those with which we called once more, in order. */
  tries?: string[];
  /** Executions that were started for the same request and ended as duplicates. */
  duplicates?: string[];
  /** DynamoDB TTL, epoch seconds. */
  expiresAt: number;
}

const SECONDS_PER_DAY = 24 * 60 * 60;

/** When a record is gone: so long after the request, or after the time for which a call was promised. */
export const expiryOf = (at: string, retentionDays: number): number =>
  Math.floor(Date.parse(at) / 1000) + retentionDays * SECONDS_PER_DAY;

/** The fields of a record that come from the request itself, as far as they are known. */
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

/** A record as terminals and pages may show it. The visitor's own words may hold a number, too: somebody else's. */
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

/** Some firms' ids of members are their telephone numbers. */
const maskedKey = (key: KarteKey): KarteKey =>
  'user_id' in key ? { user_id: maskPhones(key.user_id) } : { visitor_id: maskPhones(key.visitor_id) };
