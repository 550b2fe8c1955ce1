import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { EXAMPLE_NUMBER } from '../../domain/example-number.ts';
import type { Account } from '../../packages/account/account.ts';
import type { CheckedStage } from '../../packages/account/check.ts';
import type { FaultKind } from '../../packages/sandbox/connect/connect-faults.ts';
import type { Stack } from '../../packages/sandbox/stack.ts';
import { startStack } from '../../packages/sandbox/start-stack.ts';
import { phoneOfTestCall, placeTestCall, testCallText } from '../../tools/doctor/place-test-call.ts';
import { reachStage } from '../../tools/doctor/reach-stage.ts';
import { followTestCall, startTestCall } from '../../tools/doctor/test-call.ts';

/** One number is called again and again. */
const OFTEN = { coolDownSeconds: 0, missedPauseSeconds: 0, callsPerNumberPerDay: null, triesPerNumberPerDay: null };

let stack: Stack;
let account: Account;
let stage: CheckedStage;

beforeAll(async () => {
  stack = await startStack({ speed: 1_000, agents: 20, settings: { limits: OFTEN } });
  ({ account, stage } = await reachStage('local', Number(new URL(stack.url).port)));
});
afterAll(async () => {
  account.close();
  await stack.close();
});
afterEach(() => {
  vi.restoreAllMocks();
});

async function placed() {
  const shown: string[] = [];
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => shown.push(String(text)) > 0);
  const call = await placeTestCall(account, stage, EXAMPLE_NUMBER, {
    isAgreed: true,
    isTold: true,
    width: 100,
    pollMs: 50,
  });
  vi.restoreAllMocks();
  if (!call) throw new Error('nobody agreed');
  return { call, shown: shown.join('') };
}

