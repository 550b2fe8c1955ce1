import { describe, expect, it } from 'vitest';
import { readService } from '../service.ts';
import { functionTimes } from '../simulation/cold-starts.ts';
import { executionEnvironments } from '../simulation/execution-environments.ts';
import { simulate } from '../simulation/simulate.ts';
import { arrivals, of, scenario } from './simulation-support.ts';

describe('execution environments of Lambda', () => {
  it('are used again while they are kept, each by one invocation at a time', () => {
    // Prepare
    let now = 0;
    const environments = executionEnvironments(1_000, () => now);
    const found = () => environments.takeIdle('startCall') !== undefined;

    // Act, assess
    expect(found()).toBe(false);
    environments.giveBack('startCall', {});
    now += 1_000;
    expect([found(), found()]).toEqual([true, false]);
    environments.giveBack('startCall', {});
    now += 1_001;
    expect(found()).toBe(false);
  });

  it('belong to one function', () => {
    const environments = executionEnvironments(1_000, () => 0);
    environments.giveBack('startCall', {});
    expect([environments.takeIdle('checkQueue'), environments.takeIdle('startCall')]).toEqual([undefined, {}]);
  });

  it('let the longest idle ones go: the last used is used first', () => {
    // Prepare: two are idle, one of them for longer
    let now = 0;
    const environments = executionEnvironments(1_000, () => now);
    environments.giveBack('startCall', {});
    now = 600;
    environments.giveBack('startCall', {});

    // Act, assess
    now = 1_200;
    expect([environments.takeIdle('startCall'), environments.takeIdle('startCall')]).toEqual([{}, undefined]);
  });
});

describe('a function in a simulated world', () => {
  const secondsTo = async (apart: number) => {
    const { trace } = await simulate(
      scenario({ arrivals: arrivals(2, apart), delays: { stateSeconds: [0, 0], initMs: [700, 700] } }),
    );
    return [0, 1].map((request) => {
      const [delivered] = of(trace, 'delivered', request);
      const [invoked] = of(trace, 'invoked', request);
      return ((invoked?.at ?? 0) - (delivered?.at ?? 0)) / 1_000;
    });
  };

  it('starts later where it needs a new environment: the first time, and after a long pause', async () => {
    // What AWS takes, and what the function's own code does
    const { functions, stateMachine } = readService('local', 0);
    const invoked = JSON.stringify(stateMachine.definition.States[stateMachine.definition.StartAt]);
    const name = Object.keys(functions).find((key) =>
      invoked.toLowerCase().includes(`"${key.toLowerCase()}lambdafunction"`),
    );
    const least = 0.7 + (functionTimes(functions)[name ?? '']?.startMs ?? Number.NaN) / 1_000;
    const [first, soon] = await secondsTo(60_000);
    const [, late] = await secondsTo(400_000);
    expect(first).toBeGreaterThan(least);
    expect(soon).toBeLessThan(0.1);
    expect(late).toBeGreaterThan(least);
  });
});
