import type { CallLeases } from '../../adapters/shared-state/call-leases.ts';
import type { CallLease, Supply } from '../../domain/call-lease.ts';

export const QUEUE = 'queue-one';
export const FAR = 1_000_000;
export const NOBODY_WAITS = { pause: async () => undefined };

export const ids = (length: number, name = 'request') => Array.from({ length }, (_, index) => `${name}-${index}`);

export const leaseFor = (requestId: string, change: Partial<CallLease> = {}): CallLease => ({
  ...{ requestId, queueId: QUEUE, agentUntil: FAR, lineUntil: FAR },
  ...change,
});

export const supplyOf = (agents: number, change: Partial<Supply> = {}): Supply => ({
  ...{ queueIds: [QUEUE], agents, asOf: 0, lines: null, now: 0 },
  ...change,
});

/** Takes and confirms, as `takePlace` does. */
export async function taking(on: CallLeases, ...asked: Parameters<CallLeases['take']>) {
  const answer = await on.take(...asked);
  if (typeof answer !== 'object' || 'missing' in answer) return answer;
  return (await answer.confirm()) ? 'taken' : 'not confirmed';
}