describe('a test call', () => {
  it('goes the whole way, and is told step by step until its end', async () => {
    const { call, shown } = await placed();
    expect(call).toMatchObject({
      state: 'fine',
      outcome: 'completed',
      seen: expect.stringContaining('reached an agent'),
    });
    expect(shown).toMatch(/Test call, request test-call-[\w-]+ \(times in JST\)/);
    expect(shown).toMatch(/The request arrived[\s\S]+accepted it[\s\S]+The phone was answered[\s\S]+hung up/);
    // Each step once, and anyone who takes it hears what it is.
    expect(shown.match(/The request arrived/g)).toHaveLength(1);
    expect(shown).toContain('テスト発信');
    expect(`${shown}${JSON.stringify(call)}`).not.toContain(EXAMPLE_NUMBER.slice(-6));
    const record = await stack.record(call.requestId);
    expect(record).toMatchObject({ phone: EXAMPLE_NUMBER, outcome: 'completed' });
    expect(testCallText(call, 100)).toMatch(/^The phone was called: completed: /);
  });

  it('that nobody answers has rung the phone: that is fine', async () => {
    stack.connect.setAnswer('no-answer');
    const { call } = await placed();
    stack.connect.setAnswer('human');
    expect(call).toMatchObject({ state: 'fine', outcome: 'not_answered' });
  });

  it.each<[fault: FaultKind, outcome: string, next: string]>([
    ['destination-not-allowed', 'destination_not_allowed', 'Enable the country for the Amazon Connect instance'],
    ['outbound-not-permitted', 'outbound_not_permitted', 'Enable outbound calls'],
  ])('that Amazon Connect refuses (%s) is a problem, with what to do', async (kind, outcome, next) => {
    stack.connect.addFault({ kind, times: 1 });
    const { call } = await placed();
    expect(call).toMatchObject({ state: 'problem', outcome, nextStep: expect.stringContaining(next) });
    expect(testCallText(call, 100)).toMatch(/^PROBLEM: /);
  });

  it('meets the switches of the stage', async () => {
    const change = { by: 'test', why: 'test', at: new Date().toISOString() };
    await stack.controls.setStopped(true, change);
    const { call } = await placed();
    await stack.controls.setStopped(false, change);
    expect(call).toMatchObject({ state: 'problem', outcome: 'calling_disabled' });
  });

  it('is one call, however often it is asked for', async () => {
    const of = { requestId: 'test-call-asked-for-twice', phone: EXAMPLE_NUMBER };
    const before = stack.connect.contacts().length;
    await startTestCall(account, stage, of);
    await startTestCall(account, stage, of);
    await followTestCall(account, stage, of.requestId, {
      changed: () => 0,
      signal: new AbortController().signal,
      pollMs: 50,
    });
    expect(stack.connect.contacts()).toHaveLength(before + 1);
  });

  it('goes on when nobody looks any more, and says how to find it', async () => {
    const interrupt = vi.spyOn(process, 'once').mockImplementation((name, listener) => {
      if (name === 'SIGINT') setImmediate(listener);
      return process;
    });
    const { call, shown } = await placed();
    interrupt.mockRestore();
    expect(shown).toContain(call.requestId);
    expect(call).toMatchObject({
      state: 'unchecked',
      seen: 'you stopped watching',
      nextStep: expect.stringContaining(`npm run calls -- show ${call.requestId} --local`),
    });
    await stack.idle();
    expect(await stack.record(call.requestId)).toMatchObject({ outcome: 'completed' });
  });

  it('of which no record comes is a problem after a minute', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const following = followTestCall(account, stage, 'test-call-unheard-of', {
      changed: () => 0,
      signal: new AbortController().signal,
      pollMs: 50,
    });
    vi.setSystemTime(Date.now() + 61_000);
    expect(await following).toBeUndefined();
    vi.useRealTimers();
  });

  it('that may not be started is said with the permission that is missing', async () => {
    const stranger = Object.create(account, {
      stepFunctions: {
        value: {
          send: () =>
            Promise.reject(
              Object.assign(new Error('not authorized to perform: states:StartExecution'), {
                name: 'AccessDeniedException',
              }),
            ),
        },
      },
    });
    const asked = { isAgreed: true, isTold: false, width: 100, pollMs: 50 };
    expect(await placeTestCall(stranger, stage, EXAMPLE_NUMBER, asked)).toMatchObject({
      state: 'unchecked',
      seen: expect.stringContaining('states:StartExecution was refused'),
      nextStep: expect.stringContaining('npm run calls -- show test-call-'),
    });
  });
});

describe('a number', () => {
  const dev = (): CheckedStage => ({ ...stage, name: 'dev' });
  const with_ = (parts: Partial<CheckedStage['file']>) => ({ ...dev(), file: { ...stage.file, ...parts } });

  it.each<[what: string, number: string, of: () => CheckedStage, agreed: boolean, sentence: string]>([
    ['that is none', 'x', dev, true, 'this stage does not call this number'],
    ['that the stage does not call', '0120123456', dev, true, 'this stage does not call this number (toll_free)'],
    ['of the examples', '090-1234-5678', dev, true, 'this is the number of the examples'],
    ['whose owner cannot be asked', '050-1234-5678', dev, false, 'there is no terminal to ask in: add --yes'],
    [
      'of a stage that calls signed requests only',
      '050-1234-5678',
      () => with_({ signature: { mode: 'required', secretName: 'keys' } }),
      true,
      'calls signed requests only',
    ],
    [
      'of a stage without a number of its own',
      '050-1234-5678',
      () => with_({ connect: { ...stage.file.connect, sourcePhoneNumber: null } }),
      true,
      'has no number to call from',
    ],
  ])('%s is not called', (_, number, of, isAgreed, sentence) => {
    expect(() => phoneOfTestCall(number, of(), isAgreed)).toThrow(sentence);
  });

  it('of the examples is called on this machine, whose phones are models', () => {
    expect(phoneOfTestCall('090-1234-5678', stage, true)).toBe('+819012345678');
  });
});
