import { mayHaveRung, type Outcome } from '../../../domain/outcomes.ts';
import { longestIdle, metNobody, peakOverDial } from './report-staffing.ts';
import { type EntryOf, entriesOf, lastOutcomes, type Moment, type Trace } from './trace.ts';

/** The figures of one run. */
export interface Figures {
  requests: number;
  /** Requests whose phone rang. */
  placed: number;
  /** Calls beyond the first of a request: phones that rang again for it. */
  extraCalls: number;
  /** From the arrival of a request to its first call. */
  waitSeconds: Spread;
  /** From the first arrival, or the given moment, to the last call; and the minimum that the quota allows for this many calls. */
  seconds: number;
  idealSeconds: number;
  /** Requests to StartOutboundVoiceContact; those that were throttled; and those that were rejected for their content. */
  asked: number;
  throttled: number;
  rejected: number;
  /** Turns that were given out; each allows one request. */
  turns: number;
  /** Requests that were called later than a subsequent one, beyond jitter. */
  overtaken: number;
  /** The maximum number of calls dialling, in the flow or queued, beyond the agents who were free at that moment. */
  overDial: number;
  /** Customers who reached a queue in which no agent was free. */
  metNobody: number;
  /** The longest time that an agent to whom no call was on its way was idle while somebody waited. */
  idleSeconds: number;
  /** States entered by the executions whose call was placed. */
  states: { mean: number; max: number };
  /** The states of the shortest path to a call. */
  shortestPath: readonly string[];
  /** Retried states, for each placed call. */
  retriesPerCall: number;
  /** Every state entered and every retry, of all executions: what Step Functions counts. */
  transitions: number;
  /** How many requests ended in which way. */
  outcomes: Readonly<Record<string, number>>;
  /** From the arrival of a request that ended without a call to its outcome. */
  refusedAfterSeconds: Spread;
}

interface Spread {
  median: number;
  longest: number;
}

interface Pace {
  callsPerSecond: number;
  burst: number;
}

/**
 * Counts the figures of a run.
 *
 * @param jitterMs the longest that chance alone can delay a request before its place in line is settled
 * @param countsFrom the first call could be placed from then on; if not given, the first arrival
 */
export function figuresOf(trace: Trace, pace: Pace, jitterMs: number, countsFrom?: Moment): Figures {
  const arrivals = entriesOf(trace, 'arrived');
  const rings = entriesOf(trace, 'rang');
  const asked = entriesOf(trace, 'asked');
  const first = countsFrom ?? arrivals[0]?.at ?? 0;
  const lastArrival = arrivals.at(-1)?.at ?? first;
  const placed = new Set(rings.map(({ requestId }) => requestId));
  return {
    requests: arrivals.length,
    placed: placed.size,
    extraCalls: rings.length - placed.size,
    waitSeconds: waitsOf(arrivals, rings),
    seconds: rings.length === 0 ? 0 : ((rings.at(-1)?.at ?? first) - first) / 1_000,
    // Nobody can be called before they ask.
    idealSeconds: Math.max((rings.length - pace.burst) / pace.callsPerSecond, (lastArrival - first) / 1_000, 0),
    asked: asked.length,
    throttled: asked.filter(({ result }) => isThrottling(result)).length,
    rejected: asked.filter(({ result }) => result === 'InvalidRequestException').length,
    turns: entriesOf(trace, 'turn-reserved').length,
    overtaken: overtaken(trace, jitterMs),
    overDial: peakOverDial(trace),
    metNobody: metNobody(trace),
    idleSeconds: longestIdle(trace) / 1_000,
    ...stateFigures(trace, rings),
    outcomes: countBy([...lastOutcomes(trace).values()].map(({ outcome, reason }) => `${outcome} (${reason})`)),
    refusedAfterSeconds: refusedAfter(arrivals, trace),
  };
}

