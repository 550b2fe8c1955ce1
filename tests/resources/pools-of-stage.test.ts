import { expect, it } from 'vitest';
import { checkStage } from '../../resources/load-stage.ts';
import { dev, twoQueues } from './stage-of-dev.ts';

it.each<[string, object, string]>([
  [
    'a pool of a queue that is not there',
    { agents: { pools: [['support', 'vip']] } },
    'agents.pools.0.1: found "vip", expected the name of a queue under connect.queues (support)',
  ],
  [
    'a queue in no pool',
    twoQueues({ agents: { pools: [['support']] } }),
    'agents.pools: found [["support"]], expected every queue in one pool: sales is in none',
  ],
  [
    'a queue in two pools',
    twoQueues({ agents: { pools: [['support', 'sales'], ['support']] } }),
    'agents.pools: found [["support","sales"],["support"]], expected every queue in one pool: support is in 2',
  ],
  [
    'an empty pool',
    { agents: { pools: [['support'], []] } },
    'agents.pools.1: found [], expected at least one queue in each pool',
  ],
])('%s is told in one sentence', (_, change, sentence) => {
  expect(() => checkStage({ ...dev, ...change }, 'dev')).toThrow(`settings/dev.yml: ${sentence}`);
});
