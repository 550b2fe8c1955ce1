import type { CallsTable } from '../../adapters/calls-table.ts';
import type { ControlState } from '../../adapters/shared-state/controls.ts';
import type { CallRequest } from '../../domain/call-request.ts';
import type { Ending } from '../../domain/outcomes.ts';
import { hasCalledBack, requestsBefore, stillAsksFor } from '../../domain/own-request.ts';

/**
 * Why a further call must not be placed; undefined if it may, and for any other request. There is none if the previous call was reported
 * late as answered, if calling was stopped meanwhile, or if the customer has called us.
 */
export async function whyNotOnceMore(
  { own }: Pick<CallRequest, 'own'>,
  { changes: { stopped } }: Pick<ControlState, 'changes'>,
  calls: Pick<CallsTable, 'read'>,
): Promise<Ending | undefined> {
  if (!own) return undefined;
  if (own.because === 'not_reached' && stopped && stopped.at >= own.endedAt) {
    return { outcome: 'not_tried_again', reason: 'stopped_meanwhile' };
  }
  const earlier = await Promise.all(requestsBefore(own).map((id) => calls.read(id)));
  if (earlier.some((record) => record && hasCalledBack(record, own.because, Date.parse(own.endedAt)))) {
    return { outcome: 'not_tried_again', reason: 'called_back' };
  }
  const before = earlier.at(-1);
  return before && stillAsksFor(own.because, before)
    ? undefined
    : { outcome: 'not_tried_again', reason: 'reached_meanwhile' };
}
