import { disturbancesIn } from './disturbances.ts';
import type { Expectations, FinalTables, Violation } from './invariants.ts';
import { placedCalls, wasAnswered } from './placed-calls.ts';
import { type EntryOf, entriesOf, type Moment, type Trace } from './trace.ts';

/** Outcomes that say that nobody answered, and nothing else. */
const UNANSWERED = new Set(['not_answered', 'busy', 'failed_to_connect']);
/** Of these every one is tried again: whose number is not in use is not. */
const TRIED_AGAIN = new Set(['not_answered', 'busy']);

/** When a number is called once more that did not answer, by ourselves. */
export function checkTries(trace: Trace, tables: FinalTables, expectations: Expectations): Violation[] {
  return [...checkProofs(trace, expectations), ...checkStarts(trace, tables, expectations)];
}

/** What must have been so when the phone of a try rang. */
function checkProofs(trace: Trace, { clockSkewMs, retries }: Expectations): Violation[] {
  const calls = placedCalls(trace);
  const callOf = new Map(calls.map((call) => [call.requestId, call]));
  const owns = new Map(entriesOf(trace, 'arrived').map((entry) => [entry.requestId, entry.own]));
  const stops = entriesOf(trace, 'stopped').map(({ at }) => at);
  const said = new Map<string, EntryOf<'outcome'>>();
  return trace.flatMap((entry): Violation[] => {
    if (entry.kind === 'outcome') said.set(entry.requestId, entry);
    const own = entry.kind === 'rang' ? owns.get(entry.requestId) : undefined;
    if (entry.kind !== 'rang' || !own) return [];
    const { at, requestId, phone } = entry;
    const accuse = (says: string): Violation[] => [
      { invariant: 'called once more', at, requestIds: [own.after, requestId], says },
    ];
    const before = callOf.get(own.after);
    if (own.try > retries + 1) return accuse(`is try ${own.try} of ${retries + 1}`);
    if (before?.overAt === undefined || before.overAt > at) return accuse('rang before the call before was over');
    if (wasAnswered(before)) return accuse('rang although somebody had answered before');
    const { outcome = 'nothing' } = said.get(own.after) ?? {};
    if (!UNANSWERED.has(outcome)) return accuse(`rang although the record before said ${outcome}`);
    if (at < own.notBefore - clockSkewMs) return accuse('rang before it was due');
    const between = (moment: Moment) => moment > (before.overAt ?? at) && moment < at;
    const other = calls.find((call) => call.phone === phone && between(call.rangAt));
    if (other) return accuse('rang although the number had another call since');
    // Whoever placed it looked a while before it rang.
    if (stops.some((moment) => between(moment + clockSkewMs) && moment < own.notBefore - clockSkewMs))
      return accuse('rang although calling was stopped since');
    return [];
  });
}

/** Nobody who is to be tried again is forgotten. */
function checkStarts(trace: Trace, { calls }: FinalTables, { retries }: Expectations): Violation[] {
  const end = trace.at(-1)?.at ?? 0;
  const followed = new Set(entriesOf(trace, 'arrived').flatMap(({ own }) => own?.after ?? []));
  const disturbances = disturbancesIn(trace);
  return calls
    .filter((record) => TRIED_AGAIN.has(record.outcome ?? '') && (record.try ?? 1) <= retries)
    .filter(({ requestId }) => !followed.has(requestId) && !disturbances.isUntold(requestId))
    .map(({ requestId }) => {
      const says = 'was not answered, and nobody asked for another call';
      return { invariant: 'called once more', at: end, requestIds: [requestId], says };
    });
}
