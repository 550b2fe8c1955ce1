import { describe, expect, it } from 'vitest';
import { type Baseline, runBaseline } from '../simulation/baselines.ts';
import type { Scenario } from '../simulation/scenario.ts';
import { entriesOf } from '../simulation/trace.ts';
import { arrivals, scenario } from './simulation-support.ts';

const never = { StartOutboundVoiceContact: { burst: 0, perSecond: 0 } };
const instant = { initMs: [0, 0], invocationMs: [0, 0], connectMs: [0, 0], eventMs: [0, 0] } as const;

async function run(baseline: Baseline, world: Scenario) {
  const { trace, usage } = await runBaseline(baseline, world);
  const [arrived] = entriesOf(trace, 'arrived');
  const seconds = (at: number) => (at - (arrived?.at ?? 0)) / 1_000;
  return {
    asked: entriesOf(trace, 'asked').map(({ at, result }) => ({ after: seconds(at), result })),
    rang: entriesOf(trace, 'rang').map(({ at }) => seconds(at)),
    usage,
  };
}

describe("the function of KARTE's guide", () => {
  it('asks five times in each of three runs, a minute and then two minutes apart', async () => {
    // Act
    const throttled = scenario({ arrivals: arrivals(1), delays: instant, quotas: { connectRates: never } });
    const { asked, rang, usage } = await run("guide's function, 15 min", throttled);

    // Assess
    expect(rang).toEqual([]);
    expect(asked.map(({ result }) => result)).toEqual(new Array(15).fill('TooManyRequestsException'));
    for (const [index, { after }] of asked.entries()) {
      const before = asked[index - 1]?.after ?? 0;
      const most = [0, 1, 2, 4, 8][index % 5] ?? 0;
      const least = index % 5 === 0 ? ([0, 60, 120][index / 5] ?? 0) : 0;
      expect(after - before).toBeGreaterThan(least - 0.002);
      expect(after - before).toBeLessThan(least + most + 0.002);
    }
    expect(usage.lambdaRequests).toBe(3);
  });

  it('is cut off after three seconds unless somebody gave it more', async () => {
    // Act
    const throttled = scenario({ arrivals: arrivals(1), delays: instant, quotas: { connectRates: never } });
    const { asked, usage } = await run("guide's function", throttled);

    // Assess: every run begins and ends within 3 s of its time
    const runs = [0, 63, 186].map((from) => asked.filter(({ after }) => after >= from && after <= from + 3).length);
    expect(runs.reduce((sum, count) => sum + count, 0)).toBe(asked.length);
    expect(asked.length).toBeLessThan(15);
    expect(usage.lambdaGbSeconds).toBeCloseTo(3 * 3 * 0.125, 5);
  });

  it('rings twice where an answer was lost: the next run has a token of its own', async () => {
    const lost = { startTimeoutAfter: 1 };
    const { asked, rang } = await run("guide's function", scenario({ arrivals: arrivals(1), faults: lost }));
    expect(asked.map(({ result }) => result)).toEqual(['no-answer', 'no-answer', 'no-answer']);
    expect(rang).toHaveLength(3);
  });

  it('rings once where boto3 itself asks again after a lost answer, with the same token', async () => {
    const lost = { startTimeoutAfter: 0.2 };
    const world = scenario({ arrivals: arrivals(20, 10_000), faults: lost });
    const { asked, rang } = await run("guide's function, 15 min", world);
    expect(asked.map(({ result }) => result)).toContain('repeated');
    expect(rang).toHaveLength(20);
  });

  it('waits in the queue of Lambda where as many functions run as may', async () => {
    // Prepare: one at a time, each for 100 ms
    const world = scenario({
      arrivals: arrivals(4),
      delays: { ...instant, connectMs: [100, 100] },
      quotas: { lambdaConcurrency: 1 },
    });
    // Act, assess: those who find no room come again after a second, and after two more
    const { rang } = await run("guide's function", world);
    expect(rang).toEqual([0.05, 1.05, 3.05, 7.05]);
  });
});

describe('simpler ways', () => {
  it('ask once and never again, or until the request is too old', async () => {
    const throttled = scenario({ arrivals: arrivals(1), quotas: { connectRates: never } });
    expect((await run('asks once', throttled)).asked).toHaveLength(1);
    const { asked } = await run('jitter only', throttled);
    expect(asked.length).toBeGreaterThan(10);
    expect(asked.at(-1)?.after).toBeLessThan(310);
  });

  it('do not ring again after a lost answer: one because it never asks again, one because it keeps its token', async () => {
    const world = scenario({ arrivals: arrivals(1), faults: { startTimeoutAfter: 1 } });
    for (const way of ['asks once', 'jitter only'] as const) expect((await run(way, world)).rang).toHaveLength(1);
  });
});
