import type { CallRequest, RequestIdentity } from './call-request.ts';
import type { CallErrorName, TaskState } from './errors.ts';
import type { Ending, Outcome } from './outcomes.ts';

/**
 * The document that travels through the state machine. Each function takes it and returns it with its own findings;
 * the Choice states look at `decision` only.
 */
export type CallState = Continuing | Booked | Later | Waiting | Deferred | ReadyToCall | Ended;

export interface Continuing {
  /** `appointment`: the request is for a time that is yet to be booked. */
  decision: 'continue' | 'appointment';
  request: CallRequest;
  /** A valid signature's nonce, which `CheckQueue` uses up. */
  signature?: { nonce: string; expiresAt: string };
}

/** After `ValidateRequest`: a request of our own, whose phone must not ring yet. */
export interface Later extends Omit<Continuing, 'decision'> {
  decision: 'later';
  /** ISO 8601, whole seconds. */
  notBefore: string;
}

/** The request ends here, without a call. Only `RecordOutcome` comes after. */
export interface Ended {
  decision: 'end';
  request: RequestIdentity & Partial<CallRequest>;
  ending: Ending;
  /** True where the request holds guards (phone lease, counts, an agent) that must be given back. */
  holdsGuards?: boolean;
}

/** When and where a call goes out: an agent, a line and a place in the pace are taken for it. */
export interface Turn {
  /** ISO 8601, to the millisecond. */
  at: string;
  /** When the state machine goes on, in time for the turn. ISO 8601, whole seconds. */
  wakeAt: string;
  /** True where no place in the pace was taken yet: the call then takes one when it has waited so long. */
  isOpen?: true;
  queueArn: string;
  /** The phone must not ring from this moment on: the queue or the calling hours close. ISO 8601. */
  closesAt?: string;
}

/** After `BookAppointment`: the request has a place in its slot. The state machine waits for it, twice at most 20 days. */
export interface Booked {
  decision: 'appointment';
  request: CallRequest;
  holdsGuards: true;
  /** ISO 8601. `breakAt` is a moment on the way to `dueAt`, or the same. */
  appointment: { breakAt: string; dueAt: string };
}

/** A request that `CheckQueue` has claimed: its id and its telephone number are this execution's. */
interface Claimed extends Omit<Continuing, 'decision'> {
  holdsGuards: true;
}

/** After `CheckQueue` or `TakeLaterTurn`: the call may go out at its turn, for which the state machine waits on `turn`. */
export interface ReadyToCall extends Claimed {
  decision: 'continue' | 'turn';
  turn: Turn;
}

/** After `CheckQueue`: somebody must become free first. The state machine waits on a task token, whose answer is the turn. */
export interface Waiting extends Claimed {
  decision: 'wait';
  /** Whole seconds until the deadline. */
  waitSeconds: number;
}

/** After `CheckQueue`: the call goes out after the opening. */
export interface Deferred extends Claimed {
  decision: 'opening';
  /** ISO 8601, whole seconds. The same as the request's, which keeps it. */
  opensAt: string;
}

/** After `StartCall`. */
export interface Placed extends Claimed {
  contactId: string;
  /** When Amazon Connect accepted the call. ISO 8601. */
  placedAt: string;
  /** Until when the number is the call's, should nothing be heard of it. ISO 8601. */
  heldUntil: string;
  /** True where the contact could not be noted yet: until then nothing of the call is heard. */
  isUnlinked?: true;
  /** True where the call went out without the stage's ring time-out, because Amazon Connect refuses it. */
  ringTimeoutRefused?: boolean;
}

/** What a Catch leaves behind: `failed.<state>` = what Step Functions knows of the error. */
export interface Failed {
  failed: Partial<Record<TaskState, { Error: CallErrorName | (string & {}); Cause?: string }>>;
}

/** After `RecordOutcome`: the recorded ending, and whether the execution must fail so that somebody is told. */
export interface Recorded {
  requestId: string;
  outcome: Outcome;
  reason: string;
  contactId?: string;
  /** 'quiet' or 'alarm'. */
  notify: 'quiet' | 'alarm';
}
