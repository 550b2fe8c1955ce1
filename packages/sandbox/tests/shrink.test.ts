import { describe, expect, it } from 'vitest';
import { type Scenario, scenarioOf } from '../simulation/scenario.ts';
import { faultsIn, shrink } from '../simulation/shrink.ts';

const scenario = scenarioOf({
  seed: 1,
  agents: Array.from({ length: 8 }, (_, index) => ({ name: `agent-${index}`, queues: ['members'], from: 0 })),
  arrivals: Array.from({ length: 1_000 }, (_, index) => ({
    at: index * 100,
    requestId: `r${index}`,
    phone: `+4477009${String(index).padStart(5, '0')}`,
    userType: 'member',
  })),
  actions: [{ at: 500, do: 'stop' }],
  faults: { startThrottled: 0.1, functionDies: 0.1, clockSkewMs: 500 },
});

const has = ({ arrivals }: Scenario, ...ids: string[]) =>
  ids.every((id) => arrivals.some(({ requestId }) => requestId === id));

describe('shrinking a scenario that fails', () => {
  it('finds the two requests and the one fault that it takes', async () => {
    // Prepare: two requests far apart, while functions die and somebody is there to answer
    const fails = async (smaller: Scenario) =>
      has(smaller, 'r3', 'r712') && smaller.faults.functionDies > 0 && smaller.agents.length > 0;

    // Act
    const { scenario: smallest, runs } = await shrink(scenario, fails, 300);

    // Assess
    expect(smallest.arrivals.map(({ requestId }) => requestId)).toEqual(['r3', 'r712']);
    expect(faultsIn(smallest)).toEqual(['functionDies']);
    expect(smallest.agents).toHaveLength(1);
    expect(smallest.actions).toEqual([]);
    expect(smallest.seed).toBe(1);
    expect(runs).toBeLessThan(120);
  });

  it('returns what it has found when its budget is used up, and it still fails', async () => {
    const fails = async (smaller: Scenario) => has(smaller, 'r3', 'r712');
    const { scenario: smaller, runs } = await shrink(scenario, fails, 8);
    expect(runs).toBe(8);
    expect(smaller.arrivals.length).toBeLessThan(1_000);
    expect(await fails(smaller)).toBe(true);
  });

  it('may come to nothing at all', async () => {
    const { scenario: smallest } = await shrink(scenario, async () => true, 100);
    expect([smallest.arrivals, smallest.agents, smallest.actions, faultsIn(smallest)]).toEqual([[], [], [], []]);
  });
});
