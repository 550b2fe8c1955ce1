import { randomUUID } from 'node:crypto';
import type { Logger } from '@aws-lambda-powertools/logger';
import { SFNClient } from '@aws-sdk/client-sfn';
import type { Context } from 'aws-lambda';
import { readEnvironment } from '../adapters/function-environment.ts';
import { lambdaHandler } from '../adapters/lambda.ts';
import { logger } from '../adapters/logging.ts';
import { PATIENCE } from '../adapters/patience.ts';
import { executionName, type StateMachine, stateMachineOf } from '../adapters/step-functions.ts';
import { withoutOwnRequest } from '../domain/own-request.ts';
import { recordsOf, unwrapRecord } from '../domain/sns-notification.ts';

interface Dependencies {
  stateMachine: (functionArn: string | undefined) => Pick<StateMachine, 'start'>;
  now: () => Date;
  log: Pick<Logger, 'info' | 'warn' | 'error'>;
}

/** The result of each record, in order. */
export interface Accepted {
  requests: { requestId: string; started: boolean }[];
}

/**
 * The guide's own route: KARTE's event arrives through SNS, or through SNS and SQS. Starts one execution per record, named so that a
 * redelivery starts nothing new. If one could not be started, throws after the last record: Lambda repeats the notification, and the
 * records that were started do not start again.
 */
export function acceptSnsNotification({ stateMachine, now, log }: Dependencies) {
  return async function acceptSnsNotification(notification: unknown, context: Context): Promise<Accepted> {
    const machine = stateMachine(context.invokedFunctionArn);
    // Lambda repeats a failed notification with the same request id, which makes a generated id the same, too.
    const invocation = context.awsRequestId ?? randomUUID();
    const requests: Accepted['requests'] = [];
    let failure: unknown;
    for (const [index, record] of recordsOf(notification).entries()) {
      const { event, requestId, idIsMadeUp, problem } = unwrapRecord(record, now(), `${invocation}-${index}`);
      if (idIsMadeUp) log.warn('a record without any id: a redelivery of it would be a new request', { requestId });
      // Started nevertheless, so that it is recorded why nobody was called.
      if (problem !== undefined) log.warn('a record without a call request', { requestId, problem });
      try {
        const started = await machine.start(executionName(requestId), withoutOwnRequest(event));
        log.info(started ? 'execution started' : 'already started', { requestId });
        requests.push({ requestId, started });
      } catch (error) {
        log.error('execution not started', { requestId, error: error instanceof Error ? error.name : 'unknown' });
        failure = error;
      }
    }
    if (failure !== undefined) throw failure;
    return { requests };
  };
}

const client = new SFNClient(PATIENCE);
const { stateMachineName } = readEnvironment();

export const handler = lambdaHandler(
  () => 'acceptSnsNotification',
  acceptSnsNotification({
    stateMachine: (functionArn) => stateMachineOf(functionArn, stateMachineName, client),
    now: () => new Date(),
    log: logger,
  }),
);
