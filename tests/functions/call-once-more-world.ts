import type { OwnInput } from '../../domain/own-request.ts';
import type { StageSettings } from '../../domain/stage-settings.ts';
import {
  EXECUTION_ID,
  GOOD_CONTENT,
  karteEvent,
  REQUEST_ID,
  recordingLog,
  secondsAfter,
  setEnvironment,
} from './function-support.ts';
import { at, event, iso, prepareCall } from './placed-call-world.ts';

setEnvironment();
const { callOnceMore } = await import('../../functions/shared/call-once-more.ts');
const { claimRequest } = await import('../../functions/claim-request.ts');
const { lookAfterCalls } = await import('../../functions/shared/look-after-calls.ts');
const { validateRequest } = await import('../../functions/validate-request.ts');

export const SECOND_TRY = `${REQUEST_ID}.try2`;
export const MISSED = event('DISCONNECTED', 60, { disconnectTimestamp: iso(60), disconnectReason: 'TELECOM_TIMEOUT' });
/** As Amazon Connect describes it. */
export const NEVER_CONNECTED = { startedAt: at(0), endedAt: at(60), reason: 'TELECOM_TIMEOUT' };
export const ONCE: Partial<StageSettings> = { retryUnanswered: { times: 1, afterSeconds: 300 } };

/** A call that was placed at the tests' NOW, and Step Functions as far as it is asked. */
export async function prepare(change: Partial<StageSettings> = ONCE) {
  const world = await prepareCall({ change });
  const { calls, clock, dependencies, now, shared } = world;
  const started: { name: string; input: OwnInput }[] = [];
  const inputs = new Map<string, unknown>([[EXECUTION_ID, karteEvent(GOOD_CONTENT)]]);
  const log = recordingLog();
  const machine = {
    async start(name: string, input: unknown) {
      if (started.some((one) => one.name === name)) return false;
      started.push({ name, input: input as OwnInput });
      return true;
    },
    inputOf: async (executionId: string) => inputs.get(executionId),
  };
  const { stage } = dependencies;
  const looking = { ...dependencies, callOnceMore: callOnceMore({ stage, calls, machine, log }) };
  const validate = validateRequest({ stage, keys: { read: () => Promise.reject() }, now, log });
  const claim = claimRequest({ stage, calls, shared, now, log });
  return {
    ...world,
    started,
    inputs,
    log,
    /** The sweep comes, so many seconds after the tests' NOW. */
    sweep(seconds: number) {
      clock.at = secondsAfter(seconds);
      return lookAfterCalls(looking, 5);
    },
    /** The try is due, so many seconds after the tests' NOW: how it ends, or that it may be called. */
    async due(seconds: number) {
      clock.at = secondsAfter(seconds);
      const state = await validate(started.at(-1)?.input);
      if (state.decision === 'end') return state.ending;
      const claimed = await claim('execution of the try', { ...state, decision: 'continue' }, async () => undefined);
      return claimed.decision === 'end' ? claimed.ending : 'may be called';
    },
  };
}
