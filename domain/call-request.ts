import { chosenTime } from './chosen-time.ts';
import { type ContactAttributes, contactAttributes, containsNumber, TOKEN_FIELD } from './contact-attributes.ts';
import { refusalOfExample } from './example-number.ts';
import { spellTrackId } from './inquiry-number.ts';
import { momentOf } from './iso-time.ts';
import { isObject } from './json-object.ts';
import { parseJson } from './json-text.ts';
import type { KarteKey } from './karte-key.ts';
import type { Ending, ReasonOf } from './outcomes.ts';
import { normalisePhone } from './phone-number.ts';
import { usableIdFromOutside } from './request-id.ts';
import { queueFor } from './routing.ts';
import type { StageSettings } from './stage-settings.ts';
import { OTHER_INQUIRY_TYPE } from './unlisted.ts';
import { cleanInquiry, cleanTrackId, decodeEntities, isShortInquiry, textOf } from './visitor-text.ts';

/** What is known of every request, valid or not. Times are ISO 8601 in UTC. */
export interface RequestIdentity {
  /** EventBridge's event id, the same for every delivery of a request. */
  requestId: string;
  /** When the visitor made the request (the event's time). */
  requestedAt: string;
  /** When the path first processed it. */
  receivedAt: string;
  /** The user in KARTE; only in stages that report to KARTE. */
  karteKey?: KarteKey;
}

/**
 * Why we request a further call ourselves: the phone was not answered, or the waiting customer asked to be called back.
 */
export type OwnReason = 'not_reached' | 'call_back';

/** The previous calls of a request that we made ourselves. */
export interface OwnPart {
  /** The first request. */
  tryOf: string;
  /** 2 for the second call of a request. */
  try: number;
  /** The request of the previous call. */
  after: string;
  because: OwnReason;
  /** When that call was over. */
  endedAt: string;
}

/** A valid request, with all data already cleaned. */
export interface CallRequest extends RequestIdentity {
  /** After this moment the phone must not start to ring. */
  deadlineAt: string;
  /** The first moment of the slot that the visitor chose; its deadline counts from it. */
  callAt?: string;
  /** When the call was promised for that time. */
  bookedAt?: string;
  /** For a request that came while the queue was closed: the opening time it waits for, from which its deadline counts. */
  opensAt?: string;
  /** Set if we made the request ourselves, after another call. */
  own?: OwnPart;
  /** E.164. */
  phone: string;
  userType: string;
  inquiryType?: string;
  trackId?: string;
  queue: { name: string; id: string };
  attributes: ContactAttributes['attributes'];
  /** Keys of the content that did not become attributes. */
  leftOut: string[];
}

export type ParsedRequest =
  | { decision: 'continue'; request: CallRequest }
  | { decision: 'end'; request: RequestIdentity & Partial<ToldOfRefused>; ending: Ending };

/** The readable parts of a refused request that its record keeps, to find the customer if they ask again. */
type ToldOfRefused = Pick<CallRequest, 'phone' | 'userType' | 'inquiryType' | 'trackId' | 'callAt'>;

/** A producer's clock may run ahead by this much. */
const MAX_CLOCK_SKEW_MS = 5 * 60_000;

/** `user_type` of everybody who is not in the stage's list. */
export const OTHER_USER_TYPE = 'other';

