import type { Expectations, FinalTables, Violation } from './invariants.ts';
import { type PlacedCall, placedCalls, wasAnswered } from './placed-calls.ts';
import { isOfLeases, LINES, replayedBooks } from './replayed-books.ts';
import { entriesOf, type Moment, type Trace } from './trace.ts';

const JAPAN_MS = 9 * 60 * 60_000;
const DAY_MS = 86_400_000;

/** What must hold of a call from the first ring until its record tells what became of it. */
export function checkCalls(trace: Trace, tables: FinalTables, expectations: Expectations): Violation[] {
  const calls = placedCalls(trace);
  return [
    ...checkNumbers(trace, calls, expectations),
    ...checkLines(trace, calls, expectations),
    ...checkFinalOutcomes(trace, calls, tables),
  ];
}

/** One number after the other: its calls in the order in which they rang. */
function checkNumbers(trace: Trace, calls: readonly PlacedCall[], expectations: Expectations): Violation[] {
  const { coolDownMs, missedPauseMs, clockSkewMs, callsPerNumberPerDay, triesPerNumberPerDay } = expectations;
  const arrived = new Map(entriesOf(trace, 'arrived').map(({ requestId, at }) => [requestId, at]));
  const dayOf = ({ requestId, rangAt }: PlacedCall) =>
    Math.floor(((arrived.get(requestId) ?? rangAt) + JAPAN_MS) / DAY_MS);
  const byPhone = Map.groupBy(calls, ({ phone }) => phone);
  return [...byPhone.values()].flatMap((ofNumber) =>
    ofNumber.flatMap((call, index): Violation[] => {
      const { rangAt: at, requestId } = call;
      const earlier = ofNumber.slice(0, index).filter((other) => other.requestId !== requestId);
      const accuse = (invariant: Violation['invariant'], says: string, ...others: string[]): Violation => ({
        invariant,
        at,
        requestIds: [...others, requestId],
        says,
      });
      const live = earlier.find(({ overAt }) => overAt === undefined || overAt > at);
      const last = earlier.at(-1);
      const pauseMs = last && wasAnswered(last) ? coolDownMs : missedPauseMs;
      const soon = last?.overAt !== undefined && last.overAt <= at && at - last.overAt < pauseMs - 2 * clockSkewMs;
      const ofDay = earlier.filter((other) => dayOf(other) === dayOf(call));
      const answered = ofDay.filter((other) => wasAnswered(other) || (other.overAt ?? at + 1) > at).length;
      const missed = ofDay.length - answered;
      return [
        ...(live ? [accuse('in call', 'rang while the number was on the line', live.requestId)] : []),
        ...(soon
          ? [accuse('cool-down', `rang ${seconds(at - (last.overAt ?? at))} after its last call`, last.requestId)]
          : []),
        ...(callsPerNumberPerDay !== null && answered >= callsPerNumberPerDay
          ? [accuse('calls per number', `is call ${answered + 1} to its number on one day`)]
          : []),
        ...(triesPerNumberPerDay !== null && missed >= triesPerNumberPerDay
          ? [accuse('calls per number', `rang after ${missed} calls to its number that nobody answered`)]
          : []),
      ];
    }),
  );
}

/** What the writes of one function may be apart, and what it may wait for before it writes. */
const WRITTEN_WITHIN_MS = 2_000;
/**
 * So long after its end a line may count at most: an event that comes late or never, a look at the call every minute, answers of
 * Amazon Connect that do not come, a function that is tried again.
 */
const FREED_WITHIN_MS = 6 * 60_000;

/** From the first ring until the customer is gone the request has a lease of a line, and soon after that none. */
function checkLines(trace: Trace, calls: readonly PlacedCall[], { clockSkewMs, maxCallMs }: Expectations): Violation[] {
  const violations: Violation[] = [];
  const live = new Map<string, PlacedCall>();
  const over = new Map<string, PlacedCall>();
  const byContact = new Map(calls.map((call) => [call.contactId, call]));
  const missingSince = new Map<string, Moment>();
  const books = replayedBooks(trace);
  const slack = WRITTEN_WITHIN_MS + 2 * clockSkewMs;

  const isHeld = (requestId: string, at: Moment) => (books.untilOf(LINES, requestId) ?? 0) > at - clockSkewMs;

  function look(requestId: string, at: Moment): void {
    if (!live.has(requestId) || isHeld(requestId, at)) missingSince.delete(requestId);
    else if (!missingSince.has(requestId)) missingSince.set(requestId, at);
  }

  function accuseMissing(requestId: string, at: Moment): void {
    const since = missingSince.get(requestId);
    if (since === undefined || at - since <= slack) return;
    const says = `was on the line for ${seconds(at - since)} that counted no more`;
    violations.push({ invariant: 'line held', at, requestIds: [requestId], says });
  }

  for (const entry of trace) {
    const { at } = entry;
    if (isOfLeases(entry)) {
      if (entry.book === LINES) accuseMissing(entry.requestId, at);
      books.apply(entry);
      const ended = entry.book === LINES ? over.get(entry.requestId) : undefined;
      if (ended?.overAt !== undefined && !isHeld(entry.requestId, at)) over.delete(entry.requestId);
      if (entry.book === LINES) look(entry.requestId, at);
    } else if (entry.kind === 'rang') {
      const call = byContact.get(entry.contactId);
      if (call) live.set(entry.requestId, call);
      look(entry.requestId, at);
    } else if (entry.kind === 'line-over') {
      accuseMissing(entry.requestId, at);
      const call = live.get(entry.requestId);
      live.delete(entry.requestId);
      missingSince.delete(entry.requestId);
      if (call && isHeld(entry.requestId, at)) over.set(entry.requestId, call);
    }
    for (const [requestId, { overAt = at }] of over) {
      if (at - overAt <= FREED_WITHIN_MS + clockSkewMs) break;
      over.delete(requestId);
      // Nobody was ever told of its contact: it counts for as long as a call may last.
      if (at - overAt > maxCallMs || !isHeld(requestId, at)) continue;
      const says = `still counted as a line ${seconds(at - overAt)} after its call`;
      violations.push({ invariant: 'line held', at, requestIds: [requestId], says });
    }
  }
  return violations;
}

/** What the record of each call says in the end. `lost` would need that every source was silent, which never is so. */
function checkFinalOutcomes(trace: Trace, calls: readonly PlacedCall[], tables: FinalTables): Violation[] {
  const end = trace.at(-1)?.at ?? 0;
  const records = new Map(tables.calls.map((record) => [record.requestId, record]));
  return calls.flatMap((call): Violation[] => {
    const { requestId, overAt } = call;
    const { outcome = 'nothing' } = records.get(requestId) ?? {};
    // Nobody was told of its contact; 'honest outcome' sees to it.
    if (outcome === 'call_unconfirmed' || overAt === undefined) return [];
    const right = rightOutcomes(call);
    if (right.includes(outcome)) return [];
    const says = `was ${right.join(' or ')}, and its record says ${outcome}`;
    return [{ invariant: 'final outcome', at: end, requestIds: [requestId], says }];
  });
}

function rightOutcomes(call: PlacedCall): readonly string[] {
  if (call.agentAt !== undefined) return ['completed'];
  return wasAnswered(call) ? ['abandoned', 'no_key_pressed'] : ['not_answered', 'busy', 'failed_to_connect'];
}

const seconds = (milliseconds: number): string => `${(milliseconds / 1_000).toFixed(1)} s`;
