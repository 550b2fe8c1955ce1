import type { Logger } from '@aws-lambda-powertools/logger';
import { type CallsTable, dynamoCallsTable } from '../adapters/calls-table.ts';
import { dynamoDocuments } from '../adapters/dynamodb.ts';
import { readEnvironment } from '../adapters/function-environment.ts';
import { lambdaHandler } from '../adapters/lambda.ts';
import { logger } from '../adapters/logging.ts';
import { measure } from '../adapters/measure.ts';
import { dynamoSharedState } from '../adapters/shared-state/shared-state.ts';
import { dynamoWaitingRoom } from '../adapters/waiting-room.ts';
import { type CallRecord, recordOf } from '../domain/call-record.ts';
import { endedExecution, endingOfExecution } from '../domain/execution-event.ts';
import type { Measure } from '../domain/metrics.ts';
import { mayHaveRung, OUTCOMES, type Outcome } from '../domain/outcomes.ts';
import type { StageSettings } from '../domain/stage-settings.ts';
import {
  type GiveBackDependencies,
  giveBackEverything,
  type KeepNumberDependencies,
  keepNumber,
} from './shared/give-back.ts';

interface Dependencies {
  stage: Pick<StageSettings, 'limits' | 'recordRetentionDays'>;
  calls: Pick<CallsTable, 'read' | 'settle'>;
  shared: GiveBackDependencies['shared'] & KeepNumberDependencies['shared'];
  room: GiveBackDependencies['room'];
  now: () => Date;
  log: Pick<Logger, 'error'>;
  measure: Measure;
}

/** How often a record that changes meanwhile is read again; after that Lambda retries the event. */
const ROUNDS = 3;

/**
 * Settles an execution that never reached RecordOutcome because it was aborted, timed out or failed as a whole: its request gets an
 * outcome, and what it held is given back.
 */
export function settleExecution({ stage, calls, shared, room, now, log, measure }: Dependencies) {
  return async function settleExecution(event: unknown): Promise<{ requestId?: string; settled: boolean }> {
    const ended = endedExecution(event, now());
    if (!ended) return { settled: false };
    const { executionId, status, request } = ended;
    const { requestId } = request;
    for (let round = 0; round < ROUNDS; round += 1) {
      const record = await calls.read(requestId);
      // A failed second delivery: the request belongs to another execution.
      if (record && record.executionId !== executionId) return { requestId, settled: false };
      if (record?.outcome) {
        await giveBackOrKeep(record.outcome, record);
        return { requestId, settled: false };
      }

      const ending = endingOfExecution(status, record);
      const settled = {
        ...(record ? { requestId, executionId } : recordOf(request, executionId, stage.recordRetentionDays)),
        ...ending,
        class: OUTCOMES[ending.outcome].class,
        endedAt: now().toISOString(),
      };
      // Its last function may still be running, and be about to place the call.
      if (!(await calls.settle(settled, record))) continue;
      log.error('execution settled', { requestId, status, ...ending });
      measure({ RequestsEnded: 1 }, ending);
      await giveBackOrKeep(ending.outcome, record);
      return { requestId, settled: true };
    }
    throw new Error(`the record of ${requestId} changed whenever it was to be settled`);

    async function giveBackOrKeep(outcome: Outcome, record: CallRecord | undefined): Promise<void> {
      const all = { ...request, ...record, requestId };
      if (mayHaveRung(outcome)) await keepNumber(all, outcome, undefined, { stage, shared, now });
      else await giveBackEverything(all, { shared, room });
    }
  };
}

const { settings, callsTable, guardsTable, leasesTable, waitingRoomTable } = readEnvironment();
const documents = dynamoDocuments();

export const handler = lambdaHandler(
  () => 'settleExecution',
  settleExecution({
    stage: settings,
    calls: dynamoCallsTable(callsTable, documents),
    shared: dynamoSharedState({ guardsTable, leasesTable, keptDays: settings.recordRetentionDays }, documents),
    room: dynamoWaitingRoom(waitingRoomTable, documents),
    now: () => new Date(),
    log: logger,
    measure,
  }),
);
