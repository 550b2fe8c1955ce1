import type { Logger } from '@aws-lambda-powertools/logger';
import type { Context } from 'aws-lambda';
import { type CallsTable, dynamoCallsTable } from '../adapters/calls-table.ts';
import { connectContacts } from '../adapters/connect-contacts.ts';
import { dynamoDocuments } from '../adapters/dynamodb.ts';
import { readEnvironment } from '../adapters/function-environment.ts';
import { lambdaHandler } from '../adapters/lambda.ts';
import { logger } from '../adapters/logging.ts';
import { measure } from '../adapters/measure.ts';
import { type ReleaseQueue, sqsClient, sqsReleaseQueue } from '../adapters/release-queue.ts';
import type { LinkedChain } from '../adapters/shared-state/contact-links.ts';
import { dynamoSharedState, type SharedState } from '../adapters/shared-state/shared-state.ts';
import { onStage, stageIds } from '../adapters/stage-ids.ts';
import type { CallKind } from '../domain/call-record.ts';
import { type ContactEvent, contactEvent } from '../domain/contact-event.ts';
import type { StageSettings } from '../domain/stage-settings.ts';
import { type FollowDependencies, followCall } from './shared/follow-call.ts';
import { ownerOf } from './shared/owner-of-contact.ts';

interface Dependencies extends FollowDependencies {
  stage: FollowDependencies['stage'] & Pick<StageSettings, 'callLog' | 'recordRetentionDays'>;
  shared: FollowDependencies['shared'] & Pick<SharedState, 'ticks'>;
  calls: FollowDependencies['calls'] & Pick<CallsTable, 'open'>;
  queue: ReleaseQueue;
  log: Pick<Logger, 'info' | 'warn'>;
}

/** The meaning of an event: the request or separate call that it belongs to, if known. */
interface Tracked {
  contactId?: string;
  requestId?: string;
}

const SECONDS_PER_DAY = 24 * 60 * 60;

/**
 * Processes a contact event of one of our calls, on any of its contacts, or of a call that is logged by itself. Events may come twice,
 * late, in any order, or before startCall has the contact's id; a lost one only costs time, as the sweep checks calls without events.
 */
export function trackContact(dependencies: Dependencies) {
  const { stage, shared, calls, connect, queue, now, log } = dependencies;
  const { contacts, ticks } = shared;
  const follow = followCall(dependencies);

  return async function trackContact(event: unknown): Promise<Tracked> {
    const told = contactEvent(event, now());
    if (!told) return {};
    const { contactId, relatives, news } = told;
    const found = await contacts.find(contactId, relatives, now());
    const kind = kindOf(told);
    const mayBeOurs = told.initiationMethod === 'API' && relatives.length === 0;
    const rootId = found.rootId ?? (mayBeOurs || kind !== undefined ? contactId : undefined);
    // Not this stage's.
    if (rootId === undefined) return { contactId };
    if (rootId !== contactId && !found.isNoted) await contacts.join(contactId, rootId, now());
    let chain = await contacts.note(rootId, contactId, news, now());
    if (chain.requestId === undefined && kind !== undefined) chain = await open(told, kind);
    if (chain.requestId === undefined && found.isOneUnknown && told.eventType !== 'INITIATED') {
      chain = (await ownerOf(rootId, { calls, connect, contacts, now, log })) ?? chain;
    }
    const { requestId } = chain;
    // Not ours, or not known to be yet: then startCall will find the news.
    if (requestId === undefined) return { contactId };
    log.info('contact event', { requestId, contactId, eventType: told.eventType });
    await follow({ ...chain, requestId }, found.controls, { freed: wakeWaiters });
    return { contactId, requestId };
  };

  async function wakeWaiters(): Promise<void> {
    if ((await ticks.chain(now().getTime())) !== 'none') await queue.send({}, 0);
  }

  /** Calls without a request on the website that are logged nevertheless. */
  function kindOf({ initiationMethod, systemEndpoint }: ContactEvent): CallKind | undefined {
    if (initiationMethod === 'INBOUND' && systemEndpoint === stage.connect.sourcePhoneNumber) return 'inbound';
    return initiationMethod === 'OUTBOUND' && stage.callLog.agentCalls ? 'by_hand' : undefined;
  }

  async function open({ contactId, news }: ContactEvent, kind: CallKind): Promise<LinkedChain> {
    const came = new Date(news.startedAt ?? now()).toISOString();
    await calls.open({
      requestId: contactId,
      kind,
      executionId: contactId,
      status: 'calling',
      contactId,
      attempts: 0,
      ...(news.queueId !== undefined && { queueId: news.queueId }),
      requestedAt: came,
      receivedAt: came,
      expiresAt: Math.floor(now().getTime() / 1000) + stage.recordRetentionDays * SECONDS_PER_DAY,
    });
    return contacts.link(contactId, contactId, [], now());
  }
}

const { settings, idsParameter, callsTable, guardsTable, leasesTable, releaseQueue } = readEnvironment();
const documents = dynamoDocuments();
const sqs = sqsClient();

function onContactEventOf(stage: StageSettings) {
  const dependencies = {
    stage,
    calls: dynamoCallsTable(callsTable, documents),
    shared: dynamoSharedState({ guardsTable, leasesTable, keptDays: stage.recordRetentionDays }, documents),
    connect: connectContacts(stage.connect),
    now: () => new Date(),
    log: logger,
    measure,
  };
  return function onContactEvent(event: unknown, { invokedFunctionArn }: Context) {
    return trackContact({ ...dependencies, queue: sqsReleaseQueue(invokedFunctionArn, releaseQueue, sqs) })(event);
  };
}

export const handler = lambdaHandler(() => 'trackContact', onStage(settings, stageIds(idsParameter), onContactEventOf));
