import type { Logger } from '@aws-lambda-powertools/logger';
import { type CallsTable, dynamoCallsTable } from '../adapters/calls-table.ts';
import { dynamoDocuments } from '../adapters/dynamodb.ts';
import { readEnvironment } from '../adapters/function-environment.ts';
import { dynamoGuards, type Guards } from '../adapters/guards/guards.ts';
import { lambdaHandler } from '../adapters/lambda.ts';
import { logger } from '../adapters/logging.ts';
import { recordOf } from '../domain/call-record.ts';
import type { Claimed, Continuing, Ended } from '../domain/call-state.ts';
import { type Counter, countersOf } from '../domain/limits.ts';
import type { Ending } from '../domain/outcomes.ts';
import { heldUntil } from '../domain/phone-hold.ts';
import type { StageSettings } from '../domain/stage-settings.ts';
import { giveBackNumber } from './shared/give-back.ts';

interface Dependencies {
  stage: Pick<StageSettings, 'recordRetentionDays' | 'limits' | 'signature'>;
  calls: Pick<CallsTable, 'claim' | 'isOver'>;
  guards: Pick<Guards, 'controls' | 'phones' | 'limits' | 'nonces'>;
  now: () => Date;
  log: Pick<Logger, 'info' | 'warn'>;
}

interface Input {
  executionId: string;
  state: Continuing;
}

/**
 * Takes the request for this execution, so that a second delivery of the same event places no second call; then the
 * guards that concern the visitor: emergency stop, block list, and the telephone number; what is used up comes last,
 * so that whoever is refused for the number uses up nothing.
 */
export function claimRequest({ stage, calls, guards, now, log }: Dependencies) {
  return async function claimRequest({ executionId, state }: Input): Promise<Claimed | Ended> {
    const { request } = state;
    const { requestId, phone, deadlineAt } = request;
    const refuse = (ending: Ending, holdsGuards: boolean): Ended => {
      log.info('request refused', { requestId, ...ending });
      return { decision: 'end', request, ending, ...(holdsGuards && { holdsGuards }) };
    };
    const isAnothers = () => refuse({ outcome: 'duplicate', reason: 'already_claimed' }, false);
    // An attempt of this state that was cut off may have taken everything already: whatever ends the request gives it back.
    const endClaimed = (ending: Ending) => refuse(ending, true);

    const claimed = await calls.claim({
      ...recordOf(request, executionId, stage.recordRetentionDays),
      status: 'claimed',
      attempts: 0,
      claimedAt: now().toISOString(),
    });
    if (!claimed) return isAnothers();

    const [{ stopped, limits: changed }, blocked] = await Promise.all([
      guards.controls.read(),
      guards.controls.blocked(phone),
    ]);
    if (stopped) return endClaimed({ outcome: 'calling_disabled', reason: 'stopped' });
    if (blocked) return endClaimed({ outcome: 'number_blocked', reason: blocked });

    const limits = { ...stage.limits, ...changed };
    const exhausted = async (counters: readonly Counter[]): Promise<Ending | undefined> => {
      for (const { id, max, reason, expiresAt } of counters) {
        if (!(await guards.limits.count(id, requestId, max, expiresAt))) return { outcome: 'limit_reached', reason };
      }
      return undefined;
    };
    const held = await guards.phones.hold(phone, requestId, heldUntil(deadlineAt), now());
    if (held !== 'held') return endClaimed({ outcome: 'number_held', reason: held });

    if (state.signature) {
      const { nonce, expiresAt } = state.signature;
      const fresh = await guards.nonces.use(nonce, requestId, new Date(expiresAt));
      if (!fresh && stage.signature.mode === 'required') {
        return endClaimed({ outcome: 'signature_refused', reason: 'already_used' });
      }
      if (!fresh) log.warn('signature would be refused', { requestId, reason: 'already_used' });
    }

    const tooMany = await exhausted(countersOf(request, limits));
    if (tooMany) return endClaimed(tooMany);

    // An execution that was aborted meanwhile has been settled already: what was taken since then, nobody else gives back.
    if (await calls.isOver(requestId, executionId)) {
      await giveBackNumber(request, { stage, guards });
      return isAnothers();
    }
    return { ...state, holdsGuards: true, executionId };
  };
}

const { stage, callsTable, guardsTable, leasesTable } = readEnvironment();
const documents = dynamoDocuments();

export const handler = lambdaHandler(
  claimRequest({
    stage,
    calls: dynamoCallsTable(callsTable, documents),
    guards: dynamoGuards({ guardsTable, leasesTable }, documents),
    now: () => new Date(),
    log: logger,
  }),
);
