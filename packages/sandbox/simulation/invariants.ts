import type { CallRecord } from '../../../domain/call-record.ts';
import type { Moment } from './trace.ts';

/** What must hold, whatever goes wrong. */
export const INVARIANTS = {
  'one outcome': 'Every request has exactly one outcome, or its event is a dead letter.',
  'honest outcome':
    'Whose phone rang is recorded as called or as perhaps called; everyone who is recorded as called was.',
  'one call': 'No request rings twice.',
  'in call': 'No telephone number rings while a call to it goes on.',
  'cool-down':
    'No telephone number rings within the cool-down after its call, or the pause after one that nobody answered.',
  'wrong number': 'No number rings that must not: a refused kind, a stale or forged request.',
  blocked: 'No number rings that was blocked before startCall looked.',
  stopped: 'No phone rings that startCall looked after while calling was stopped.',
  'too early': 'No phone rings before the time that its visitor chose, and none for a time that was not promised.',
  slot: 'No slot has more places than the stage allows, and anyone who ended before its time has none.',
  closed: 'No phone rings outside the opening and the calling hours.',
  'too late': 'No phone rings that startCall looked after when the deadline of the request was over.',
  'calls per number':
    'No number is called more often on one day than the stage allows; calls that nobody answered count by themselves.',
  'calls per day': 'On no day do more phones ring than the stage allows.',
  'over-dial': 'No phone rings beyond the agents whom the metrics may have counted as free.',
  lines: 'Never are more calls under way than the stage allows.',
  pacing: 'The turns given out never exceed the quota, over any stretch of time.',
  'line held': 'A customer on the line holds an outside line, over all transfers, and none once the call is over.',
  'agent held': 'A customer who wants an agent holds one, and none once the metrics tell of it or the call is over.',
  'final outcome':
    'Every placed call has the outcome in the end that it had, and its times; it is lost only where nothing told of it.',
  capacity: 'No agent is held beyond those the reading counted on which it was taken, and no line beyond the limit.',
  owner:
    'What is held for a request is given back for itself alone, or when its time or its call is over; its number and count not once its phone rang.',
  hoarded: 'Nobody who waits keeps an agent from the others.',
  'called once more':
    'A number is called once more only after a call that nobody answered, as often as the stage says, and by nobody else since; and then it is asked for.',
  promise: 'Anyone who was promised a call is called, or somebody is told that nobody is.',
  idle: 'Nobody waits while an agent, a line and a turn are free for longer than the release function needs to come by.',
  overtaken: 'Nobody who waits for an agent is passed over for one who came later.',
  'tried again': 'Whose attempts were only throttled is tried again while there is time.',
  throttled: 'Of the requests to Amazon Connect not more than one in a hundred is throttled for its rate.',
  'held in vain':
    'No request is refused for others to its number that are long over; anyone who missed a call may ask again.',
  'open record': 'An execution that ends leaves no open record.',
  'held number': 'At the end no number is held, except by a cool-down.',
  leases: 'At the end no agent and no line is held.',
  'counted in vain': 'At the end no limit counts a request that was certainly not called.',
  'waiting room': 'At the end nobody is left in the waiting room.',
} as const satisfies Record<string, string>;

export type Invariant = keyof typeof INVARIANTS;

/** One thing that happened and must not. */
export interface Violation {
  invariant: Invariant;
  at: Moment;
  /** The requests it concerns. */
  requestIds: readonly string[];
  says: string;
}

/** What the invariants must know of the world that was simulated. */
export interface Expectations {
  coolDownMs: number;
  missedPauseMs: number;
  /** How long a call is believed to go on without a sign of it. */
  maxCallMs: number;
  /** Clocks of functions are off by at most so much, in either direction. */
  clockSkewMs: number;
  /** Amazon Connect's rate of StartOutboundVoiceContact. */
  quota: { callsPerSecond: number; burst: number };
  maxAgeMs: number;
  /** Places in a slot of a queue. */
  perSlot: number;
  /** How long after the time that was promised its call may go out. */
  slotMs: number;
  /** How long after the opening a request is called that waited for it. */
  callWithinMs: number;
  /** Null where there is no limit. */
  callsPerNumberPerDay: number | null;
  triesPerNumberPerDay: number | null;
  callsPerDay: number | null;
  /** How often a number is called once more that did not answer. */
  retries: number;
  maxConcurrentCalls: number | null;
  /** Queues that share agents, and the book of their leases. */
  pools: readonly { book: string; queueIds: readonly string[] }[];
  /** The queue a request is routed to. */
  queueOf(requestId: string): string | undefined;
  /** The longest that chance alone can keep a request back behind one that came later. */
  jitterMs: number;
  /** How long somebody may wait while everything is free, once the metrics tell of the agent. */
  idleMs: number;
  /** Age of what Amazon Connect's metrics say. */
  metricsLagMs: number;
  /** Queue id → when its phones may ring: inside its opening hours and the calling hours. Any time where it is missing. */
  openings: ReadonlyMap<string, readonly Opening[]>;
}

/** From a moment on, until another. */
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
