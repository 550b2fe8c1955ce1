import { expect, it } from 'vitest';
import { simulate } from '../simulation/simulate.ts';
import { arrivals, outcomeCounts, scenario } from './simulation-support.ts';

/** A tenth of what a partition takes, for a tenth of the greatest limit of a minute and three times as many requests. */
const crowd = scenario({
  arrivals: arrivals(300),
  agents: Array.from({ length: 120 }, (_, index) => ({ name: `agent-${index}`, queues: ['visitors'], from: 0 })),
  settings: { limits: { requestsPerMinute: 100, callsPerDay: 500, callsPerNumberPerDay: 3, coolDownSeconds: 600 } },
  quotas: { tablePartitions: { partitions: 4, write: 100, read: 300 } },
  delays: { stateSeconds: [0, 0.1] },
});

it('a crowd at a limit that is as high as it may be is let through to the last place, and nobody is lost', async () => {
  const { trace } = await simulate(crowd);
  expect(outcomeCounts(trace)).toEqual({ completed: 100, limit_reached: 200 });
});
