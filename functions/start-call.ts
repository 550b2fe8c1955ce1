import type { Logger } from '@aws-lambda-powertools/logger';
import { type CallsTable, dynamoCallsTable } from '../adapters/calls-table.ts';
import { amazonConnect, type Connect } from '../adapters/connect.ts';
import { lambdaHandler } from '../adapters/lambda.ts';
import { logger } from '../adapters/logging.ts';
import { readEnvironment } from '../adapters/settings.ts';
import type { Ended, Placed, ReadyToCall } from '../domain/call-state.ts';
import { CallError } from '../domain/errors.ts';
import { endingAfterDeadline, outboundCall } from '../domain/outbound-call.ts';

interface Dependencies {
  calls: Pick<CallsTable, 'beginAttempt' | 'failAttempt'>;
  connect: Pick<Connect, 'startCall'>;
  now: () => Date;
  log: Pick<Logger, 'info' | 'warn'>;
}

interface Input {
  executionId: string;
  /** ARN of the contact flow, known to the state machine only. */
  contactFlowArn: string;
  state: ReadyToCall;
}

/** Asks Amazon Connect for the call. The state machine repeats it by the error's class, always with the same token. */
export const startCall =
  ({ calls, connect, now, log }: Dependencies) =>
  async ({ executionId, contactFlowArn, state }: Input): Promise<Placed | Ended> => {
    const { request, queueArn } = state;
    const { requestId } = request;
    const attempt = await calls.beginAttempt(requestId, executionId, now().toISOString());
    if (!attempt) throw new Error('the call record is not held by this execution any more');

    if (now() > new Date(request.deadlineAt)) {
      const ending = endingAfterDeadline(attempt.lastError);
      log.warn('deadline passed', { requestId, lastError: attempt.lastError, ...ending });
      return { decision: 'end', request, ending };
    }
    try {
      const { contactId, ringTimeoutRefused } = await connect.startCall(
        outboundCall(request, contactFlowArn, queueArn),
      );
      if (ringTimeoutRefused) {
        log.warn('Amazon Connect refused ringTimeoutSeconds: set it to null in stages/ to save a request per call', {
          requestId,
        });
      }
      log.info('call placed', { requestId, contactId });
      return { ...state, contactId };
    } catch (error) {
      if (error instanceof CallError) await calls.failAttempt(requestId, executionId, error.name);
      throw error;
    }
  };

const { stage, callsTable } = readEnvironment();

export const handler = lambdaHandler(
  startCall({
    calls: dynamoCallsTable(callsTable),
    connect: amazonConnect(stage.connect),
    now: () => new Date(),
    log: logger,
  }),
);
