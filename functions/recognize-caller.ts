import type { Logger } from '@aws-lambda-powertools/logger';
import type { Context } from 'aws-lambda';
import { type CallsOfNumber, dynamoCallsOfNumber } from '../adapters/calls-of-number.ts';
import { type CallsTable, dynamoCallsTable } from '../adapters/calls-table.ts';
import { dynamoDocuments } from '../adapters/dynamodb.ts';
import { arnParts } from '../adapters/function-arn.ts';
import { readEnvironment } from '../adapters/function-environment.ts';
import { lambdaHandler } from '../adapters/lambda.ts';
import { logger } from '../adapters/logging.ts';
import { onStage, stageIds } from '../adapters/stage-ids.ts';
import { type CallerAnswer, callerAnswer, callerOf, NOBODY, requestCalledBack } from '../domain/recognised-caller.ts';
import type { StageSettings } from '../domain/stage-settings.ts';

interface Dependencies {
  stage: Pick<StageSettings, 'connect' | 'recognizeCaller'>;
  /** The ARN of a queue up to its id. */
  queueArnPrefix: string;
  callsOf: CallsOfNumber;
  calls: Pick<CallsTable, 'noteCalledBack'>;
  now: () => Date;
  /** Aborts when the caller has waited long enough. */
  patience: () => AbortSignal;
  log: Pick<Logger, 'info' | 'warn'>;
}

/** A caller hears silence meanwhile, and Amazon Connect gives up after 4 s, part of which a cold start may take. */
const PATIENCE_MS = 2_000;

const HOUR_MS = 60 * 60_000;

/**
 * Called by the contact flow when a customer calls: did our call to this number just go unanswered, and for which request? If the table
 * fails, so does the function, and the flow continues without an answer; if it is slow, the caller counts as unknown.
 */
export function recognizeCaller({ stage, queueArnPrefix, callsOf, calls, now, patience, log }: Dependencies) {
  const queueIds = Object.values(stage.connect.queues);
  const queueArnOf = (id: string) => (queueIds.includes(id) ? `${queueArnPrefix}${id}` : undefined);

  return async function recognizeCaller(event: unknown): Promise<CallerAnswer> {
    const caller = callerOf(event);
    if (caller?.phone === undefined || stage.recognizeCaller === null) return NOBODY;
    const { contactId, phone } = caller;
    const late = lateness(patience());
    const since = new Date(now().getTime() - stage.recognizeCaller.hours * HOUR_MS);
    const records = await Promise.race([callsOf.latest(phone, since), late]);
    if (records === undefined) {
      log.warn('caller not looked up in time', { contactId });
      return NOBODY;
    }
    const request = requestCalledBack(records, since);
    if (!request) return NOBODY;
    const { requestId } = request;
    log.info('caller recognised', { contactId, requestId });
    await Promise.race([note(requestId, contactId), late]);
    return callerAnswer(request, queueArnOf);
  };

  /** At once, as a customer who is calling back must not be called again. If it fails, the end of the call records it. */
  async function note(requestId: string, contactId: string): Promise<void> {
    try {
      await calls.noteCalledBack(requestId, { contactId, at: now().toISOString() });
    } catch (error) {
      log.warn('call-back not noted', { requestId, contactId, error: error instanceof Error ? error.name : 'Error' });
    }
  }
}

const lateness = (signal: AbortSignal): Promise<undefined> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve(undefined);
    signal.addEventListener('abort', () => resolve(undefined), { once: true });
  });

const { settings, idsParameter, callsTable } = readEnvironment();
const documents = dynamoDocuments();

function onCallerOf(stage: StageSettings) {
  const dependencies = {
    stage,
    callsOf: dynamoCallsOfNumber(callsTable, documents),
    calls: dynamoCallsTable(callsTable, documents),
    now: () => new Date(),
    patience: () => AbortSignal.timeout(PATIENCE_MS),
    log: logger,
  };
  return function onCaller(event: unknown, { invokedFunctionArn }: Context) {
    const { partition, region, account } = arnParts(invokedFunctionArn);
    const queueArnPrefix = `arn:${partition}:connect:${region}:${account}:instance/${stage.connect.instanceId}/queue/`;
    return recognizeCaller({ ...dependencies, queueArnPrefix })(event);
  };
}

export const handler = lambdaHandler(() => 'recognizeCaller', onStage(settings, stageIds(idsParameter), onCallerOf));
