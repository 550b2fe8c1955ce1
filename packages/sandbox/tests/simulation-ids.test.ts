import { describe, expect, it } from 'vitest';
import { simulate } from '../simulation/simulate.ts';
import { entriesOf } from '../simulation/trace.ts';
import { arrivals, outcomeCounts, scenario } from './simulation-support.ts';

/** How often the parameter with the ids is read where two requests come so far apart. */
async function readsOf(apartMs: number, isCreated: boolean): Promise<number> {
  const { use } = await simulate(scenario({ arrivals: arrivals(2, apartMs), isCreated }));
  return use.parametersRead;
}

describe('the ids of a stage', () => {
  it('are read once in the life of an execution environment: of the flow alone where the settings have all others', async () => {
    expect(await readsOf(60_000, false)).toBe(1);
    expect(await readsOf(600_000, false)).toBe(2);
  });

  it('are read by more functions where the stack makes the instance and its queues', async () => {
    const [soon, late] = [await readsOf(60_000, true), await readsOf(600_000, true)];
    expect(soon).toBeGreaterThan(2);
    expect(late).toBeGreaterThan(soon);
  });

  it('lose no request where environments start by the hundred and others use most of the quota', async () => {
    // Act: everybody at once, and no state of the machine comes late
    const { trace, unfinished } = await simulate(
      scenario({
        isCreated: true,
        arrivals: arrivals(60),
        delays: { stateSeconds: [0, 0], initMs: [100, 100] },
        quotas: { parameterReads: { burst: 5, perSecond: 5 } },
      }),
    );
    // Assess
    const turnedAway = entriesOf(trace, 'fault').filter(({ fault }) => fault === 'parameterThrottled');
    expect(turnedAway.length).toBeGreaterThan(60);
    expect(outcomeCounts(trace)).toEqual({ completed: 60 });
    expect(unfinished).toBe(0);
  });
});
