import type { Logger } from '@aws-lambda-powertools/logger';
import type { CallsTable } from '../adapters/calls-table.ts';
import type { SharedState } from '../adapters/shared-state/shared-state.ts';
import type { Ended, ReadyToCall } from '../domain/call-state.ts';
import { endingAfterDeadline } from '../domain/outbound-call.ts';
import { departureAt, laterBy } from '../domain/pacing.ts';

interface Dependencies {
  calls: Pick<CallsTable, 'attempts'>;
  shared: Pick<SharedState, 'leases'>;
  now: () => Date;
  log: Pick<Logger, 'info' | 'warn'>;
}

interface Input {
  state: ReadyToCall;
  /** Name of the error with which the call was rejected. */
  tooMany: string;
}

/**
 * Amazon Connect rejected the call for lack of capacity. The call keeps its agent and waits; it takes a turn only after the wait, as one
 * taken now would block the row for others.
 */
export function takeLaterTurn({ calls, shared: { leases }, now, log }: Dependencies) {
  return async function takeLaterTurn({ state, tooMany }: Input): Promise<ReadyToCall | Ended> {
    const { request } = state;
    const { requestId, deadlineAt } = request;
    const earlier = await calls.attempts(requestId);
    const at = now().getTime() + laterBy(tooMany, earlier.count);
    if (at > Date.parse(deadlineAt)) {
      const ending = endingAfterDeadline({ ...earlier, lastError: tooMany });
      log.warn('not called', { requestId, ...ending });
      return { decision: 'end', request, ending, holdsGuards: true };
    }
    await leases.keepForLaterTurn(requestId, deadlineAt, at);
    const turn = { ...state.turn, ...departureAt(at), isOpen: true as const };
    log.info('later turn', { requestId, because: tooMany, turnAt: turn.at });
    return { ...state, decision: 'turn', turn };
  };
}
