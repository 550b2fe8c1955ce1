import { WANTS_CALL_BACK, wasNeverAnswered } from './call-outcome.ts';
import type { OwnPart, OwnReason } from './call-request.ts';
import type { CallLife } from './contact-chain.ts';
import { isObject } from './json-object.ts';
import type { ReasonOf } from './outcomes.ts';
import { idOfTry } from './request-id.ts';
import type { StageSettings } from './stage-settings.ts';

/**
 * Our own request for a further call to the same visitor, after a previous one. A separate request, so that it has its own guards,
 * leases and client token. Times are ISO 8601 in UTC.
 *
 * @example
 * {
 *   "requestId": "11111111-2222-4333-8444-555555555555.try2",
 *   "tryOf": "11111111-2222-4333-8444-555555555555", "try": 2,
 *   "after": "11111111-2222-4333-8444-555555555555", "because": "not_reached",
 *   "endedAt": "2026-11-22T03:01:03.000Z",
 *   "firstReceivedAt": "2026-11-22T03:00:01.000Z", "receivedAt": "2026-11-22T03:06:03.000Z",
 *   "notBefore": "2026-11-22T03:06:03.000Z", "deadlineAt": "2026-11-22T03:11:03.000Z"
 * }
 */
export interface OwnRequest extends OwnPart {
  /** Derived from the first request's id and the try, so that repeated news of a call leads to the same request. */
  requestId: string;
  /** When the path first processed the first request, whose event was in time. */
  firstReceivedAt: string;
  /** Its place in line, and the day on which it counts. */
  receivedAt: string;
  /** Earliest time for the call. */
  notBefore: string;
  deadlineAt: string;
  /** The call was promised, or may have been, and cannot be placed: the request only exists to notify an operator. */
  inVain?: InVain;
}

/** Why a promised call cannot be placed, known when it is requested. */
export type InVain = Extract<ReasonOf<'call_back_in_vain'>, 'wish_unknown' | 'request_unknown'>;

/** The input of an execution started by our own functions. */
export interface OwnInput {
  ownRequest: OwnRequest;
  /** The first request's event, as KARTE sent it. */
  event: unknown;
}

/** The request whose call is over. */
interface Before {
  requestId: string;
  receivedAt: string;
  callAt?: string;
  tryOf?: string;
  try?: number;
  because?: OwnReason;
  calledBackAt?: string;
}

const TIMES = ['endedAt', 'firstReceivedAt', 'receivedAt', 'notBefore', 'deadlineAt'] as const;
const TEXTS = ['requestId', 'tryOf', 'after'] as const;

/** Reasons after which a call that never connected may be answered later: rang, busy, switched off or out of reach. */
const MAY_BE_REACHED = new Set([
  'TELECOM_BUSY',
  'SIT_TONE_BUSY',
  'TELECOM_ORIGINATOR_CANCEL',
  'TELECOM_TIMEOUT',
  'TELECOM_UNANSWERED',
  'AMD_UNANSWERED',
  'CUSTOMER_DISCONNECT',
  // None was told.
  '',
]);

/**
 * Whether and why an ended call leads to a further one, which only depends on its end: it was never answered, or the customer asked for
 * it. Never after an agent took it, and never after a call-back. A number that is not in use, a network error and a call that
 * somebody stopped are not tried again.
 * @see https://docs.aws.amazon.com/connect/latest/adminguide/ctr-data-model.html
 */
export function whyOnceMore(
  life: CallLife,
  before: Before,
  { retryUnanswered, offerCallBack }: Pick<StageSettings, 'retryUnanswered' | 'offerCallBack'>,
): OwnReason | undefined {
  if (life.endedAt === undefined || life.agentAt !== undefined || before.because === 'call_back') return undefined;
  const asks = life.result === WANTS_CALL_BACK ? 'call_back' : 'not_reached';
  if (hasCalledBack(before, asks, life.endedAt)) return undefined;
  if (asks === 'call_back') return offerCallBack === null ? undefined : asks;
  if (life.answeredAt !== undefined || life.queuedAt !== undefined) return undefined;
  const isLast = (before.try ?? 1) > retryUnanswered.times;
  return isLast || !MAY_BE_REACHED.has(life.reason?.toUpperCase() ?? '') ? undefined : asks;
}

/**
 * Whether the customer may have asked to be called back, if not even Amazon Connect says any more how the call ended. Only a customer
 * who waited long enough heard the offer; for a lost call, anything is possible.
 */
