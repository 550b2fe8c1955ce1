import type { Logger } from '@aws-lambda-powertools/logger';
import { type CallsTable, dynamoCallsTable } from '../adapters/calls-table.ts';
import { amazonConnect } from '../adapters/connect.ts';
import { dynamoDocuments } from '../adapters/dynamodb.ts';
import { readEnvironment } from '../adapters/function-environment.ts';
import { dynamoGuards, type Guards } from '../adapters/guards/guards.ts';
import { lambdaHandler } from '../adapters/lambda.ts';
import { logger } from '../adapters/logging.ts';
import { cameBefore, dynamoWaitingRoom, placeOf, type WaitingRoom } from '../adapters/waiting-room.ts';
import { type QueueSnapshot, whyNotNow } from '../domain/admission.ts';
import type { CallRequest } from '../domain/call-request.ts';
import type { Claimed, Deferred, Ended, ReadyToCall, Waiting } from '../domain/call-state.ts';
import { closingTime, nextOpening } from '../domain/opening-hours.ts';
import type { Ending } from '../domain/outcomes.ts';
import { heldUntil } from '../domain/phone-hold.ts';
import { poolOf } from '../domain/pools.ts';
import type { StageSettings } from '../domain/stage-settings.ts';
import { type ConnectReadings, connectReadings } from './shared/connect-readings.ts';
import { takePlace } from './shared/take-place.ts';

interface Dependencies {
  stage: Pick<StageSettings, 'agents' | 'callingHours' | 'connect' | 'limits' | 'pacing' | 'whenClosed'>;
  calls: Pick<CallsTable, 'isOver'>;
  connect: ConnectReadings;
  guards: Pick<Guards, 'leases' | 'controls' | 'phones' | 'turns'>;
  room: Pick<WaitingRoom, 'nextInLine'>;
  now: () => Date;
  log: Pick<Logger, 'info'>;
}

/** Those before us in line are looked at in pages of this size. */
const PAGE = 25;

/**
 * Asks whether somebody can answer, and takes a line, an agent and a turn for the call. Where nothing is free, or others
 * wait already, the request waits; where the queue is closed, it ends or waits for the opening.
 */
export function checkQueue({ stage, calls, connect, guards, room, now, log }: Dependencies) {
  return async function checkQueue(found: Claimed | Deferred): Promise<ReadyToCall | Waiting | Deferred | Ended> {
    // A request that waited for the opening goes on like every other.
    const state: Claimed = { ...found, decision: 'continue' };
    const { request, executionId } = state;
    const { requestId, queue } = request;
    const end = (ending: Ending): Ended => {
      log.info('request refused', { requestId, queue: queue.name, ...ending });
      return { decision: 'end', request, ending, holdsGuards: true };
    };

    const next = await decide();
    // Last: an execution that was aborted has been settled, and what was taken since then nobody else gives back.
    if (executionId === undefined || !(await calls.isOver(requestId, executionId))) return next;
    await guards.leases.giveBack(requestId);
    return end({ outcome: 'duplicate', reason: 'already_claimed' });

    async function decide(): Promise<ReadyToCall | Waiting | Deferred | Ended> {
      const { stopped, limits } = await guards.controls.read();
      if (stopped) return end({ outcome: 'calling_disabled', reason: 'stopped' });
      const snapshot = await connect.queue(queue.id);
      const closed = whyNotNow(snapshot, stage.callingHours, now());
      if (closed?.outcome === 'queue_closed' && stage.whenClosed.do === 'wait') return waitForOpening(snapshot);
      if (closed) return end(closed);
      const waitSeconds = Math.floor((Date.parse(request.deadlineAt) - now().getTime()) / 1000);
      if (waitSeconds < 1) return end({ outcome: 'expired', reason: 'deadline_passed' });

      const wait = (missing: string): Waiting => {
        log.info('request waits', { requestId, queue: queue.name, missing });
        return { ...state, decision: 'wait', waitSeconds };
      };
      if (request.opensAt !== undefined) return wait('those who waited for the opening stand in line first');
      if (await othersWait(request)) return wait('others came first');
      const agents = await connect.agents();
      const own = { requestId, queueId: queue.id, deadlineAt: request.deadlineAt };
      const place = await takePlace(own, agents, { ...stage.limits, ...limits }, { stage, guards, now });
      if ('missing' in place) return wait(place.missing);

      const { turnAt: at } = place;
      log.info('queue checked', { requestId, queue: queue.name, agentsAvailable: agents.value[queue.id], turnAt: at });
      const closesAt = closingTime(snapshot.openingHours, stage.callingHours, now());
      return {
        ...state,
        turn: { at, queueArn: snapshot.queueArn, ...(closesAt && { closesAt: closesAt.toISOString() }) },
      };
    }

    /** Does somebody who came before us wait for the agents of our pool? */
    async function othersWait(own: CallRequest): Promise<boolean> {
      const mine = placeOf(own);
      const first = await Promise.all(poolOf(stage, queue.id).queueIds.map((id) => firstInTime(id)));
      return first.some((place) => place !== undefined && cameBefore(place, mine));
    }

    /** The first place of a queue's line that is not too late: those whose time is up leave it without a word. */
    async function firstInTime(queueId: string): Promise<string | undefined> {
      let waiters = await room.nextInLine(queueId, PAGE);
      while (waiters.length > 0) {
        const inTime = waiters.find(({ deadlineAt }) => new Date(deadlineAt) > now());
        if (inTime) return inTime.place;
        waiters = await room.nextInLine(queueId, PAGE, waiters.at(-1)?.place);
      }
      return undefined;
    }

    /** The deadline then counts from the opening, and the number stays held until after it. */
    async function waitForOpening({ openingHours }: QueueSnapshot): Promise<Deferred | Ended> {
      const latest = new Date(Date.parse(request.requestedAt) + stage.whenClosed.maxDelaySeconds * 1000);
      const opening = nextOpening(openingHours, stage.callingHours, now(), latest);
      if (!opening) return end({ outcome: 'queue_closed', reason: 'opens_too_late' });
      const opensAt = opening.toISOString();
      const deadlineAt = new Date(opening.getTime() + stage.whenClosed.callWithinSeconds * 1000).toISOString();
      if (!(await guards.phones.extend(request.phone, requestId, heldUntil(deadlineAt)))) {
        return end({ outcome: 'number_held', reason: 'live_request' });
      }
      log.info('request waits for the opening', { requestId, queue: queue.name, opensAt });
      return { ...state, decision: 'opening', request: { ...request, deadlineAt, opensAt }, opensAt };
    }
  };
}

const { stage, callsTable, guardsTable, leasesTable, waitingRoomTable } = readEnvironment();
const documents = dynamoDocuments();
const guards = dynamoGuards({ guardsTable, leasesTable }, documents);
const now = () => new Date();

export const handler = lambdaHandler(
  checkQueue({
    stage,
    calls: dynamoCallsTable(callsTable, documents),
    connect: connectReadings(amazonConnect(stage.connect), guards.readings, stage, now),
    guards,
    room: dynamoWaitingRoom(waitingRoomTable, documents),
    now,
    log: logger,
  }),
);
