import { WANTS_CALL_BACK } from '../../../domain/call-outcome.ts';
import { disturbancesIn } from './disturbances.ts';
import type { Expectations, FinalTables, Violation } from './invariants.ts';
import { placedCalls, wasAnswered } from './placed-calls.ts';
import { type EntryOf, entriesOf, type Moment, type Trace } from './trace.ts';

/** Outcomes that say that nobody answered, and nothing else. */
const UNANSWERED = new Set(['not_answered', 'busy', 'failed_to_connect']);
/** Each of these is tried again; a number that is not in use is not. */
const TRIED_AGAIN = new Set(['not_answered', 'busy']);

/** When a number that did not answer is called once more on our own initiative. */
export function checkTries(trace: Trace, tables: FinalTables, expectations: Expectations): Violation[] {
  return [
    ...checkProofs(trace, expectations),
    ...checkStarts(trace, tables, expectations),
    ...checkPromises(trace, tables),
  ];
}

/** What must have been true when the phone of a try rang. */
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
    const isPromised = own.calledBackBy !== undefined;
    if (!isPromised && own.try > retries + 1) return accuse(`is try ${own.try} of ${retries + 1}`);
    if (before?.overAt === undefined || before.overAt > at) return accuse('rang before the call before was over');
    if (isPromised && (before.result !== WANTS_CALL_BACK || before.agentAt !== undefined))
      return accuse('rang although the customer did not wish it, or had spoken with an agent');
    if (!isPromised && wasAnswered(before)) return accuse('rang although somebody had answered before');
    const { outcome = 'nothing' } = said.get(own.after) ?? {};
    if (!isPromised && !UNANSWERED.has(outcome)) return accuse(`rang although the record before said ${outcome}`);
    if (at < own.notBefore - clockSkewMs) return accuse('rang before it was due');
    const between = (moment: Moment) => moment > (before.overAt ?? at) && moment < at;
    const other = calls.find((call) => call.phone === phone && between(call.rangAt));
    if (other) return accuse('rang although the number had another call since');
    // Whoever placed it checked a while before it rang.
    if (!isPromised && stops.some((moment) => between(moment + clockSkewMs) && moment < own.notBefore - clockSkewMs))
      return accuse('rang although calling was stopped since');
    return [];
  });
}

/** No call that is to be tried again is forgotten. */
function checkStarts(trace: Trace, { calls }: FinalTables, { retries }: Expectations): Violation[] {
  const end = trace.at(-1)?.at ?? 0;
  const followed = new Set(entriesOf(trace, 'arrived').flatMap(({ own }) => own?.after ?? []));
  const disturbances = disturbancesIn(trace);
  return calls
    .filter((record) => TRIED_AGAIN.has(record.outcome ?? '') && (record.try ?? 1) <= retries)
    .filter(({ because }) => because !== 'call_back')
    .filter(({ requestId }) => !followed.has(requestId) && !disturbances.isUntold(requestId))
    .map(({ requestId }) => {
      const says = 'was not answered, and nobody asked for another call';
      return { invariant: 'called once more', at: end, requestIds: [requestId], says };
    });
}

/** Outcomes of a promised call that is not placed, each with a reason that its customer knows or an operator hears of. */
const NO_CALL = new Set(['call_back_in_vain', 'number_blocked', 'number_held', 'not_tried_again', 'internal_error']);

/** A customer who was promised a call gets one, or somebody is told that it is not possible. */
function checkPromises(trace: Trace, { calls }: FinalTables): Violation[] {
  const end = trace.at(-1)?.at ?? 0;
  const rang = new Set(entriesOf(trace, 'rang').map(({ requestId }) => requestId));
  const records = new Map(calls.map((record) => [record.requestId, record]));
  const backOf = new Map(
    entriesOf(trace, 'arrived').flatMap(({ requestId, own }) =>
      own?.calledBackBy === undefined ? [] : [[own.after, requestId] as const],
    ),
  );
  const promised = placedCalls(trace).filter((call) => call.result === WANTS_CALL_BACK && call.agentAt === undefined);
  return promised.flatMap(({ requestId, overAt }): Violation[] => {
    if (overAt === undefined) return [];
    const callBack = backOf.get(requestId) ?? '';
    const { outcome = 'nothing' } = records.get(callBack) ?? {};
    if (rang.has(callBack) || NO_CALL.has(outcome)) return [];
    const says = callBack === '' ? 'was promised a call, and nobody asked for it' : `was promised a call: ${outcome}`;
    return [{ invariant: 'promise', at: end, requestIds: [requestId, callBack].filter(Boolean), says }];
  });
}
