import type { CallRequest, RequestIdentity } from './call-request.ts';
import type { Ended, Failed, Placed } from './call-state.ts';
import { endingOfFailure, type TaskState } from './errors.ts';
import { type Ending, OUTCOMES } from './outcomes.ts';
import { ownInput } from './own-request.ts';
import { usableIdFromOutside } from './request-id.ts';

/** What is known when a request ends. */
export interface RequestEnd {
  request: RequestIdentity & Partial<CallRequest>;
  ending: Ending;
  contactId?: string;
  /** When Amazon Connect accepted the call. ISO 8601. */
  placedAt?: string;
  /** Until when the call holds the number if nothing is heard of it. ISO 8601. */
  heldUntil?: string;
  /** The contact could not be noted yet. */
  isUnlinked?: true;
  /** Name of the error that ended it, if any. */
  error?: string;
  /** True if the request may hold guards that must be given back. */
  holdsGuards: boolean;
}

/** Any document that can reach `RecordOutcome`. */
interface LastDocument extends Partial<Failed> {
  request?: Ended['request'];
  ending?: Ending;
  contactId?: Placed['contactId'];
  placedAt?: Placed['placedAt'];
  heldUntil?: Placed['heldUntil'];
  isUnlinked?: Placed['isUnlinked'];
  holdsGuards?: boolean;
  /** Of KARTE's event, if it got no further. */
  id?: unknown;
}

/**
 * Reads the ending from the document that reached `RecordOutcome`: a refusal, a placed call, or a failed state. If the very first
 * state failed, the document is still the execution's input, which has the request id.
 *
 * @param executionId used as request id if the event had no usable id
 */
export function endOfRequest(state: unknown, executionId: string, now: Date): RequestEnd {
  const document = (state ?? {}) as LastDocument;
  const failures = Object.entries(document.failed ?? {}) as [TaskState, { Error: string; Cause?: string }][];
  const failed = failures.find(([at]) => at === 'ValidateRequest') ?? failures[0];
  const isEvent = failed?.[0] === 'ValidateRequest';
  const request = (isEvent ? undefined : document.request) ?? {
    requestId:
      ownInput(state)?.ownRequest.requestId ??
      usableIdFromOutside(document.id) ??
      executionId.slice(executionId.lastIndexOf(':') + 1),
    requestedAt: now.toISOString(),
    receivedAt: now.toISOString(),
  };
  const holdsGuards = document.holdsGuards === true || failed !== undefined;
  const end = (ending: Ending) => ({ request, ending: endingOfPromised(request, ending), holdsGuards });
  if (failed) {
    const [at, { Error: error, Cause }] = failed;
    const told = error === NO_LONGER_WAITING ? endingIn(Cause) : undefined;
    return told ? end(told) : { ...end(endingOfFailure(at, error)), error };
  }
  if (document.ending) return end(document.ending);
  if (document.contactId) {
    return {
      request,
      ending: { outcome: 'call_placed', reason: 'accepted' },
      contactId: document.contactId,
      ...(document.placedAt !== undefined && { placedAt: document.placedAt }),
      ...(document.heldUntil !== undefined && { heldUntil: document.heldUntil }),
      ...(document.isUnlinked && { isUnlinked: true as const }),
      holdsGuards,
    };
  }
  return { request, ending: { outcome: 'internal_error', reason: 'function_failed' }, holdsGuards };
}

/**
 * The ending of a request whose customer was told to expect a call later: as nothing informs them, an operator must. Further calls of
 * our own were promised to nobody.
 */
function endingOfPromised(request: RequestEnd['request'], ending: Ending): Ending {
  if (request.own) return request.own.because === 'call_back' ? endingOfCallBack(ending) : ending;
  if (request.bookedAt !== undefined) return endingOfAppointment(ending);
  return request.opensAt === undefined ? ending : endingOfDeferred(ending);
}

/** The ending of a request with an appointment. The promise no longer applies to numbers on the block list. */
function endingOfAppointment(ending: Ending): Ending {
  switch (ending.outcome) {
    case 'no_agents_available':
    case 'expired':
      return { outcome: 'appointment_missed', reason: 'not_in_time' };
    case 'queue_closed':
    case 'queue_disabled':
      return { outcome: 'appointment_missed', reason: 'closed_when_due' };
    case 'calling_disabled':
      return { outcome: 'appointment_missed', reason: 'stopped' };
    case 'limit_reached':
      return { outcome: 'appointment_missed', reason: 'limit_used_up' };
    case 'number_held':
      return { outcome: 'appointment_missed', reason: 'number_held' };
    default:
      return ending;
  }
}

/** The ending of a call-back: the customer hung up relying on it and is not informed, so an operator must act. */
function endingOfCallBack(ending: Ending): Ending {
  switch (ending.outcome) {
    case 'no_agents_available':
    case 'expired':
      return { outcome: 'call_back_in_vain', reason: 'not_in_time' };
    case 'queue_closed':
    case 'queue_disabled':
      return { outcome: 'call_back_in_vain', reason: 'closed' };
    case 'limit_reached':
      return { outcome: 'call_back_in_vain', reason: 'limit' };
    case 'calling_disabled':
      return { outcome: 'call_back_in_vain', reason: 'stopped' };
    default:
      return ending;
  }
}

/**
 * The ending of a request that was kept until opening time: a customer who is not called is not informed, so an operator must act.
 */
function endingOfDeferred(ending: Ending): Ending {
  switch (ending.outcome) {
    case 'no_agents_available':
    case 'expired':
      return { outcome: 'deferred_in_vain', reason: 'not_in_time' };
    case 'queue_closed':
    case 'queue_disabled':
      return { outcome: 'deferred_in_vain', reason: 'closed_again' };
    default:
      return ending;
  }
}

/** The error that removes a request from the waiting room; its cause is the ending as JSON. */
export const NO_LONGER_WAITING = 'NoLongerWaiting';

function endingIn(cause: string | undefined): Ending | undefined {
  try {
    const ending = JSON.parse(cause ?? '') as Ending;
    return Object.hasOwn(OUTCOMES, ending.outcome) ? ending : undefined;
  } catch {
    return undefined;
  }
}
