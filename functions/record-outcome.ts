import type { Logger } from '@aws-lambda-powertools/logger';
import { MetricUnit } from '@aws-lambda-powertools/metrics';
import { type CallsTable, dynamoCallsTable } from '../adapters/calls-table.ts';
import { lambdaHandler } from '../adapters/lambda.ts';
import { logger } from '../adapters/logging.ts';
import { metrics } from '../adapters/metrics.ts';
import { readEnvironment } from '../adapters/settings.ts';
import { endOfRequest } from '../domain/call-end.ts';
import { recordOf } from '../domain/call-record.ts';
import type { Recorded } from '../domain/call-state.ts';
import { OUTCOMES } from '../domain/outcomes.ts';
import type { StageSettings } from '../domain/settings.ts';

interface Dependencies {
  stage: Pick<StageSettings, 'recordRetentionDays'>;
  calls: Pick<CallsTable, 'end' | 'addDuplicate'>;
  now: () => Date;
  log: Pick<Logger, 'info' | 'error'>;
  count: (outcome: string) => void;
}

interface Input {
  executionId: string;
  /** The document as the last state left it: ended, placed, or with what a Catch put into it. */
  state: unknown;
}

/** Last state: writes the one outcome of the request, whatever happened before. */
export const recordOutcome =
  ({ stage, calls, now, log, count }: Dependencies) =>
  async ({ executionId, state }: Input): Promise<Recorded> => {
    const { request, ending, contactId, error } = endOfRequest(state, executionId, now());
    const { requestId } = request;
    const written = await calls.end({
      ...recordOf(request, executionId, stage.recordRetentionDays),
      ...ending,
      class: OUTCOMES[ending.outcome].class,
      endedAt: now().toISOString(),
      ...(contactId !== undefined && { contactId, unanswered: false }),
      ...(error !== undefined && { lastError: error }),
    });
    // The record belongs to the execution that came first; this one ends as a second delivery of the same request.
    if (!written) await calls.addDuplicate(requestId, executionId);
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

const { stage, callsTable } = readEnvironment();

export const handler = lambdaHandler(
  recordOutcome({
    stage,
    calls: dynamoCallsTable(callsTable),
    now: () => new Date(),
    log: logger,
    count(outcome) {
      const single = metrics.singleMetric();
      single.addDimension('outcome', outcome);
      single.addMetric('RequestsEnded', MetricUnit.Count, 1);
    },
  }),
);
