import { type ContactNews, timesOf } from './contact-news.ts';
import { isObject } from './json-object.ts';

/** The contents of a contact event. */
export interface ContactEvent {
  contactId: string;
  /** The contacts before it, and those it is related to; empty for the first of a chain. */
  relatives: readonly string[];
  /** INBOUND, OUTBOUND, API, TRANSFER, QUEUE_TRANSFER, CALLBACK …, in capitals. */
  initiationMethod: string;
  /** INITIATED, QUEUED …, in capitals. */
  eventType: string;
  /** The company's own number, E.164. */
  systemEndpoint?: string;
  news: ContactNews;
}

/** @see https://docs.aws.amazon.com/connect/latest/APIReference/API_DescribeContact.html */
const A_CONTACT_ID = /^[\w-]{1,256}$/;

/** Times in an event cannot be later than this. */
const CLOCKS_DIFFER_MS = 10 * 60_000;

/** A supervisor listens in or speaks with an agent: no customer is on that line. */
const WITHOUT_CUSTOMER = new Set(['MONITOR']);

/** The time in the envelope is that of the event type's own fact. */
const HAPPENED: Readonly<Record<string, keyof ContactNews>> = {
  INITIATED: 'startedAt',
  CONNECTED_TO_SYSTEM: 'answeredAt',
  QUEUED: 'queuedAt',
  CONNECTED_TO_AGENT: 'agentAt',
  DISCONNECTED: 'endedAt',
  COMPLETED: 'endedAt',
};

/**
 * Reads an "Amazon Connect Contact Event" of a voice contact. Undefined if it is not one, or of an irrelevant type. Comparisons ignore
 * case, because the service's own samples are inconsistent; unknown fields are ignored. An impossible time counts as that of the
 * event itself, and an impossible time of the event as now.
 *
 * @param now when the event came
 * @example
 * contactEvent({
 *   source: 'aws.connect', time: '2026-11-22T03:01:00Z',
 *   detail: {
 *     eventType: 'CONNECTED_TO_AGENT', contactId: '00000000-0000-4000-8000-00000000d001', channel: 'VOICE',
 *     initiationMethod: 'API',
 *     agentInfo: { connectedToAgentTimestamp: '2026-11-22T03:00:59.120Z' },
 *   },
 * }, new Date()) // { contactId: '00000000-…', relatives: [], initiationMethod: 'API', …, news: { agentAt: 1795316459120 } }
 * @see https://docs.aws.amazon.com/connect/latest/adminguide/contact-events.html
 */
export function contactEvent(event: unknown, now: Date): ContactEvent | undefined {
  const detail = field(event, 'detail');
  const contactId = contactIdIn(detail, 'contactId');
  const eventType = upper(field(detail, 'eventType'));
  const initiationMethod = upper(field(detail, 'initiationMethod'));
  const happened = Object.hasOwn(HAPPENED, eventType) ? HAPPENED[eventType] : undefined;
  const channel = upper(field(detail, 'channel'));
  if (!contactId || happened === undefined || WITHOUT_CUSTOMER.has(initiationMethod)) return undefined;
  if (channel !== '' && channel !== 'VOICE') return undefined;

  const relatives = ['initialContactId', 'previousContactId', 'relatedContactId'].map((name) =>
    contactIdIn(detail, name),
  );
  const queueInfo = field(detail, 'queueInfo');
  const queueArn = text(field(queueInfo, 'queueArn'));
  const reason = text(field(detail, 'disconnectReason'));
  const nextId = contactIdIn(detail, 'nextContactId');
  const systemEndpoint = text(field(field(detail, 'tags'), 'aws:connect:systemEndpoint'));
  const isOver = happened === 'endedAt';
  const latest = new Date(now.getTime() + CLOCKS_DIFFER_MS);
  return {
    contactId,
    relatives: [...new Set(relatives)].filter((id) => id !== undefined && id !== contactId) as string[],
    initiationMethod,
    eventType,
    ...(systemEndpoint !== undefined && { systemEndpoint }),
    news: {
      [happened]: now.getTime(),
      ...timesOf({ [happened]: text(field(event, 'time')) }, latest),
      ...timesOf(
        {
          startedAt: text(field(detail, 'initiationTimestamp')),
          answeredAt: text(field(detail, 'connectedToSystemTimestamp')),
          queuedAt: text(field(queueInfo, 'enqueueTimestamp')),
          agentAt: text(field(field(detail, 'agentInfo'), 'connectedToAgentTimestamp')),
          // In one sample it is also in an event that is not the last one.
          endedAt: isOver ? text(field(detail, 'disconnectTimestamp')) : undefined,
        },
        latest,
      ),
      ...(queueArn !== undefined && { queueId: queueArn.slice(queueArn.lastIndexOf('/') + 1) }),
      ...(isOver && reason !== undefined && { reason }),
      ...(isOver && nextId !== undefined && { nextId }),
    },
  };
}

const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);
const upper = (value: unknown): string => text(value)?.toUpperCase() ?? '';

/** An id becomes the key of an item and the name of its facts. */
function contactIdIn(detail: unknown, name: string): string | undefined {
  const id = text(field(detail, name));
  return id !== undefined && A_CONTACT_ID.test(id) ? id.toLowerCase() : undefined;
}

/** A field by its name in any case. */
function field(value: unknown, name: string): unknown {
  if (!isObject(value)) return undefined;
  const found = Object.keys(value).find((key) => key.toLowerCase() === name.toLowerCase());
  return found === undefined ? undefined : value[found];
}
