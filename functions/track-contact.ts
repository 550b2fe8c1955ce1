import type { Logger } from '@aws-lambda-powertools/logger';
import { dynamoDocuments } from '../adapters/dynamodb.ts';
import { readEnvironment } from '../adapters/function-environment.ts';
import { lambdaHandler } from '../adapters/lambda.ts';
import { logger } from '../adapters/logging.ts';
import { type ReleaseQueue, sqsClient, sqsReleaseQueue } from '../adapters/release-queue.ts';
import { dynamoSharedState, type SharedState } from '../adapters/shared-state/shared-state.ts';
import { contactEventNews } from '../domain/contact-event.ts';

interface Dependencies {
  shared: Pick<SharedState, 'leases' | 'contacts' | 'ticks'>;
  queue: ReleaseQueue;
  now: () => Date;
  log: Pick<Logger, 'info'>;
}

/** What an event meant: to which request it belongs, if that is known, and whether something became free. */
interface Tracked {
  contactId?: string;
  requestId?: string;
  freed: boolean;
}

/**
 * Takes in one contact event: the call's agent and line become free as it says. Events may come twice, late, in any order
 * or before startCall has the contact's id; a lost one costs time only, because every lease ends by itself.
 */
export function trackContact({ shared, queue, now, log }: Dependencies) {
  return async function trackContact(event: unknown): Promise<Tracked> {
    const told = contactEventNews(event);
    if (!told) return { freed: false };
    const { contactId } = told;
    const { requestId, ...news } = await shared.contacts.note(contactId, told.news, now());
    // Not one of ours, or not known to be yet: then startCall will find the news.
    if (requestId === undefined) return { contactId, freed: false };
    log.info('contact event', { requestId, contactId, ...told.news });
    const freed = await shared.leases.follow(requestId, contactId, news, now().getTime());
    if (freed && (await shared.ticks.chain(now().getTime())) !== 'none') await queue.send({}, 0);
    return { contactId, requestId, freed };
  };
}

const { guardsTable, leasesTable, releaseQueue } = readEnvironment();
const shared = dynamoSharedState({ guardsTable, leasesTable }, dynamoDocuments());
const sqs = sqsClient();

export const handler = lambdaHandler(
  () => 'trackContact',
  function onContactEvent(event: unknown, { invokedFunctionArn }) {
    return trackContact({
      shared,
      queue: sqsReleaseQueue(invokedFunctionArn, releaseQueue, sqs),
      now: () => new Date(),
      log: logger,
    })(event);
  },
);
