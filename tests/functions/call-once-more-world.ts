import type { OutboundCall } from '../../adapters/connect.ts';
import type { OwnInput } from '../../domain/own-request.ts';
import { departureAt } from '../../domain/pacing.ts';
import type { StageSettings } from '../../domain/stage-settings.ts';
import {
  EXECUTION_ID,
  GOOD_CONTENT,
  ids,
  karteEvent,
  QUEUE_ARN,
  REQUEST_ID,
  recordingLog,
  secondsAfter,
  setEnvironment,
  unmeasured,
} from './function-support.ts';
import { at, event, iso, prepareCall } from './placed-call-world.ts';

setEnvironment();
const { callOnceMore } = await import('../../functions/shared/call-once-more.ts');
const { claimRequest } = await import('../../functions/claim-request.ts');
const { lookAfterCalls } = await import('../../functions/shared/look-after-calls.ts');
const { startCall } = await import('../../functions/start-call.ts');
const { validateRequest } = await import('../../functions/validate-request.ts');

export const SECOND_TRY = `${REQUEST_ID}.try2`;
export const MISSED = event('DISCONNECTED', 60, { disconnectTimestamp: iso(60), disconnectReason: 'TELECOM_TIMEOUT' });
/** As Amazon Connect describes it. */
export const NEVER_CONNECTED = { startedAt: at(0), endedAt: at(60), reason: 'TELECOM_TIMEOUT' };
export const ONCE: Partial<StageSettings> = { retryUnanswered: { times: 1, afterSeconds: 300 } };
export const OFFERED: Partial<StageSettings> = { offerCallBack: { afterSeconds: 120, callWithinSeconds: 3600 } };
/** Of a customer who waited, and pressed 1 to be called back. */
export const WISHED = {
  ...{ startedAt: at(0), answeredAt: at(8), queuedAt: at(20), endedAt: at(200), reason: 'CONTACT_FLOW_DISCONNECT' },
  ...{ result: 'call_back', attributes: { call_result: 'call_back' } },
};

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
  const onceMore = callOnceMore({ stage, calls, machine, log });
  const looking = { ...dependencies, callOnceMore: onceMore };
  const validate = validateRequest({ stage, keys: { read: () => Promise.reject() }, now, log, measure: unmeasured });
  const claim = claimRequest({ stage, calls, shared, now, log });
  const asked: OutboundCall[] = [];
  const connect = {
    async startCall(call: OutboundCall) {
      asked.push(call);
      return { contactId: 'contact of the try' };
    },
  };
  const start = startCall({ stage, calls, connect, ids, shared, now, log, pause: async () => undefined });
  let last: Awaited<ReturnType<typeof validate>> | undefined;
  return {
    ...world,
    started,
    inputs,
    log,
    asked,
    onceMore,
    /** As the first state left it. */
    lastState: () => last,
    /** The sweep comes, so many seconds after the tests' NOW. */
    sweep(seconds: number) {
      clock.at = secondsAfter(seconds);
      return lookAfterCalls(looking, 5);
    },
    /** The try is due, so many seconds after the tests' NOW: how it ends, or that it may be called. */
    async due(seconds: number) {
      clock.at = secondsAfter(seconds);
      const state = await validate(started.at(-1)?.input);
      last = state;
      if (state.decision === 'end') return state.ending;
      const claimed = await claim('execution of the try', { ...state, decision: 'continue' }, async () => undefined);
      return claimed.decision === 'end' ? claimed.ending : 'may be called';
    },
    /** The turn of a try has come that was due: how it ends, or nothing where the phone rings. */
    async ring(seconds: number) {
      clock.at = secondsAfter(seconds);
      if (last === undefined || last.decision === 'end') throw new Error('the try was refused');
      const turn = { ...departureAt(now().getTime()), queueArn: QUEUE_ARN };
      const state = { ...last, decision: 'turn' as const, holdsGuards: true as const, turn };
      const input = { executionId: 'execution of the try', retries: 0, state };
      const placed = await start(input);
      return 'ending' in placed ? placed.ending : undefined;
    },
  };
}