export function mayHaveWished(
  life: CallLife,
  before: Before,
  { offerCallBack }: Pick<StageSettings, 'offerCallBack'>,
): boolean {
  const { answeredAt, queuedAt = answeredAt, endedAt } = life;
  if (offerCallBack === null || before.because === 'call_back') return false;
  if (life.described || life.agentAt !== undefined) return false;
  if (endedAt === undefined) return true;
  if (queuedAt === undefined) return life.reason?.toUpperCase() === 'CONTACT_FLOW_DISCONNECT';
  return endedAt - queuedAt >= offerCallBack.afterSeconds * 1000;
}

/**
 * Whether the customer has called us, so that a further call is unnecessary; for a call-back, since the end of the previous call.
 *
 * @param endedAt of the call before, epoch milliseconds
 */
export function hasCalledBack(
  { calledBackAt }: { calledBackAt?: string },
  because: OwnReason,
  endedAt: number,
): boolean {
  return calledBackAt !== undefined && (because === 'not_reached' || Date.parse(calledBackAt) >= endedAt);
}

/** The requests of the previous calls, in order. */
export const requestsBefore = ({ tryOf, try: nth }: Pick<OwnPart, 'tryOf' | 'try'>): string[] =>
  Array.from({ length: nth - 1 }, (_, index) => idOfTry(tryOf, index + 1));

/** Whether the record of the previous call still justifies a further call. More may have become known since. */
export const stillAsksFor = (
  because: OwnReason,
  { outcome, reason }: { outcome?: string; reason?: string },
): boolean =>
  because === 'call_back' ? reason === 'wants_call_back' : outcome !== undefined && wasNeverAnswered(outcome);

/**
 * The request for a further call. The same call and settings always give the same request.
 *
 * @param endedAt of the call, epoch milliseconds
 * @param first when the path received the first request, and why no call can be placed, if known
 */
export function ownRequestAfter(
  before: Before,
  because: OwnReason,
  endedAt: number,
  first: { receivedAt: string; inVain?: InVain },
  stage: Pick<StageSettings, 'limits' | 'offerCallBack' | 'request' | 'retryUnanswered'>,
): OwnRequest {
  const tryOf = before.tryOf ?? before.requestId;
  const nextTry = (before.try ?? 1) + 1;
  const isCallBack = because === 'call_back';
  const pause = Math.max(stage.retryUnanswered.afterSeconds, stage.limits.missedPauseSeconds);
  // The state machine waits in whole seconds.
  const notBefore = Math.ceil(endedAt / 1000 + (isCallBack ? 0 : pause)) * 1000;
  const within = isCallBack ? (stage.offerCallBack?.callWithinSeconds ?? 0) : stage.request.maxAgeSeconds;
  return {
    requestId: idOfTry(tryOf, nextTry),
    tryOf,
    try: nextTry,
    after: before.requestId,
    because,
    endedAt: isoOf(endedAt),
    firstReceivedAt: first.receivedAt,
    ...(first.inVain && { inVain: first.inVain }),
    receivedAt: isCallBack ? (before.callAt ?? before.receivedAt) : isoOf(notBefore),
    notBefore: isoOf(notBefore),
    deadlineAt: isoOf(notBefore + within * 1000),
  };
}

const isoOf = (at: number): string => new Date(at).toISOString();

/**
 * Reads the input of an execution that we started. Undefined for anything else, such as KARTE's own event. Never throws.
 */
export function ownInput(input: unknown): OwnInput | undefined {
  const own = isObject(input) ? input.ownRequest : undefined;
  if (!isObject(input) || !isObject(own)) return undefined;
  const isText = (name: string) => typeof own[name] === 'string' && own[name] !== '';
  const isRight =
    TEXTS.every(isText) &&
    TIMES.every((name) => isText(name) && !Number.isNaN(Date.parse(String(own[name])))) &&
    Number.isInteger(own.try) &&
    (own.because === 'not_reached' || own.because === 'call_back');
  return isRight ? { ownRequest: own as unknown as OwnRequest, event: input.event } : undefined;
}

/** KARTE's own event, from the input of any execution. */
export const karteEventIn = (input: unknown): unknown => ownInput(input)?.event ?? input;

/** Sanitises an event from outside: publishers to a topic must not be able to make requests in our name. */
export function withoutOwnRequest({ ownRequest: _, ...event }: Record<string, unknown>): Record<string, unknown> {
  return event;
}
