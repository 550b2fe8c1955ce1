import { describe, expect, it } from 'vitest';
import { prepareCheckQueue } from './check-queue-world.ts';
import { DAY, EXECUTION_ID, goodRequest, NOW, REQUEST_ID } from './function-support.ts';
import { claimedRecord, putRecord } from './tables.ts';

describe('checkQueue, where its execution is over', () => {
  const ended = { outcome: 'internal_error', reason: 'execution_aborted', class: 'failed' } as const;
  const ending = { requestId: REQUEST_ID, executionId: EXECUTION_ID, endedAt: NOW.toISOString(), ...ended };

  it.each(['before it begins, as after a redrive', 'while it takes its number', 'while it takes a place'])(
    'keeps nothing where the request was settled %s',
    async (moment) => {
      // Prepare
      const { calls, countedBy, holderOf, holders, interference, run, ...tables } = prepareCheckQueue();
      await putRecord({ calls }, claimedRecord());
      const settle = async () => calls.settle(ending, await tables.record());
      if (moment.startsWith('before')) await settle();
      else {
        const taken = moment.endsWith('place') ? REQUEST_ID : `phone#${goodRequest.phone}`;
        interference.before = async ({ key, name, table }) => {
          if (key !== taken || table === 'calls' || !/Put|Update/.test(name)) return;
          interference.before = () => undefined;
          await settle();
        };
      }

      // Act
      const state = await run();

      // Assess
      expect(state).toMatchObject({ decision: 'end', ending: { outcome: 'duplicate', reason: 'already_claimed' } });
      expect(await holders('lines')).toEqual([]);
      expect(await holders('agents')).toEqual([]);
      expect(holderOf(goodRequest.phone)).toBeUndefined();
      expect([countedBy(`phone#${goodRequest.phone} ${DAY}`), countedBy(`day#${DAY}`)]).toEqual([[], []]);
      expect(await tables.record()).toMatchObject(ended);
    },
  );

  it("puts nobody in line for a request that is another execution's", async () => {
    const { calls, centre, run } = prepareCheckQueue();
    await putRecord({ calls }, claimedRecord({ executionId: `${EXECUTION_ID}-another` }));
    centre.agents = {};
    expect(await run()).toMatchObject({ decision: 'end', ending: { outcome: 'duplicate' } });
  });
});
