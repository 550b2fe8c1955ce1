import type { CallRecord } from '../../../domain/call-record.ts';
import type { Moment } from './trace.ts';

/** What must hold, whatever goes wrong. */
export const INVARIANTS = {
  'one outcome': 'Every request has exactly one outcome, or its event is a dead letter.',
  'honest outcome':
    'A request whose phone rang is recorded as called or possibly called; a request recorded as called was called.',
  'one call': 'No request rings twice.',
  'in call': 'No telephone number rings while a call to it is in progress.',
  'cool-down': 'No telephone number rings within the cool-down after its call, or the pause after an unanswered one.',
  'wrong number': 'No number of a refused type rings, and none for a stale or forged request.',
  blocked: 'No number rings that was already blocked when startCall checked.',
  stopped: 'No phone rings for which startCall checked while calling was stopped.',
  'too early': 'No phone rings before the time that its visitor chose, or for a time that was not promised.',
  slot: 'No slot has more places than the stage allows, and a request that ended before its slot holds none.',
  closed: 'No phone rings outside the opening and the calling hours.',
  'too late': 'No phone rings for which startCall checked after the deadline of the request.',
  'calls per number':
    'No number is called more often in a day than the stage allows; unanswered calls are counted separately.',
  'calls per day': 'No more phones ring in a day than the stage allows.',
  'over-dial': 'No more phones ring than there are agents whom the metrics may have counted as free.',
  lines: 'No more calls are in progress than the stage allows.',
  pacing: 'The turns given out never exceed the quota over any period.',
  'line held': 'A customer on the phone holds an outside line across all transfers, and none once the call is over.',
  'agent held': 'A customer who wants an agent holds one, and none once the metrics show the call or it is over.',
  'final outcome':
    'Every placed call ends with its true outcome and times; it is recorded as lost only if nothing reported on it.',
  capacity: 'No more agents are held than the metrics reading counted, and no more lines than the limit.',
  owner:
    'What a request holds is given back only by that request, or when its time or its call is over; its number and count are not given back once its phone rang.',
  hoarded: 'No waiting request keeps an agent from the others.',
  'called once more':
    'An unanswered number is called again as often as the stage allows, when it is due and if no other request has called it since.',
  promise: 'A promised call is placed, or its outcome tells the customer or an operator why not.',
  idle: 'Nobody waits while an agent, a line and a turn are free for longer than the release function needs to notice.',
  overtaken: 'No request that waits for an agent is overtaken by a later one.',
  'tried again': 'A request whose attempts were only throttled is retried while there is time.',
  throttled: 'At most one in a hundred requests to Amazon Connect is throttled for its rate.',
  'held in vain':
    'No request is refused because of requests for its number that ended long ago; anyone who missed a call may ask again.',
  'open record': 'No execution ends and leaves an open record.',
  'held number': 'At the end, no number is held except by a cool-down.',
  leases: 'At the end, no agent and no line is held.',
  'counted in vain': 'At the end, no limit counts a request that was certainly not called.',
  'waiting room': 'At the end, the waiting room is empty.',
} as const satisfies Record<string, string>;

export type Invariant = keyof typeof INVARIANTS;

/** One thing that happened and must not happen. */
export interface Violation {
  invariant: Invariant;
  at: Moment;
  /** The requests it concerns. */
  requestIds: readonly string[];
  says: string;
}

/** What the invariants must know about the simulated world. */
export interface Expectations {
  coolDownMs: number;
  missedPauseMs: number;
  /** How long a call is assumed to continue without being reported on. */
  maxCallMs: number;
  /** Clocks of functions are off by at most this much, in either direction. */
  clockSkewMs: number;
  /** Amazon Connect's rate of StartOutboundVoiceContact. */
  quota: { callsPerSecond: number; burst: number };
  maxAgeMs: number;
  /** Places in a slot of a queue. */
  perSlot: number;
  /** How long after the promised time its call may go out. */
  slotMs: number;
  /** Within how long after the opening a request that waited for it is called. */
  callWithinMs: number;
  /** Null if there is no limit. */
  callsPerNumberPerDay: number | null;
  triesPerNumberPerDay: number | null;
  callsPerDay: number | null;
  /** How often a number that did not answer is called once more. */
  retries: number;
  maxConcurrentCalls: number | null;
  /** Queues that share agents, and the book of their leases. */
  pools: readonly { book: string; queueIds: readonly string[] }[];
  /** The queue that a request is routed to. */
  queueOf(requestId: string): string | undefined;
  /** The longest that chance alone can delay a request behind a later one. */
  jitterMs: number;
  /** How long a request may wait while everything is free, once the metrics show the agent. */
  idleMs: number;
  /** Age of Amazon Connect's metrics. */
  metricsLagMs: number;
  /** Queue id → when its phones may ring: within its opening hours and the calling hours. If missing, any time. */
  openings: ReadonlyMap<string, readonly Opening[]>;
}

/** From one moment until another. */
export interface Opening {
  from: Moment;
  to: Moment;
}

/** The tables as the run left them. */
export interface FinalTables {
  calls: readonly CallRecord[];
  /** Items of the guards table. */
  guards: readonly Readonly<Record<string, unknown>>[];
  /** Items of the leases table. */
  leases: readonly Readonly<Record<string, unknown>>[];
  /** Items of the waiting room. */
  waitingRoom: readonly Readonly<Record<string, unknown>>[];
}
