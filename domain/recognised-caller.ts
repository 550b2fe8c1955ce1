import type { CallRecord } from './call-record.ts';
import { inquiryDigits, spellTrackId } from './inquiry-number.ts';
import { isObject } from './json-object.ts';
import type { Outcome } from './outcomes.ts';
import { usableId } from './request-id.ts';

/** An inbound caller, from the contact that Amazon Connect passes to a function. */
interface Caller {
  contactId: string;
  /** E.164; missing if it is withheld or not a number that could have been called. */
  phone?: string;
}

/** The answer to the contact flow: strings only, without telephone numbers. */
export type CallerAnswer = Readonly<Record<string, string>>;

/** No request is known of the caller. */
export const NOBODY: CallerAnswer = { we_rang: 'false' };

/** @see https://docs.aws.amazon.com/connect/latest/APIReference/API_Endpoint.html */
const TELEPHONE_NUMBER = 'TELEPHONE_NUMBER';
const E164 = /^\+[1-9]\d{6,14}$/;

/**
 * The caller, from the event of a Lambda block. Undefined unless the contact is an inbound call. Only a number in Amazon Connect's
 * format, E.164, counts: anything else (`anonymous`, `Unavailable`, a SIP address, a number without its country) could be anybody.
 *
 * @example
 * callerOf({
 *   Name: 'ContactFlowEvent',
 *   Details: {
 *     ContactData: {
 *       ContactId: '00000000-0000-4000-8000-00000000d001', Channel: 'VOICE', InitiationMethod: 'INBOUND',
 *       CustomerEndpoint: { Address: '+819012345678', Type: 'TELEPHONE_NUMBER' },
 *       SystemEndpoint: { Address: '+815000000000', Type: 'TELEPHONE_NUMBER' },
 *     },
 *     Parameters: {},
 *   },
 * }) // { contactId: '00000000-…', phone: '+819012345678' }
 * @see https://docs.aws.amazon.com/lambda/latest/dg/services-connect.html
 */
export function callerOf(event: unknown): Caller | undefined {
  const contact = field(field(event, 'Details'), 'ContactData');
  const contactId = field(contact, 'ContactId');
  if (typeof contactId !== 'string' || field(contact, 'InitiationMethod') !== 'INBOUND') return undefined;
  const endpoint = field(contact, 'CustomerEndpoint');
  const address = field(endpoint, 'Address');
  const isNumber = (field(endpoint, 'Type') ?? TELEPHONE_NUMBER) === TELEPHONE_NUMBER;
  return { contactId, ...(isNumber && typeof address === 'string' && E164.test(address) && { phone: address }) };
}

const field = (value: unknown, name: string): unknown => (isObject(value) ? value[name] : undefined);

/**
 * Outcomes of our calls that may have rung without reaching an agent. `call_placed` is included although its end is not known yet, as
 * people call back seconds after a missed call. A declined call may end as `busy`.
 */
const MISSED: ReadonlySet<Outcome | undefined> = new Set<Outcome>([
  'call_placed',
  'not_answered',
  'busy',
  'no_key_pressed',
  'abandoned',
]);

/**
 * The request that a caller calls back for, decided by the latest call. Undefined if that one was a conversation, even one that the
 * customer or an agent dialled: then the matter has been discussed, and the caller is treated like any other.
 *
 * @param records of one number
 * @param since when the oldest call that counts was placed
 */
export function requestCalledBack(records: readonly CallRecord[], since: Date): CallRecord | undefined {
  const latest = records
    .filter((record) => (record.placedAt ?? '') >= since.toISOString())
    .filter((record) => wasTalk(record) || (record.kind === undefined && MISSED.has(record.outcome)))
    .sort((a, b) => (b.placedAt ?? '').localeCompare(a.placedAt ?? ''))[0];
  return latest === undefined || wasTalk(latest) ? undefined : latest;
}

const wasTalk = ({ agentAt, outcome }: CallRecord): boolean => agentAt !== undefined || outcome === 'completed';

/** The request that a call is the call-back of, from the attributes set by the contact flow. */
export function requestCalledBackIn(attributes: Readonly<Record<string, string>>): string | undefined {
  return attributes.called_back === 'true' ? usableId(attributes.called_back_request_id) : undefined;
}

/**
 * What the flow needs to know about the request, all from this one record.
 *
 * @param queueArnOf the ARN of a queue of the stage, by id; undefined if the stage no longer has it
 */
export function callerAnswer(
  { requestId, userType = 'other', trackId, queueId }: CallRecord,
  queueArnOf: (queueId: string) => string | undefined,
): CallerAnswer {
  // Anyone who made another id in the inquiry number's place may have made a long one: on the screen it is read in no time.
  const spoken = trackId === undefined || inquiryDigits(trackId) === undefined ? undefined : spellTrackId(trackId);
  return {
    we_rang: 'true',
    request_id: requestId,
    user_type: userType,
    track_id: trackId ?? NOTHING,
    has_short_track_id: String(spoken !== undefined),
    track_id_spoken: spoken ?? NOTHING,
    queue_arn: (queueId === undefined ? undefined : queueArnOf(queueId)) ?? NOTHING,
  };
}

/** For unknown values: the documentation does not say how a block handles a reference without a value. */
const NOTHING = '-';
