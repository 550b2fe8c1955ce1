import type { Logger } from '@aws-lambda-powertools/logger';
import type { CallsTable } from '../../adapters/calls-table.ts';
import { executionName, type StateMachine } from '../../adapters/step-functions.ts';
import type { CallRecord } from '../../domain/call-record.ts';
import type { OwnReason } from '../../domain/call-request.ts';
import {
  hasCalledBack,
  type InVain,
  karteEventIn,
  type OwnInput,
  ownInput,
  ownRequestAfter,
  requestsBefore,
} from '../../domain/own-request.ts';
import type { StageSettings } from '../../domain/stage-settings.ts';

interface Dependencies {
  stage: Pick<StageSettings, 'limits' | 'offerCallBack' | 'request' | 'retryUnanswered'>;
  calls: Pick<CallsTable, 'noteTry' | 'read'>;
  machine: StateMachine;
  log: Pick<Logger, 'info' | 'error'>;
}

/** Requests a further call to the same visitor after an ended one. Safe to repeat. */
export type CallOnceMore = ReturnType<typeof callOnceMore>;

/**
 * Starts the request for a further call, then notes it: if interrupted in between, the retry starts the same request again. The
 * visitor's original request is in the execution of the previous call, as it came from KARTE.
 */
export function callOnceMore({ stage, calls, machine, log }: Dependencies) {
  /**
   * @param why `wish_unknown`: it is unknown whether the customer was promised a call, and an operator must be notified
   * @param endedAt of the previous call, epoch milliseconds
   */
  return async function callOnceMore(
    before: CallRecord,
    why: OwnReason | 'wish_unknown',
    endedAt: number,
  ): Promise<void> {
    const { requestId, executionId, tryOf = requestId, try: nth = 1 } = before;
    const because = why === 'wish_unknown' ? 'call_back' : why;
    const earlierOnes = await Promise.all(requestsBefore({ tryOf, try: nth }).map((id) => calls.read(id)));
    if (earlierOnes.some((record) => record && hasCalledBack(record, because, endedAt))) return;
    const input = await machine.inputOf(executionId);
    if (input === undefined && because === 'not_reached') {
      log.error('not called once more: its execution is unknown', { requestId, because });
      return;
    }
    const { ownRequest: earlier } = ownInput(input) ?? {};
    const inVain: InVain | undefined =
      why === 'wish_unknown' ? why : input === undefined ? 'request_unknown' : undefined;
    const first = { receivedAt: earlier?.firstReceivedAt ?? before.receivedAt, ...(inVain && { inVain }) };
    const ownRequest = ownRequestAfter(before, because, endedAt, first, stage);
    const isNew = await machine.start(executionName(ownRequest.requestId), {
      ownRequest,
      event: karteEventIn(input) ?? null,
    } satisfies OwnInput);
    await calls.noteTry(ownRequest);
    if (isNew) log.info('call once more', { requestId, because, as: ownRequest.requestId });
  };
}
