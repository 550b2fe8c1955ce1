import type { Guards } from '../../adapters/guards/guards.ts';
import { placeOf, type WaitingRoom } from '../../adapters/waiting-room.ts';
import { callCounters } from '../../domain/limits.ts';
import type { Outcome } from '../../domain/outcomes.ts';
import type { StageSettings } from '../../domain/stage-settings.ts';

interface GiveBackNumberDependencies {
  stage: Pick<StageSettings, 'limits'>;
  guards: Pick<Guards, 'phones' | 'limits'>;
}

export interface GiveBackDependencies {
  stage: Pick<StageSettings, 'limits'>;
  guards: Pick<Guards, 'phones' | 'limits' | 'leases'>;
  room: Pick<WaitingRoom, 'leave'>;
}

/** What is known of a request that ended; of one that never became a request there is little. */
interface Holder {
  requestId: string;
  receivedAt: string;
  phone?: string;
  queueId?: string;
}

/** Only where it is certain that no phone rang may the number be called again at once. */
export const mayHaveRung = (outcome: Outcome): boolean => outcome === 'call_placed' || outcome === 'call_unconfirmed';

/** Gives back a request's number, and its counts against limits of calls. */
export async function giveBackNumber(
  { requestId, receivedAt, phone }: Pick<Holder, 'requestId' | 'receivedAt'> & { phone: string },
  { stage, guards: { phones, limits } }: GiveBackNumberDependencies,
): Promise<void> {
  const every = { ...stage.limits, callsPerNumberPerDay: 1, callsPerDay: 1 };
  await Promise.all([
    phones.release(phone, requestId),
    ...callCounters({ phone, receivedAt }, every).map(({ id }) => limits.giveBack(id, requestId)),
  ]);
}

/**
 * Gives back everything a request holds that ended without a call: its number, its counts, its agent and line, its
 * place in the waiting room. Each is safe to repeat and touches nothing of another request.
 */
export async function giveBackEverything(
  { requestId, receivedAt, phone, queueId }: Holder,
  { stage, guards, room }: GiveBackDependencies,
): Promise<void> {
  await Promise.all([
    ...(phone === undefined ? [] : [giveBackNumber({ requestId, receivedAt, phone }, { stage, guards })]),
    ...(queueId === undefined
      ? []
      : [guards.leases.giveBack(requestId), room.leave(queueId, placeOf({ receivedAt, requestId }))]),
  ]);
}
