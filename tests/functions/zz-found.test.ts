import { describe, expect, it } from 'vitest';
import { METRICS_LAG_MS, NEVER } from '../../domain/call-lease.ts';
import { CALL, ENDED, prepareThree, shuffled } from './call-on-three-contacts.ts';
import { at } from './call-world.ts';
import { REQUEST_ID } from './function-support.ts';

// What the functions do not do yet. Each belongs where the others of its kind are as soon as it passes.

describe('a call on three contacts', () => {
  it.each(Array.from({ length: 60 }, (_, seed) => seed))(
    'comes to the same in every order, each event twice: seed %i',
    async (seed) => {
      // Prepare
      const world = await prepareThree();
      const events = shuffled([...CALL, ...CALL], seed);

      // Act
      for (const one of events) await world.run(one);
      world.clock.at = new Date(at(400));
      await world.look();

      // Assess
      const { record, lease, phone } = await world.state();
      expect({ ...record, transferredTo: record?.transferredTo?.toSorted() }).toEqual(ENDED);
      expect(lease).toMatchObject({ agentUntil: at(98) + METRICS_LAG_MS, lineUntil: 0, lookAt: NEVER });
      expect(phone).toMatchObject({ requestId: REQUEST_ID, coolingDown: true, until: at(300 + 600) });
      expect(world.counted.at(-1)).toBe('completed');
    },
  );
});
