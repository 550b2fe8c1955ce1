import type { CallRequest, RequestIdentity } from './call-request.ts';
import type { CallErrorName, TaskState } from './errors.ts';
import type { Ending, Outcome } from './outcomes.ts';

/**
 * The document that travels through the state machine. Each function takes it and returns it with its own findings;
 * the Choice states look at `decision` only.
 */
export type CallState = Continuing | Ended;

export interface Continuing {
  decision: 'continue';
  request: CallRequest;
}

/** The request ends here, without a call. Only `RecordOutcome` comes after. */
export interface Ended {
  decision: 'end';
  request: RequestIdentity & Partial<CallRequest>;
  ending: Ending;
}

/** After `CheckQueue`: the queue can take the call, and this is when it may go out. */
export interface ReadyToCall extends Continuing {
  queueArn: string;
  /** ISO 8601, whole seconds: the state machine's Wait truncates milliseconds. */
  turnAt: string;
}

/** After `StartCall`. */
export interface Placed extends ReadyToCall {
  contactId: string;
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
