import type { ControlState } from '../../adapters/shared-state/controls.ts';
import type { SharedState } from '../../adapters/shared-state/shared-state.ts';
import { onLife } from '../../domain/call-lease.ts';
import type { CallRequest } from '../../domain/call-request.ts';
import { isAnythingKnown, lifeOf } from '../../domain/contact-chain.ts';
import type { StageSettings } from '../../domain/stage-settings.ts';

interface Dependencies {
  stage: Pick<StageSettings, 'connect' | 'limits' | 'speed'>;
  shared: Pick<SharedState, 'contacts' | 'leases'>;
  controls: Pick<ControlState, 'limits'>;
}

/**
 * Links a request to its call: from now on the call's events determine its lease. Earlier events are applied, too.
 */
export async function linkCall(
  contactId: string,
  { stage, shared: { leases, contacts }, controls }: Dependencies,
  { requestId, queue, attributes }: Pick<CallRequest, 'requestId' | 'queue' | 'attributes'>,
  placedAt: Date,
): Promise<void> {
  const at = placedAt.getTime();
  const maxCallMs = { ...stage.limits, ...controls.limits }.maxCallSeconds * 1000;
  await leases.ringing(requestId, queue.id, contactId, at, maxCallMs);
  const chain = await contacts.link(contactId, requestId, Object.keys(attributes), placedAt);
  if (!isAnythingKnown(chain)) return;
  const life = lifeOf(chain);
  const holding = {
    maxCallMs,
    queueIds: Object.values(stage.connect.queues),
    holds: true,
    speed: stage.speed,
  };
  const isOver = life.endedAt !== undefined;
  await leases.follow(
    { requestId, queueId: queue.id },
    // The sweep applies everything else that follows from the end.
    { ...onLife(life, at, holding), contactId, ...(isOver && { lookAt: at }) },
    { version: chain.version, goesOn: !isOver },
  );
}
