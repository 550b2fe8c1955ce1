import type { Logger } from '@aws-lambda-powertools/logger';
import type { CallsTable } from '../adapters/calls-table.ts';
import type { FirstLook } from '../adapters/shared-state/looks.ts';
import type { SharedState } from '../adapters/shared-state/shared-state.ts';
import { cameBefore, placeOf, type WaitingRoom } from '../adapters/waiting-room.ts';
import { type QueueSnapshot, whyNotNow } from '../domain/admission.ts';
import type { CallRecord } from '../domain/call-record.ts';
import type { CallRequest } from '../domain/call-request.ts';
import type { Continuing, Deferred, Ended, ReadyToCall, Waiting } from '../domain/call-state.ts';
import { closingTime, nextOpening } from '../domain/opening-hours.ts';
import { type Ending, mayHaveRung } from '../domain/outcomes.ts';
import { departureAt, isFarOff } from '../domain/pacing.ts';
import { heldUntil } from '../domain/phone-hold.ts';
import { poolOf } from '../domain/pools.ts';
import type { Limits, StageSettings } from '../domain/stage-settings.ts';
import { claimRequest } from './claim-request.ts';
import type { ConnectReadings } from './shared/connect-readings.ts';
import { giveBackNumber } from './shared/give-back.ts';
import { takePlace } from './shared/take-place.ts';

interface Dependencies {
  stage: Pick<
    StageSettings,
    'agents' | 'callingHours' | 'connect' | 'limits' | 'pacing' | 'recordRetentionDays' | 'signature' | 'whenClosed'
  >;
  calls: Pick<CallsTable, 'claim' | 'read'>;
  centre: ConnectReadings;
  shared: Pick<SharedState, 'leases' | 'limits' | 'looks' | 'nonces' | 'phones' | 'turns'>;
  room: Pick<WaitingRoom, 'nextInLine'>;
  now: () => Date;
  log: Pick<Logger, 'info' | 'warn'>;
}

interface Input {
  executionId: string;
  /** A validated request, or one that waited until the queue opened. */
  state: Continuing;
}

/** Page size for reading those before us in line. */
const PAGE = 25;

/**
 * Claims the request, checks whether somebody can answer, and takes a line, an agent and a turn for the call. If nothing is free, or
 * others are waiting already, the request waits; if the queue is closed, it ends or waits until it opens.
 */
