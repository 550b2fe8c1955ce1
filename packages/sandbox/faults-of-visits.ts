import type { FaultHit } from './connect/connect-faults.ts';
import type { Operation } from './connect/quotas.ts';
import type { StateVisit } from './state-machine.ts';

/** One function reads for all requests: a fault that hits it affects each request in one of these states. */
const READINGS: readonly Operation[] = ['GetCurrentMetricData', 'DescribeQueue', 'GetEffectiveHoursOfOperations'];
const WAIT_FOR_READINGS = ['CheckQueue', 'WaitForAgent'];

/** The faults that hit while a request was in a state: its own API call, or a reading that it waited for. */
export function faultsOfVisit(
  { name, enteredAt, exitedAt = Number.POSITIVE_INFINITY }: StateVisit,
  requestId: string | null,
  hits: readonly FaultHit[],
): FaultHit[] {
  return hits.filter(({ operation, clientToken, at }) => {
    if (at < enteredAt || at > exitedAt) return false;
    if (operation === 'StartOutboundVoiceContact') return name === 'StartCall' && clientToken === requestId;
    return WAIT_FOR_READINGS.includes(name) && READINGS.includes(operation);
  });
}
