import type { OutboundCall } from '../../adapters/connect.ts';
import type { CallRecord } from '../../domain/call-record.ts';
import type { ReadyToCall } from '../../domain/call-state.ts';
import { CallError, type CallErrorName } from '../../domain/errors.ts';
import { departureAt } from '../../domain/pacing.ts';
import type { Limits, StageSettings } from '../../domain/stage-settings.ts';
import {
  CONTACT_ID,
  EXECUTION_ID,
  goodRequest,
  holdUntil,
  ids,
  NOW,
  QUEUE_ARN,
  recordingLog,
  secondsAfter,
  setEnvironment,
  stage,
} from './function-support.ts';
import { claimedRecord, prepareTables, putRecord } from './tables.ts';

setEnvironment();
const { startCall } = await import('../../functions/start-call.ts');

export const PHONE = goodRequest.phone;
export const READY: ReadyToCall = {
  decision: 'continue',
  request: goodRequest,
  holdsGuards: true,
  turn: { ...departureAt(NOW.getTime()), queueArn: QUEUE_ARN },
};

export type Answer = Error | { contactId: string };
export const PLACED: Answer = { contactId: CONTACT_ID };
export const error = (name: CallErrorName) => new CallError(name, `Amazon Connect: ${name}`);

interface Prepared {
  answers?: Answer[];
  record?: Partial<CallRecord>;
  limits?: Partial<Limits>;
  pacing?: StageSettings['pacing'];
  ringTimeoutSeconds?: number | null;
  /** A stage of an AWS account, not the local one. */
  inAws?: boolean;
  /** What becomes of the read of the contact flow. */
  entryFlow?: () => Promise<string>;
  /** Comes just before Amazon Connect answers. */
  meanwhile?: () => Promise<unknown>;
  /** Of the local stack: how many times faster than the clock agents live. */
  speed?: number;
}

/** A claimed request that holds its number, and an Amazon Connect that gives the answers one by one. */
export async function prepareStartCall({
  answers = [PLACED],
  record = {},
  limits = {},
  pacing,
  ringTimeoutSeconds = null,
  inAws = false,
  entryFlow = ids.entryFlow,
  meanwhile,
  speed,
}: Prepared = {}) {
  const tables = prepareTables();
  const { calls, clock, shared, now } = tables;
  const log = recordingLog();
  const asked: OutboundCall[] = [];
  const pauses: number[] = [];
  const connect = {
    async startCall(call: OutboundCall) {
      asked.push(call);
      await meanwhile?.();
      const answer = answers.shift();
      if (answer === undefined) throw new Error('Connect was asked once too often');
      if (answer instanceof Error) throw answer;
      return answer;
    },
  };
  await putRecord(tables, claimedRecord(record));
  await shared.phones.hold(PHONE, goodRequest.requestId, holdUntil(secondsAfter(1_200), NOW));
  const { isLocal: _, ...inAnAccount } = stage;
  const start = startCall({
    stage: {
      ...(inAws ? inAnAccount : stage),
      connect: { ...stage.connect, ringTimeoutSeconds },
      limits: { ...stage.limits, ...limits },
      pacing: pacing ?? stage.pacing,
      ...(speed !== undefined && { speed }),
    },
    ...{ calls, connect, shared, log, now },
    ids: { entryFlow },
    async pause(milliseconds) {
      pauses.push(milliseconds);
      clock.at = new Date(clock.at.getTime() + milliseconds);
    },
  });
  let runs = 0;
  return {
    ...tables,
    asked,
    log,
    pauses,
    /** The state machine repeats it: every run after the first is a retry. */
    run: (state: ReadyToCall = READY) => {
      runs += 1;
      return start({ executionId: EXECUTION_ID, retries: runs - 1, state });
    },
  };
}
