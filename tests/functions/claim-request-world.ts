import type { Continuing } from '../../domain/call-state.ts';
import type { Limits, StageSettings } from '../../domain/stage-settings.ts';
import {
  DAY,
  EXECUTION_ID,
  goodRequest,
  NOW,
  recordingLog,
  secondsAfter,
  setEnvironment,
  stage,
} from './function-support.ts';
import { prepareTables } from './tables.ts';

setEnvironment();
const { claimRequest } = await import('../../functions/claim-request.ts');

export const PHONE = goodRequest.phone;
export const STATE: Continuing = { decision: 'continue', request: goodRequest };
export const CLAIMED = { decision: 'continue', meanwhile: 'done meanwhile' };
export const WHO = { by: 'somebody', at: NOW.toISOString(), why: 'the tests' };
export const COUNTS = [`minute#${DAY}T03:00`, `phone#${PHONE} ${DAY}`, `day#${DAY}`] as const satisfies string[];

const work = async () => CLAIMED.meanwhile;

/** What was looked at is checked where it is used. */
function withoutLook(claimed: Awaited<ReturnType<ReturnType<typeof claimRequest>>>) {
  if (!('look' in claimed)) return claimed;
  const { look: _, ...rest } = claimed;
  return rest;
}

export function prepareClaim(limits: Partial<Limits> = {}, mode: StageSettings['signature']['mode'] = 'required') {
  const tables = prepareTables();
  tables.clock.at = secondsAfter(1);
  const log = recordingLog();
  const { calls, shared, now } = tables;
  const settings = { ...stage, limits: { ...stage.limits, ...limits }, signature: { ...stage.signature, mode } };
  const claim = claimRequest({ stage: settings, calls, shared, now, log });
  return {
    ...tables,
    log,
    run: async (state = STATE, executionId = EXECUTION_ID) => withoutLook(await claim(executionId, state, work)),
    /** Another request for the same number, or for a number of its own. */
    other: async (requestId: string, phone = PHONE) => {
      const state = { ...STATE, request: { ...goodRequest, requestId, phone } };
      return withoutLook(await claim(`${EXECUTION_ID}-${requestId}`, state, work));
    },
  };
}
