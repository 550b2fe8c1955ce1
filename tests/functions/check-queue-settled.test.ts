import { describe, expect, it } from 'vitest';
import { prepareCheckQueue, STATE } from './check-queue-world.ts';
import { EXECUTION_ID, NOW, REQUEST_ID } from './function-support.ts';
import { claimedRecord, putRecord } from './tables.ts';

describe('checkQueue, where its execution is over', () => {
  const ended = { outcome: 'internal_error', reason: 'execution_aborted', class: 'failed' } as const;
  const ending = { requestId: REQUEST_ID, executionId: EXECUTION_ID, endedAt: NOW.toISOString(), ...ended };

  it.each(['before it begins, as after a redrive', 'while it takes a place'])(
    'keeps no agent and no line where the request was settled %s',
    async (moment) => {
      // Prepare
      const { calls, holders, interference, run, ...tables } = prepareCheckQueue();
      await putRecord({ calls }, claimedRecord());
      const settle = () => calls.settle(ending, claimedRecord());
      if (moment.startsWith('before')) await settle();
      else {
        interference.after = async ({ name, table }) => {
          if (name === 'UpdateCommand' && table === 'leases') await settle();
        };
      }

      // Act
      const state = await run();

      // Assess
      expect(state).toMatchObject({ decision: 'end', ending: { outcome: 'duplicate', reason: 'already_claimed' } });
      expect(await holders('lines')).toEqual([]);
      expect(await holders('agents')).toEqual([]);
      expect(await tables.record()).toMatchObject(ended);
    },
  );

  it('goes on with a request that was claimed before its document told the execution', async () => {
    const { run } = prepareCheckQueue();
    const { executionId: _, ...before } = STATE;
    expect(await run(before)).toMatchObject({ decision: 'continue', turn: {} });
  });

  it("puts nobody in line for a request that is another execution's", async () => {
    const { calls, centre, run } = prepareCheckQueue();
    await putRecord({ calls }, claimedRecord({ executionId: `${EXECUTION_ID}-another` }));
    centre.agents = {};
    expect(await run()).toMatchObject({ decision: 'end', ending: { outcome: 'duplicate' } });
  });
});
