import { describe, expect, it } from 'vitest';
import type { Looks } from '../../../adapters/shared-state/looks.ts';
import type { SharedState } from '../../../adapters/shared-state/shared-state.ts';
import { fuzzRuns } from '../../../tests/fuzz-runs.ts';
import { commandHere } from '../../../tests/run-command.ts';
import { check, smallestOf } from '../bench/bench-faults.ts';
import { faultsScenario } from '../bench/faults-scenario.ts';
import type { Scenario } from '../simulation/scenario.ts';
import { simulate } from '../simulation/simulate.ts';
import type { Tampering } from '../simulation/simulated-functions.ts';
import { entriesOf, type Trace } from '../simulation/trace.ts';

/** Looks that see something else than there is. */
function looking({ looks }: SharedState, see: (look: Awaited<ReturnType<Looks['last']>>) => object): Looks {
  return {
    async first(...args) {
      const look = await looks.first(...args);
      return { ...look, ...see({ ...look, ringTimeoutRefused: false }) };
    },
    async last(...args) {
      const look = await looks.last(...args);
      return { ...look, ...see(look) };
    },
  };
}

describe('three seeds of everything that can go wrong', () => {
  const traces: Trace[] = [];

  /** Enough for every fault and ending below; at most as many as `npm run bench -- faults` sends unless it is told otherwise. */
  const requests = Math.min(fuzzRuns(110), 10_000);

  it.each([1, 2, 3])('break nothing: seed %i', async (seed) => {
    // Act
    const { trace, violations } = await check(faultsScenario(seed, requests));
    traces.push(trace);
    // Assess
    expect(violations).toEqual([]);
  });

  it('have every fault among them, and every kind of ending', () => {
    const all = traces.flat();
    const faults = new Set(entriesOf(all, 'fault').map(({ fault }) => fault.replace(/.* dies$/, 'a function dies')));
    expect([...faults].sort()).toEqual(
      expect.arrayContaining([
        'a function dies',
        'contactEventDoubled',
        'contactEventLate',
        'contactEventLost',
        'executionAborted',
        'executionTimedOut',
        'messageDoubled',
        'readThrottled',
        'readTimeout',
        'startThrottled',
        'startTimeoutAfter',
        'startTimeoutBefore',
        'startUnavailable',
        'statusEventDoubled',
        'statusEventLate',
        'tableThrottled',
        'tableTimeout',
        'tokenTimeout',
      ]),
    );
    const outcomes = new Set(entriesOf(all, 'outcome').map(({ outcome }) => outcome));
    expect([...outcomes].sort()).toEqual(
      expect.arrayContaining([
        'call_placed',
        'calling_disabled',
        'internal_error',
        'limit_reached',
        'no_agents_available',
        'number_blocked',
        'number_held',
        'number_refused',
      ]),
    );
    const executions = entriesOf(all, 'delivered');
    expect(executions.length).toBeGreaterThan(new Set(executions.map(({ requestId }) => requestId)).size);
  });

  it('run the same way every time', async () => {
    const [once, again] = [await check(faultsScenario(4, 30)), await check(faultsScenario(4, 30))];
    expect(again.trace).toEqual(once.trace);
  });
});

