import { shortId } from '../../../adapters/shared-state/short-id.ts';
import { mayHaveRung } from '../../../domain/outcomes.ts';
import type { Expectations, FinalTables, Violation } from './invariants.ts';
import { entriesOf, type Moment, type Trace } from './trace.ts';

/**
 * What a promised call may expect: no slot has more places than the stage allows, no phone rings before its time, nothing rings
 * that was not promised, and a place is free again once its request ended before its time.
 */
export function checkAppointments(
  trace: Trace,
  tables: FinalTables,
  { perSlot, clockSkewMs }: Expectations,
): Violation[] {
  const asked = new Map(
    entriesOf(trace, 'arrived').flatMap((entry) =>
      entry.callAt === undefined ? [] : [[entry.requestId, entry.callAt] as const],
    ),
  );
  const end = trace.at(-1)?.at ?? 0;
  const records = new Map(tables.calls.map((record) => [record.requestId, record]));

  const overfull = entriesOf(trace, 'slot').flatMap(({ at, requestIds }): Violation[] =>
    requestIds.length <= perSlot
      ? []
      : [{ invariant: 'slot', at, requestIds, says: `has ${requestIds.length} places of ${perSlot}` }],
  );
  const early = entriesOf(trace, 'rang').flatMap(({ at, requestId }): Violation[] => {
    const callAt = asked.get(requestId);
    if (callAt === undefined) return [];
    const accuse = (says: string): Violation[] => [{ invariant: 'too early', at, requestIds: [requestId], says }];
    if (at < callAt - clockSkewMs) return accuse(`rang ${Math.round((callAt - at) / 1_000)} s before its time`);
    return records.get(requestId)?.bookedAt === undefined ? accuse('rang, and was never promised') : [];
  });
  const kept = [...asked].flatMap(([requestId, callAt]): Violation[] => {
    const { outcome, endedAt } = records.get(requestId) ?? {};
    if (outcome === undefined || endedAt === undefined || mayHaveRung(outcome)) return [];
    if (Date.parse(endedAt) >= callAt || !placesIn(tables, callAt).has(shortId(requestId))) return [];
    return [{ invariant: 'slot', at: end, requestIds: [requestId], says: `ended as ${outcome} and keeps its place` }];
  });
  return [...overfull, ...early, ...kept];
}

/** Short ids of all that have a place in the slots of a moment, in any queue. */
const placesIn = ({ guards }: FinalTables, at: Moment): Set<unknown> =>
  new Set(
    guards.flatMap((item) => {
      const places = String(item.guardId).startsWith('slots#') ? item[String(at)] : undefined;
      return places instanceof Set ? [...places] : [];
    }),
  );
