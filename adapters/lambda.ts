import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import middy from '@middy/core';
import type { Context, Handler } from 'aws-lambda';
import { CALL_ERRORS } from '../domain/errors.ts';
import { maskError } from '../domain/masking.ts';
import { logger } from './logging.ts';
import { measure } from './measure.ts';

/** V8 keeps 10 lines of a stack, which the AWS SDK alone fills, so that our own at the end would be missing. */
Error.stackTraceLimit = 30;

/**
 * Not middy's own time limit, 5 ms before Lambda's: its error ends the invocation and not the process, so that what was under way
 * goes on when the next invocation thaws it, beside the repetition. Lambda ends the process.
 */
const LEFT_TO_LAMBDA = 0;

/**
 * Wraps a function once for Lambda: the request's context and the step in every log line, a count of failures by step, and no
 * telephone number in an error that leaves the function (Step Functions keeps its message and stack in the execution's
 * history).
 *
 * @param stepOf names the step of an input, as a function may serve several states of the state machine
 */
export function lambdaHandler<Input, Output>(
  stepOf: (input: Input) => string,
  run: (input: Input, context: Context) => Promise<Output>,
): Handler<Input, Output> {
  // middy's types do not support generic handlers; the cast restores the type of `run`.
  const untyped = (input: unknown, context: Context): Promise<unknown> => run(input as Input, context);
  const wrapped = middy({ timeoutEarlyInMillis: LEFT_TO_LAMBDA })
    .use(injectLambdaContext(logger, { resetKeys: true, logEvent: false }))
    .before(({ event }) => {
      logger.appendKeys({ step: stepOf(event as Input) });
      logEvent(event);
    })
    .onError(({ event, error }) => {
      if (!error) return;
      maskError(error);
      logger.error('function failed', error);
      measure({ StepsFailed: 1 }, { step: stepOf(event as Input), error: nameOf(error) });
    })
    .handler(untyped);
  return wrapped as Handler<Input, Output>;
}

/** Only names of our own errors become values of a metric dimension: libraries may have any number of others. */
const nameOf = ({ name }: Error): string => (Object.hasOwn(CALL_ERRORS, name) ? name : 'other');

/** Logs the event if the event log is on; a failure to log must not fail the function. */
function logEvent(event: unknown): void {
  try {
    logger.logEventIfEnabled(event);
  } catch (error) {
    logger.warn('event not logged', { error: error instanceof Error ? error.name : 'Error' });
  }
}
