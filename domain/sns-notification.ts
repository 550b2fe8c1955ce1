import { isObject } from './json-object.ts';
import { parseJson } from './json-text.ts';
import { kindOfValue } from './kind-of-value.ts';
import { usableIdFromOutside } from './request-id.ts';

/**
 * SNS's input of a function. `Message` is the EventBridge event as JSON text; everything else may be missing, as in the test event of
 * KARTE's guide. With a queue in between, a record is that of SQS, and its `body` is SNS's own document, or the event with raw message
 * delivery.
 *
 * @example
 * {
 *   "Records": [
 *     {
 *       "EventSource": "aws:sns",
 *       "Sns": {
 *         "MessageId": "22222222-3333-4444-8555-666666666666",
 *         "Timestamp": "2026-11-22T03:00:00.000Z",
 *         "Message": "{\"id\":\"11111111-2222-4333-8444-555555555555\",\"detail\":{\"content\":{\"phone_e164\":\"+819012345678\"}}}"
 *       }
 *     }
 *   ]
 * }
 * @see https://docs.aws.amazon.com/lambda/latest/dg/with-sns.html
 * @see https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html
 * @see https://docs.aws.amazon.com/sns/latest/dg/sns-large-payload-raw-message-delivery.html
 */
interface SnsNotification {
  Records: unknown[];
}

/** The input is not an SNS notification. */
export class UnusableNotificationError extends Error {
  override readonly name = 'UnusableNotificationError';
}

/**
 * The records of a notification, or of other unambiguous input that people pass by hand: one event, SNS's own document, or entries of
 * PutEvents. Throws `UnusableNotificationError`, which says what was found and what is expected.
 */
export function recordsOf(notification: unknown): unknown[] {
  if (isSnsNotification(notification)) return notification.Records;
  const entries = isObject(notification) ? notification.Entries : notification;
  if (Array.isArray(entries) && entries.length > 0 && entries.every(isEntry)) return entries.map(recordOfEntry);
  if (isObject(notification) && (isObject(notification.detail) || notification.Message !== undefined)) {
    return [{ body: notification }];
  }
  throw new UnusableNotificationError(
    `this is no SNS notification: it has no list of Records. Found ${kindOfValue(notification)}, expected {"Records": [{"Sns": {"Message": "<the event as JSON>"}}]}`,
  );
}

/** An entry of PutEvents: https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEventsRequestEntry.html */
const isEntry = (value: unknown): value is Record<string, unknown> => isObject(value) && value.Detail !== undefined;

/** The event that the bus would create from an entry, without an id. */
function recordOfEntry({ Source, DetailType, Time, Resources, Detail }: Record<string, unknown>): unknown {
  const detail = typeof Detail === 'string' ? objectIn(Detail) : Detail;
  return { body: { source: Source, 'detail-type': DetailType, time: Time, resources: Resources, detail } };
}

const isSnsNotification = (value: unknown): value is SnsNotification => isObject(value) && Array.isArray(value.Records);

interface UnwrappedRecord {
  /** The event as the rule would have passed it to the state machine. */
  event: Record<string, unknown>;
  requestId: string;
  /** True if neither the event nor the message has an id, so that a redelivery cannot be recognised. */
  idIsMadeUp: boolean;
  /** What was found instead of an event, and what is expected. Contains no value of the record. */
  problem?: string;
}

/**
 * The event in a record of SNS, or of SQS with or without SNS. An unreadable record becomes an event that `validateRequest` refuses, so
 * that it is recorded like any other.
 *
 * @param record one of `Records`
 * @param now used for a missing time
 * @param madeUpId used for a missing id
 */
export function unwrapRecord(record: unknown, now: Date, madeUpId: string): UnwrappedRecord {
  const { message, ids, times } = openRecord(record);
  const event = isObject(message) ? message : { detail: { content: message } };
  const problem = isObject(message) && isObject(message.detail) ? undefined : problemOf(record, message);
  const knownId = [event.id, ...ids].map(usableIdFromOutside).find((id) => id !== undefined);
  const requestId = knownId ?? madeUpId;
  const time = [event.time, ...times].find((at) => at !== undefined && at !== null) ?? now.toISOString();
  // Only the path itself may make its own requests; publishers to a topic must not.
  const { ownRequest: _ownRequest, ...told } = event;
  return {
    event: { ...told, id: requestId, time },
    requestId,
    idIsMadeUp: knownId === undefined,
    ...(problem !== undefined && { problem }),
  };
}

/** The content inside all envelopes, and their ids and times, innermost first. */
interface Opened {
  message: unknown;
  ids: unknown[];
  times: unknown[];
}

function openRecord(record: unknown): Opened {
  if (!isObject(record)) return { message: undefined, ids: [], times: [] };
  if (isObject(record.Sns)) return openSns(record.Sns);
  const { message, ids, times } = openMessage(record.body);
  return { message, ids: [...ids, record.messageId], times: [...times, sentAt(record.attributes)] };
}

/** SNS, SQS and one added by hand. A hostile text could have thousands. */
const MAX_ENVELOPES = 3;

function openSns({ Message, MessageId, Timestamp }: Record<string, unknown>, depth = 1): Opened {
  const { message, ids, times } = openMessage(Message, depth);
  return { message, ids: [...ids, MessageId], times: [...times, Timestamp] };
}

/** The event, or SNS's document around it, as an object or JSON text; any other text is passed on. */
function openMessage(written: unknown, depth = 0): Opened {
  const message = typeof written === 'string' ? objectIn(written) : written;
  const isEnvelope = isObject(message) && message.detail === undefined && message.Message !== undefined;
  if (isEnvelope && depth < MAX_ENVELOPES) return openSns(message, depth + 1);
  return { message, ids: [], times: [] };
}

/** The object of a JSON text; the text itself if it is not one. */
function objectIn(text: string): unknown {
  try {
    const parsed = parseJson(text);
    return isObject(parsed) ? parsed : text;
  } catch {
    return text;
  }
}

/** SQS has milliseconds since 1970, as a string. */
function sentAt(attributes: unknown): string | undefined {
  const sent = isObject(attributes) && typeof attributes.SentTimestamp === 'string' ? attributes.SentTimestamp : '';
  return /^\d{13}$/.test(sent) ? new Date(Number(sent)).toISOString() : undefined;
}

const EXPECTED =
  'expected the event in Sns.Message of SNS, or in body of SQS, such as {"detail": {"content": {"phone_e164": "+81…"}}}';

function problemOf(record: unknown, message: unknown): string {
  const found = message === undefined ? kindOfValue(record) : `a message that is ${kindOfValue(message)}`;
  return `found ${found}, ${EXPECTED}`;
}
