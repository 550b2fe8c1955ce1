import { WANTS_CALL_BACK, wasNeverAnswered } from './call-outcome.ts';
import type { OwnPart, OwnReason } from './call-request.ts';
import type { CallLife } from './contact-chain.ts';
import { isObject } from './json-object.ts';
import type { ReasonOf } from './outcomes.ts';
import { idOfTry } from './request-id.ts';
import type { StageSettings } from './stage-settings.ts';

/**
 * What we ask for ourselves, after a call of ours: the same visitor is called once more. A request of its own, so that every
 * guard, lease and client token is its own, too. Times are ISO 8601 in UTC.
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
  /** Made of the first request's id and the try: repeated news of a call asks for the same. */
  requestId: string;
  /** When the path first looked at the first request: by then its event was in time. */
  firstReceivedAt: string;
  /** Its place in line, and the day on which it counts. */
  receivedAt: string;
  /** The phone does not ring before. */
  notBefore: string;
  deadlineAt: string;
  /** The call was promised, or may have been, and cannot be placed: the request is there to be told to somebody. */
  inVain?: InVain;
}

/** Why a promised call cannot be placed, by the time it is asked for. */
export type InVain = Extract<ReasonOf<'call_back_in_vain'>, 'wish_unknown' | 'request_unknown'>;

/** The input of an execution that a function of ours starts. */
export interface OwnInput {
  ownRequest: OwnRequest;
  /** The first request's own, as KARTE sent it. */
  event: unknown;
}

/** What is known of the request whose call is over. */
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

/** Reasons by which a call that never connected may be answered later: rang, busy, switched off or out of reach. */
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
 * Whether and why a call that is over asks for another one, which is proven by its end alone: it is over, and was never picked
 * up, or the customer wished it. Never after an agent, and never after a call that was a call-back itself. A number that is not
 * in use, an error of the network and a call that somebody stopped are not tried again.
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
 * Nothing tells any more how the call ended, which only Amazon Connect itself could: may its customer have wished to be called
 * back? A customer who heard the offer had waited for so long; of a call that is lost anything may be true.
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
 * Has the customer called us, so that there is no need to call? Anyone who wished to be called back: since that call was over.
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

/** The requests whose calls came before the one that we ask for, the first one first. */
export const requestsBefore = ({ tryOf, try: nth }: Pick<OwnPart, 'tryOf' | 'try'>): string[] =>
  Array.from({ length: nth - 1 }, (_, index) => idOfTry(tryOf, index + 1));

/** Does the record of the call before still say why we are to call once more? More may have become known since. */
export const stillAsksFor = (
  because: OwnReason,
  { outcome, reason }: { outcome?: string; reason?: string },
): boolean =>
  because === 'call_back' ? reason === 'wants_call_back' : outcome !== undefined && wasNeverAnswered(outcome);

/**
 * The request for another call. Of the same call and the same settings it is the same.
 *
 * @param endedAt of the call, epoch milliseconds
 * @param first when the path received the first request, and why no call can come of it, where that is known
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
  // The state machine waits for whole seconds.
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
 * Reads the input of an execution that we started. Undefined where it is anything else, such as KARTE's own event. Never throws.
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

/** KARTE's own event, out of the input of any execution. */
export const karteEventIn = (input: unknown): unknown => ownInput(input)?.event ?? input;

/** An event from outside: anyone who may publish to a topic asks for no call of ours. */
export function withoutOwnRequest({ ownRequest: _, ...event }: Record<string, unknown>): Record<string, unknown> {
  return event;
}
