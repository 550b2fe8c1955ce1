import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import middy from '@middy/core';
import type { Context, Handler } from 'aws-lambda';
import { CALL_ERRORS } from '../domain/errors.ts';
import { maskError } from '../domain/masking.ts';
import { logger } from './logging.ts';
import { measure } from './measure.ts';

/** V8 keeps 10 lines of a stack, which the AWS SDK alone fills: ours, at its end, would be missing. */
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
 * @param stepOf names what an input asks for: a function may serve several states of the state machine
 */
export function lambdaHandler<Input, Output>(
  stepOf: (input: Input) => string,
  run: (input: Input, context: Context) => Promise<Output>,
): Handler<Input, Output> {
  // middy's types cannot follow a generic handler; the cast gives back what `run` says.
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

/** Names of our own errors alone become values of a metric's dimension: libraries have any number of theirs. */
const nameOf = ({ name }: Error): string => (Object.hasOwn(CALL_ERRORS, name) ? name : 'other');

/** Logs the event where the event log is on; one that cannot be written must not fail the function for that. */
function logEvent(event: unknown): void {
  try {
    logger.logEventIfEnabled(event);
  } catch (error) {
    logger.warn('event not logged', { error: error instanceof Error ? error.name : 'Error' });
  }
}
