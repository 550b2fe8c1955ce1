/**
 * What KARTE's Amazon EventBridge action puts on the partner event bus. Only what this project reads is described;
 * everything else passes unseen. `detail.content` is whatever the marketer typed as JSON, an object or its text.
 *
 * @example
 * {
 *   "version": "0",
 *   "id": "11111111-2222-4333-8444-555555555555",
 *   "detail-type": "KARTE Action",
 *   "source": "aws.partner/karte.io/123456789012/example-project/call",
 *   "account": "123456789012",
 *   "time": "2026-11-22T03:00:00Z",
 *   "region": "ap-northeast-1",
 *   "resources": ["karte"],
 *   "detail": {
 *     "name": "karte_ivr_call_request",
 *     "content": {
 *       "phone_e164": "+819012345678",
 *       "user_type": "visitor",
 *       "inquiry_type": "KARTE Datahubについて",
 *       "track_id": "48291532"
 *     }
 *   }
 * }
 * @see https://docs.aws.amazon.com/eventbridge/latest/ref/overiew-event-structure.html
 * @see https://developers.karte.io/reference/amazon-eventbridge-request
 */
export interface KarteEvent {
  id?: unknown;
  time?: unknown;
  detail?: { content?: unknown };
}
