import { isOpen, localTime, type OpenInterval, withinCallingHours } from './opening-hours.ts';
import type { Ending } from './outcomes.ts';
import type { StageSettings } from './stage-settings.ts';

/** What Amazon Connect says of a queue. */
export interface QueueSnapshot {
  queueArn: string;
  enabled: boolean;
  /** Effective hours, overrides and holidays included. */
  openingHours: { timeZone: string; intervals: readonly OpenInterval[] };
}

/** Does the queue take calls now? Undefined means yes; otherwise the reason why not, the most lasting first. */
export function whyNotNow(
  queue: QueueSnapshot,
  callingHours: StageSettings['callingHours'],
  now: Date,
): Ending | undefined {
  if (!queue.enabled) return { outcome: 'queue_disabled', reason: 'disabled' };
  const { timeZone, intervals } = queue.openingHours;
  if (!isOpen(intervals, localTime(now, timeZone))) return { outcome: 'queue_closed', reason: 'outside_opening_hours' };
  if (!withinCallingHours(callingHours, now)) return { outcome: 'queue_closed', reason: 'outside_calling_hours' };
  return undefined;
}
