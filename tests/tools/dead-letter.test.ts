import { describe, expect, it } from 'vitest';
import { deadLetterOf } from '../../tools/calls/dead-letter.ts';

const EVENT = {
  id: '11111111-2222-4333-8444-000000000001',
  'detail-type': 'KARTE Action',
  time: '2026-11-22T03:00:00Z',
  detail: { content: { phone_e164: '+819012345678' } },
};
const STATES = 'arn:aws:states:ap-northeast-1:123456789012:stateMachine:karte-connect-call-dev-call-request';
const lambda = (name: string) => `arn:aws:lambda:ap-northeast-1:123456789012:function:karte-connect-call-dev-${name}`;

const read = (document: unknown, attributes: Record<string, string> = {}) =>
  deadLetterOf({
    id: '99999999-0000-4000-8000-000000000001',
    sentAt: '2026-11-22T03:05:00.000Z',
    body: typeof document === 'string' ? document : JSON.stringify(document),
    attributes,
  });

/** As Lambda writes it when a function has failed for good. */
const failure = (name: string, requestPayload: unknown) => ({
  version: '1.0',
  timestamp: '2026-11-22T03:05:00.000Z',
  requestContext: {
    requestId: '88888888-0000-4000-8000-000000000001',
    functionArn: `${lambda(name)}:$LATEST`,
    condition: 'RetriesExhausted',
    approximateInvokeCount: 3,
  },
  requestPayload,
  responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
  responsePayload: { errorType: 'TimeoutError', errorMessage: 'no answer for 090-1234-5678' },
});

describe('a dead letter', () => {
  it("of the state machine's rule is a call request", () => {
    const attributes = { TARGET_ARN: STATES, ERROR_CODE: 'ThrottlingException', ERROR_MESSAGE: 'Rate exceeded' };
    expect(read(EVENT, attributes)).toEqual({
      id: '99999999-0000-4000-8000-000000000001',
      sentAt: '2026-11-22T03:05:00.000Z',
      what: 'call request',
      why: 'ThrottlingException: Rate exceeded',
      about: EVENT.id,
      belongsTo: { kind: 'request', event: EVENT },
    });
    // Moved by hand, without its attributes.
    expect(read(EVENT)).toMatchObject({ what: 'call request', why: 'no reason given' });
  });

  it('of a rule whose target is a function belongs to that function', () => {
    const ended = {
      'detail-type': 'Step Functions Execution Status Change',
      detail: { status: 'ABORTED', input: JSON.stringify(EVENT) },
    };
    expect(read(ended, { TARGET_ARN: lambda('settleExecution') })).toMatchObject({
      what: 'end of an execution, ABORTED',
      about: EVENT.id,
      belongsTo: { kind: 'function', functionName: 'karte-connect-call-dev-settleExecution', payload: ended },
    });
  });

  it('of a function that failed holds what it failed on, and why, without a number', () => {
    const event = { detail: { eventType: 'DISCONNECTED', contactId: '00000000-0000-4000-8000-00000000d001' } };
    expect(read(failure('trackContact', event))).toMatchObject({
      what: 'contact event DISCONNECTED',
      about: '00000000-0000-4000-8000-00000000d001',
      why: 'RetriesExhausted: TimeoutError: no answer for ******5678',
      belongsTo: { kind: 'function', functionName: 'karte-connect-call-dev-trackContact', payload: event },
    });
    expect(read(failure('sweepCalls', {}))).toMatchObject({ what: 'run of karte-connect-call-dev-sweepCalls' });
  });

  it("of the guide's route is the call request inside the notification", () => {
    const notification = { Records: [{ Sns: { MessageId: 'a-message-id', Message: JSON.stringify(EVENT) } }] };
    expect(read(failure('acceptSnsNotification', notification))).toMatchObject({
      what: 'call request',
      about: EVENT.id,
      belongsTo: { kind: 'request', event: EVENT },
    });
    const two = { Records: [...notification.Records, ...notification.Records] };
    expect(read(failure('acceptSnsNotification', two))).toMatchObject({
      what: 'SNS notification',
      belongsTo: { kind: 'function', payload: two },
    });
  });

  it.each(['', 'not JSON', '[]', '{"hello":"world"}', '{"requestContext":"x"}'])(
    'can be anything, such as %j',
    (body) => {
      expect(read(body)).toMatchObject({ what: 'a message of another kind', belongsTo: { kind: 'unknown' } });
    },
  );
});
