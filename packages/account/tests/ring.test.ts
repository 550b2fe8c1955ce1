import { describe, expect, it, onTestFinished } from 'vitest';
import type { ConnectOptions } from '../../sandbox/connect/connect-options.ts';
import { connectEndpoint } from '../../sandbox/connect/endpoint.ts';
import type { ConnectModel } from '../../sandbox/connect/model.ts';
import { testModel } from '../../sandbox/tests/connect-support.ts';
import type { Finding } from '../check.ts';
import { lengthOfRinging, RING_IDS, ring } from '../ring.ts';
import { testAccount } from './account-support.ts';
import { STAGE, wholeAccount } from './whole-account.ts';

/** Of nobody. */
const PHONE = '+819000000000';

/** Rings a phone of the local Amazon Connect, a thousand times faster than real time. */
async function rung(options: Partial<ConnectOptions>, prepare: (model: ConnectModel) => void = () => undefined) {
  const model = testModel({ answer: 'no-answer', ...options });
  prepare(model);
  const { account } = await testAccount(wholeAccount(), 10_000, connectEndpoint(model));
  onTestFinished(() => model.close());
  const found = new Map<string, Finding>();
  await ring(account, STAGE, PHONE, (id, finding) => found.set(id, finding), 5);
  return { found, model };
}

describe('a call to an own phone', () => {
  it('finds out everything it is there for, each once, and leaves no call behind', async () => {
    const { found, model } = await rung({});
    expect([...found.keys()].toSorted()).toEqual([...RING_IDS].toSorted());
    // The phone rings a thousand times faster than real time.
    const others = [...found].filter(([id]) => id !== 'ring-timeout-default');
    expect(Object.fromEntries(others.filter(([, { state }]) => state !== 'fine'))).toEqual({});
    expect(model.contacts()).toHaveLength(2);
    expect(model.activeCalls()).toBe(0);
  });

  it('says where a ring time-out is refused', async () => {
    const { found } = await rung({ ringTimeoutNeedsCampaign: true });
    expect(found.get('ring-timeout-traffic-type')).toEqual({
      state: 'problem',
      seen: 'InvalidRequestException',
      nextStep: expect.stringContaining('null'),
    });
  });

  it('cannot tell how long a phone rings that is picked up, and hangs up', async () => {
    const { found, model } = await rung({ answer: 'human', ringSeconds: 5 });
    expect(found.get('ring-timeout-default')?.state).toBe('unchecked');
    expect(found.get('client-token-after-the-call')?.state).toBe('fine');
    expect(model.activeCalls()).toBe(0);
  });

  it('says that mobiles may not be called, and rings nobody', async () => {
    const { found, model } = await rung({}, (instance) =>
      // After what ought to be refused anyway.
      instance.addFault({ kind: 'destination-not-allowed', operation: 'StartOutboundVoiceContact', times: 9 }),
    );
    expect(found.get('japanese-mobile-numbers')).toMatchObject({
      state: 'problem',
      seen: 'DestinationNotAllowedException',
    });
    expect(found.get('client-token-life')).toMatchObject({ state: 'unchecked' });
    expect(model.contacts()).toEqual([]);
  });

  it('is not made by who may not call, and all of it is unchecked', async () => {
    const { found } = await rung({}, (instance) =>
      instance.addFault({ kind: 'access-denied', operation: 'StartOutboundVoiceContact', times: 1 }),
    );
    expect([...found.keys()].toSorted()).toEqual([...RING_IDS].toSorted());
    expect(new Set([...found.values()].map(({ state }) => state))).toEqual(new Set(['unchecked']));
    expect(found.get('client-token-life')?.nextStep).toContain('connect:StartOutboundVoiceContact');
  });
});

it.each([
  ['2026-11-22T03:01:03.000Z', 'fine', '63 s from the request to the end'],
  ['2026-11-22T03:00:30.000Z', 'problem', '30 s from the request to the end'],
] as const)('a call that ends at %s is %s', (end, state, seen) => {
  const InitiationTimestamp = new Date('2026-11-22T03:00:00.000Z');
  expect(lengthOfRinging({ InitiationTimestamp, DisconnectTimestamp: new Date(end) })).toMatchObject({ state, seen });
});
