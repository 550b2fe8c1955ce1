import { METRICS_LAG_MS } from '../../../domain/call-lease.ts';
import { disturbancesIn, toldWithinMs } from './disturbances.ts';
import type { Expectations, FinalTables, Violation } from './invariants.ts';
import { type PlacedCall, singleCalls } from './placed-calls.ts';
import { isOfLeases, LINES, replayedBooks } from './replayed-books.ts';
import type { Moment, Trace } from './trace.ts';

/** From one moment until another. */
interface Stretch {
  from: Moment;
  to: Moment;
}

/** A lease from a moment on: until when it counts. */
interface LeaseAt {
  at: Moment;
  until: Moment;
}

/** How far apart the writes of one function may be, and what it may wait for before it writes. */
const WRITTEN_WITHIN_MS = 2_000;
/** What a function takes for a request that it then finds to be over, it returns within this time. */
const TAKEN_IN_VAIN_MS = 5_000;
/** How long a place counts from the ring on if nobody is told of the contact: CALL_SETUP_MS of domain/call-lease.ts. */
const UNKNOWN_FOR_MS = 180_000;
/** After a transfer, the customer wants an agent, which only an event reveals, and it takes time to arrive. */
const WANTED_WITHIN_MS = 10_000;
/** If Amazon Connect did not say whether a call continues, it is asked again at the next minute. */
const ASKED_AGAIN_WITHIN_MS = 90_000;

/**
 * What a customer on the line holds: an outside line from the first ring to the end, across all transfers, and an agent while one
 * is wanted; neither for long after that.
 */
export function checkLines(trace: Trace, { calls }: FinalTables, expectations: Expectations): Violation[] {
  const { clockSkewMs, maxCallMs } = expectations;
  const disturbances = disturbancesIn(trace);
  const end = trace.at(-1)?.at ?? 0;
  const leases = leasesIn(trace, expectations);
  const unconfirmed = new Set(
    calls.flatMap(({ requestId, outcome }) => (outcome === 'call_unconfirmed' ? [requestId] : [])),
  );

  /** A call that nobody was ever told about counts for as long as a call may last. */
  function freedWithinMs({ requestId }: PlacedCall): number {
    const isUnknown = unconfirmed.has(requestId) || disturbances.isUntold(requestId);
    return toldWithinMs(requestId, disturbances) + 2 * clockSkewMs + (isUnknown ? maxCallMs : 0);
  }

  function checkLine(call: PlacedCall): Violation[] {
    const { requestId, rangAt, overAt = end } = call;
    const to = unconfirmed.has(requestId) ? Math.min(overAt, rangAt + UNKNOWN_FOR_MS) : overAt;
    const changes = leases.lines.get(requestId) ?? [];
    const gaps = without(heldIn(changes, clockSkewMs), { from: rangAt, to }).flatMap((gap) =>
      without(excuses(call), gap),
    );
    const missing = gaps.find(({ from, to }) => to - from > WRITTEN_WITHIN_MS + 2 * clockSkewMs);
    const late = heldAfter(changes, overAt + freedWithinMs(call), end);
    return [
      ...(missing
        ? [accuse('line held', call, missing.to, `was on the line for ${seconds(missing)} that counted no more`)]
        : []),
      ...(late
        ? [
            accuse(
              'line held',
              call,
              late.from,
              `counts as a line ${seconds({ from: overAt, to: late.from })} after its call`,
            ),
          ]
        : []),
    ];
  }

  /**
   * If Amazon Connect does not say whether a transferred customer continues, agent and line are released until it is
   * asked again: otherwise, at worst, others would be refused.
   */
  function excuses({ contacts }: PlacedCall): Stretch[] {
    if (contacts.size < 2) return [];
    return [...contacts.keys()]
      .flatMap((contactId) => disturbances.askedInVain(contactId))
      .map((at) => ({ from: at, to: at + ASKED_AGAIN_WITHIN_MS }))
      .sort((a, b) => a.from - b.from);
  }

  function checkAgent(call: PlacedCall): Violation[] {
    const { requestId, overAt } = call;
    const changes = leases.agents.get(requestId) ?? [];
    const wanted = [...call.contacts.values()].map(
      ({ startedAt, agentAt, endedAt = end }): Stretch => ({ from: startedAt, to: agentAt ?? endedAt }),
    );
    const held = heldIn(changes, clockSkewMs);
    // If news is lost, it is kept for three minutes only, so as not to keep it from others.
    const missing = disturbances.hasNone(requestId)
      ? wanted.flatMap((stretch) => without(held, stretch)).find(({ from, to }) => to - from > WANTED_WITHIN_MS)
      : undefined;
    const wantedUntil = Math.max(...wanted.map(({ to }) => to));
    const late =
      overAt === undefined ? undefined : heldAfter(changes, wantedUntil + METRICS_LAG_MS + freedWithinMs(call), end);
    return [
      ...(missing
        ? [accuse('agent held', call, missing.to, `wanted an agent for ${seconds(missing)} and held none`)]
        : []),
      ...(late
        ? [
            accuse(
              'agent held',
              call,
              late.from,
              `holds an agent ${seconds({ from: wantedUntil, to: late.from })} after it wanted one`,
            ),
          ]
        : []),
    ];
  }

  return singleCalls(trace).flatMap((call) => [...checkLine(call), ...checkAgent(call)]);
}