/**
 * Parses an event into a request, or the reason why it is not one. Never throws, whatever the JSON value.
 *
 * @param event from KARTE's Amazon EventBridge action on the partner event bus. The example only has the fields that are read;
 *   others are ignored. `detail.content` is whatever JSON the marketer typed, as an object or a string.
 * @param rules the stage's settings
 * @param now the current time
 * @param newId creates a request id for an event without one
 *
 * @example
 * {
 *   "id": "11111111-2222-4333-8444-555555555555",
 *   "detail-type": "KARTE Action",
 *   "source": "aws.partner/karte.io/123456789012/example-project/call",
 *   "time": "2026-11-22T03:00:00Z",
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
export function parseCallRequest(
  event: unknown,
  rules: Pick<StageSettings, 'isLocal' | 'request' | 'routing' | 'connect' | 'appointments' | 'callingHours'>,
  now: Date,
  newId: () => string,
): ParsedRequest {
  const envelope = isObject(event) ? event : {};
  const requestId = usableIdFromOutside(envelope.id) ?? newId();
  const receivedAt = now.toISOString();
  const requestedAt = timeOf(envelope.time, now);
  const identity: RequestIdentity = {
    requestId,
    receivedAt,
    requestedAt: requestedAt?.toISOString() ?? receivedAt,
  };
  const end = (ending: Ending, phone?: string): ParsedRequest => ({
    decision: 'end',
    request: { ...identity, ...readableOf(event, rules.request), ...(phone !== undefined && { phone }) },
    ending,
  });
  const invalid = (reason: ReasonOf<'invalid_event'>) => end({ outcome: 'invalid_event', reason });

  if (isEnvelope(event)) return invalid('wrong_envelope');
  if (!isObject(event)) return invalid('not_an_object');
  const { detail } = event;
  if (detail !== undefined && !isObject(detail)) return invalid('wrong_type');
  if (requestedAt === undefined) return invalid('time_unusable');
  if (requestedAt.getTime() > now.getTime() + MAX_CLOCK_SKEW_MS) return invalid('time_in_future');

  const content = contentOf(detail?.content);
  if (typeof content === 'string') return invalid(content);

  const { phone_e164: typed } = content;
  const phone = normalisePhone(typeof typed === 'string' ? decodeEntities(typed) : typed, rules.request);
  if (!phone.ok) return end({ outcome: 'number_refused', reason: phone.reason }, phone.e164);
  const refusal = refusalOfExample(phone.e164, rules);
  if (refusal) return end(refusal, phone.e164);

  const deadline = new Date(requestedAt.getTime() + rules.request.maxAgeSeconds * 1000);
  if (now > deadline) return end({ outcome: 'stale', reason: 'too_old' }, phone.e164);
  const chosen = chosenTime(content.call_at, rules, now);
  if (chosen && 'outcome' in chosen) return end(chosen, phone.e164);
  if (rules.connect.sourcePhoneNumber === null) {
    return end({ outcome: 'misconfigured', reason: 'no_source_number' }, phone.e164);
  }

  const spokenFields = withoutNumber(content, phone.e164);
  const knownUserType = userTypeOf(spokenFields.user_type, rules.request);
  const inquiry = inquiryOf(spokenFields.inquiry_type, rules.request.inquiryTypes);
  const spoken = inquiry === OTHER_INQUIRY_TYPE ? undefined : inquiry;
  const trackId = cleanTrackId(spokenFields.track_id);
  const trackIdSpoken = trackId === undefined ? undefined : spellTrackId(trackId);

  const own = {
    request_id: requestId,
    user_type: knownUserType,
    has_inquiry_type: String(spoken !== undefined),
    has_short_inquiry: String(spoken !== undefined && isShortInquiry(spoken)),
    ...(inquiry !== undefined && { inquiry_type: inquiry }),
    ...(trackId !== undefined && { track_id: trackId }),
    has_track_id: String(trackIdSpoken !== undefined),
    ...(trackIdSpoken !== undefined && { track_id_spoken: trackIdSpoken }),
  };
  const routed = { userType: knownUserType, ...(inquiry !== undefined && { inquiryType: inquiry }) };
  return {
    decision: 'continue',
    request: {
      ...identity,
      ...routed,
      ...(trackId !== undefined && { trackId }),
      deadlineAt: deadline.toISOString(),
      ...chosen,
      phone: phone.e164,
      queue: queueFor(routed, rules.routing, rules.connect.queues),
      ...contactAttributes(own, content, rules.request, phone.e164),
    },
  };
}

/**
 * The inquiry of a request: cleaned text, or, if the stage has a list, one of its entries or `other`, which is not spoken. Undefined
 * if there is none.
 */
