import { randomUUID } from 'node:crypto';
import type { Logger } from '@aws-lambda-powertools/logger';
import { lambdaHandler } from '../adapters/lambda.ts';
import { logger } from '../adapters/logging.ts';
import { readEnvironment } from '../adapters/settings.ts';
import { parseCallRequest } from '../domain/call-request.ts';
import type { Continuing, Ended } from '../domain/call-state.ts';
import type { StageSettings } from '../domain/settings.ts';

interface Dependencies {
  stage: StageSettings;
  now: () => Date;
  log: Pick<Logger, 'info' | 'warn'>;
}

/** First state: the event as KARTE sent it becomes a request, or the reason why it is none. */
export const validateRequest =
  ({ stage, now, log }: Dependencies) =>
  async (event: unknown): Promise<Continuing | Ended> => {
    const parsed = parseCallRequest(event, stage, now(), randomUUID);
    const { requestId } = parsed.request;
    if (parsed.decision === 'end') {
      log.info('request refused', { requestId, ...parsed.ending });
      return parsed;
    }
    const { userType, queue, leftOut } = parsed.request;
    log.info('request accepted', { requestId, userType, queue: queue.name, leftOut });
    return parsed;
  };

export const handler = lambdaHandler(
  validateRequest({ stage: readEnvironment().stage, now: () => new Date(), log: logger }),
);
