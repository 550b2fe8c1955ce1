import type { Logger } from '@aws-lambda-powertools/logger';
import { type CallsTable, dynamoCallsTable } from '../adapters/calls-table.ts';
import { dynamoDocuments } from '../adapters/dynamodb.ts';
import { readEnvironment } from '../adapters/function-environment.ts';
import { dynamoGuards } from '../adapters/guards/guards.ts';
import { lambdaHandler } from '../adapters/lambda.ts';
import { logger } from '../adapters/logging.ts';
import { countOutcome } from '../adapters/metrics.ts';
import { dynamoWaitingRoom } from '../adapters/waiting-room.ts';
import { recordOf } from '../domain/call-record.ts';
import { endedExecution, endingOfExecution } from '../domain/execution-event.ts';
import { OUTCOMES } from '../domain/outcomes.ts';
import type { StageSettings } from '../domain/stage-settings.ts';
import { type GiveBackDependencies, giveBack, mayHaveRung } from './shared/give-back.ts';

interface Dependencies {
  stage: Pick<StageSettings, 'agents' | 'connect' | 'limits' | 'recordRetentionDays'>;
  calls: Pick<CallsTable, 'read' | 'settle'>;
  guards: GiveBackDependencies['guards'];
  room: GiveBackDependencies['room'];
  now: () => Date;
  log: Pick<Logger, 'error'>;
  count: (outcome: string) => void;
}

/**
 * Settles an execution that never reached RecordOutcome because it was aborted, timed out as a whole, or failed in itself:
 * its request gets an outcome, and what it held is given back.
 */
export function settleExecution({ stage, calls, guards, room, now, log, count }: Dependencies) {
  return async function settleExecution(event: unknown): Promise<{ requestId?: string; settled: boolean }> {
    const ended = endedExecution(event, now());
    if (!ended) return { settled: false };
    const { executionId, status, request } = ended;
    const { requestId } = request;
    const record = await calls.read(requestId);
    // A second delivery of the request that came to nothing: the request is another execution's.
    if (record && record.executionId !== executionId) return { requestId, settled: false };

    const ending = endingOfExecution(status, record);
    const settled = await calls.settle({
      ...(record ? { requestId, executionId } : recordOf(request, executionId, stage.recordRetentionDays)),
      ...ending,
      class: OUTCOMES[ending.outcome].class,
      endedAt: now().toISOString(),
    });
    if (settled) {
      log.error('execution settled', { requestId, status, ...ending });
      count(ending.outcome);
    }
    const after = settled ? { ...record, ...ending } : await calls.read(requestId);
    const mine = after?.executionId === undefined || after.executionId === executionId;
    if (mine && after?.outcome && !mayHaveRung(after.outcome)) {
      await giveBack({ ...request, ...after, requestId }, { stage, guards, room });
    }
    return { requestId, settled };
  };
}

const { stage, callsTable, guardsTable, waitingRoomTable } = readEnvironment();
const documents = dynamoDocuments();

export const handler = lambdaHandler(
  settleExecution({
    stage,
    calls: dynamoCallsTable(callsTable, documents),
    guards: dynamoGuards(guardsTable, documents),
    room: dynamoWaitingRoom(waitingRoomTable, documents),
    now: () => new Date(),
    log: logger,
    count: countOutcome,
  }),
);
