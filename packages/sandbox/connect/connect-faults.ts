import { ConnectError, type ConnectErrorName, NoAnswer } from './connect-errors.ts';
import type { Operation } from './quotas.ts';

/** What can be made to go wrong. The two timeouts leave the caller waiting, before or after the work was done. */
export const FAULT_KINDS = [
  'throttle',
  'server-error',
  'timeout-before-accepting',
  'timeout-after-accepting',
  'limit-exceeded',
  'destination-not-allowed',
  'outbound-not-permitted',
  'access-denied',
  'invalid-request',
  'not-found',
] as const;

export type FaultKind = (typeof FAULT_KINDS)[number];

/** A request that a fault hit. */
export interface FaultHit {
  kind: FaultKind;
  operation: Operation;
  /** Epoch milliseconds. */
  at: number;
  /** For StartOutboundVoiceContact: the token of the requested call, and the number of the attempt, from 1. */
  clientToken?: string;
  attempt?: number;
}

/** A fault that hits the next requests of one operation. */
export interface Fault {
  kind: FaultKind;
  operation: Operation;
  /** Requests it still hits. */
  times: number;
}

const ERROR_OF_FAULT: Partial<Record<FaultKind, ConnectErrorName>> = {
  'server-error': 'InternalServiceException',
  'limit-exceeded': 'LimitExceededException',
  'destination-not-allowed': 'DestinationNotAllowedException',
  'outbound-not-permitted': 'OutboundContactNotPermittedException',
  'access-denied': 'AccessDeniedException',
  'invalid-request': 'InvalidRequestException',
  'not-found': 'ResourceNotFoundException',
};

/** Attempts are counted for this many calls, the newest ones. */
const TOKENS_COUNTED = 10_000;

/** The faults that were set and not used up, in the order in which they hit, and what they have hit. */
export function faultList(now: () => Date) {
  let faults: Fault[] = [];
  const hits: FaultHit[] = [];
  const attempts = new Map<string, number>();

  /** How often the call with this token has been requested, including this time. */
  function countAttempt(clientToken: string): number {
    const attempt = (attempts.get(clientToken) ?? 0) + 1;
    attempts.set(clientToken, attempt);
    const [oldest] = attempts.keys();
    if (attempts.size > TOKENS_COUNTED && oldest !== undefined) attempts.delete(oldest);
    return attempt;
  }

  return {
    add(fault: { kind: FaultKind; operation?: Operation; times: number }): void {
      faults.push({ operation: 'StartOutboundVoiceContact', ...fault });
    },
    all: (): Fault[] => structuredClone(faults),
    clear(): void {
      faults = [];
    },
    /** Oldest first. */
    hits: (): readonly FaultHit[] => hits,
    /** The fault that hits this request, if any; it is used up once. */
    take(operation: Operation, clientToken: string | undefined): FaultKind | undefined {
      const call = clientToken === undefined ? {} : { clientToken, attempt: countAttempt(clientToken) };
      const fault = faults.find((candidate) => candidate.operation === operation && candidate.times > 0);
      if (!fault) return undefined;
      fault.times -= 1;
      faults = faults.filter(({ times }) => times > 0);
      hits.push({ kind: fault.kind, operation, at: now().getTime(), ...call });
      return fault.kind;
    },
  };
}

/** What the caller of an operation gets instead of a response. */
export function faultError(kind: FaultKind, operation: Operation): ConnectError | NoAnswer {
  if (kind === 'throttle') return throttled(operation);
  const name = ERROR_OF_FAULT[kind];
  return name ? new ConnectError(name, `The local model was told to answer ${name}.`) : new NoAnswer();
}

/**
 * The error for an exceeded rate. StartOutboundVoiceContact was seen to return TooManyRequestsException, which its
 * reference page does not name; the other operations document ThrottlingException.
 * @see https://dev.classmethod.jp/articles/tsnote-how-to-workaround-toomanyrequestsexception-throttling-error-with-amazon-connect-api/
 */
export function throttled(operation: Operation): ConnectError {
  const name = operation === 'StartOutboundVoiceContact' ? 'TooManyRequestsException' : 'ThrottlingException';
  return new ConnectError(name, `Rate exceeded for ${operation}.`);
}
