import { SECONDS_PER_CHARACTER } from 'connect-flow-kit';
import type { Contact } from './contact.ts';

/** The same for every call, or one for each. */
export type PerCall = number | ((contact: Readonly<Contact>) => number);

/** The durations of a call, in seconds of call time. */
export interface CallTimes {
  /** From dialling until the phone is picked up. */
  ringSeconds: PerCall;
  /** With the agent. */
  talkSeconds: PerCall;
  /** Of the agent's after-contact work. */
  afterCallSeconds: PerCall;
  /** Not a duration: how many agents do not take the call before one does. */
  missedBy: PerCall;
  /** From the answer until a customer whom no agent has taken hangs up; unlimited if not given. */
  patience: PerCall;
  /** Of speech, for each spoken character. */
  secondsPerCharacter: number;
}

/** The default durations of a call. */
const DEFAULT_TIMES: CallTimes = {
  ringSeconds: 2,
  talkSeconds: 30,
  afterCallSeconds: 0,
  missedBy: 0,
  patience: Number.POSITIVE_INFINITY,
  secondsPerCharacter: SECONDS_PER_CHARACTER,
};

/** The given durations, and the defaults for the rest. */
export function timesOf(said: Partial<CallTimes>): CallTimes {
  const { ringSeconds, talkSeconds, afterCallSeconds, missedBy, patience, secondsPerCharacter } = {
    ...DEFAULT_TIMES,
    ...said,
  };
  return { ringSeconds, talkSeconds, afterCallSeconds, missedBy, patience, secondsPerCharacter };
}