const accuse = (invariant: Violation['invariant'], { requestId }: PlacedCall, at: Moment, says: string): Violation => ({
  invariant,
  at,
  requestIds: [requestId],
  says,
});

/** By request: every change of its lease of a line, and of an agent of any pool. */
function leasesIn(trace: Trace, { pools }: Expectations) {
  const books = replayedBooks(trace);
  const lines = new Map<string, LeaseAt[]>();
  const agents = new Map<string, LeaseAt[]>();
  for (const entry of trace) {
    if (!isOfLeases(entry)) continue;
    books.apply(entry);
    const { at, requestId } = entry;
    const isLine = entry.book === LINES;
    const ofKind = isLine ? [LINES] : pools.map(({ book }) => book);
    const until = Math.max(0, ...ofKind.map((book) => books.untilOf(book, requestId) ?? 0));
    const changes = isLine ? lines : agents;
    const known = changes.get(requestId);
    if (known) known.push({ at, until });
    else changes.set(requestId, [{ at, until }]);
  }
  return { lines, agents };
}

/** When the lease counted; by a clock that may be off, in its favour. */
const heldIn = (changes: readonly LeaseAt[], clockSkewMs: number): Stretch[] =>
  changes
    .map(({ at, until }, index) => ({
      from: at,
      to: Math.min(changes[index + 1]?.at ?? Number.POSITIVE_INFINITY, until + clockSkewMs),
    }))
    .filter(({ from, to }) => to > from);

/** What is held after a moment. Something taken and returned at once does not count. */
function heldAfter(changes: readonly LeaseAt[], from: Moment, end: Moment): Stretch | undefined {
  const whole: Stretch[] = [];
  for (const held of heldIn(changes, 0)) {
    const last = whole.at(-1);
    if (last && held.from <= last.to) last.to = Math.max(last.to, held.to);
    else whole.push({ ...held });
  }
  return whole
    .filter((held) => held.to - held.from > TAKEN_IN_VAIN_MS)
    .map((held) => ({ from: Math.max(held.from, from), to: Math.min(held.to, end) }))
    .find((held) => held.to > held.from);
}

/** What others, the earliest first, leave of a period. */
function without(others: readonly Stretch[], { from, to }: Stretch): Stretch[] {
  const left: Stretch[] = [];
  let since = from;
  for (const other of others) {
    if (other.from > since) left.push({ from: since, to: Math.min(other.from, to) });
    since = Math.max(since, other.to);
    if (since >= to) return left.filter((stretch) => stretch.to > stretch.from);
  }
  return [...left, { from: since, to }].filter((stretch) => stretch.to > stretch.from);
}

const seconds = ({ from, to }: Stretch): string => `${((to - from) / 1_000).toFixed(1)} s`;
