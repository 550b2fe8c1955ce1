import { setTimeout as wait } from 'node:timers/promises';
import { ExecutionAlreadyExists, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { dynamoCallsLog } from '../../adapters/calls-log.ts';
import { dynamoDocuments } from '../../adapters/dynamodb.ts';
import type { CallRecord } from '../../domain/call-record.ts';
import { newInquiryNumber } from '../../domain/inquiry-number.ts';
import type { StageFile } from '../../domain/stage-file.ts';
import type { Account } from '../../packages/account/account.ts';
import type { CheckedStage } from '../../packages/account/check.ts';
import { stateMachineArn } from '../../packages/account/stage-answers.ts';

export const TEST_CALL_PERMISSIONS = ['lambda:GetFunctionConfiguration', 'states:StartExecution', 'dynamodb:GetItem'];

/** Tells agents, who hear and see the inquiry, that this is a test. */
const INQUIRY = 'テスト発信';

const MINUTE_MS = 60_000;
/** If there is no record by then, something fails before it is written. */
const RECORD_WITHIN_MS = MINUTE_MS;
/** Longer than any test conversation, on top of the longest wait for an agent. */
const CALL_WITHIN_MS = 15 * MINUTE_MS;

interface Follow {
  /** Receives the record whenever it has been read again. */
  changed(record: CallRecord): void;
  /** Stops following, but does not end the call. */
  signal: AbortSignal;
  pollMs?: number;
}

/** Why this stage cannot make a test call, as a sentence; undefined if it can. */
export function whyNoTestCall({ connect, signature }: StageFile): string | undefined {
  if (connect.sourcePhoneNumber === null) return 'the stage has no number to call from (connect.sourcePhoneNumber)';
  if (signature.mode === 'required') {
    return 'the stage calls signed requests only (signature.mode: required), and only your back end has the keys: request a call on your site';
  }
  return undefined;
}

/**
 * Requests one call as KARTE's action does: starts an execution of the stage's state machine with an event of the same form. From
 * there on everything is as for a visitor's request: validation, limits, queue, agents, turn, Amazon Connect, flows and records.
 * Only the rule of the partner event bus is bypassed, as EventBridge accepts events on that bus from the partner alone.
 *
 * However often this request reaches Step Functions, its name makes it one execution, and the client token makes that one call.
 * @see https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutPartnerEvents.html
 * @see https://docs.aws.amazon.com/step-functions/latest/apireference/API_StartExecution.html
 *
 * @param requestId by which the call is found afterwards
 * @param phone E.164, whose owner has agreed
 */
export async function startTestCall(
  account: Account,
  stage: CheckedStage,
  { requestId, phone }: { requestId: string; phone: string },
): Promise<void> {
  const { eventBusName, actionName } = stage.file.karte;
  const event = {
    id: requestId,
    'detail-type': 'KARTE Action',
    source: eventBusName,
    time: new Date().toISOString(),
    detail: {
      name: actionName,
      content: { phone_e164: phone, inquiry_type: INQUIRY, track_id: newInquiryNumber() },
    },
  };
  const start = new StartExecutionCommand({
    stateMachineArn: await stateMachineArn(account, stage),
    name: requestId,
    input: JSON.stringify(event),
  });
  await account.stepFunctions.send(start).catch((error: unknown) => {
    if (!(error instanceof ExecutionAlreadyExists)) throw error;
  });
}

/**
 * Polls the call record until it says how the call ended.
 *
 * @returns the record as last read; undefined if there was none
 */
export async function followTestCall(
  account: Account,
  { environment, file }: CheckedStage,
  requestId: string,
  { changed, signal, pollMs = 1_000 }: Follow,
): Promise<CallRecord | undefined> {
  const documents = dynamoDocuments(account.dynamodb);
  const log = dynamoCallsLog(environment.CALLS_TABLE ?? '', documents, file.recordRetentionDays);
  const begunAt = Date.now();
  const latest = file.request.maxAgeSeconds * 1_000 + CALL_WITHIN_MS;
  let record: CallRecord | undefined;
  while (!signal.aborted) {
    const read = await log.one(requestId);
    if (read && JSON.stringify(read) !== JSON.stringify(record)) changed(read);
    record = read ?? record;
    if (isOver(record) || Date.now() - begunAt > (record ? latest : RECORD_WITHIN_MS)) break;
    await wait(pollMs, undefined, { signal }).catch(() => undefined);
  }
  return record;
}

/** Whether the request has its final outcome; of a placed call, whether it is known how it ended. */
export const isOver = (record: CallRecord | undefined): boolean =>
  record?.outcome !== undefined && record.outcome !== 'call_placed';
