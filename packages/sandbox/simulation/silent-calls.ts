import type { Luck } from './random.ts';
import type { Faults } from './scenario.ts';

/** Calls about which little is reported, by their requests. Each call's draw is the same whenever it is asked for. */
export interface SilentCalls {
  /** No contact event comes. */
  isSilent(requestId: string): boolean;
  /** Amazon Connect does not describe its contacts either. */
  isUntold(requestId: string): boolean;
}

export function silentCalls(luck: Luck, { callSilent, callUntold }: Faults): SilentCalls {
  const own = (requestId: string) => luck.branch(`contact events ${requestId}`);
  const isSilent = (requestId: string) => own(requestId).happens('callSilent', callSilent);
  return {
    isSilent,
    isUntold: (requestId) => isSilent(requestId) && own(requestId).happens('callUntold', callUntold),
  };
}
