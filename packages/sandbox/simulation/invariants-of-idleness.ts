import type { Expectations, Violation } from './invariants.ts';
import { LINES, replayedBooks } from './replayed-books.ts';
import type { EntryOf, Moment, Trace, TraceEntry } from './trace.ts';

/** How far ahead turns are given out to waiting requests (functions/shared/take-place.ts). */
const TURN_HORIZON_MS = 10_000;
/** How long it takes until a queue that opened is seen to be open (functions/shared/connect-readings.ts). */
const QUEUE_READING_MS = 30_000;

/** Something that changes whether anybody waits needlessly; leases also change when they expire. */
interface Change {
  at: Moment;
  entry?: TraceEntry;
}

/**
 * Nobody waits while an agent, a line and a turn are free for longer than the release function needs to notice. An agent is
 * free to the path from the moment at which Amazon Connect's metrics show it, and as long as no lease counts against it.
 *
 * Faults of the release function, and of shared readings, delay everybody: as long as they do, nothing counts.
 */
export function checkIdleness(trace: Trace, expectations: Expectations): Violation[] {
  const { pools, maxConcurrentCalls, metricsLagMs, idleMs, openings } = expectations;
  const violations: Violation[] = [];
  const books = replayedBooks(trace);
  /** Waiting requests, the earliest first, by queue. */
  const waiting = new Map<string, Map<string, EntryOf<'entered-room'>>>();
  /** Agents whom the metrics count, by queue. */
  const available = new Map<string, number>();
  const served = new Map<string, readonly string[]>();
  const free = new Set<string>();
  const poolOf = new Map(pools.flatMap(({ book, queueIds }) => queueIds.map((id) => [id, book] as const)));
  /** Since when a request could have been served, by queue. */
  const since = new Map<string, Moment>();
  const accused = new Map<string, Moment>();
  const excuses = excusesOf(trace);
  let stopped = false;
  let nextTurn = 0;
  let excusedUntil = 0;

  function isIdle(queueId: string, at: Moment): boolean {
    if (!waiting.get(queueId)?.size) return false;
    const agents = available.get(queueId) ?? 0;
    if (stopped || at < excusedUntil || agents === 0 || nextTurn > at + TURN_HORIZON_MS) return false;
    const isOpen = ({ from, to }: { from: Moment; to: Moment }) => at >= from + QUEUE_READING_MS && at < to;
    if (openings.get(queueId)?.some(isOpen) === false) return false;
    if (maxConcurrentCalls !== null && books.held(LINES, at) >= maxConcurrentCalls) return false;
    return books.held(poolOf.get(queueId) ?? '', at) < agents;
  }

  /** When the lines of a night have gathered; until then, no request that shares the agents is served. */
  function gatheredAt(queueId: string): Moment {
    const pool = pools.find(({ queueIds }) => queueIds.includes(queueId));
    const waiters = pool?.queueIds.flatMap((id) => [...(waiting.get(id)?.values() ?? [])]) ?? [];
    return Math.max(0, ...waiters.map(({ notBefore = 0 }) => notBefore));
  }

  /** Until now, everything was as after the last change. */
  function look(at: Moment): void {
    for (const [queueId, line] of waiting) {
      const start = since.get(queueId);
      if (start === undefined) continue;
      const gathered = gatheredAt(queueId);
      for (const { requestId, at: enteredAt, deadlineAt } of line.values()) {
        const from = Math.max(start, enteredAt, gathered);
        if (deadlineAt <= at || at - from <= idleMs) continue;
        if (accused.get(queueId) === start) break;
        accused.set(queueId, start);
        const says = `waited for ${Math.round((at - from) / 1_000)} s while an agent, a line and a turn were free`;
        violations.push({ invariant: 'idle', at, requestIds: [requestId], says });
        break;
      }
    }
  }

  function apply(entry: TraceEntry): void {
    switch (entry.kind) {
      case 'agent': {
        if (entry.queueIds) served.set(entry.agentId, entry.queueIds);
        const change = Number(entry.state === 'free') - Number(free.has(entry.agentId));
        for (const id of served.get(entry.agentId) ?? []) available.set(id, (available.get(id) ?? 0) + change);
        if (entry.state === 'free') free.add(entry.agentId);
        else free.delete(entry.agentId);
        break;
      }
      case 'tried':
      case 'gave-up':
      case 'took':
      case 'kept':
      case 'gave-back':
        books.apply(entry);
        break;
      case 'entered-room': {
        const line = waiting.get(entry.queueId) ?? new Map();
        waiting.set(entry.queueId, line.set(entry.requestId, entry));
        break;
      }
      case 'left-room':
        waiting.get(entry.queueId)?.delete(entry.requestId);
        break;
      case 'turn-reserved':
        nextTurn = entry.nextAt;
        break;
      case 'stopped':
        stopped = true;
        break;
      case 'resumed':
        stopped = false;
        break;
      case 'fault':
        excusedUntil = Math.max(excusedUntil, excuses.get(entry) ?? 0);
        break;
    }
  }

  for (const { at, entry } of changesOf(trace, metricsLagMs, excuses)) {
    look(at);
    if (entry) apply(entry);
    for (const queueId of poolOf.keys()) {
      if (!isIdle(queueId, at)) since.delete(queueId);
      else if (!since.has(queueId)) since.set(queueId, at);
    }
  }
  return violations;
}

