import { describe, expect, it } from 'vitest';
import { endedExecution, endingOfExecution } from '../../domain/execution-event.ts';
import { OUTCOMES } from '../../domain/outcomes.ts';
import {
  EXECUTION_ID,
  GOOD_CONTENT,
  karteEvent,
  NOW,
  REQUEST_ID,
  secondsAfter,
} from '../functions/function-support.ts';

const EXECUTION_NAME = '00000000-0000-4000-8000-0000000000f1';
const DETAIL = {
  executionArn: EXECUTION_ID,
  status: 'ABORTED',
  startDate: NOW.getTime(),
  stopDate: secondsAfter(60).getTime(),
  input: JSON.stringify(karteEvent(GOOD_CONTENT)),
};
const read = (change: Record<string, unknown> = {}) =>
  endedExecution({ detail: { ...DETAIL, ...change } }, secondsAfter(90));

describe('an execution that ended without its last state', () => {
  it.each(['FAILED', 'TIMED_OUT', 'ABORTED'] as const)('is known by its status: %s', (status) => {
    expect(read({ status })).toEqual({
      executionId: EXECUTION_ID,
      status,
      request: { requestId: REQUEST_ID, requestedAt: NOW.toISOString(), receivedAt: NOW.toISOString() },
    });
  });

  it.each(['RUNNING', 'SUCCEEDED', 'PENDING_REDRIVE', undefined, 7])('is none while its status is %j', (status) => {
    expect(read({ status })).toBeUndefined();
  });

  it.each([[null], [undefined], ['text'], [{}], [{ detail: null }], [{ detail: { ...DETAIL, executionArn: 7 } }]])(
    'is none where the event is none: %j',
    (event) => {
      expect(endedExecution(event, NOW)).toBeUndefined();
    },
  );

  it.each([
    ['its input was left out', undefined],
    ['its input is null', null],
    ['its input is no JSON', '{"id":'],
    ['its input is a list', '[]'],
    ['its id is a telephone number', '{"id":"+819012345678"}'],
    ['its id is no text', '{"id":7}'],
  ])('goes by its name where %s', (_name, input) => {
    expect(read({ input })?.request.requestId).toBe(EXECUTION_NAME);
  });

  it('began now where its beginning is not told', () => {
    expect(read({ startDate: undefined })?.request.receivedAt).toBe(secondsAfter(90).toISOString());
  });
});

describe('the ending of such a request', () => {
  it.each([
    ['ABORTED', 'execution_aborted'],
    ['TIMED_OUT', 'execution_timed_out'],
    ['FAILED', 'execution_failed'],
  ] as const)('names how the execution ended: %s', (status, reason) => {
    for (const record of [undefined, {}, { unanswered: false, attempts: 3 }]) {
      expect(endingOfExecution(status, record)).toEqual({ outcome: 'internal_error', reason });
    }
    expect(OUTCOMES.internal_error.reasons).toHaveProperty(reason);
  });

  it.each(['ABORTED', 'TIMED_OUT', 'FAILED'] as const)('is unconfirmed where a phone may have rung: %s', (status) => {
    const ending = endingOfExecution(status, { unanswered: true, attempts: 1 });
    expect(ending).toEqual({ outcome: 'call_unconfirmed', reason: 'execution_ended' });
    expect(OUTCOMES.call_unconfirmed.reasons).toHaveProperty(ending.reason);
  });
});
