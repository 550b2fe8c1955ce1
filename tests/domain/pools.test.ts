import { describe, expect, it } from 'vitest';
import { poolOf } from '../../domain/pools.ts';
import { OTHER_QUEUE_ID, QUEUE_ID, stage } from '../functions/function-support.ts';

const apart = { ...stage, agents: { ...stage.agents, pools: [['general'], ['plans']] } };

describe('pools of queues that share agents', () => {
  it.each([
    [stage, QUEUE_ID, [QUEUE_ID, OTHER_QUEUE_ID]],
    [stage, OTHER_QUEUE_ID, [QUEUE_ID, OTHER_QUEUE_ID]],
    [apart, QUEUE_ID, [QUEUE_ID]],
    [apart, OTHER_QUEUE_ID, [OTHER_QUEUE_ID]],
  ])('are found by a queue', (settings, queueId, queueIds) => {
    expect(poolOf(settings, queueId)).toEqual({ queueIds });
  });

  it('are missed aloud where a queue belongs to none, which the settings rule out', () => {
    expect(() => poolOf(stage, 'no-such-queue')).toThrow('the queue no-such-queue belongs to no pool of agents');
  });
});
