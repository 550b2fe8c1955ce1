import { isOpen, localTime, type OpenInterval, withinCallingHours } from './opening-hours.ts';
import type { Ending } from './outcomes.ts';
import type { StageSettings } from './stage-settings.ts';

/** The state of a queue in Amazon Connect. */
export interface QueueSnapshot {
  queueArn: string;
  enabled: boolean;
  /** Effective hours, including overrides and holidays. */
  openingHours: { timeZone: string; intervals: readonly OpenInterval[] };
}

/** Whether the queue takes calls now: undefined if it does, otherwise the most permanent reason why not. */
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
