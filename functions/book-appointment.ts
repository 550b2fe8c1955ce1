import type { Logger } from '@aws-lambda-powertools/logger';
import type { CallsTable } from '../adapters/calls-table.ts';
import type { SharedState } from '../adapters/shared-state/shared-state.ts';
import { isSlotOpen } from '../domain/appointment-slots.ts';
import { expiryOf, recordOf } from '../domain/call-record.ts';
import type { CallRequest } from '../domain/call-request.ts';
import type { Booked, Continuing, Ended } from '../domain/call-state.ts';
import { requestCounters } from '../domain/limits.ts';
import type { Ending, ReasonOf } from '../domain/outcomes.ts';
import type { StageSettings } from '../domain/stage-settings.ts';
import type { ConnectReadings } from './shared/connect-readings.ts';
import { useSignature } from './shared/use-signature.ts';

interface Dependencies {
  stage: Pick<StageSettings, 'appointments' | 'callingHours' | 'limits' | 'recordRetentionDays' | 'signature'>;
  calls: Pick<CallsTable, 'claim' | 'noteBooked'>;
  centre: Pick<ConnectReadings, 'calendar'>;
  shared: Pick<SharedState, 'appointments' | 'limits' | 'looks' | 'nonces'>;
  now: () => Date;
  log: Pick<Logger, 'info' | 'warn'>;
}

interface Input {
  executionId: string;
  state: Continuing & { request: { callAt: string } };
}

/** Enough for one person, and prevents anybody from filling a company's slots alone. */
const PER_NUMBER = 3;

/** Longest wait of the state machine; appointments are at most 30 days ahead. */
const LONGEST_WAIT_MS = 20 * 24 * 60 * 60_000;

const REFUSALS = {
  slot_full: 'slot_full',
  number_has_slot: 'number_has_slot',
  number_has_enough: 'number_has_enough',
} as const satisfies Record<string, ReasonOf<'appointment_refused'>>;

/**
 * Promises a call for the chosen time, or says why not: claims the request, checks whether the queue is open then, and takes a place
 * in the slot. It holds the slot but not the number, which may be called meanwhile. When it is due, the request passes every guard
 * like any other.
 */
export function bookAppointment({ stage, calls, centre, shared, now, log }: Dependencies) {
  return async function bookAppointment({ executionId, state }: Input): Promise<Booked | Ended> {
    const { request, signature } = state;
    const { requestId, phone, queue, callAt } = request;
    const end = (ending: Ending, holdsGuards = true): Ended => {
      log.info('appointment refused', { requestId, queue: queue.name, ...ending });
      return { decision: 'end', request, ending, holdsGuards };
    };
    const refuse = (reason: ReasonOf<'appointment_refused'>): Ended => end({ outcome: 'appointment_refused', reason });
    const isMine = await calls.claim({
      ...recordOf(request, executionId, stage.recordRetentionDays),
      // Must not expire before the call.
      expiresAt: expiryOf(callAt, stage.recordRetentionDays),
      status: 'claimed',
      attempts: 0,
      claimedAt: now().toISOString(),
    });
    if (!isMine) return end({ outcome: 'duplicate', reason: 'already_claimed' }, false);
    // The settings may have changed since the request was read.
    const { appointments, callingHours } = stage;
    if (appointments === null) return refuse('not_offered');

    const counters = requestCounters(request, stage.limits).map(({ id }) => id);
    const { controls, blocked, counted } = await shared.looks.first(phone, queue.id, counters);
    if (controls.stopped) return end({ outcome: 'calling_disabled', reason: 'stopped' });
    if (blocked) return end({ outcome: 'number_blocked', reason: blocked });
    const { enabled, openingHours } = await centre.calendar(queue.id);
    if (!enabled) return end({ outcome: 'queue_disabled', reason: 'disabled' });
    const slot = { requestId, phone, queueId: queue.id, at: new Date(callAt) };
    if (!isSlotOpen(slot.at, openingHours, { callingHours, appointments })) return refuse('closed_then');

    const limits = { ...stage.limits, ...controls.limits };
    const used = await useSignature(requestId, signature, { stage, shared, log });
    if (used) return end(used);
    for (const { id, max, reason, expiresAt } of requestCounters(request, limits)) {
      if (!(await shared.limits.count(id, requestId, max, expiresAt, counted.get(id)))) {
        return end({ outcome: 'limit_reached', reason });
      }
    }
    const booked = await shared.appointments.book(slot, { perSlot: appointments.perSlot, perNumber: PER_NUMBER });
    if (booked !== 'booked') return refuse(REFUSALS[booked]);

    const bookedAt = now().toISOString();
    if (!(await calls.noteBooked(requestId, executionId, bookedAt))) {
      // The execution was aborted or the call cancelled, and nobody else gives back what was taken since.
      await shared.appointments.giveBack(slot);
      return end({ outcome: 'duplicate', reason: 'already_claimed' });
    }
    log.info('appointment made', { requestId, queue: queue.name, callAt });
    return promised({ ...request, bookedAt }, callAt);
  };

  function promised(request: CallRequest, callAt: string): Booked {
    const breakAt = new Date(Math.min(Date.parse(callAt), now().getTime() + LONGEST_WAIT_MS)).toISOString();
    return { decision: 'appointment', request, holdsGuards: true, appointment: { breakAt, dueAt: callAt } };
  }
}
