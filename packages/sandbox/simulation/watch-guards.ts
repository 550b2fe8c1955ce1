import { shortId } from '../../../adapters/shared-state/short-id.ts';
import { callsIn, requestsIn, triesIn } from './counted-requests.ts';
import type { ValueMap } from './dynamodb/values.ts';
import type { ReadSeen, WriteSeen } from './simulated-dynamodb.ts';
import { entriesOf, type InvocationId, type Moment, type TraceRecorder } from './trace.ts';

/** An invocation that reads and writes tables. */
export interface Caller {
  by: InvocationId;
  /** The request for which it was invoked; empty if it works for no particular request. */
  worksFor: string;
  /** Its own clock, epoch milliseconds. */
  now(): Moment;
}

const AGENTS_READING = 'reading#agents';
const TURNS = 'turns#calls';

/**
 * Records in the trace what happens to held numbers, nonces, counts and turns, from the writes to the guards table alone:
 * whatever an adapter means to do, this is what it did.
 */
export function watchGuards(trace: TraceRecorder, now: () => Moment) {
  /** The moment of the last reading of agents that each invocation has seen. */
  const readings = new WeakMap<Caller, Moment>();

  function wrote({ before, after, by }: Omit<WriteSeen<Caller>, 'table'>): void {
    if (!by) return;
    const id = String((after ?? before)?.guardId);
    if (id.startsWith('slots#')) fillSlots(after);
    else if (id.startsWith('limit#')) writeCount(requestsIn(before), requestsIn(after), by);
    else if (id.startsWith('phone#') || id.startsWith('nonce#')) {
      writeHold(id, before, after, by);
      writeCalls(before, after, by);
    } else if (id === TURNS && after) takeTurn(before, after);
    else if (id === AGENTS_READING && after && after.readAt !== before?.readAt) share(after, by);
  }

  /** Attributes of a day's item that are sets are its slots. */
  function fillSlots(after: ValueMap | undefined): void {
    for (const places of Object.values(after ?? {})) {
      if (places instanceof Set)
        trace.add({ kind: 'slot', requestIds: [...places].map((id) => requestOf(String(id))) });
    }
  }

  function takeTurn(before: ValueMap | undefined, after: ValueMap): void {
    const next = Number(before?.nextTurn ?? Number.NEGATIVE_INFINITY);
    trace.add({ kind: 'turn-reserved', turnAt: Math.max(next, now()), nextAt: Number(after.nextTurn) });
  }

  function share({ readAt, reading }: ValueMap, by: Caller): void {
    readings.set(by, Number(readAt));
    trace.add({ kind: 'reading', readAt: Number(readAt), agents: JSON.parse(String(reading)) });
  }

  function writeHold(id: string, before: ValueMap | undefined, after: ValueMap | undefined, caller: Caller): void {
    if (before?.requestId === undefined || before.requestId === after?.requestId) return;
    const what = id.startsWith('nonce#') ? 'nonce' : 'number';
    const over = what === 'number' && Number(before.until) <= caller.now();
    trace.add({ kind: 'gave-back', requestId: String(before.requestId), what, over, ...writerOf(caller) });
  }

  /** A day that is over is forgotten when the number is held on a later one. */
  function writeCalls(before: ValueMap | undefined, after: ValueMap | undefined, caller: Caller): void {
    const left = callsIn(after);
    // A call that nobody answered counts among the tries.
    const tries = triesIn(after);
    for (const [day, ids] of callsIn(before)) {
      const over = [...left.keys()].some((other) => other > day);
      writeCount(ids, new Set([...(left.get(day) ?? []), ...tries]), caller, over);
    }
  }

  function writeCount(before: ReadonlySet<string>, after: ReadonlySet<string>, caller: Caller, over = false): void {
    for (const id of before) {
      if (after.has(id)) continue;
      const requestId = id === shortId(caller.worksFor) ? caller.worksFor : requestOf(id);
      trace.add({ kind: 'gave-back', requestId, what: 'count', over, ...writerOf(caller) });
    }
  }

  /** The request of a short id, among those that have arrived; the short id itself if it is none of them. */
  function requestOf(id: string): string {
    const found = entriesOf(trace.entries, 'arrived').find(({ requestId }) => shortId(requestId) === id);
    return found?.requestId ?? id;
  }

  return {
    wrote,
    /** The moment of the last reading of agents that an invocation has seen. */
    readingOf: (caller: Caller): Moment | undefined => readings.get(caller),
    read({ item, by }: Omit<ReadSeen<Caller>, 'table'>): void {
      if (by && item.guardId === AGENTS_READING && item.readAt !== undefined) readings.set(by, Number(item.readAt));
    },
  };
}

const writerOf = ({ by, worksFor }: Caller) => ({ by, worksFor });
