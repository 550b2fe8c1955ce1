import { expect, it } from 'vitest';
import { virtualClock } from '../simulation/clock.ts';
import { luckOf } from '../simulation/random.ts';
import { runSchedules } from '../simulation/simulated-schedules.ts';

/** Runs a world in which something happens until a moment, and something is unsettled until another. */
async function minutesOfRuns(world: { happensUntil: number; unsettledUntil: number; fails?: true }): Promise<number[]> {
  const clock = virtualClock(0);
  const runs: number[] = [];
  const minute = 60_000;
  runSchedules([{ function: 'sweep', seconds: 60 }], {
    clock,
    region: 'ap-northeast-1',
    luck: luckOf(1),
    lambda: {
      async invoke() {
        runs.push(clock.now() / minute);
        if (world.fails) throw new Error('failed');
        return undefined;
      },
    },
    isUnsettled: () => clock.now() < world.unsettledUntil * minute,
  });
  clock.after(world.happensUntil * minute, () => undefined);
  await clock.run();
  return runs;
}

it('a schedule runs in virtual time while anything happens, and once more', async () => {
  expect(await minutesOfRuns({ happensUntil: 2.5, unsettledUntil: 0 })).toEqual([1, 2, 3]);
});

it('a schedule runs until all is settled', async () => {
  expect(await minutesOfRuns({ happensUntil: 0.5, unsettledUntil: 3.5 })).toEqual([1, 2, 3, 4]);
});

it('a schedule goes on though its function fails', async () => {
  expect(await minutesOfRuns({ happensUntil: 2.5, unsettledUntil: 0, fails: true })).toEqual([1, 2, 3]);
});
