import type { Continuing } from '../../domain/call-state.ts';
import type { Limits, StageSettings } from '../../domain/stage-settings.ts';
import {
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
const TODAY = '2026-11-22';
export const COUNTS = [
  `limit#minute#${TODAY}T03:00`,
  `limit#number#${TODAY}#${PHONE}`,
  `limit#day#${TODAY}`,
] as const satisfies string[];

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
    countedBy: (id: string) => [...((tables.guard(id)?.requests as Set<string> | undefined) ?? [])],
  };
}
