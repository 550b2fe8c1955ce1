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
export const CLAIMED = { ...STATE, holdsGuards: true, executionId: EXECUTION_ID };
export const WHO = { by: 'somebody', at: NOW.toISOString(), why: 'the tests' };
export const COUNTS = [`minute#${DAY}T03:00`, `phone#${PHONE} ${DAY}`, `day#${DAY}`] as const satisfies string[];

export function prepareClaim(limits: Partial<Limits> = {}, mode: StageSettings['signature']['mode'] = 'required') {
  const tables = prepareTables();
  tables.clock.at = secondsAfter(1);
  const log = recordingLog();
  const { calls, guards, now } = tables;
  const settings = { ...stage, limits: { ...stage.limits, ...limits }, signature: { ...stage.signature, mode } };
  const claim = claimRequest({ stage: settings, calls, guards, now, log });
  return {
    ...tables,
    log,
    run: (state = STATE, executionId = EXECUTION_ID) => claim({ executionId, state }),
    /** Another request for the same number, or for a number of its own. */
    other: (requestId: string, phone = PHONE) =>
      claim({
        executionId: `${EXECUTION_ID}-${requestId}`,
        state: { ...STATE, request: { ...goodRequest, requestId, phone } },
      }),
  };
}
