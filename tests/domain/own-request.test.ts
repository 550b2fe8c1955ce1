import { describe, expect, it } from 'vitest';
import type { CallLife } from '../../domain/contact-chain.ts';
import {
  ownInput,
  ownRequestAfter,
  requestsBefore,
  stillAsksFor,
  whyOnceMore,
  withoutOwnRequest,
} from '../../domain/own-request.ts';
import type { StageSettings } from '../../domain/stage-settings.ts';

const STAGE = {
  retryUnanswered: { times: 2, afterSeconds: 300 },
  offerCallBack: { afterSeconds: 120, callWithinSeconds: 3600 },
};
const FIRST = { requestId: 'request-1', receivedAt: '2026-11-22T03:00:00.000Z' };
const life = (change: Partial<CallLife>): CallLife => ({
  ...{ endedAt: 9, alive: [], lastId: 'root', missed: false, described: true, wantsAgent: false },
  ...change,
});

describe('whether a call asks for another one', () => {
  it.each([
    ['it rang out', { reason: 'TELECOM_TIMEOUT' }, 'not_reached'],
    ['the line was busy', { reason: 'telecom_busy' }, 'not_reached'],
    ['the phone was off', { reason: 'TELECOM_UNANSWERED' }, 'not_reached'],
    ['it never connected, and no reason was told', {}, 'not_reached'],
    ['the number is not in use', { reason: 'TELECOM_NUMBER_INVALID' }, undefined],
    ['the network failed', { reason: 'TELECOM_ERROR' }, undefined],
    ['somebody ended it from outside', { reason: 'API' }, undefined],
    ['somebody answered', { answeredAt: 1, reason: 'CUSTOMER_DISCONNECT' }, undefined],
    ['somebody waited, and no answer was told', { queuedAt: 1 }, undefined],
    ['an agent had it', { agentAt: 3 }, undefined],
    ['the customer wished it', { answeredAt: 1, queuedAt: 2, result: 'call_back' }, 'call_back'],
    ['the customer wished it, and an agent came', { answeredAt: 1, agentAt: 2, result: 'call_back' }, undefined],
  ] as const)('where %s', (_what, change, expected) => {
    expect(whyOnceMore(life(change), FIRST, STAGE)).toBe(expected);
  });

  it('while it goes on: never', () => {
    const { endedAt: _, ...goesOn } = life({});
    expect(whyOnceMore(goesOn, FIRST, STAGE)).toBeUndefined();
  });

  it.each([
    ['the last of its tries', { try: 3 }, { reason: 'TELECOM_TIMEOUT' }, undefined],
    ['the last but one', { try: 2 }, { reason: 'TELECOM_TIMEOUT' }, 'not_reached'],
    ['a call-back', { try: 2, because: 'call_back' }, { reason: 'TELECOM_TIMEOUT' }, undefined],
    ['a call-back whose customer wishes another', { because: 'call_back' }, { result: 'call_back' }, undefined],
    ['a try whose customer wishes to be called back', { try: 3 }, { queuedAt: 1, result: 'call_back' }, 'call_back'],
  ] as const)('where it was %s', (_what, before, change, expected) => {
    expect(whyOnceMore(life(change), { ...FIRST, ...before }, STAGE)).toBe(expected);
  });

  it('where the stage says nothing: never', () => {
    const off = { retryUnanswered: { times: 0, afterSeconds: 300 }, offerCallBack: null };
    expect(whyOnceMore(life({ reason: 'TELECOM_TIMEOUT' }), FIRST, off)).toBeUndefined();
    expect(whyOnceMore(life({ queuedAt: 1, result: 'call_back' }), FIRST, off)).toBeUndefined();
  });
});

describe('a request that we ask for ourselves', () => {
  const stage = { ...STAGE, limits: { missedPauseSeconds: 60 }, request: { maxAgeSeconds: 300 } } as StageSettings;
  const ENDED = Date.parse('2026-11-22T03:10:00.500Z');
  const askedAfter = (before: Parameters<typeof ownRequestAfter>[0], because: 'not_reached' | 'call_back') =>
    ownRequestAfter(before, because, ENDED, FIRST, stage);

  it('stands in line where the first one stood, for anyone who was promised a call', () => {
    expect(askedAfter(FIRST, 'call_back').receivedAt).toBe(FIRST.receivedAt);
  });

  it('stands where the appointment stood, which nobody had before its time', () => {
    const callAt = '2026-11-22T03:05:00.000Z';
    expect(askedAfter({ ...FIRST, callAt }, 'call_back').receivedAt).toBe(callAt);
  });

  it('stands behind everybody who came until it is due, for anyone who was not reached', () => {
    const due = '2026-11-22T03:15:01.000Z';
    expect(askedAfter(FIRST, 'not_reached')).toMatchObject({ receivedAt: due, notBefore: due });
  });

  it('comes after every call before it', () => {
    expect(requestsBefore({ tryOf: 'request-1', try: 2 })).toEqual(['request-1']);
    expect(requestsBefore({ tryOf: 'request-1', try: 4 })).toEqual(['request-1', 'request-1.try2', 'request-1.try3']);
    expect(
      askedAfter({ ...FIRST, requestId: 'request-1.try2', tryOf: 'request-1', try: 2 }, 'not_reached').requestId,
    ).toBe('request-1.try3');
  });
});

describe('whether the record of the call before still asks for it', () => {
  it.each([
    ['not_reached', { outcome: 'busy' }, true],
    ['not_reached', { outcome: 'completed' }, false],
    ['not_reached', { outcome: 'lost' }, false],
    ['not_reached', { outcome: 'call_unconfirmed' }, false],
    ['not_reached', {}, false],
    ['call_back', { outcome: 'abandoned', reason: 'wants_call_back' }, true],
    ['call_back', { outcome: 'completed', reason: 'agent_connected' }, false],
  ] as const)('%s after %o: %s', (because, record, expected) => {
    expect(stillAsksFor(because, record)).toBe(expected);
  });
});

describe('a request of our own', () => {
  it('is nothing that an event from outside can be', () => {
    expect(withoutOwnRequest({ id: 'event', ownRequest: {}, detail: {} })).toEqual({ id: 'event', detail: {} });
  });

  it.each([[null], ['text'], [{}], [{ ownRequest: null }], [{ ownRequest: { requestId: 'x' } }]])(
    'is not read out of %j',
    (input) => {
      expect(ownInput(input)).toBeUndefined();
    },
  );
});
