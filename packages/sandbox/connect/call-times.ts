import { SECONDS_PER_CHARACTER } from 'connect-flow-kit';
import type { Contact } from './contact.ts';

/** The same for every call, or for each by itself. */
export type PerCall = number | ((contact: Readonly<Contact>) => number);

/** The times of a call, in seconds of its life. */
export interface CallTimes {
  /** From dialling until the phone is picked up. */
  ringSeconds: PerCall;
  /** With the agent. */
  talkSeconds: PerCall;
  /** Of the agent's work after the call. */
  afterCallSeconds: PerCall;
  /** No time: how many agents do not take the call before one does. */
  missedBy: PerCall;
  /** From the answer until a customer whom no agent has taken hangs up; without an end where nothing is said. */
  patience: PerCall;
  /** Of speech, for each character that is spoken. */
  secondsPerCharacter: number;
}

/** The times of a call where nothing else is said. */
const DEFAULT_TIMES: CallTimes = {
  ringSeconds: 2,
  talkSeconds: 30,
  afterCallSeconds: 0,
  missedBy: 0,
  patience: Number.POSITIVE_INFINITY,
  secondsPerCharacter: SECONDS_PER_CHARACTER,
};

/** The times that are said, and the usual ones for the rest. */
export function timesOf(said: Partial<CallTimes>): CallTimes {
  const { ringSeconds, talkSeconds, afterCallSeconds, missedBy, patience, secondsPerCharacter } = {
    ...DEFAULT_TIMES,
    ...said,
  };
  return { ringSeconds, talkSeconds, afterCallSeconds, missedBy, patience, secondsPerCharacter };
}
