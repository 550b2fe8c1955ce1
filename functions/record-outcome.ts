import type { Logger } from '@aws-lambda-powertools/logger';
import { type CallsTable, dynamoCallsTable } from '../adapters/calls-table.ts';
import { dynamoDocuments } from '../adapters/dynamodb.ts';
import { readEnvironment } from '../adapters/function-environment.ts';
import { dynamoGuards, type Guards } from '../adapters/guards/guards.ts';
import { lambdaHandler } from '../adapters/lambda.ts';
import { logger } from '../adapters/logging.ts';
import { countOutcome } from '../adapters/metrics.ts';
import { dynamoWaitingRoom } from '../adapters/waiting-room.ts';
import { endOfRequest } from '../domain/call-end.ts';
import { recordOf } from '../domain/call-record.ts';
import type { CallRequest } from '../domain/call-request.ts';
import type { Recorded } from '../domain/call-state.ts';
import { OUTCOMES } from '../domain/outcomes.ts';
import type { Limits, StageSettings } from '../domain/stage-settings.ts';
import { type GiveBackDependencies, giveBackEverything, mayHaveRung } from './shared/give-back.ts';

interface Dependencies {
  stage: Pick<StageSettings, 'limits' | 'recordRetentionDays'>;
  calls: Pick<CallsTable, 'end' | 'read' | 'addDuplicate'>;
  guards: GiveBackDependencies['guards'] & Pick<Guards, 'controls'>;
  room: GiveBackDependencies['room'];
  now: () => Date;
  log: Pick<Logger, 'info' | 'error'>;
  count: (outcome: string) => void;
}

interface Input {
  executionId: string;
  /** The document as the last state left it: ended, placed, or with what a Catch put into it. */
  state: unknown;
}

/** Last state: writes the one outcome of the request, whatever happened before, and gives back what it held. */
export function recordOutcome({ stage, calls, guards, room, now, log, count }: Dependencies) {
  return async function recordOutcome({ executionId, state }: Input): Promise<Recorded> {
    const { request, ending, contactId, error, holdsGuards } = endOfRequest(state, executionId, now());
    const { requestId } = request;
    const written = await calls.end({
      ...recordOf(request, executionId, stage.recordRetentionDays),
      ...ending,
      class: OUTCOMES[ending.outcome].class,
      endedAt: now().toISOString(),
      ...(contactId !== undefined && { contactId, unanswered: false }),
      ...(error !== undefined && { lastError: error }),
    });
    // The record is that of the execution that came first, and this one a second delivery of the same request; or this one
    // was aborted, has been settled, and goes on all the same: its last function still ran, or somebody redrove it.
    const other = written ? undefined : await calls.read(requestId);
    const isMine = written || other?.executionId === executionId;
    const rang = mayHaveRung(ending.outcome) || (other?.outcome !== undefined && mayHaveRung(other.outcome));
    if (holdsGuards && isMine && !rang) {
      const queueId = request.queue?.id;
      await giveBackEverything({ ...request, ...(queueId !== undefined && { queueId }) }, { stage, guards, room });
    }
    if (written && rang) await endHold(request);
    if (!isMine) await calls.addDuplicate(requestId, executionId);
    const { outcome, reason } = written ? ending : ({ outcome: 'duplicate', reason: 'already_claimed' } as const);
    const { failsExecution } = OUTCOMES[outcome];
    log[failsExecution ? 'error' : 'info']('request ended', { requestId, outcome, reason, contactId, error });
    count(outcome);
    return {
      requestId,
      outcome,
      reason,
      ...(contactId !== undefined && { contactId }),
      notify: failsExecution ? 'alarm' : 'quiet',
    };
  };

  /**
   * The number was the request's own until the deadline, while the call might be asked for once more. That is over: from here
   * on the cool-down counts. It matters where the deadline lies hours away, as after a night.
   */
  async function endHold({
    requestId,
    phone,
    deadlineAt,
  }: Partial<CallRequest> & { requestId: string }): Promise<void> {
    if (phone === undefined || deadlineAt === undefined) return;
    const until = (limits: Partial<Limits>) => now().getTime() + (limits.coolDownSeconds ?? 0) * 1000;
    if (until(stage.limits) >= Date.parse(deadlineAt)) return;
    const changed = (await guards.controls.read()).limits;
    const coolUntil = until({ ...stage.limits, ...changed });
    if (coolUntil < Date.parse(deadlineAt)) await guards.phones.coolDown(phone, requestId, new Date(coolUntil));
  }
}

const { stage, callsTable, guardsTable, leasesTable, waitingRoomTable } = readEnvironment();
const documents = dynamoDocuments();

export const handler = lambdaHandler(
  recordOutcome({
    stage,
    calls: dynamoCallsTable(callsTable, documents),
    guards: dynamoGuards({ guardsTable, leasesTable }, documents),
    room: dynamoWaitingRoom(waitingRoomTable, documents),
    now: () => new Date(),
    log: logger,
    count: countOutcome,
  }),
);
