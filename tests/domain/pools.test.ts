import { describe, expect, it } from 'vitest';
import { LINES, poolOf, poolsOf, sharesQueue } from '../../domain/pools.ts';
import { OTHER_QUEUE_ID, QUEUE_ID, stage } from '../functions/function-support.ts';

const apart = { ...stage, agents: { ...stage.agents, pools: [['general'], ['plans']] } };

describe('pools of queues that share agents', () => {
  it('have one book of leases each, named after their queues', () => {
    expect(poolsOf(stage)).toEqual([{ book: 'agents:general+plans', queueIds: [QUEUE_ID, OTHER_QUEUE_ID] }]);
    expect(poolsOf(apart)).toEqual([
      { book: 'agents:general', queueIds: [QUEUE_ID] },
      { book: 'agents:plans', queueIds: [OTHER_QUEUE_ID] },
    ]);
  });

  it.each([
    [QUEUE_ID, 'agents:general'],
    [OTHER_QUEUE_ID, 'agents:plans'],
  ])('are found by the queue %s', (queueId, book) => {
    expect(poolOf(apart, queueId).book).toBe(book);
  });

  it('are never mistaken for the book of outside lines', () => {
    expect(poolsOf(apart).map(({ book }) => book)).not.toContain(LINES);
  });

  it.each([
    ['agents:general+plans', 'agents:plans', true],
    ['agents:plans', 'agents:general+plans', true],
    ['agents:general', 'agents:plans', false],
    ['agents:plan', 'agents:plans', false],
    ['agents:general', LINES, false],
    [LINES, LINES, false],
  ])('are of the same agents where they have a queue in common: %s and %s', (book, other, same) => {
    expect(sharesQueue(book, other)).toBe(same);
  });

  it('are missed aloud where a queue belongs to none, which the settings rule out', () => {
    expect(() => poolOf(stage, 'no-such-queue')).toThrow('the queue no-such-queue belongs to no pool of agents');
  });
});
