import type { Guards } from '../../adapters/guards/guards.ts';
import { placeOf, type WaitingRoom } from '../../adapters/waiting-room.ts';
import { callCounters } from '../../domain/limits.ts';
import type { Outcome } from '../../domain/outcomes.ts';
import type { StageSettings } from '../../domain/stage-settings.ts';
import { leavePlace } from './take-place.ts';

export interface GiveBackDependencies {
  stage: Pick<StageSettings, 'agents' | 'connect' | 'limits'>;
  guards: Pick<Guards, 'phones' | 'limits' | 'books'>;
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

/**
 * Gives back everything a request holds that ended without a call: its number, its counts, its agent and line, its
 * place in the waiting room. Each is safe to repeat and touches nothing of another request.
 */
export async function giveBack(
  { requestId, receivedAt, phone, queueId }: Holder,
  { stage, guards: { phones, limits, books }, room }: GiveBackDependencies,
): Promise<void> {
  const every = { ...stage.limits, callsPerNumberPerDay: 1, callsPerDay: 1 };
  await Promise.all([
    ...(phone === undefined
      ? []
      : [
          phones.release(phone, requestId),
          ...callCounters({ phone, receivedAt }, every).map(({ id }) => limits.giveBack(id, requestId)),
        ]),
    ...(queueId === undefined
      ? []
      : [
          leavePlace({ requestId, queueId }, { stage, guards: { books } }),
          room.leave(queueId, placeOf({ receivedAt, requestId })),
        ]),
  ]);
}
