import type { Moment, Trace } from './trace.ts';

/** Events that come twice delay nothing. */
const HARMLESS = new Set(['contactEventDoubled', 'messageDoubled', 'statusEventDoubled']);

/** What went wrong for a request, or when Amazon Connect was asked about one of its contacts. */
interface Disturbances {
  /** Did nothing go wrong that may delay what is reported and recorded about the request? */
  hasNone(requestId: string): boolean;
  /** Did this fault happen to it? */
  had(requestId: string, fault: RegExp): boolean;
  /** Did neither an event nor Amazon Connect itself ever report on its call? */
  isUntold(requestId: string): boolean;
  /** When Amazon Connect did not respond to a request about the contact. */
  askedInVain(contactId: string): readonly Moment[];
}

export function disturbancesIn(trace: Trace): Disturbances {
  const ofRequest = new Map<string, Set<string>>();
  const ofContact = new Map<string, Moment[]>();
  const requestOf = new Map<string, string>();
  for (const entry of trace) {
    if (entry.kind === 'rang') requestOf.set(entry.contactId, entry.requestId);
    if (entry.kind === 'call' && entry.root !== undefined) {
      const request = requestOf.get(entry.root);
      if (request !== undefined) requestOf.set(entry.contactId, request);
    }
    if (entry.kind !== 'fault') continue;
    const { contactId, fault, at, by = '' } = entry;
    if (contactId !== undefined) ofContact.set(contactId, [...(ofContact.get(contactId) ?? []), at]);
    const requestId = entry.requestId ?? requestOf.get(contactId ?? '');
    if (requestId === undefined || HARMLESS.has(fault)) continue;
    const faults = ofRequest.get(requestId) ?? new Set<string>();
    ofRequest.set(requestId, faults.add(`${by.split(' ')[0]} ${fault}`));
  }
  const had = (requestId: string, fault: RegExp) =>
    [...(ofRequest.get(requestId) ?? [])].some((name) => fault.test(name));
  return {
    isUntold: (requestId) => had(requestId, / callUntold$/),
    hasNone: (requestId) => !ofRequest.has(requestId),
    had,
    askedInVain: (contactId) => ofContact.get(contactId) ?? [],
  };
}

/**
 * The longest that anything takes that follows from a call's events: a late or lost event, a check of the call every minute,
 * missing responses of Amazon Connect, and every retry that AWS makes of a function.
 */
const TOLD_WITHIN_MS = 6 * 60_000;
/** If nothing goes wrong: an event comes, and a function writes. */
const TOLD_SOON_MS = 15_000;

/** After this, everything that had to follow from something that happened to the request has followed. */
export const toldWithinMs = (requestId: string, disturbances: Pick<Disturbances, 'hasNone'>): number =>
  disturbances.hasNone(requestId) ? TOLD_SOON_MS : TOLD_WITHIN_MS;
