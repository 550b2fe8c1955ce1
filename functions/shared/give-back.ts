import type { SharedState } from '../../adapters/shared-state/shared-state.ts';
import { placeOf, type WaitingRoom } from '../../adapters/waiting-room.ts';
import { callDay, callLimitId } from '../../domain/limits.ts';
import type { Outcome } from '../../domain/outcomes.ts';
import type { StageSettings } from '../../domain/stage-settings.ts';

export interface GiveBackDependencies {
  shared: Pick<SharedState, 'phones' | 'limits' | 'leases' | 'appointments'>;
  room: Pick<WaitingRoom, 'leave'>;
}

/** What is known of an ended request; little, if it was never valid. */
interface Holder {
  requestId: string;
  receivedAt: string;
  callAt?: string;
  phone?: string;
  queueId?: string;
}

/** Gives back a request's number, and its counts against limits of calls. */
export async function giveBackNumber(
  { requestId, receivedAt, callAt, phone }: Pick<Holder, 'requestId' | 'receivedAt' | 'callAt'> & { phone: string },
  { phones, limits }: Pick<SharedState, 'phones' | 'limits'>,
): Promise<void> {
  await Promise.all([
    phones.release(phone, requestId, callDay({ receivedAt, callAt })),
    limits.giveBack(callLimitId({ receivedAt, callAt }), requestId),
  ]);
}

/** Gives back a request's place in its slot. */
async function giveBackSlot(
  { requestId, callAt, phone, queueId }: Holder,
  { appointments }: Pick<SharedState, 'appointments'>,
): Promise<void> {
  if (callAt === undefined || phone === undefined || queueId === undefined) return;
  await appointments.giveBack({ requestId, phone, queueId, at: new Date(callAt) });
}

/**
 * Gives back everything held by a request that ended without a call: its number, its counts, its agent and line, its place in the
 * waiting room and in its slot. Each is safe to repeat and does not affect other requests.
 */
export async function giveBackEverything(holder: Holder, { shared, room }: GiveBackDependencies): Promise<void> {
  const { requestId, phone, queueId } = holder;
  await Promise.all([
    ...(phone === undefined ? [] : [giveBackNumber({ ...holder, phone }, shared)]),
    ...(queueId === undefined ? [] : [shared.leases.giveBack(requestId), room.leave(queueId, placeOf(holder))]),
    giveBackSlot(holder, shared),
  ]);
}

export interface KeepNumberDependencies {
  stage: Pick<StageSettings, 'limits'>;
  shared: Pick<SharedState, 'contacts' | 'controls' | 'phones'>;
  now: () => Date;
}

/**
 * Keeps the number of a request whose phone may have rung, for as long as its call may go on; events of the call end that. If its
 * contact is unknown, readers of events of unknown contacts will look for their owner.
 *
 * @param heldUntil ISO 8601, if known from the step that placed the call
 */
export async function keepNumber(
  { requestId, phone }: Pick<Holder, 'requestId' | 'phone'>,
  outcome: Outcome,
  heldUntil: string | undefined,
  { stage, shared: { contacts, controls, phones }, now }: KeepNumberDependencies,
): Promise<void> {
  const until = heldUntil === undefined ? await countedFromNow() : new Date(heldUntil);
  await Promise.all([
    phone === undefined ? undefined : phones.extend(phone, requestId, until),
    outcome === 'call_unconfirmed' ? contacts.missOne(until) : undefined,
  ]);

  async function countedFromNow(): Promise<Date> {
    const { maxCallSeconds } = { ...stage.limits, ...(await controls.read()).limits };
    return new Date(now().getTime() + maxCallSeconds * 1000);
  }
}
