import { describe, expect, it } from 'vitest';
import type { LocalFunctions } from '../local-functions.ts';
import { readService } from '../service.ts';
import { localStateMachine, StartExecutionError } from '../state-machine.ts';
import { localDefinition } from '../state-machine-definition.ts';

const service = readService('dev', 0);

/** What is answered on the road to a placed call: by the function, or by its step where it has several. */
const ANSWERS: Record<string, unknown> = {
  admit: { decision: 'continue', request: {} },
  CheckQueue: { decision: 'continue', request: {}, turn: { at: '2026-11-22T03:00:00.000Z' } },
  StartCall: { decision: 'continue', request: {}, contactId: 'contact' },
  RecordOutcome: { outcome: 'call_placed', reason: 'accepted', notify: 'quiet' },
};

const stepOf = (functionName: string, payload: unknown): string => (payload as { step?: string }).step ?? functionName;

/** Functions that fail as told before they answer; the payloads they were given are kept. */
function functionsFailing(failing: string, errorName: string, times: number) {
  const payloads: { name: string; payload: unknown }[] = [];
  let left = times;
  const functions: Pick<LocalFunctions, 'invoke'> = {
    async invoke(functionName, payload) {
      const name = stepOf(functionName, payload);
      payloads.push({ name, payload });
      if (name === failing && left > 0) {
        left -= 1;
        throw Object.assign(new Error('planted'), { name: errorName });
      }
      return ANSWERS[name];
    },
  };
  return { functions, payloads };
}

const machine = (functions: Pick<LocalFunctions, 'invoke'>) => localStateMachine({ service, functions, speed: 10_000 });

const EVENT = { id: '11111111-2222-4333-8444-000000000001', detail: {} };

describe('a function that Lambda could not run', () => {
  const steps = ['admit', 'CheckQueue', 'StartCall', 'RecordOutcome'];
  const failures = ['Lambda.TooManyRequestsException', 'Lambda.Unknown', 'Sandbox.Timedout', 'States.Timeout'];

  it.each(steps.flatMap((name) => failures.map((failure) => [name, failure] as const)))(
    '%s is run again after %s, and the call goes out',
    async (name, failure) => {
      const { functions, payloads } = functionsFailing(name, failure, 3);
      const execution = machine(functions).start(EVENT);
      await execution.done;
      expect(execution.status).toBe('SUCCEEDED');
      const repeated = payloads
        .filter((call) => call.name === name)
        .map(({ payload }) => payload as { retries?: number });
      expect(repeated).toHaveLength(4);
      if (name === 'StartCall') expect(repeated.map(({ retries }) => retries)).toEqual([0, 1, 2, 3]);
      expect(new Set(repeated.map((payload) => JSON.stringify({ ...payload, retries: 0 }))).size).toBe(1);
    },
  );

  it.each(steps.slice(0, -1))('%s that fails for good still ends in RecordOutcome, its state named', async (name) => {
    const { functions, payloads } = functionsFailing(name, 'Lambda.Unknown', 1000);
    const execution = machine(functions).start(EVENT);
    await execution.done;
    const state = name === 'admit' ? 'ValidateRequest' : name;
    expect(payloads.at(-1)).toMatchObject({
      name: 'RecordOutcome',
      payload: { executionId: execution.arn, state: { failed: { [state]: { Error: 'Lambda.Unknown' } } } },
    });
    expect(execution.status).toBe('SUCCEEDED');
  });

  it('RecordOutcome that fails for good fails the execution, which rings the alarm', async () => {
    const { functions } = functionsFailing('RecordOutcome', 'Lambda.Unknown', 1000);
    const execution = machine(functions).start(EVENT);
    await execution.done;
    expect(execution.status).toBe('FAILED');
  });
});

describe('an execution', () => {
  it('is started once under a name', async () => {
    // Prepare
    const { functions } = functionsFailing('none', '', 0);
    const local = machine(functions);
    const first = local.start(EVENT, 'a-name');
    // Act and assess: the same input joins the running execution, another input is refused.
    expect(local.start(EVENT, 'a-name')).toBe(first);
    expect(() => local.start({ id: 'other' }, 'a-name')).toThrow(StartExecutionError);
    await first.done;
    expect(() => local.start(EVENT, 'a-name')).toThrow(/there was an execution named a-name/);
  });

  it('lasts for weeks where its definition has no time limit', () => {
    const { TimeoutSeconds: _, ...unlimited } = service.stateMachine.definition;
    expect(localDefinition(unlimited, {}, 1).TimeoutSeconds).toBeGreaterThan(14 * 24 * 60 * 60);
  });

  it('takes no input longer than 256 KiB', () => {
    const { functions } = functionsFailing('none', '', 0);
    expect(() => machine(functions).start({ text: 'x'.repeat(262_144) })).toThrow(/longer than 262144 bytes/);
  });

  it('fails when an operator must act', async () => {
    const alarm: Pick<LocalFunctions, 'invoke'> = {
      async invoke(functionName, payload) {
        const name = stepOf(functionName, payload);
        return name === 'RecordOutcome' ? { outcome: 'misconfigured', reason: 'x', notify: 'alarm' } : ANSWERS[name];
      },
    };
    const execution = machine(alarm).start(EVENT);
    await execution.done;
    expect(execution.status).toBe('FAILED');
  });

  it('is shown whenever something happened to it', async () => {
    // Prepare
    const { functions } = functionsFailing('CheckQueue', 'Lambda.Unknown', 1);
    const shown: string[] = [];
    const local = localStateMachine({
      service,
      functions,
      speed: 10_000,
      onChange({ status, states }) {
        const { name = '', errors = [], exitedAt } = states.at(-1) ?? {};
        shown.push([status, name, ...errors, exitedAt === undefined ? '' : 'left'].join(' ').trim());
      },
    });

    // Act
    await local.start(EVENT).done;

    // Assess
    expect(shown.slice(0, 3)).toEqual(['RUNNING', 'RUNNING ValidateRequest', 'RUNNING ValidateRequest left']);
    expect(shown).toEqual(
      expect.arrayContaining([
        'RUNNING CheckQueue',
        'RUNNING CheckQueue Lambda.Unknown',
        'RUNNING CheckQueue Lambda.Unknown left',
      ]),
    );
    expect(shown.at(-1)).toBe('SUCCEEDED RequestEnded left');
  });
});
