import type { Reading } from '../../adapters/shared-state/shared-readings.ts';
import type { SharedState } from '../../adapters/shared-state/shared-state.ts';
import { type CallLease, leaseOf, missingFor } from '../../domain/call-lease.ts';
import { paceOf } from '../../domain/pacing.ts';
import { poolOf } from '../../domain/pools.ts';
import type { Limits, StageSettings } from '../../domain/stage-settings.ts';

/**
 * How far ahead turns are given out. Longer waits happen in the waiting room, where calling can still be stopped and the order of arrival
 * is kept. Longer than two ticks of the release function.
 */
const TURN_HORIZON_MS = 10_000;

interface PlaceDependencies {
  stage: Pick<StageSettings, 'agents' | 'connect' | 'pacing'>;
  shared: Pick<SharedState, 'leases' | 'turns'>;
  now: () => Date;
}

/**
 * What a call was given, or what is missing. `turnAt` is in epoch milliseconds; `giveBack` returns what was taken now, but not what the
 * request held before.
 */
type Place =
  | { turnAt: number; lease: CallLease; giveBack: () => Promise<void> }
  | { missing: 'line' | 'agent' | 'turn' };

/**
 * Takes an agent, an outside line and a turn for a call: all or nothing. Safe to repeat. The turn comes last, because it cannot be given
 * back.
 *
 * @param agents how many agents Amazon Connect counted as available, and when
 * @param known.leases for the first in line: recently read leases. If these leave nothing, nothing is written
 * @param known.nextTurn of the row of turns, recently read
 * @param known.alongside work to do in parallel once the lease is written
 */
export async function takePlace(
  { requestId, queueId, deadlineAt }: { requestId: string; queueId: string; deadlineAt: string },
  agents: Reading<Record<string, number>>,
  { maxConcurrentCalls }: Limits,
  { stage, shared: { leases, turns }, now }: PlaceDependencies,
  known: { leases?: readonly CallLease[]; nextTurn?: number; alongside?: () => Promise<void> },
): Promise<Place> {
  const capacity = (agents.value[queueId] ?? 0) + stage.agents.maxContactsWaiting;
  if (capacity < 1) return { missing: 'agent' };
  const lease = leaseOf({ requestId, queueId, deadlineAt }, now().getTime());
  const supply = {
    queueIds: poolOf(stage, queueId).queueIds,
    agents: capacity,
    asOf: agents.readAt,
    lines: maxConcurrentCalls,
    now: now().getTime(),
  };
  // Leases on trial may be given back.
  const certain = known.leases?.filter(({ trial }) => !trial) ?? [];
  const missing = certain.some((other) => other.requestId === requestId)
    ? undefined
    : missingFor([...certain, lease], supply);
  if (missing) return { missing };
  const pace = paceOf(stage.pacing);
  const latest = Math.min(now().getTime() + TURN_HORIZON_MS, Date.parse(deadlineAt));
  // The row only ever grows: nothing is written if there is no turn available.
  if (known.nextTurn !== undefined && known.nextTurn > latest) return { missing: 'turn' };
  const taken = await leases.take(lease, supply, known.leases !== undefined);
  if (typeof taken === 'object' && 'missing' in taken) return taken;
  const isNew = taken !== 'had';
  const giveBack = async (): Promise<void> => {
    if (isNew) await leases.giveBack(requestId);
  };

  // The count came out: the remaining writes are independent.
  const [isHeld, turnAt] = await Promise.all([
    isNew ? taken.confirm() : true,
    turns.take(pace, now().getTime() + pace.lead, latest, known.nextTurn),
    known.alongside?.(),
  ]);
  if (!isHeld) return { missing: 'agent' };
  if (turnAt !== undefined) return { turnAt, lease, giveBack };
  await giveBack();
  return { missing: 'turn' };
}