function inquiryOf(value: unknown, listed: readonly string[] | null): string | undefined {
  const inquiry = cleanInquiry(value);
  if (listed === null || textOf(value) === undefined) return inquiry;
  return listed.map(cleanInquiry).find((known) => known !== undefined && known === inquiry) ?? OTHER_INQUIRY_TYPE;
}

function userTypeOf(value: unknown, { userTypes }: Pick<StageSettings['request'], 'userTypes'>): string {
  const userType = textOf(value)?.trim() ?? OTHER_USER_TYPE;
  return userTypes.includes(userType) ? userType : OTHER_USER_TYPE;
}

/**
 * What can still be read from a refused event. The visitor's own text is only kept if the number that must not be in it is known. An
 * unreadable time is ignored.
 */
function readableOf(event: unknown, rules: StageSettings['request']): Partial<Omit<ToldOfRefused, 'phone'>> {
  const detail = isObject(event) && isObject(event.detail) ? event.detail : {};
  const content = contentOf(detail.content);
  if (typeof content === 'string') return {};
  const { phone_e164: typed } = content;
  const { e164 } = normalisePhone(typeof typed === 'string' ? decodeEntities(typed) : typed, rules);
  const fields = e164 === undefined ? content : withoutNumber(content, e164);
  const trackId = cleanTrackId(fields.track_id);
  const isOfNumber = trackId !== undefined && String(typed).replace(/\D/g, '').includes(trackId);
  const inquiryType = e164 === undefined ? undefined : inquiryOf(fields.inquiry_type, rules.inquiryTypes);
  const callAt = momentOf(textOf(content.call_at)?.trim() ?? '');
  return {
    ...(textOf(fields.user_type) !== undefined && { userType: userTypeOf(fields.user_type, rules) }),
    ...(inquiryType !== undefined && { inquiryType }),
    ...(trackId !== undefined && !isOfNumber && { trackId }),
    ...(callAt && { callAt: callAt.toISOString() }),
  };
}

/** The raw token of a signed request, from any JSON value; undefined if there is none. Never throws. */
export const callTokenOf = (event: unknown): unknown => contentFields(event)[TOKEN_FIELD];

/** The raw content of the marketer's JSON, from any JSON value; empty if unreadable. Never throws. */
export function contentFields(event: unknown): Record<string, unknown> {
  const detail = isObject(event) && isObject(event.detail) ? event.detail : {};
  const content = contentOf(detail.content);
  return typeof content === 'string' ? {} : content;
}

/** Wrappers that producers and transports put around events, for events that were passed on by hand; EventBridge's rule adds none. */
const isEnvelope = (value: unknown): boolean =>
  Array.isArray(value) ||
  (isObject(value) &&
    value.detail === undefined &&
    ['Entries', 'Records', 'Message', 'Detail'].some((name) => value[name] !== undefined));

/** A missing time means now; anything else that is not a time is unusable. */
function timeOf(time: unknown, now: Date): Date | undefined {
  if (time === undefined || time === null) return now;
  return typeof time === 'string' ? momentOf(time) : undefined;
}

/** `detail.content` as an object, or the reason why it is not one. */
function contentOf(content: unknown): Record<string, unknown> | ReasonOf<'invalid_event'> {
  if (content === undefined || content === null) return 'content_missing';
  if (typeof content !== 'string') return isObject(content) ? content : 'content_not_an_object';
  try {
    const parsed = parseJson(content);
    return isObject(parsed) ? parsed : 'content_not_an_object';
  } catch {
    return 'content_not_json';
  }
}

/** The fields that are passed on or spoken, without those that contain the visitor's own number. */
function withoutNumber(content: Record<string, unknown>, e164: string): Record<string, unknown> {
  const names = ['user_type', 'inquiry_type', 'track_id'];
  return Object.fromEntries(
    names
      .map((name) => [name, content[name]] as const)
      .filter(([, value]) => !containsNumber(textOf(value) ?? '', e164)),
  );
}
