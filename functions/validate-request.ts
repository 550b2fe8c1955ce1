import { randomUUID } from 'node:crypto';
import type { Logger } from '@aws-lambda-powertools/logger';
import type { KeyStore } from '../adapters/signing-keys.ts';
import { callTokenOf, contentFields, parseCallRequest, type RequestIdentity } from '../domain/call-request.ts';
import { type TokenCheck, verifyCallToken } from '../domain/call-signature.ts';
import type { Continuing, Ended, Later } from '../domain/call-state.ts';
import { karteKeyOf } from '../domain/karte-key.ts';
import { kindOfValue } from '../domain/kind-of-value.ts';
import type { Measure } from '../domain/metrics.ts';
import type { Ending } from '../domain/outcomes.ts';
import { type OwnInput, ownInput } from '../domain/own-request.ts';
import type { StageSettings } from '../domain/stage-settings.ts';

interface Dependencies {
  stage: StageSettings;
  keys: KeyStore;
  now: () => Date;
  log: Pick<Logger, 'info' | 'warn'>;
  measure: Measure;
}

/** First state: parses KARTE's event, or our own request for a further call, into a request or the reason why it is not one. */
export function validateRequest({ stage, keys, now, log, measure }: Dependencies) {
  return async function validateRequest(event: unknown): Promise<Continuing | Later | Ended> {
    const own = ownInput(event);
    if (own) return validateOwn(own);
    measure({ RequestsAsked: 1 }, {});
    const { mode } = stage.signature;
    const parsed = parseCallRequest(event, stage, now(), randomUUID);
    noteKarteKey(parsed.request, event);
    const { requestId, phone } = parsed.request;
    const refuse = (ended: Ended): Ended => {
      const isWrapped = ended.ending.reason === 'wrong_envelope';
      const shape = isWrapped && { found: kindOfValue(event), expected: 'the event, with detail.content' };
      log.info('request refused', { requestId, ...ended.ending, ...shape });
      return ended;
    };

    const signature = mode === 'off' || phone === undefined ? undefined : await checkSignature(phone);
    if (signature?.ok === false) {
      const { reason } = signature;
      // Regardless of other faults: an event without the company's signature is not a request.
      if (mode === 'required') {
        return refuse({ decision: 'end', request: parsed.request, ending: { outcome: 'signature_refused', reason } });
      }
      log.warn('signature would be refused', { requestId, reason });
    }
    if (parsed.decision === 'end') return refuse(parsed);

    const { userType, queue, leftOut } = parsed.request;
    log.info('request accepted', { requestId, userType, queue: queue.name, leftOut });
    const decision = parsed.request.callAt === undefined ? 'continue' : 'appointment';
    if (!signature?.ok) return { ...parsed, decision };
    const { nonce, expiresAt } = signature;
    return { ...parsed, decision, signature: { nonce, expiresAt: expiresAt.toISOString() } };

    async function checkSignature(phone: string): Promise<TokenCheck | undefined> {
      try {
        return await verifyCallToken(callTokenOf(event), phone, await keys.read(), now());
      } catch (error) {
        if (mode === 'required') throw error;
        // A stage that only tries signatures also calls without keys.
        log.warn('signing keys unreadable', { requestId, error: error instanceof Error ? error.name : 'Error' });
        return undefined;
      }
    }
  };

  /** Notes the user, if results are reported to KARTE. */
  function noteKarteKey(request: RequestIdentity, event: unknown): void {
    const karteKey = stage.reportToKarte ? karteKeyOf(contentFields(event)) : undefined;
    if (karteKey) request.karteKey = karteKey;
  }

  /**
   * The event was in time when the path first saw it, and its signature, if any, was used by the first request: neither is checked again.
   * The stage's current settings apply.
   */
  function validateOwn({ ownRequest, event }: OwnInput): Later | Ended {
    const { requestId, receivedAt, deadlineAt, notBefore, tryOf, try: nth, after, because, endedAt } = ownRequest;
    const own = { tryOf, try: nth, after, because, endedAt };
    const parsed = parseCallRequest(event, stage, new Date(ownRequest.firstReceivedAt), () => requestId);
    noteKarteKey(parsed.request, event);
    const refuse = (ending: Ending): Ended => {
      log.info('request refused', { requestId, ...ending });
      return { decision: 'end', request: { ...withoutTime(parsed.request), requestId, receivedAt, own }, ending };
    };
    if (ownRequest.inVain) return refuse({ outcome: 'call_back_in_vain', reason: ownRequest.inVain });
    if (parsed.decision === 'end') return refuse(parsed.ending);
    const request = withoutTime(parsed.request);
    log.info('called once more', { requestId, tryOf, because, notBefore });
    return {
      decision: 'later',
      notBefore,
      request: {
        ...request,
        requestId,
        receivedAt,
        deadlineAt,
        own,
        attributes: { ...request.attributes, request_id: requestId },
      },
    };
  }
}

/** The chosen time was that of the first call. */
function withoutTime<Request extends { callAt?: string }>({ callAt: _, ...request }: Request) {
  return request;
}
