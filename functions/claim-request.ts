import type { Logger } from '@aws-lambda-powertools/logger';
import { type CallsTable, dynamoCallsTable } from '../adapters/calls-table.ts';
import { lambdaHandler } from '../adapters/lambda.ts';
import { logger } from '../adapters/logging.ts';
import { readEnvironment } from '../adapters/settings.ts';
import { recordOf } from '../domain/call-record.ts';
import type { Continuing, Ended } from '../domain/call-state.ts';
import type { StageSettings } from '../domain/settings.ts';

interface Dependencies {
  stage: Pick<StageSettings, 'recordRetentionDays'>;
  calls: Pick<CallsTable, 'claim'>;
  now: () => Date;
  log: Pick<Logger, 'info'>;
}

interface Input {
  executionId: string;
  state: Continuing;
}

/** Takes the request for this execution, so that a second delivery of the same event places no second call. */
export const claimRequest =
  ({ stage, calls, now, log }: Dependencies) =>
  async ({ executionId, state }: Input): Promise<Continuing | Ended> => {
    const { request } = state;
    const claimed = await calls.claim({
      ...recordOf(request, executionId, stage.recordRetentionDays),
      status: 'claimed',
      attempts: 0,
      claimedAt: now().toISOString(),
    });
    if (claimed) return state;
    log.info('request refused', { requestId: request.requestId, outcome: 'duplicate' });
    return { decision: 'end', request, ending: { outcome: 'duplicate', reason: 'already_claimed' } };
  };

const { stage, callsTable } = readEnvironment();

export const handler = lambdaHandler(
  claimRequest({ stage, calls: dynamoCallsTable(callsTable), now: () => new Date(), log: logger }),
);
