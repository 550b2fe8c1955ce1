import type { Logger } from '@aws-lambda-powertools/logger';
import type { CallsTable } from '../adapters/calls-table.ts';
import { endOfRequest, type RequestEnd } from '../domain/call-end.ts';
import { recordOf } from '../domain/call-record.ts';
import type { Recorded } from '../domain/call-state.ts';
import type { Measure } from '../domain/metrics.ts';
import { type Ending, mayHaveRung, OUTCOMES } from '../domain/outcomes.ts';
import type { StageSettings } from '../domain/stage-settings.ts';
import {
  type GiveBackDependencies,
  giveBackEverything,
  type KeepNumberDependencies,
  keepNumber,
} from './shared/give-back.ts';
import { linkCall } from './shared/link-call.ts';

interface Dependencies {
  stage: Pick<StageSettings, 'limits' | 'recordRetentionDays'>;
  /** The stage with its ids, which are only needed for calls: a request must end even if they cannot be read. */
  wholeStage: () => Promise<Pick<StageSettings, 'connect' | 'limits' | 'speed'>>;
  calls: Pick<CallsTable, 'end' | 'read' | 'addDuplicate'>;
  shared: GiveBackDependencies['shared'] & KeepNumberDependencies['shared'];
  room: GiveBackDependencies['room'];
  now: () => Date;
  log: Pick<Logger, 'info' | 'error'>;
  measure: Measure;
}

interface Input {
  executionId: string;
  /** The document from the last state: ended, placed, or with the error from a Catch. */
  state: unknown;
}

/** Last state: records the one outcome of the request, whatever happened before, and gives back what it held. */
export function recordOutcome({ stage, wholeStage, calls, shared, room, now, log, measure }: Dependencies) {
  return async function recordOutcome({ executionId, state }: Input): Promise<Recorded> {
    const end = endOfRequest(state, executionId, now());
    const { request, contactId, placedAt, heldUntil, error, holdsGuards } = end;
    const { requestId } = request;
    if (end.isUnlinked) await link(end);
    const write = (as: Ending): Promise<boolean> =>
      calls.end({
        ...recordOf(request, executionId, stage.recordRetentionDays),
        ...as,
        class: OUTCOMES[as.outcome].class,
        // The end of a call is reported later.
        ...(contactId === undefined && { endedAt: now().toISOString() }),
        ...(contactId !== undefined && { contactId, unanswered: false }),
        ...(placedAt !== undefined && { placedAt }),
        ...(error !== undefined && { lastError: error }),
      });
    let { ending } = end;
    let written = await write(ending);
    let other = written ? undefined : await calls.read(requestId);
    // An abandoned attempt may still be placing the call.
    if (other?.executionId === executionId && other.outcome === undefined) {
      ending = { outcome: 'call_unconfirmed', reason: 'connect_unavailable' };
      written = await write(ending);
      other = written ? undefined : await calls.read(requestId);
    }
    // Either the record belongs to an earlier execution, and this one is a second delivery of the same request. Or this one was
    // aborted and settled but still continues: its last function was running, or somebody redrove it. Or the call was over before
    // this step recorded that it was placed.
    const isMine = written || other?.executionId === executionId;
    const rang = mayHaveRung(ending.outcome) || (other?.outcome !== undefined && mayHaveRung(other.outcome));
    const isOver = isMine && contactId !== undefined && other?.contactId === contactId;
    if (holdsGuards && isMine && !rang) {
      const queueId = request.queue?.id;
      await giveBackEverything({ ...request, ...(queueId !== undefined && { queueId }) }, { shared, room });
    }
    if (written && rang) await keepNumber(request, ending.outcome, heldUntil, { stage, shared, now });
    if (!isMine) await calls.addDuplicate(requestId, executionId);
    const { outcome, reason } =
      written || isOver ? ending : ({ outcome: 'duplicate', reason: 'already_claimed' } as const);
    const { failsExecution } = OUTCOMES[outcome];
    log[failsExecution ? 'error' : 'info']('request ended', { requestId, outcome, reason, contactId, error });
    measure({ RequestsEnded: 1 }, { outcome, reason });
    if (outcome === 'call_placed' && placedAt !== undefined) countPlaced(request, placedAt);
    return {
      requestId,
      outcome,
      reason,
      ...(contactId !== undefined && { contactId }),
      notify: failsExecution ? 'alarm' : 'quiet',
    };
  };

  /** Customers with a call promised for later, or with a further call, are not waiting because of us. */
  function countPlaced({ requestedAt, callAt, opensAt, own }: RequestEnd['request'], placedAt: string): void {
    measure({ CallsPlaced: 1 }, {});
    if (callAt !== undefined || opensAt !== undefined || own !== undefined) return;
    measure({ WaitToPlaced: Math.max(0, Date.parse(placedAt) - Date.parse(requestedAt)) }, {});
  }

  /** StartCall could not do it, and without it no event of the call would be recognised. */
  async function link({ request, contactId, placedAt }: RequestEnd): Promise<void> {
    const { requestId, queue, attributes = {} } = request;
    if (contactId === undefined || placedAt === undefined || queue === undefined) return;
    await linkCall(
      contactId,
      { stage: await wholeStage(), shared, controls: await shared.controls.read() },
      { requestId, queue, attributes },
      new Date(placedAt),
    );
  }
}
