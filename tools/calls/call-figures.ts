import { type CallDurations, callDurations } from '../../domain/call-durations.ts';
import type { CallKind, CallRecord } from '../../domain/call-record.ts';
import type { OutcomeClass } from '../../domain/outcome-row.ts';
import { OUTCOMES, type Outcome } from '../../domain/outcomes.ts';
import { clockOf } from '../../domain/wall-clock.ts';

/** Milliseconds. */
interface Spread {
  count: number;
  median: number;
  /** 95 % took no longer. */
  p95: number;
}

/** A share and what it is one of. */
interface Share {
  count: number;
  of: number;
}

/** What became of the requests of a stretch of time. */
export interface CallFigures {
  /** Asked for on the web site. */
  requests: number;
  /** Outcome → how many, in the order of the table; `open` are those without one. */
  outcomes: Partial<Record<Outcome | 'open', number>>;
  classes: Partial<Record<OutcomeClass, number>>;
  /** Of the calls whose end is known: how many were answered, and how many reached an agent. */
  answered: Share;
  reached: Share;
  /** Of those in which nobody spoke with an agent: after how many the customer called back. */
  calledBack: Share;
  /** Of requests: to the call, to the pick-up, to an agent; and how long customer and agent spoke. */
  times: Partial<Record<'toPlaced' | 'toAnswered' | 'toAgent' | 'talked', Spread>>;
  /** `09` → requests of that hour, of the zone, and how many of them reached an agent. */
  hours: Record<string, { requests: number; reached: number }>;
  /** Inquiry type → the same, most first. */
  inquiries: { inquiry: string; requests: number; reached: number }[];
  /** Calls that were no request: of customers who called, and dialled by hand. */
  otherCalls: Partial<Record<CallKind, { calls: number; reached: number; talked?: Spread }>>;
}

const NO_INQUIRY = '(none)';

/** A request that was tried again counts once, when it came, by the last of its calls. A try without a call tells nothing of it. */
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
 * Counts records. Requests alone make the rates and times: anyone who called by themselves stands apart. A request that was tried
 * again counts once.
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

/** How often each occurs, in the given order; those that do not are left out. */
function counted<T extends string>(values: readonly T[], order: readonly T[]): Partial<Record<T, number>> {
  const counts = new Map<T, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  const found = order.flatMap((value) => (counts.has(value) ? [[value, counts.get(value)] as const] : []));
  return Object.fromEntries(found) as Partial<Record<T, number>>;
}

function grouped<T>(values: readonly T[], keyOf: (value: T) => string): Map<string, T[]> {
  return Map.groupBy(values, keyOf);
}
