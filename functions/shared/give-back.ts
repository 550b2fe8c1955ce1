import type { SharedState } from '../../adapters/shared-state/shared-state.ts';
import { placeOf, type WaitingRoom } from '../../adapters/waiting-room.ts';
import { callDay, callLimitId } from '../../domain/limits.ts';
import type { Outcome } from '../../domain/outcomes.ts';
import type { StageSettings } from '../../domain/stage-settings.ts';

export interface GiveBackDependencies {
  shared: Pick<SharedState, 'phones' | 'limits' | 'leases' | 'appointments'>;
  room: Pick<WaitingRoom, 'leave'>;
}

/** What is known of a request that ended; of one that never became a request there is little. */
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

/** Gives back a request's place in the slot for which it asked. */
async function giveBackSlot(
  { requestId, callAt, phone, queueId }: Holder,
  { appointments }: Pick<SharedState, 'appointments'>,
): Promise<void> {
  if (callAt === undefined || phone === undefined || queueId === undefined) return;
  await appointments.giveBack({ requestId, phone, queueId, at: new Date(callAt) });
}

/**
 * Gives back everything a request holds that ended without a call: its number, its counts, its agent and line, its
 * place in the waiting room and in its slot. Each is safe to repeat and touches nothing of another request.
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
 * Keeps the number of a request whose phone may have rung, for as long as its call may go on: what is told of the call ends
 * that. Where nobody was told of a contact, anyone who reads of one will ask whose it is.
 *
 * @param heldUntil ISO 8601, where the step that placed the call has said it
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
