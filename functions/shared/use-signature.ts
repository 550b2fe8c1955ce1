import type { Logger } from '@aws-lambda-powertools/logger';
import type { SharedState } from '../../adapters/shared-state/shared-state.ts';
import type { Continuing } from '../../domain/call-state.ts';
import type { Ending } from '../../domain/outcomes.ts';
import type { StageSettings } from '../../domain/stage-settings.ts';

interface Dependencies {
  stage: Pick<StageSettings, 'signature'>;
  shared: Pick<SharedState, 'nonces'>;
  log: Pick<Logger, 'warn'>;
}

/** Uses up a valid signature, if the request has one. @returns why the request ends, if another one has used it */
export async function useSignature(
  requestId: string,
  signature: Continuing['signature'],
  { stage, shared, log }: Dependencies,
): Promise<Ending | undefined> {
  if (!signature) return undefined;
  const { nonce, expiresAt } = signature;
  if (await shared.nonces.use(nonce, requestId, new Date(expiresAt))) return undefined;
  if (stage.signature.mode === 'required') return { outcome: 'signature_refused', reason: 'already_used' };
  log.warn('signature would be refused', { requestId, reason: 'already_used' });
  return undefined;
}
