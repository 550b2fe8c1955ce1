import type { Logger } from '@aws-lambda-powertools/logger';
import type { CallsTable } from '../adapters/calls-table.ts';
import type { FirstLook } from '../adapters/shared-state/looks.ts';
import type { SharedState } from '../adapters/shared-state/shared-state.ts';
import { recordOf } from '../domain/call-record.ts';
import type { Continuing, Ended } from '../domain/call-state.ts';
import { callDay, countersOf } from '../domain/limits.ts';
import type { Ending } from '../domain/outcomes.ts';
import { heldUntil } from '../domain/phone-hold.ts';
import type { StageSettings } from '../domain/stage-settings.ts';
import { useSignature } from './shared/use-signature.ts';
import { whyNotOnceMore } from './shared/why-not-once-more.ts';

interface Dependencies {
  stage: Pick<StageSettings, 'recordRetentionDays' | 'limits' | 'signature'>;
  calls: Pick<CallsTable, 'claim' | 'read'>;
  shared: Pick<SharedState, 'looks' | 'phones' | 'limits' | 'nonces'>;
  now: () => Date;
  log: Pick<Logger, 'info' | 'warn'>;
}

/** The request belongs to this execution, and no guard concerning the visitor prevents it. */
interface Claim<T> {
  decision: 'continue';
  look: FirstLook;
  /** Result of the parallel work. */
  meanwhile: T;
}

/**
 * Claims the request for this execution, so that a second delivery of the same event places no second call. Then checks the guards that
 * concern the visitor: emergency stop, block list, and the telephone number. Guards that are used up come last, so that a refusal for
 * the number uses up nothing.
 */
export function claimRequest({ stage, calls, shared, now, log }: Dependencies) {
  /** @param work that only needs the first read, done while the number is taken and the request counted */
  return async function claimRequest<T>(
    executionId: string,
    { request, signature }: Continuing,
    work: (look: FirstLook) => Promise<T>,
  ): Promise<Claim<T> | Ended> {
    const { requestId, phone } = request;
    const refuse = (ending: Ending, holdsGuards: boolean): Ended => {
      log.info('request refused', { requestId, ...ending });
      return { decision: 'end', request, ending, ...(holdsGuards && { holdsGuards }) };
    };
    // An interrupted attempt of this state may have taken everything already: the end of the request gives it back.
    const endClaimed = (ending: Ending) => refuse(ending, true);

    // These reads do not depend on who owns the request.
    const counters = countersOf(request, stage.limits).map(({ id }) => id);
    const [isMine, look] = await Promise.all([claim(), shared.looks.first(phone, request.queue.id, counters)]);
    if (!isMine) return refuse({ outcome: 'duplicate', reason: 'already_claimed' }, false);
    if (look.controls.stopped) return endClaimed({ outcome: 'calling_disabled', reason: 'stopped' });
    if (look.blocked) return endClaimed({ outcome: 'number_blocked', reason: look.blocked });
    const pointless = await whyNotOnceMore(request, look.controls, calls);
    if (pointless) return endClaimed(pointless);

    // Both must finish: work that continues after the response is lost.
    const [taken, meanwhile] = await Promise.allSettled([take(look), work(look)]);
    if (taken.status === 'rejected') throw taken.reason;
    if (taken.value) return endClaimed(taken.value);
    if (meanwhile.status === 'rejected') throw meanwhile.reason;
    return { decision: 'continue', look, meanwhile: meanwhile.value };

    function claim(): Promise<boolean> {
      return calls.claim({
        ...recordOf(request, executionId, stage.recordRetentionDays),
        status: 'claimed',
        attempts: 0,
        claimedAt: now().toISOString(),
      });
    }

    /** Takes the number, uses up the signature and counts the request. @returns why it ends, if it does */
    async function take({ controls, counted }: FirstLook): Promise<Ending | undefined> {
      const limits = { ...stage.limits, ...controls.limits };
      const held = await shared.phones.hold(phone, requestId, {
        until: heldUntil(request.deadlineAt, limits),
        now: now(),
        day: callDay(request),
        maxPerDay: limits.callsPerNumberPerDay,
        maxTriesPerDay: limits.triesPerNumberPerDay,
        ...(request.own && { after: request.own.after }),
      });
      if (held === 'calls_used_up') return { outcome: 'limit_reached', reason: 'number_per_day' };
      if (held === 'tries_used_up') return { outcome: 'limit_reached', reason: 'tries_per_day' };
      if (held !== 'held') return { outcome: 'number_held', reason: held };
      const used = await useSignature(requestId, signature, { stage, shared, log });
      if (used) return used;
      for (const { id, max, reason, expiresAt } of countersOf(request, limits)) {
        if (!(await shared.limits.count(id, requestId, max, expiresAt, counted.get(id)))) {
          return { outcome: 'limit_reached', reason };
        }
      }
      return undefined;
    }
  };
}
