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

/** Where agents hear and see what the call is about: that it is a test. */
const INQUIRY = 'テスト発信';

const MINUTE_MS = 60_000;
/** Without a record by then, something is wrong before it is written. */
const RECORD_WITHIN_MS = MINUTE_MS;
/** Longer than anybody talks who tests, behind the longest wait for an agent. */
const CALL_WITHIN_MS = 15 * MINUTE_MS;

interface Follow {
  /** Is given the record whenever another one is read. */
  changed(record: CallRecord): void;
  /** Ends the following, and not the call. */
  signal: AbortSignal;
  pollMs?: number;
}

/** Why no test call can come of this stage, as a sentence; undefined where one can. */
export function whyNoTestCall({ connect, signature }: StageFile): string | undefined {
  if (connect.sourcePhoneNumber === null) return 'the stage has no number to call from (connect.sourcePhoneNumber)';
  if (signature.mode === 'required') {
    return 'the stage calls signed requests alone (signature.mode: required), and the keys are those of your back end: ask for a call on your site';
  }
  return undefined;
}

/**
 * Asks for one call as KARTE's action does: starts an execution of the stage's state machine with an event of its form. From there
 * on all is as for a visitor's request: validation, limits, queue, agents, turn, Amazon Connect, the flows and what is recorded. Only
 * the rule of the partner event bus is left out: EventBridge takes events onto that from the partner alone.
 *
 * However often this request reaches Step Functions, one execution comes of it, by its name, and one call of that, by its client
 * token.
 * @see https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutPartnerEvents.html
 * @see https://docs.aws.amazon.com/step-functions/latest/apireference/API_StartExecution.html
 *
 * @param requestId of the call, by which it is found afterwards
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
 * Looks at the call record until it says how the call ended.
 *
 * @returns the record as it was read last; undefined where there was none
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

/** What became of the request is known; of a placed call, how it ended. */
export const isOver = (record: CallRecord | undefined): boolean =>
  record?.outcome !== undefined && record.outcome !== 'call_placed';
