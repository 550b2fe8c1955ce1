import type { CallRequest, RequestIdentity } from './call-request.ts';
import type { CallErrorName, TaskState } from './errors.ts';
import type { Ending, Outcome } from './outcomes.ts';

/**
 * The document that passes through the state machine. Each function takes it and returns it with its own results; Choice states only
 * read `decision`.
 */
export type CallState = Continuing | Booked | Later | Waiting | Deferred | ReadyToCall | Ended;

export interface Continuing {
  /** `appointment`: the request is for a time that has yet to be booked. */
  decision: 'continue' | 'appointment';
  request: CallRequest;
  /** A valid signature's nonce, which `CheckQueue` uses up. */
  signature?: { nonce: string; expiresAt: string };
}

/** After `ValidateRequest`: our own request for a further call, which must not be placed yet. */
export interface Later extends Omit<Continuing, 'decision'> {
  decision: 'later';
  /** ISO 8601, whole seconds. */
  notBefore: string;
}

/** The request ends here, without a call. Only `RecordOutcome` follows. */
export interface Ended {
  decision: 'end';
  request: RequestIdentity & Partial<CallRequest>;
  ending: Ending;
  /** True if the request holds guards (phone lease, counts, an agent) that must be given back. */
  holdsGuards?: boolean;
}

/** When and where a call goes out, with an agent, a line and a turn taken for it. */
export interface Turn {
  /** ISO 8601, to the millisecond. */
  at: string;
  /** When the state machine continues, in time for the turn. ISO 8601, whole seconds. */
  wakeAt: string;
  /** True if no turn was taken yet: the call takes one after this wait. */
  isOpen?: true;
  queueArn: string;
  /** The phone must not ring from this moment on, when the queue or the calling hours close. ISO 8601. */
  closesAt?: string;
}

/** After `BookAppointment`: the request has a place in its slot. The state machine waits for it, in two waits of at most 20 days. */
export interface Booked {
  decision: 'appointment';
  request: CallRequest;
  holdsGuards: true;
  /** ISO 8601. `breakAt` is a moment on the way to `dueAt`, or the same. */
  appointment: { breakAt: string; dueAt: string };
}

/** A request claimed by `CheckQueue`: its id and its telephone number belong to this execution. */
interface Claimed extends Omit<Continuing, 'decision'> {
  holdsGuards: true;
}

/** After `CheckQueue` or `TakeLaterTurn`: the call may go out at its turn, for which the state machine waits on `turn`. */
export interface ReadyToCall extends Claimed {
  decision: 'continue' | 'turn';
  turn: Turn;
}

/** After `CheckQueue`: an agent must become free first. The state machine waits for a task token, whose output is the turn. */
export interface Waiting extends Claimed {
  decision: 'wait';
  /** Whole seconds until the deadline. */
  waitSeconds: number;
}

/** After `CheckQueue`: the call goes out once the queue opens. */
export interface Deferred extends Claimed {
  decision: 'opening';
  /** ISO 8601, whole seconds. The same as in the request, which keeps it. */
  opensAt: string;
}

/** After `StartCall`. */
export interface Placed extends Claimed {
  contactId: string;
  /** When Amazon Connect accepted the call. ISO 8601. */
  placedAt: string;
  /** Until when the call holds the number if nothing is heard of it. ISO 8601. */
  heldUntil: string;
  /** True if the contact could not be noted yet: until then no events of the call are recognised. */
  isUnlinked?: true;
  /** True if the call went out without the stage's ring time-out, because Amazon Connect refuses it. */
  ringTimeoutRefused?: boolean;
}

/** Left by a Catch: `failed.<state>` = Step Functions' data on the error. */
export interface Failed {
  failed: Partial<Record<TaskState, { Error: CallErrorName | (string & {}); Cause?: string }>>;
}

/** After `RecordOutcome`: the recorded ending, and whether the execution must fail so that somebody is notified. */
export interface Recorded {
  requestId: string;
  outcome: Outcome;
  reason: string;
  contactId?: string;
  /** 'quiet' or 'alarm'. */
  notify: 'quiet' | 'alarm';
}
