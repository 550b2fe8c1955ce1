import { type CallDurations, callDurations } from '../../domain/call-durations.ts';
import type { CallKind, CallRecord } from '../../domain/call-record.ts';
import type { OutcomeClass } from '../../domain/outcome-row.ts';
import { OUTCOMES, type Outcome } from '../../domain/outcomes.ts';
import { clockOf } from '../../domain/wall-clock.ts';

/** Milliseconds. */
interface Spread {
  count: number;
  median: number;
  /** 95th percentile. */
  p95: number;
}

/** A part and its whole. */
interface Share {
  count: number;
  of: number;
}

/** Results of the requests in a period. */
export interface CallFigures {
  /** Requested on the website. */
  requests: number;
  /** Outcome → count, in the order of the outcomes table; `open` counts those without one. */
  outcomes: Partial<Record<Outcome | 'open', number>>;
  classes: Partial<Record<OutcomeClass, number>>;
  /** Of the calls with a known end: how many were answered, and how many reached an agent. */
  answered: Share;
  reached: Share;
  /** Of the calls that never reached an agent: how many customers called back. */
  calledBack: Share;
  /** Time from the request to the call, to the answer and to an agent; and how long customer and agent talked. */
  times: Partial<Record<'toPlaced' | 'toAnswered' | 'toAgent' | 'talked', Spread>>;
  /** `09` → requests of that local hour, and how many of them reached an agent. */
  hours: Record<string, { requests: number; reached: number }>;
  /** Inquiry type → the same, most frequent first. */
  inquiries: { inquiry: string; requests: number; reached: number }[];
  /** Calls without a request: inbound ones, and those dialled by hand. */
  otherCalls: Partial<Record<CallKind, { calls: number; reached: number; talked?: Spread }>>;
}

const NO_INQUIRY = '(none)';

/** A request with several calls counts once, at the time it came, with the result of its last call. Attempts without a call are ignored. */
function eachRequestOnce(records: readonly CallRecord[]): CallRecord[] {
  const lastOf = new Map<string, CallRecord>();
  for (const record of records) {
    const tells = record.class === 'reached' || record.class === 'missed' || record.class === 'failed';
    if (record.tryOf === undefined || !tells) continue;
    const known = lastOf.get(record.tryOf);
    if ((known?.try ?? 0) < (record.try ?? 0)) lastOf.set(record.tryOf, record);
  }
  return records
    .filter(({ tryOf }) => tryOf === undefined)
    .map((first) => ({ ...first, ...lastOf.get(first.requestId), receivedAt: first.receivedAt }));
}

/**
 * Counts records. Rates and times cover requests only; inbound calls are counted separately. A request that was tried again
 * counts once.
 */
export function callFigures(records: readonly CallRecord[], timeZone: string): CallFigures {
  const requests = eachRequestOnce(records.filter(({ kind }) => kind === undefined));
  const ended = requests.filter(({ class: of }) => of === 'reached' || of === 'missed');
  const missed = ended.filter((record) => !isReached(record));
  return {
    requests: requests.length,
    outcomes: counted(
      requests.map(({ outcome }) => outcome ?? 'open'),
      [...(Object.keys(OUTCOMES) as Outcome[]), 'open'],
    ),
    classes: counted(
      requests.flatMap(({ class: of }) => of ?? []),
      ['reached', 'missed', 'placed', 'refused', 'unavailable', 'failed'],
    ),
    answered: { count: ended.filter(wasAnswered).length, of: ended.length },
    reached: { count: ended.filter(isReached).length, of: ended.length },
    calledBack: {
      count: missed.filter(({ calledBackAt }) => calledBackAt !== undefined).length,
      of: missed.length,
    },
    times: timesOf(requests),
    hours: Object.fromEntries(
      [...grouped(requests, ({ receivedAt }) => clockOf(receivedAt, timeZone).slice(0, 2))]
        .map(([hour, some]) => [hour, { requests: some.length, reached: some.filter(isReached).length }] as const)
        .sort(([a], [b]) => a.localeCompare(b)),
    ),
    inquiries: [...grouped(requests, ({ inquiryType = NO_INQUIRY }) => inquiryType)]
      .map(([inquiry, some]) => ({ inquiry, requests: some.length, reached: some.filter(isReached).length }))
      .sort((a, b) => b.requests - a.requests || a.inquiry.localeCompare(b.inquiry)),
    otherCalls: Object.fromEntries(
      (['inbound', 'by_hand'] as const).flatMap((kind) => {
        const calls = records.filter((record) => record.kind === kind);
        const talked = spreadOf(calls.map((record) => callDurations(record).talked));
        const of = { calls: calls.length, reached: calls.filter(isReached).length, ...(talked && { talked }) };
        return calls.length === 0 ? [] : [[kind, of]];
      }),
    ),
  };
}

const isReached = (record: CallRecord): boolean => record.class === 'reached';
const wasAnswered = (record: CallRecord): boolean => isReached(record) || record.answeredAt !== undefined;

function timesOf(requests: readonly CallRecord[]): CallFigures['times'] {
  const durations = requests.map(callDurations);
  const of = (time: (durations: CallDurations) => number | undefined) => spreadOf(durations.map(time));
  const times = {
    toPlaced: of(({ toPlaced }) => toPlaced),
    toAnswered: of(({ toAnswered }) => toAnswered),
    toAgent: of(({ toAgent }) => toAgent),
    talked: of(({ talked }) => talked),
  };
  return Object.fromEntries(Object.entries(times).filter(([, spread]) => spread !== undefined));
}

function spreadOf(times: readonly (number | undefined)[]): Spread | undefined {
  const sorted = times.filter((ms) => ms !== undefined).sort((a, b) => a - b);
  const at = (share: number) => sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0;
  return sorted.length === 0 ? undefined : { count: sorted.length, median: at(0.5), p95: at(0.95) };
}

/** How often each value occurs, in the given order; absent ones are left out. */
function counted<T extends string>(values: readonly T[], order: readonly T[]): Partial<Record<T, number>> {
  const counts = new Map<T, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  const found = order.flatMap((value) => (counts.has(value) ? [[value, counts.get(value)] as const] : []));
  return Object.fromEntries(found) as Partial<Record<T, number>>;
}

function grouped<T>(values: readonly T[], keyOf: (value: T) => string): Map<string, T[]> {
  return Map.groupBy(values, keyOf);
}
