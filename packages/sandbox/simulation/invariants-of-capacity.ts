import type { Expectations, Invariant, Violation } from './invariants.ts';
import type { EntryOf, Moment, Trace } from './trace.ts';

/**
 * How much older than the metrics the reading may be by which a call got its agent when its turn is noted: the age of a shared
 * reading, and a function that hung until its timeout after it had taken the agent.
 */
const TAKEN_BEFORE_MS = 45_000;
const JAPAN_MS = 9 * 60 * 60_000;

/**
 * What is limited: agents, lines, and calls per day.
 *
 * A call that is on its way to an agent must have been backed by an agent whom the metrics counted as free when the last of those
 * calls got its agent. So there may never be more of them than agents were free together at some moment since then.
 */
export function checkCapacity(trace: Trace, expectations: Expectations): Violation[] {
  const { callsPerDay, maxConcurrentCalls, metricsLagMs, clockSkewMs } = expectations;
  const violations: Violation[] = [];
  const arrivedAt = new Map<string, Moment>();
  const callsOfDay = new Map<string, number>();
  const firstTurn = new Map<string, Moment>();
  const free = new Set<string>();
  /** How many agents were free from a moment on. */
  const freeSince: { at: Moment; agents: number }[] = [];
  const towardsAgent = new Set<string>();
  const underWay = new Set<string>();

  function countCall(counter: string): number {
    const calls = 1 + (callsOfDay.get(counter) ?? 0);
    callsOfDay.set(counter, calls);
    return calls;
  }

  function mostFree(from: Moment): number {
    let most = free.size;
    for (let index = freeSince.length - 1; index >= 0; index -= 1) {
      const { at, agents } = freeSince[index] ?? { at: 0, agents: 0 };
      most = Math.max(most, agents);
      if (at <= from) break;
    }
    return most;
  }

  function ring({ at, requestId, contactId }: EntryOf<'rang'>): void {
    const accuse = (invariant: Invariant, says: string) =>
      violations.push({ invariant, at, requestIds: [requestId], says });
    towardsAgent.add(contactId);
    underWay.add(contactId);
    if (maxConcurrentCalls !== null && underWay.size > maxConcurrentCalls) {
      accuse('lines', `is call ${underWay.size} at once, of ${maxConcurrentCalls}`);
    }
    const agents = mostFree((firstTurn.get(requestId) ?? at) - metricsLagMs - clockSkewMs - TAKEN_BEFORE_MS);
    if (towardsAgent.size > agents) accuse('over-dial', `is call ${towardsAgent.size} on its way to ${agents} agents`);

    const day = Math.floor(((arrivedAt.get(requestId) ?? at) + JAPAN_MS) / 86_400_000);
    const all = countCall(String(day));
    if (callsPerDay !== null && all > callsPerDay)
      accuse('calls per day', `is call ${all} of ${callsPerDay} on one day`);
  }

  for (const entry of trace) {
    switch (entry.kind) {
      case 'arrived':
        arrivedAt.set(entry.requestId, entry.at);
        break;
      case 'turn':
        if (!firstTurn.has(entry.requestId)) firstTurn.set(entry.requestId, entry.at);
        break;
      case 'agent':
        if (entry.state === 'free') free.add(entry.agentId);
        else free.delete(entry.agentId);
        freeSince.push({ at: entry.at, agents: free.size });
        break;
      case 'rang':
        ring(entry);
        break;
      case 'call':
        if (entry.state === 'with-agent' || entry.state === 'ended') towardsAgent.delete(entry.contactId);
        break;
      case 'line-over':
        underWay.delete(entry.contactId);
        break;
    }
  }
  return violations;
}
