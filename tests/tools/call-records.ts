import type { CallRecord } from '../../domain/call-record.ts';

const REQUESTED = Date.parse('2026-11-22T03:00:00Z');
/** So many seconds after the request. */
export const at = (seconds: number): string => new Date(REQUESTED + seconds * 1000).toISOString();

/** The record of a call in which customer and agent spoke for three and a half minutes. */
export const COMPLETED: CallRecord = {
  requestId: '11111111-2222-4333-8444-000000000001',
  executionId: 'arn:aws:states:ap-northeast-1:123456789012:execution:karte-connect-call-dev-call-request:e',
  status: 'ended',
  outcome: 'completed',
  class: 'reached',
  reason: 'agent_connected',
  contactId: '00000000-0000-4000-8000-00000000d001',
  phone: '+819012345678',
  userType: 'visitor',
  inquiryType: 'KARTE Datahubについて',
  trackId: '48291532',
  attempts: 1,
  requestedAt: at(0),
  receivedAt: at(1),
  claimedAt: at(1.2),
  lastAttemptAt: at(12),
  placedAt: at(13),
  answeredAt: at(19),
  queuedAt: at(41),
  agentAt: at(43),
  endedAt: at(253),
  hungUpBy: 'customer',
  disconnectReason: 'CUSTOMER_DISCONNECT',
  expiresAt: 4_000_000_000,
};

/** The same without some of its fields, and with others. */
export function recordWith(fields: Partial<CallRecord>, without: readonly (keyof CallRecord)[] = []): CallRecord {
  const record = Object.fromEntries(
    Object.entries(COMPLETED).filter(([name]) => !without.includes(name as keyof CallRecord)),
  );
  return { ...(record as unknown as CallRecord), ...fields };
}

/** The record of a call that nobody answered. */
export const NOT_ANSWERED = recordWith(
  {
    outcome: 'not_answered',
    class: 'missed',
    reason: 'rang_out',
    endedAt: at(73),
    disconnectReason: 'TELECOM_TIMEOUT',
  },
  ['answeredAt', 'queuedAt', 'agentAt', 'hungUpBy'],
);