export function checkQueue(dependencies: Dependencies) {
  const { stage, calls, centre, shared, room, now, log } = dependencies;
  const claimFor = claimRequest(dependencies);

  return async function checkQueue({ executionId, state }: Input): Promise<ReadyToCall | Waiting | Deferred | Ended> {
    const { request } = state;
    const { requestId, queue, deadlineAt } = request;
    const own = { requestId, queueId: queue.id, deadlineAt };
    const claimed = { request, holdsGuards: true } as const;
    const end = (ending: Ending): Ended => {
      log.info('request refused', { requestId, queue: queue.name, ...ending });
      return { decision: 'end', ending, ...claimed };
    };

    /**
     * The execution was aborted and settled, and nobody else gives back what was taken since. Or the state machine gave this attempt up
     * and the retry placed the call: what the request holds then belongs to that call.
     */
    let lastLook: { record: CallRecord | undefined } | undefined;
    const look = async (): Promise<void> => {
      lastLook = { record: await calls.read(requestId) };
    };

    const next = request.opensAt === undefined ? await decide() : await decideAfterOpening();
    if (next.decision === 'end' && !next.holdsGuards) return next;
    // After everything that can be given back has been taken, check now if it was not checked yet.
    if (lastLook === undefined) await look();
    const record = lastLook?.record;
    const isMine = record?.executionId === executionId;
    if (!record || (isMine && record.outcome === undefined)) return next;
    if (isMine && record.outcome !== undefined) {
      if (!mayHaveRung(record.outcome)) {
        await Promise.all([giveBackNumber(request, shared), shared.leases.giveBack(requestId)]);
      } else if (record.outcome !== 'call_unconfirmed') {
        // The retry's call is over already, and this attempt itself has taken the place that became free.
        await shared.leases.giveBackUnlinked(requestId);
      }
    }
    return end({ outcome: 'duplicate', reason: 'already_claimed' });

    async function decide(): Promise<ReadyToCall | Waiting | Deferred | Ended> {
      const claim = await claimFor(executionId, state, ask);
      if (claim.decision === 'end') return claim;
      const { look: seen, meanwhile } = claim;
      const [queueRead, agentsRead, othersWait] = meanwhile;
      const snapshot = answerOf(queueRead);
      const limits = { ...stage.limits, ...seen.controls.limits };
      const closed = await whyNot(snapshot, limits);
      if (closed) return closed;
      if (answerOf(othersWait)) return wait('others came first');
      const agents = answerOf(agentsRead);
      const place = await takePlace(
        own,
        agents,
        limits,
        { stage, shared, now },
        { nextTurn: seen.nextTurn, alongside: look },
      );
      if ('missing' in place) return wait(place.missing);

      const departure = departureAt(place.turnAt);
      const { at } = departure;
      log.info('queue checked', { requestId, queue: queue.name, agentsAvailable: agents.value[queue.id], turnAt: at });
      const closesAt = closingTime(snapshot.openingHours, stage.callingHours, now());
      return {
        decision: isFarOff(departure, now().getTime()) ? 'turn' : 'continue',
        ...claimed,
        turn: { ...departure, queueArn: snapshot.queueArn, ...(closesAt && { closesAt: closesAt.toISOString() }) },
      };
    }

    /** Each answer is only used when needed: a closed queue is closed even if its agents could not be counted. */
    function ask(seen: FirstLook) {
      return Promise.allSettled([
        centre.queue(queue.id, seen.queue),
        centre.agents(seen.agents),
        othersWaitBefore(request),
      ]);
    }

    /** It was claimed before it waited, and now lines up behind all earlier requests. */
    async function decideAfterOpening(): Promise<Waiting | Deferred | Ended> {
      const { controls, queue: seen } = await shared.looks.first(request.phone, queue.id, []);
      if (controls.stopped) return end({ outcome: 'calling_disabled', reason: 'stopped' });
      const closed = await whyNot(await centre.queue(queue.id, seen), { ...stage.limits, ...controls.limits });
      return closed ?? wait('those who waited for the opening stand in line first');
    }

    async function whyNot(snapshot: QueueSnapshot, limits: Limits): Promise<Deferred | Ended | undefined> {
      const closed = whyNotNow(snapshot, stage.callingHours, now());
      if (closed?.outcome === 'queue_closed' && stage.whenClosed.do === 'wait') return waitForOpening(snapshot, limits);
      if (closed) return end(closed);
      return secondsLeft() < 1 ? end({ outcome: 'expired', reason: 'deadline_passed' }) : undefined;
    }

    function wait(missing: string): Waiting {
      log.info('request waits', { requestId, queue: queue.name, missing });
      return { decision: 'wait', ...claimed, waitSeconds: Math.max(1, secondsLeft()) };
    }

    function secondsLeft(): number {
      return Math.floor((Date.parse(deadlineAt) - now().getTime()) / 1000);
    }

    /** The deadline then counts from opening time, and the number stays held until after it. */
    async function waitForOpening({ openingHours }: QueueSnapshot, limits: Limits): Promise<Deferred | Ended> {
      const latest = new Date(
        Date.parse(request.callAt ?? request.requestedAt) + stage.whenClosed.maxDelaySeconds * 1000,
      );
      const opening = nextOpening(openingHours, stage.callingHours, now(), latest);
      if (!opening) return end({ outcome: 'queue_closed', reason: 'opens_too_late' });
      const opensAt = opening.toISOString();
      const callBy = new Date(opening.getTime() + stage.whenClosed.callWithinSeconds * 1000).toISOString();
      if (!(await shared.phones.extend(request.phone, requestId, heldUntil(callBy, limits)))) {
        return end({ outcome: 'number_held', reason: 'live_request' });
      }
      log.info('request waits for the opening', { requestId, queue: queue.name, opensAt });
      return { decision: 'opening', holdsGuards: true, request: { ...request, deadlineAt: callBy, opensAt }, opensAt };
    }
  };

  /** Whether somebody who came before us waits for the agents of our pool. */
  async function othersWaitBefore(request: CallRequest): Promise<boolean> {
    const mine = placeOf(request);
    const first = await Promise.all(poolOf(stage, request.queue.id).queueIds.map((id) => firstInTime(id)));
    return first.some((place) => place !== undefined && cameBefore(place, mine));
  }

  /** The first place in a queue's line whose deadline has not passed; expired ones leave by themselves. */
  async function firstInTime(queueId: string): Promise<string | undefined> {
    let waiters = await room.nextInLine(queueId, PAGE);
    while (waiters.length > 0) {
      const inTime = waiters.find(({ deadlineAt }) => new Date(deadlineAt) > now());
      if (inTime) return inTime.place;
      waiters = await room.nextInLine(queueId, PAGE, waiters.at(-1)?.place);
    }
    return undefined;
  }
}

function answerOf<T>(answer: PromiseSettledResult<T>): T {
  if (answer.status === 'rejected') throw answer.reason;
  return answer.value;
}
