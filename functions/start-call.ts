import type { Logger } from '@aws-lambda-powertools/logger';
import { type CallsTable, dynamoCallsTable } from '../adapters/calls-table.ts';
import { amazonConnect, type Connect } from '../adapters/connect.ts';
import { lambdaHandler } from '../adapters/lambda.ts';
import { logger } from '../adapters/logging.ts';
import { readEnvironment } from '../adapters/settings.ts';
import type { Ended, Placed, ReadyToCall } from '../domain/call-state.ts';
import { CallError, leavesCallUnknown, retryOfError } from '../domain/errors.ts';
import { endingAfterDeadline, outboundCall } from '../domain/outbound-call.ts';
import type { Ending } from '../domain/outcomes.ts';

interface Dependencies {
  calls: Pick<CallsTable, 'beginAttempt' | 'failAttempt' | 'attempts'>;
  connect: Pick<Connect, 'startCall'>;
  pressToConnect: boolean;
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
  ({ calls, connect, pressToConnect, now, log }: Dependencies) =>
  async ({ executionId, contactFlowArn, state }: Input): Promise<Placed | Ended> => {
    const { request, queueArn } = state;
    const { requestId } = request;
    const end = (ending: Ending): Ended => {
      log.warn('not called', { requestId, ...ending });
      return { decision: 'end', request, ending };
    };

    if (now() > new Date(request.deadlineAt)) return end(endingAfterDeadline(await calls.attempts(requestId)));
    const earlier = await calls.beginAttempt(requestId, executionId, now().toISOString());
    if (!earlier) return end({ outcome: 'duplicate', reason: 'already_claimed' });
    try {
      const call = outboundCall(request, contactFlowArn, queueArn, pressToConnect);
      const { contactId, ringTimeoutRefused } = await connect.startCall(call);
      if (ringTimeoutRefused) {
        log.warn('Amazon Connect refused ringTimeoutSeconds: set it to null in stages/ to save a request per call', {
          requestId,
        });
      }
      log.info('call placed', { requestId, contactId });
      return { ...state, contactId };
    } catch (error) {
      const unanswered = earlier.unanswered || leavesCallUnknown(error);
      const lastError = error instanceof Error ? error.name : 'Error';
      await calls.failAttempt(requestId, executionId, { lastError, unanswered }).catch(() => {
        // The record then still says that the attempt was not answered, which errs on the safe side.
        log.warn('failure not noted', { requestId, lastError });
      });
      throw withOpenFate(error, unanswered);
    }
  };

/**
 * What the state machine is told. Once an attempt went unanswered, a later one that was turned away for want of capacity
 * does not settle whether the phone rang: the error stays `ConnectUnavailable`.
 */
function withOpenFate(error: unknown, unanswered: boolean): unknown {
  if (!unanswered || leavesCallUnknown(error)) return error;
  if (!(error instanceof CallError) || retryOfError(error.name) === 'none') return error;
  return new CallError('ConnectUnavailable', `${error.message}; an attempt went unanswered`, { cause: error });
}

const { stage, callsTable } = readEnvironment();

export const handler = lambdaHandler(
  startCall({
    calls: dynamoCallsTable(callsTable),
    connect: amazonConnect(stage.connect),
    pressToConnect: stage.connect.pressToConnect,
    now: () => new Date(),
    log: logger,
  }),
);
