import type { Logger } from '@aws-lambda-powertools/logger';
import { type CallsTable, dynamoCallsTable } from '../adapters/calls-table.ts';
import { dynamoDocuments } from '../adapters/dynamodb.ts';
import { readEnvironment } from '../adapters/function-environment.ts';
import { dynamoGuards, type Guards } from '../adapters/guards/guards.ts';
import { lambdaHandler } from '../adapters/lambda.ts';
import { logger } from '../adapters/logging.ts';
import type { Ended, ReadyToCall } from '../domain/call-state.ts';
import { endingAfterDeadline } from '../domain/outbound-call.ts';
import { laterBy, latestTurn, paceOf, turnFor } from '../domain/pacing.ts';
import type { StageSettings } from '../domain/stage-settings.ts';

interface Dependencies {
  stage: Pick<StageSettings, 'pacing'>;
  calls: Pick<CallsTable, 'attempts'>;
  guards: Pick<Guards, 'leases' | 'turns'>;
  now: () => Date;
  log: Pick<Logger, 'info' | 'warn'>;
}

type Input = ReadyToCall & { tooMany: { Error: string } };

/**
 * Amazon Connect turned the call away for want of capacity. The call takes another turn, some time from now and within its
 * deadline. Nobody else is held up by it.
 */
export function takeLaterTurn({ stage, calls, guards: { leases, turns }, now, log }: Dependencies) {
  return async function takeLaterTurn({ tooMany, ...state }: Input): Promise<ReadyToCall | Ended> {
    const { request } = state;
    const { requestId, deadlineAt } = request;
    const earlier = await calls.attempts(requestId);
    const later = laterBy(tooMany.Error, earlier.count);
    const at = now().getTime();
    const next = await turns.reserve('calls', paceOf(stage.pacing), at, latestTurn(deadlineAt) - later);
    if (next === undefined) {
      const ending = endingAfterDeadline({ ...earlier, lastError: tooMany.Error });
      log.warn('not called', { requestId, ...ending });
      return { decision: 'end', request, ending, holdsGuards: true };
    }
    await leases.keepForLaterTurn(requestId, deadlineAt, next + later);
    const turn = { ...state.turn, at: turnFor(next + later, at) };
    log.info('later turn', { requestId, because: tooMany.Error, turnAt: turn.at });
    return { ...state, turn };
  };
}

const { stage, callsTable, guardsTable, leasesTable } = readEnvironment();
const documents = dynamoDocuments();

export const handler = lambdaHandler(
  takeLaterTurn({
    stage,
    calls: dynamoCallsTable(callsTable, documents),
    guards: dynamoGuards({ guardsTable, leasesTable }, documents),
    now: () => new Date(),
    log: logger,
  }),
);
