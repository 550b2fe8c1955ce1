import { isObject } from '../../domain/json-object.ts';
import { maskPhones } from '../../domain/masking.ts';
import { usableId } from '../../domain/request-id.ts';
import { recordsOf, unwrapRecord } from '../../domain/sns-notification.ts';

/** An undelivered event, read from a message of the dead-letter queue. It may contain a telephone number. */
export interface DeadLetter {
  /** Of the message. Unlike a position in a list, it does not change when another letter goes. */
  id: string;
  /** When delivery was given up. ISO 8601. */
  sentAt: string;
  /** What it is, in words. */
  what: string;
  /** Why it was not delivered, numbers masked. */
  why: string;
  /** Of the request; of a contact event, the contact's id. */
  about?: string;
  belongsTo: Destination;
}

/** Where the content of a letter belongs. */
type Destination =
  /** A KARTE event, for the state machine. */
  | { kind: 'request'; event: Record<string, unknown> }
  | { kind: 'function'; functionName: string; payload: unknown }
  /** Not sent by this project. */
  | { kind: 'unknown' };

interface ReadMessage {
  id: string;
  sentAt: string;
  body: string;
  /** Message attributes, all strings. */
  attributes: Readonly<Record<string, string>>;
}

/**
 * The content of a message in the dead-letter queue: the event that a rule could not deliver, with the reason in the message's
 * attributes, or the record of a function that failed for good.
 *
 * @example
 * deadLetterOf({
 *   id: '99999999-0000-4000-8000-000000000001', sentAt: '2026-11-22T03:05:00.000Z',
 *   body: '{"id":"11111111-2222-4333-8444-555555555555","detail-type":"KARTE Action", …}',
 *   attributes: {
 *     TARGET_ARN: 'arn:aws:states:ap-northeast-1:123456789012:stateMachine:karte-connect-call-dev-call-request',
 *     ERROR_CODE: 'SDK_CLIENT_ERROR', ERROR_MESSAGE: '…',
 *   },
 * }) // { what: 'call request', about: '11111111-…', … }
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-dlq.html
 * @see https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html
 */
export function deadLetterOf({ id, sentAt, body, attributes }: ReadMessage): DeadLetter {
  const document = parsed(body);
  const { requestContext, requestPayload, responsePayload } = document;
  const failed = isObject(requestContext) ? functionOf(requestContext.functionArn) : undefined;
  if (failed !== undefined && isObject(requestContext)) {
    const { errorType, errorMessage } = isObject(responsePayload) ? responsePayload : {};
    const why = whyOf([requestContext.condition, errorType, errorMessage]);
    return { id, sentAt, why, ...forFunction(failed, requestPayload) };
  }
  const { TARGET_ARN, ERROR_CODE, ERROR_MESSAGE, EXHAUSTED_RETRY_CONDITION } = attributes;
  const why = whyOf([ERROR_CODE, ERROR_MESSAGE, EXHAUSTED_RETRY_CONDITION]);
  const target = functionOf(TARGET_ARN);
  if (target !== undefined) return { id, sentAt, why, ...forFunction(target, document) };
  const isForStateMachine = TARGET_ARN?.split(':')[2] === 'states' || document['detail-type'] === 'KARTE Action';
  if (isForStateMachine) return { id, sentAt, why, ...forStateMachine(document) };
  return { id, sentAt, why, what: 'a message of another kind', belongsTo: { kind: 'unknown' } };
}

const forStateMachine = (event: Record<string, unknown>) => {
  const about = usableId(event.id);
  return {
    what: 'call request',
    ...(about !== undefined && { about }),
    belongsTo: { kind: 'request', event },
  } satisfies Partial<DeadLetter>;
};

/** What a letter for a function is, by its name and by what its rule or Lambda passed to it. */
function forFunction(functionName: string, payload: unknown): Pick<DeadLetter, 'what' | 'about' | 'belongsTo'> {
  const belongsTo = { kind: 'function', functionName, payload } as const;
  const detail = isObject(payload) && isObject(payload.detail) ? payload.detail : {};
  switch (functionName.slice(functionName.lastIndexOf('-') + 1)) {
    case 'acceptSnsNotification': {
      const event = soleEventIn(payload);
      return event ? forStateMachine(event) : { what: 'SNS notification', belongsTo };
    }
    case 'settleExecution':
      return {
        what: `end of an execution, ${wordOf(detail.status)}`,
        ...aboutOf(executionInput(detail).id),
        belongsTo,
      };
    case 'trackContact':
      return { what: `contact event ${wordOf(detail.eventType)}`, ...aboutOf(detail.contactId), belongsTo };
    case 'reportToKarte': {
      const values = reportedValues(payload);
      return { what: `report to KARTE ${wordOf(values.name)}`, ...aboutOf(values.request_id), belongsTo };
    }
    default:
      return { what: `run of ${functionName}`, belongsTo };
  }
}

function reportedValues(payload: unknown): Record<string, unknown> {
  const report = isObject(payload) && isObject(payload.report) ? payload.report : {};
  const event = isObject(report.event) ? report.event : {};
  return { ...(isObject(event.values) ? event.values : {}), name: event.event_name };
}

const aboutOf = (id: unknown): { about?: string } => {
  const about = usableId(id);
  return about === undefined ? {} : { about };
};

const executionInput = ({ input }: Record<string, unknown>): Record<string, unknown> => parsed(String(input));

/** SNS passes a function one record at a time; a notification with more stays whole. */
function soleEventIn(payload: unknown): Record<string, unknown> | undefined {
  if (!isObject(payload) || !Array.isArray(payload.Records)) return undefined;
  const [record, ...more] = recordsOf(payload);
  if (record === undefined || more.length > 0) return undefined;
  const { event, idIsMadeUp } = unwrapRecord(record, new Date(), 'without-any-id');
  return idIsMadeUp ? undefined : event;
}

/** The name in `arn:aws:lambda:REGION:ACCOUNT:function:NAME`, with or without a version. */
const functionOf = (arn: unknown): string | undefined =>
  /^arn:[\w-]+:lambda:[\w-]+:\d*:function:([\w-]+)/.exec(String(arn))?.[1];

function parsed(text: string): Record<string, unknown> {
  try {
    const document: unknown = JSON.parse(text);
    return isObject(document) ? document : {};
  } catch {
    return {};
  }
}

/** A word from an event, which is untrusted input. */
const wordOf = (value: unknown): string => (/^[\w-]{1,40}$/.test(String(value)) ? String(value) : 'of an unknown kind');

const MAX_WHY = 200;

const whyOf = (parts: readonly unknown[]): string => {
  const texts = parts.filter((part): part is string => typeof part === 'string' && part !== '');
  return texts.length === 0 ? 'no reason given' : maskPhones(texts.join(': ').replace(/\s+/g, ' ')).slice(0, MAX_WHY);
};