/** For the release function: what it locks out when it is cut off, and when a message on which it failed comes again. */
const LOCKED_MS = 17_000;
const COMES_AGAIN_MS = 120_000;
const TICK_MS = 2_000;
/** A reading from Amazon Connect is given up, or started by another function, after this long. */
const READ_MS = 6_000;

const isRelease = (by: string): boolean => by.startsWith('releaseWaiting ');

/** How long a fault may delay waiting requests. */
function effectOf({ fault, by = '' }: EntryOf<'fault'>): number {
  const isReading = fault.startsWith('read');
  if (isRelease(by)) return (isReading ? READ_MS : LOCKED_MS) + TICK_MS;
  const readsForAll =
    by.startsWith('checkQueue ') && (isReading || fault.startsWith('table') || fault.endsWith(' dies'));
  return readsForAll ? READ_MS + TICK_MS : 0;
}

/**
 * Until when each fault may delay waiting requests. A run of the release function that failed early has sent no next tick: the
 * chain continues with the next message, or when the one that failed comes again.
 */
function excusesOf(trace: Trace): ReadonlyMap<TraceEntry, Moment> {
  const excuses = new Map<TraceEntry, Moment>();
  let nextRun = Number.POSITIVE_INFINITY;
  for (const entry of trace.toReversed()) {
    if (entry.kind === 'invoked' && isRelease(entry.by)) nextRun = entry.at;
    if (entry.kind !== 'fault') continue;
    const chainGoesOn = isRelease(entry.by ?? '') ? Math.min(nextRun, entry.at + COMES_AGAIN_MS) + TICK_MS : 0;
    excuses.set(entry, Math.max(entry.at + effectOf(entry), chainGoesOn));
  }
  return excuses;
}

const CHANGING: ReadonlySet<TraceEntry['kind']> = new Set([
  'agent',
  'tried',
  'gave-up',
  'took',
  'kept',
  'gave-back',
  'entered-room',
  'left-room',
  'turn-reserved',
  'stopped',
  'resumed',
  'fault',
] as const);

/** Agents count when the metrics show them. */
function changesOf(trace: Trace, metricsLagMs: number, excuses: ReadonlyMap<TraceEntry, Moment>): Change[] {
  const changes: Change[] = [];
  for (const entry of trace) {
    if (!CHANGING.has(entry.kind)) continue;
    changes.push({ at: entry.kind === 'agent' ? entry.at + metricsLagMs : entry.at, entry });
    if (entry.kind === 'tried' || entry.kind === 'took' || entry.kind === 'kept') changes.push({ at: entry.until });
    const excused = excuses.get(entry);
    if (excused !== undefined) changes.push({ at: excused });
  }
  return changes.sort((a, b) => a.at - b.at);
}
