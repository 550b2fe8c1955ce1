import { scheduledEvent } from '../schedules.ts';
import type { FunctionSchedule } from '../service.ts';
import type { VirtualClock } from './clock.ts';
import type { Invocations } from './invocations.ts';
import type { Luck } from './random.ts';

interface Options {
  clock: Pick<VirtualClock, 'after' | 'now' | 'pending'>;
  lambda: Pick<Invocations, 'invoke'>;
  region: string;
  luck: Luck;
  /** Is there anything to check, although nothing else is going to happen? */
  isUnsettled(): boolean;
}

/**
 * Rules of Amazon EventBridge that run functions at a rate, in virtual time. They end with the world: once more after
 * nothing else is going to happen and everything is settled.
 */
export function runSchedules(schedules: readonly FunctionSchedule[], options: Options): void {
  const { clock, lambda, region, luck, isUnsettled } = options;
  /** Timers of schedules, which are no reason to continue. */
  let waiting = 0;

  function next({ function: name, seconds }: FunctionSchedule, count: number, wasAlive: boolean): void {
    waiting += 1;
    clock.after(seconds * 1_000, () => {
      waiting -= 1;
      const isAlive = clock.pending() > waiting || isUnsettled();
      if (isAlive || wasAlive) {
        const event = scheduledEvent(name, region, new Date(clock.now()));
        // The function's failure is in the trace, and it runs again.
        lambda.invoke(name, event, { luck: luck.branch(`${name} ${count}`) }).catch(() => undefined);
      }
      if (isAlive) next({ function: name, seconds }, count + 1, true);
    });
  }

  for (const schedule of schedules) next(schedule, 0, true);
}