function refusedAfter(arrivals: readonly EntryOf<'arrived'>[], trace: Trace) {
  const arrived = new Map(arrivals.map(({ requestId, at }) => [requestId, at]));
  return spreadOf(
    entriesOf(trace, 'outcome')
      .filter(({ outcome }) => !mayHaveRung(outcome as Outcome))
      .map(({ requestId, at }) => (at - (arrived.get(requestId) ?? at)) / 1_000),
  );
}

function waitsOf(arrivals: readonly EntryOf<'arrived'>[], rings: readonly EntryOf<'rang'>[]): Spread {
  const called = new Map<string, Moment>();
  for (const { requestId, at } of rings) if (!called.has(requestId)) called.set(requestId, at);
  return spreadOf(
    arrivals.flatMap(({ requestId, at }) => {
      const rangAt = called.get(requestId);
      return rangAt === undefined ? [] : [(rangAt - at) / 1_000];
    }),
  );
}

function spreadOf(seconds: number[]): Spread {
  seconds.sort((a, b) => a - b);
  return { median: seconds[Math.floor(seconds.length / 2)] ?? 0, longest: seconds.at(-1) ?? 0 };
}

/** How often each of some words occurs, the most frequent first. */
export function countBy(words: readonly string[]): Record<string, number> {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return Object.fromEntries([...counts].sort(([, a], [, b]) => b - a));
}

/** Amazon Connect's two names for too many requests a second. */
const isThrottling = (result: string): boolean =>
  result === 'TooManyRequestsException' || result === 'ThrottlingException';

/**
 * Requests that were called after another that was delivered later, by more than the jitter. A request's place in
 * line is settled after a few states, each delayed by chance: a request that comes less than that later may be first.
 */
function overtaken(trace: Trace, jitterMs: number): number {
  const delivered = new Map<string, Moment>();
  for (const { requestId, at } of entriesOf(trace, 'delivered')) {
    if (!delivered.has(requestId)) delivered.set(requestId, at);
  }
  const calls = entriesOf(trace, 'rang')
    .map(({ requestId, at }) => ({ cameAt: delivered.get(requestId) ?? at, rangAt: at }))
    .sort((a, b) => a.cameAt - b.cameAt);
  // The earliest call of any request that came from a moment on.
  const earliest = [...calls];
  for (let index = calls.length - 2; index >= 0; index -= 1) {
    const [here, next] = [earliest[index], earliest[index + 1]];
    if (here && next && next.rangAt < here.rangAt) earliest[index] = { ...here, rangAt: next.rangAt };
  }
  let count = 0;
  let later = 0;
  for (const { cameAt, rangAt } of calls) {
    while (later < calls.length && (calls[later]?.cameAt ?? 0) <= cameAt + jitterMs) later += 1;
    const laterCame = earliest[later];
    if (laterCame && laterCame.rangAt < rangAt) count += 1;
  }
  return count;
}

function stateFigures(trace: Trace, rings: readonly EntryOf<'rang'>[]) {
  const placed = new Set(rings.map(({ requestId }) => requestId));
  /** By execution: a second delivery of the same request is an execution of its own. */
  const paths = new Map<string, string[]>();
  let retries = 0;
  let entered = 0;
  for (const entry of trace) {
    if (entry.kind === 'retried') retries += 1;
    if (entry.kind !== 'entered') continue;
    entered += 1;
    if (!placed.has(entry.requestId)) continue;
    const path = paths.get(entry.executionId) ?? [];
    paths.set(entry.executionId, path);
    path.push(entry.state);
  }
  const ways = [...paths.values()].filter((path) => path.includes('StartCall'));
  const lengths = ways.map(({ length }) => length);
  const shortest = Math.min(...lengths);
  return {
    states: {
      mean: lengths.reduce((sum, length) => sum + length, 0) / Math.max(1, lengths.length),
      max: lengths.reduce((most, length) => Math.max(most, length), 0),
    },
    shortestPath: ways.find(({ length }) => length === shortest) ?? [],
    retriesPerCall: retries / Math.max(1, rings.length),
    transitions: entered + retries,
  };
}
