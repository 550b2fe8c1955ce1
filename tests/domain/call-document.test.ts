import { describe, expect, it } from 'vitest';
import { documentsOf } from '../../domain/call-document.ts';
import { departureAt } from '../../domain/pacing.ts';
import { goodRequest, holdsTheNumber, NOW, QUEUE_ARN, secondsAfter } from '../functions/function-support.ts';

const SIGNATURE = { nonce: 'nonce-1', expiresAt: secondsAfter(300).toISOString() };
const TURN = { ...departureAt(NOW.getTime()), queueArn: QUEUE_ARN, closesAt: secondsAfter(3_600).toISOString() };
const STATE = {
  decision: 'continue',
  request: { ...goodRequest, opensAt: NOW.toISOString() },
  holdsGuards: true,
  signature: SIGNATURE,
  turn: { ...TURN, isOpen: true },
  waitSeconds: 60,
  tooMany: { Error: 'ConnectThrottled', Cause: '{}' },
};

/** A copy in which one field, named by its path, has another value; `undefined` takes it out. */
function changed(path: string, value: unknown): object {
  const copy = structuredClone(STATE) as Record<string, unknown>;
  const names = path.split('.');
  let at = copy;
  for (const name of names.slice(0, -1)) at = at[name] as Record<string, unknown>;
  const last = names.at(-1) ?? '';
  if (value === undefined) delete at[last];
  else at[last] = value;
  return copy;
}

const read = documentsOf('AnyStep');

describe('a document at the door of a step', () => {
  it('is read as far as the step needs it', () => {
    const { request } = STATE;
    expect(read.toCheck(STATE)).toEqual({ decision: 'continue', request, signature: SIGNATURE });
    expect(read.toCall(STATE)).toEqual({ decision: 'continue', request, holdsGuards: true, turn: STATE.turn });
    expect(read.toWait(STATE)).toEqual({ decision: 'wait', request, holdsGuards: true, waitSeconds: 60 });
    expect(read.errorIn(STATE, 'tooMany')).toBe('ConnectThrottled');
  });

  it('may lack what not every request has, and hold what nobody knows', () => {
    const { inquiryType: _, trackId: __, ...request } = goodRequest;
    const document = { request: { ...request, fieldOfALaterVersion: 1 }, fieldOfALaterVersion: 2 };
    expect(read.toCheck(document)).toEqual({ decision: 'continue', request });
  });

  const required = [
    ...[
      'requestId',
      'requestedAt',
      'receivedAt',
      'deadlineAt',
      'phone',
      'userType',
      'queue',
      'attributes',
      'leftOut',
    ].map((name) => `request.${name}`),
    ...['request', 'request.queue.id', 'request.queue.name', 'turn', 'turn.at', 'turn.wakeAt', 'turn.queueArn'],
  ];
  it.each(required.flatMap((path) => [undefined, null, 7, ''].map((value) => [path, value] as const)))(
    'is refused by a sentence that names the field where %s is %j',
    (path, value) => {
      const attempt = () => read.toCall(changed(path, value));
      expect(attempt).toThrow(expect.objectContaining({ name: 'UnreadableDocument' }));
      expect(attempt).toThrow(
        new RegExp(
          `^AnyStep cannot read its document: ${path} is not (?:a text|a time|an object|a list)\\. .*deploy the stage`,
        ),
      );
    },
  );

  it.each([
    ['request.deadlineAt', 'tomorrow', /request\.deadlineAt is not a time/],
    ['request.opensAt', 'tomorrow', /request\.opensAt is not a time/],
    ['request.leftOut', [7], /request\.leftOut\[0\] is not a text/],
    ['request.attributes', { count: 7 }, /request\.attributes\.count is not a text/],
    ['request.inquiryType', 7, /request\.inquiryType is not a text/],
    ['turn.closesAt', 7, /turn\.closesAt is not a text/],
  ])('is refused where %s is %j', (path, value, sentence) => {
    expect(() => read.toCall(changed(path, value))).toThrow(sentence);
  });

  it.each([undefined, null, 'text', 7, []])('is refused where it is %j', (document) => {
    for (const door of [read.toCheck, read.toCall, read.toWait])
      expect(() => door(document)).toThrow(/the state is not an object/);
  });

  it('is refused where only one step needs what is missing', () => {
    expect(() => read.toWait(changed('waitSeconds', undefined))).toThrow(/waitSeconds is not a number/);
    expect(() => read.toCheck(changed('signature.nonce', 7))).toThrow(/state\.signature\.nonce is not a text/);
    expect(() => read.errorIn(changed('tooMany', undefined), 'tooMany')).toThrow(/tooMany is not an object/);
  });

  it('never has a telephone number in what it says', () => {
    for (const path of required) {
      const told = (() => {
        try {
          read.toCall(changed(path, { phone: goodRequest.phone }));
          return '';
        } catch (error) {
          return String(error);
        }
      })();
      expect(holdsTheNumber(told)).toBe(false);
    }
  });
});
