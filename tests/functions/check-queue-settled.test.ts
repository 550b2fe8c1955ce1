import { describe, expect, it } from 'vitest';
import { NEVER } from '../../domain/call-lease.ts';
import { prepareCheckQueue } from './check-queue-world.ts';
import { DAY, EXECUTION_ID, goodRequest, NOW, OVER, REQUEST_ID, secondsAfter } from './function-support.ts';
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

  it.each(['before it takes the number', 'while it reads the agents', 'before it looks at the record'])(
    'leaves everything to the call that its repetition placed %s',
    async (moment) => {
      // Prepare: the state machine has given up this attempt, which goes on all the same.
      const { calls, countedBy, guard, holders, interference, run, shared, ...tables } = prepareCheckQueue();
      const phone = `phone#${goodRequest.phone}`;
      const placed = { outcome: 'call_placed', reason: 'accepted', class: 'placed' } as const;
      let repetition: unknown;
      interference.before = async ({ key, name, table }) => {
        const isIt = {
          'before it takes the number': key === phone && name === 'UpdateCommand',
          'while it reads the agents': key === 'reading#agents' && name === 'UpdateCommand',
          'before it looks at the record': table === 'calls' && name === 'GetCommand',
        }[moment];
        if (!isIt) return;
        interference.before = () => undefined;
        repetition = await run();
        await shared.leases.ringing(REQUEST_ID, goodRequest.queue.id, 'c1', secondsAfter(0).getTime(), 7_200_000);
        await calls.end({ ...ending, ...placed });
        await shared.phones.callIsOver(goodRequest.phone, REQUEST_ID, secondsAfter(600), OVER);
      };

      // Act
      const state = await run();

      // Assess
      expect(repetition).toHaveProperty('turn');
      expect(state).toMatchObject({ decision: 'end', holdsGuards: true });
      expect(guard(phone)).toMatchObject({ requestId: REQUEST_ID, coolingDown: true });
      expect(await holders('agents')).toEqual([REQUEST_ID]);
      expect([countedBy(`${phone} ${DAY}`), countedBy(`day#${DAY}`)].map(({ length }) => length)).toEqual([1, 1]);
      expect(await tables.record()).toMatchObject(placed);
    },
  );

  it('gives back the place that it takes after the call of its repetition is over', async () => {
    // Prepare: the state machine has given up this attempt, which goes on all the same.
    const { calls, holders, interference, run, shared } = prepareCheckQueue();
    const queueId = goodRequest.queue.id;
    interference.before = async ({ key, name, table }) => {
      if (key !== 'reading#agents' || name !== 'UpdateCommand' || table === 'calls') return;
      interference.before = () => undefined;
      await run();
      await shared.leases.ringing(REQUEST_ID, queueId, 'c1', secondsAfter(0).getTime(), 7_200_000);
      await calls.end({ ...ending, outcome: 'busy', reason: 'line_busy', class: 'missed' });
      const over = { agentUntil: 0, lineUntil: 0, lookAt: NEVER };
      await shared.leases.follow({ requestId: REQUEST_ID, queueId }, over, { version: 1, goesOn: false });
      await shared.leases.settled(REQUEST_ID, 1);
    };

    // Act
    const state = await run();

    // Assess
    expect(state).toMatchObject({ decision: 'end', ending: { outcome: 'duplicate' } });
    expect(await holders('lines')).toEqual([]);
    expect(await holders('agents')).toEqual([]);
  });

  it("puts nobody in line for a request that is another execution's", async () => {
    const { calls, centre, run } = prepareCheckQueue();
    await putRecord({ calls }, claimedRecord({ executionId: `${EXECUTION_ID}-another` }));
    centre.agents = {};
    expect(await run()).toMatchObject({ decision: 'end', ending: { outcome: 'duplicate' } });
  });
});
