import type { SharedState } from '../../adapters/shared-state/shared-state.ts';
import { placeOf, type WaitingRoom } from '../../adapters/waiting-room.ts';
import { callDay, callLimitId } from '../../domain/limits.ts';
import type { Outcome } from '../../domain/outcomes.ts';
import type { StageSettings } from '../../domain/stage-settings.ts';

export interface GiveBackDependencies {
  shared: Pick<SharedState, 'phones' | 'limits' | 'leases'>;
  room: Pick<WaitingRoom, 'leave'>;
}

/** What is known of a request that ended; of one that never became a request there is little. */
interface Holder {
  requestId: string;
  receivedAt: string;
  phone?: string;
  queueId?: string;
}

export interface CoolDownDependencies {
  stage: Pick<StageSettings, 'limits'>;
  shared: Pick<SharedState, 'controls' | 'phones'>;
  now: () => Date;
}

/** Only where it is certain that no phone rang may the number be called again at once. */
export const mayHaveRung = (outcome: Outcome): boolean => outcome === 'call_placed' || outcome === 'call_unconfirmed';

/** Gives back a request's number, and its counts against limits of calls. */
export async function giveBackNumber(
  { requestId, receivedAt, phone }: Pick<Holder, 'requestId' | 'receivedAt'> & { phone: string },
  { phones, limits }: Pick<SharedState, 'phones' | 'limits'>,
): Promise<void> {
  await Promise.all([
    phones.release(phone, requestId, callDay(receivedAt)),
    limits.giveBack(callLimitId(receivedAt), requestId),
  ]);
}

/**
 * Gives back everything a request holds that ended without a call: its number, its counts, its agent and line, its
 * place in the waiting room. Each is safe to repeat and touches nothing of another request.
 */
export async function giveBackEverything(
  { requestId, receivedAt, phone, queueId }: Holder,
  { shared, room }: GiveBackDependencies,
): Promise<void> {
  await Promise.all([
    ...(phone === undefined ? [] : [giveBackNumber({ requestId, receivedAt, phone }, shared)]),
    ...(queueId === undefined
      ? []
      : [shared.leases.giveBack(requestId), room.leave(queueId, placeOf({ receivedAt, requestId }))]),
  ]);
}

/**
 * From the end of a request whose phone may have rung, its number cools down. Until then it was the request's own, while the
 * call might be asked for once more.
 *
 * @param until ISO 8601, where the step that placed the call has said it
 */
export async function coolDown(
  { requestId, phone }: Pick<Holder, 'requestId' | 'phone'>,
  until: string | undefined,
  { stage, shared: { controls, phones }, now }: CoolDownDependencies,
): Promise<void> {
  if (phone === undefined) return;
  const coolUntil = until === undefined ? await countedFromNow() : new Date(until);
  await phones.coolDown(phone, requestId, coolUntil);

  async function countedFromNow(): Promise<Date> {
    const { coolDownSeconds } = { ...stage.limits, ...(await controls.read()).limits };
    return new Date(now().getTime() + coolDownSeconds * 1000);
  }
}
