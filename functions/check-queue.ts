import type { Logger } from '@aws-lambda-powertools/logger';
import { amazonConnect, type Connect } from '../adapters/connect.ts';
import { lambdaHandler } from '../adapters/lambda.ts';
import { logger } from '../adapters/logging.ts';
import { readEnvironment } from '../adapters/settings.ts';
import { whyNotNow } from '../domain/admission.ts';
import type { Continuing, Ended, ReadyToCall } from '../domain/call-state.ts';
import { wholeSecond } from '../domain/pacing.ts';
import type { StageSettings } from '../domain/settings.ts';

interface Dependencies {
  stage: Pick<StageSettings, 'callingHours'>;
  connect: Pick<Connect, 'readQueue'>;
  now: () => Date;
  log: Pick<Logger, 'info'>;
}

/** Asks Amazon Connect whether the request's queue can take a call now, and gives the call its turn. */
export const checkQueue =
  ({ stage, connect, now, log }: Dependencies) =>
  async (state: Continuing): Promise<ReadyToCall | Ended> => {
    const { request } = state;
    const { requestId, queue } = request;
    const snapshot = await connect.readQueue(queue.id, now());
    const { enabled, agentsAvailable } = snapshot;
    const ending = whyNotNow(snapshot, stage.callingHours, now());
    log.info('queue checked', { requestId, queue: queue.name, enabled, agentsAvailable, ...ending });
    if (ending) return { decision: 'end', request, ending };
    return { ...state, queueArn: snapshot.queueArn, turnAt: wholeSecond(now()) };
  };

const { stage } = readEnvironment();

export const handler = lambdaHandler(
  checkQueue({ stage, connect: amazonConnect(stage.connect), now: () => new Date(), log: logger }),
);
