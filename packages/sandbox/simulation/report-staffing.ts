import type { Moment, Trace, TraceEntry } from './trace.ts';

/** Goes through a trace moment by moment: events at one moment have no order. */
function eachMoment(trace: Trace, happens: (entry: TraceEntry) => void, over: (at: Moment) => void): void {
  for (const [index, entry] of trace.entries()) {
    happens(entry);
    if (trace[index + 1]?.at !== entry.at) over(entry.at);
  }
}

/** The maximum number of calls dialling, in the flow or queued, beyond the agents free at that moment. */
export function peakOverDial(trace: Trace): number {
  const free = new Set<string>();
  const underWay = new Set<string>();
  let peak = 0;
  eachMoment(
    trace,
    (entry) => {
      if (entry.kind === 'agent') {
        if (entry.state === 'free') free.add(entry.agentId);
        else free.delete(entry.agentId);
      }
      if (entry.kind === 'rang') underWay.add(entry.contactId);
      if (entry.kind === 'call' && (entry.state === 'with-agent' || entry.state === 'ended')) {
        underWay.delete(entry.contactId);
      }
    },
    () => {
      peak = Math.max(peak, underWay.size - free.size);
    },
  );
  return peak;
}

/** Calls that reached a queue while no agent was free. */
export function metNobody(trace: Trace): number {
  const free = new Set<string>();
  let met = 0;
  for (const entry of trace) {
    if (entry.kind === 'agent' && entry.state === 'free') free.add(entry.agentId);
    else if (entry.kind === 'agent') free.delete(entry.agentId);
    // An agent who takes the call becomes busy after that.
    if (entry.kind === 'call' && entry.state === 'in-queue' && free.size === 0) met += 1;
  }
  return met;
}

/**
 * The longest time, in milliseconds, for which an agent was free, no call was on its way to the agent, and somebody
 * waited. A call is on its way from its turn until it reaches an agent or ends, and is meant for the agent who has been free
 * longest, since Amazon Connect assigns it to them.
 */
export function longestIdle(trace: Trace): Moment {
  /** Since when each agent has been free, the longest first. */
  const free = new Map<string, Moment>();
  const onTheWay = new Set<string>();
  const requestOf = new Map<string, string>();
  const waiting = new Set<string>();
  let waitingSince: Moment | undefined;
  let longest = 0;

  /** How long the first agent without a call has been idle. */
  function look(at: Moment): void {
    if (waitingSince === undefined || free.size <= onTheWay.size) return;
    let index = 0;
    for (const since of free.values()) {
      if (index === onTheWay.size) {
        longest = Math.max(longest, at - Math.max(since, waitingSince));
        return;
      }
      index += 1;
    }
  }

  let last: Moment | undefined;
  eachMoment(
    trace,
    (entry) => {
      // Until this moment, everything was as after the previous one.
      if (entry.at !== last) look(entry.at);
      last = entry.at;
      switch (entry.kind) {
        case 'agent':
          free.delete(entry.agentId);
          if (entry.state === 'free') free.set(entry.agentId, entry.at);
          break;
        case 'turn':
          onTheWay.add(entry.requestId);
          break;
        case 'rang':
          onTheWay.add(entry.requestId);
          requestOf.set(entry.contactId, entry.requestId);
          break;
        case 'call':
          if (entry.state === 'with-agent' || entry.state === 'ended') {
            onTheWay.delete(requestOf.get(entry.contactId) ?? '');
          }
          break;
        case 'outcome':
          if (entry.outcome !== 'call_placed') onTheWay.delete(entry.requestId);
          break;
        case 'entered-room':
          waiting.add(entry.requestId);
          break;
        case 'left-room':
          waiting.delete(entry.requestId);
          break;
      }
    },
    (at) => {
      if (waiting.size === 0) waitingSince = undefined;
      else waitingSince ??= at;
    },
  );
  return longest;
}
