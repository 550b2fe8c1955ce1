import type { CallRecord } from './call-record.ts';
import type { RequestIdentity } from './call-request.ts';
import { isObject } from './json-object.ts';
import type { Ending } from './outcomes.ts';
import { ownInput } from './own-request.ts';
import { usableIdFromOutside } from './request-id.ts';

/** The end of an unsuccessful execution. */
interface EndedExecution {
  executionId: string;
  status: 'FAILED' | 'TIMED_OUT' | 'ABORTED';
  /** Of the request, as far as the execution's input has it. */
  request: RequestIdentity;
}

/**
 * Reads a "Step Functions Execution Status Change" event. Undefined if the execution is running or succeeded.
 *
 * @example
 * endedExecution({
 *   source: 'aws.states',
 *   detail: {
 *     executionArn: 'arn:aws:states:ap-northeast-1:123456789012:execution:karte-connect-call-dev-call-request:…',
 *     status: 'ABORTED', startDate: 1795316400000, stopDate: 1795316460000,
 *     input: '{"id":"11111111-2222-4333-8444-555555555555", …}',
 *   },
 * }, new Date())
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/eventbridge-integration.html
 */
export function endedExecution(event: unknown, now: Date): EndedExecution | undefined {
  const detail = isObject(event) && isObject(event.detail) ? event.detail : {};
  const { executionArn, status, startDate, input } = detail;
  if (typeof executionArn !== 'string' || !isUnhappyEnd(status)) return undefined;
  const started = (typeof startDate === 'number' ? new Date(startDate) : now).toISOString();
  return {
    executionId: executionArn,
    status,
    request: {
      requestId: requestIdIn(input) ?? executionArn.slice(executionArn.lastIndexOf(':') + 1),
      requestedAt: started,
      receivedAt: started,
    },
  };
}

const isUnhappyEnd = (status: unknown): status is EndedExecution['status'] =>
  status === 'FAILED' || status === 'TIMED_OUT' || status === 'ABORTED';

/** The input is KARTE's event as JSON; the status event omits a long one. */
function requestIdIn(input: unknown): string | undefined {
  try {
    const event: unknown = JSON.parse(String(input));
    return ownInput(event)?.ownRequest.requestId ?? (isObject(event) ? usableIdFromOutside(event.id) : undefined);
  } catch {
    return undefined;
  }
}

/** The ending of a request whose execution can no longer record an outcome. */
export function endingOfExecution(status: EndedExecution['status'], record: Partial<CallRecord> | undefined): Ending {
  if (record?.unanswered) return { outcome: 'call_unconfirmed', reason: 'execution_ended' };
  switch (status) {
    case 'ABORTED':
      return { outcome: 'internal_error', reason: 'execution_aborted' };
    case 'TIMED_OUT':
      return { outcome: 'internal_error', reason: 'execution_timed_out' };
    case 'FAILED':
      return { outcome: 'internal_error', reason: 'execution_failed' };
  }
}
