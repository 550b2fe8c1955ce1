import { isObject } from './json-object.ts';
import { usableId } from './request-id.ts';

/**
 * What SNS hands to a function. `Message` is the EventBridge event as JSON text; everything else may be missing, as in
 * the test event of KARTE's guide.
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
 */
interface SnsNotification {
  Records: unknown[];
}

/** What reached the function is no SNS notification. */
export class UnusableNotificationError extends Error {
  override readonly name = 'UnusableNotificationError';
}

/** The records of a notification. Throws `UnusableNotificationError`. */
export function recordsOf(notification: unknown): unknown[] {
  if (!isSnsNotification(notification)) {
    throw new UnusableNotificationError('this is no SNS notification: it has no list of Records');
  }
  return notification.Records;
}

const isSnsNotification = (value: unknown): value is SnsNotification => isObject(value) && Array.isArray(value.Records);

interface UnwrappedRecord {
  /** The event as the rule would have handed it to the state machine. */
  event: Record<string, unknown>;
  requestId: string;
  /** True where neither the event nor the message has an id, so that a redelivery cannot be recognised. */
  idIsMadeUp: boolean;
}

/**
 * The event inside one SNS record. What cannot be read becomes an event that `validateRequest` refuses, so that it is
 * recorded like every other.
 *
 * @param record one of `Records`
 * @param now stands for a missing time
 * @param madeUpId stands for a missing id
 */
export function unwrapRecord(record: unknown, now: Date, madeUpId: string): UnwrappedRecord {
  const sns = isObject(record) && isObject(record.Sns) ? record.Sns : undefined;
  const event = eventOf(sns?.Message);
  const knownId = usableId(event.id) ?? usableId(sns?.MessageId);
  const requestId = knownId ?? madeUpId;
  const time = event.time ?? sns?.Timestamp ?? now.toISOString();
  return { event: { ...event, id: requestId, time }, requestId, idIsMadeUp: knownId === undefined };
}

/** The message as an event; one that is not a JSON object is carried on as unreadable content. */
function eventOf(message: unknown): Record<string, unknown> {
  if (typeof message !== 'string') return {};
  try {
    const parsed: unknown = JSON.parse(message);
    if (isObject(parsed)) return parsed;
  } catch {
    // Falls through: the text itself is the content that will be refused.
  }
  return { detail: { content: message } };
}