describe('a bug that was planted', () => {
  /** Few enough requests for a test, with the fault that it takes. */
  const scenario = (faults: Partial<Scenario['faults']>): Scenario => {
    const usual = faultsScenario(7, 12);
    return { ...usual, faults: { ...usual.faults, ...faults } };
  };
  const fewForACrowd = (usual: Scenario): Scenario => ({
    ...usual,
    arrivals: usual.arrivals.map((arrival) => ({ ...arrival, at: 120_000, copies: [] })),
    agents: usual.agents.slice(0, 6).map((agent) => ({ ...agent, from: 0, breaks: [] })),
  });
  const onceADay = (usual: Scenario): Scenario => ({
    ...usual,
    settings: { ...usual.settings, limits: { ...usual.settings.limits, callsPerNumberPerDay: 1 } },
  });
  const tenADay = (usual: Scenario): Scenario => ({
    ...usual,
    settings: { ...usual.settings, limits: { ...usual.settings.limits, callsPerDay: 10 } },
  });
  /** Each of the bugs below breaks its invariant several times in it. */
  const ENOUGH = faultsScenario(2, 60);
  const planted = (tampering: Tampering) => (smaller: Scenario) => simulate(smaller, tampering);

  it('in the token of repeated requests to Amazon Connect is found and shrunk to one request', async () => {
    // Prepare: another token at every attempt
    let attempts = 0;
    const run = planted({
      connect: (connect) => ({
        ...connect,
        startCall: (call) => connect.startCall({ ...call, clientToken: `${call.clientToken}-${attempts++}` }),
      }),
    });
    const disturbed = scenario({ startTimeoutAfter: 0.3, startCallDies: 0, functionDies: 0 });

    // Act
    const { violations } = await check(disturbed, run);
    const smallest = await smallestOf(disturbed, 'one call', 30, run);

    // Assess
    expect(violations.map(({ invariant }) => invariant)).toContain('one call');
    expect(smallest.requests).toBe(1);
    expect(smallest.faults).toContain('startTimeoutAfter');
    expect(smallest.faults.length).toBeLessThan(4);
    expect(smallest.story).toMatch(/^one call: .* rang .* after its first call/);
  });

  it('in the hold on a telephone number is found and shrunk to two requests', async () => {
    const run = planted({
      shared: (shared) => ({
        ...shared,
        phones: { ...shared.phones, hold: async () => 'held', coolDown: async () => true },
      }),
    });
    const { violations } = await check(scenario({}), run);
    const smallest = await smallestOf(scenario({}), 'cool-down', 30, run);
    expect(violations.map(({ invariant }) => invariant)).toContain('cool-down');
    expect(smallest.requests).toBe(2);
    expect(smallest.faults).toEqual([]);
  });

  it.each<[name: string, invariant: string, tampering: Tampering, changed?: Scenario]>([
    [
      'the emergency stop',
      'stopped',
      {
        shared: (shared) => ({
          ...shared,
          controls: {
            ...shared.controls,
            read: async () => ({ ...(await shared.controls.read()), stopped: false }),
          },
          looks: looking(shared, ({ controls }) => ({ controls: { ...controls, stopped: false } })),
        }),
      },
    ],
    [
      'the block list',
      'blocked',
      { shared: (shared) => ({ ...shared, looks: looking(shared, () => ({ blocked: undefined })) }) },
    ],
    [
      'the turns',
      'pacing',
      { shared: (shared) => ({ ...shared, turns: { ...shared.turns, take: async (_pace, from) => from } }) },
    ],
    [
      'the leases',
      'line held',
      { shared: (shared) => ({ ...shared, leases: { ...shared.leases, follow: async () => undefined } }) },
    ],
    [
      'the counting of agents',
      'over-dial',
      {
        shared: (shared) => ({
          ...shared,
          leases: { ...shared.leases, take: async () => ({ confirm: async () => true }) },
        }),
      },
      fewForACrowd(ENOUGH),
    ],
    [
      'the counting of calls to a number',
      'calls per number',
      {
        shared: ({ phones, ...shared }) => ({
          ...shared,
          phones: { ...phones, hold: (phone, id, hold) => phones.hold(phone, id, { ...hold, maxPerDay: null }) },
        }),
      },
      onceADay(ENOUGH),
    ],
    [
      'the counting of calls on a day',
      'calls per day',
      { shared: (shared) => ({ ...shared, limits: { ...shared.limits, count: async () => true } }) },
      tenADay(ENOUGH),
    ],
    [
      'giving counts back',
      'counted in vain',
      { shared: (shared) => ({ ...shared, limits: { ...shared.limits, giveBack: async () => undefined } }) },
    ],
    [
      'giving numbers back',
      'held number',
      { shared: (shared) => ({ ...shared, phones: { ...shared.phones, release: async () => undefined } }) },
    ],
  ])('in %s is found', async (_name, invariant, tampering, changed = ENOUGH) => {
    const { violations } = await check(changed, planted(tampering));
    expect(violations.map((violation) => violation.invariant)).toContain(invariant);
  });
});

describe('npm run bench -- faults', () => {
  const bench = (...args: string[]) => commandHere('bench', ['faults', ...args]);

  it('prints what went wrong, how requests ended, and what was checked', async () => {
    const { code, stdout } = await bench('--requests', '40');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^Seed 1: 46 requests, \d+ executions, \d+ calls/);
    expect(stdout).toMatch(/one outcome +held/);
    expect(stdout).toMatch(/\d+ +calls again after an unanswered one/);
    expect(stdout).not.toMatch(/call_placed/);
    expect(stdout).not.toMatch(/\+44\d/);
  });

  it('prints one JSON document', async () => {
    const { stdout } = await bench('--requests', '10', '--seed', '5', '--seeds', '2', '--json');
    const { seeds } = JSON.parse(stdout);
    expect(seeds.map(({ seed, violations }: { seed: number; violations: unknown[] }) => [seed, violations])).toEqual([
      [5, []],
      [6, []],
    ]);
  });

  it('tells of its options', async () => {
    expect((await bench('--help')).stdout).toContain('--budget N');
    expect(await bench('--seeds', '0')).toMatchObject({ code: 2, stderr: expect.stringContaining('--seeds is 0') });
  });
});
