import { randomUUID } from 'node:crypto';
import type { LocalFunctions } from './local-functions.ts';
import type { FunctionSchedule } from './service.ts';

interface LocalSchedules {
  /** Runs a scheduled function now. Rejects with the function's own error. */
  run(functionName: string): Promise<void>;
  /** Stops all schedules. */
  close(): void;
}

/** Shortest interval, however fast the stack runs. */
const SHORTEST_MS = 1_000;

/** @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-run-lambda-schedule.html */
export const scheduledEvent = (functionName: string, region: string, now: Date) => ({
  version: '0',
  id: randomUUID(),
  'detail-type': 'Scheduled Event',
  source: 'aws.events',
  account: '000000000000',
  time: `${now.toISOString().slice(0, 19)}Z`,
  region,
  resources: [`arn:aws:events:${region}:000000000000:rule/${functionName}`],
  detail: {},
});

interface Options {
  functions: Pick<LocalFunctions, 'invoke'>;
  region: string;
  /** The time between two runs is divided by it. */
  speed: number;
  /** Whether the functions have anything to do. They also run once more after that ends. */
  isAlive(): Promise<boolean>;
}

/** Rules of Amazon EventBridge that run functions at a rate. They do not keep the process alive. */
export function localSchedules(
  schedules: readonly FunctionSchedule[],
  { functions, region, speed, isAlive }: Options,
): LocalSchedules {
  const timers = new Map<FunctionSchedule, ReturnType<typeof setTimeout>>();
  let closed = false;

  async function invoke(name: string): Promise<void> {
    await functions.invoke(name, scheduledEvent(name, region, new Date()));
  }

  async function tick(schedule: FunctionSchedule, wasAlive: boolean): Promise<void> {
    const alive = await isAlive().catch(() => false);
    if (closed) return;
    // The function has logged why it failed, and runs again.
    if (alive || wasAlive) await invoke(schedule.function).catch(() => undefined);
    next(schedule, alive);
  }

  function next(schedule: FunctionSchedule, wasAlive: boolean): void {
    if (closed) return;
    const milliseconds = Math.max((schedule.seconds * 1_000) / speed, SHORTEST_MS);
    const timer = setTimeout(() => void tick(schedule, wasAlive), milliseconds);
    timer.unref();
    timers.set(schedule, timer);
  }

  for (const schedule of schedules) next(schedule, false);

  return {
    async run(functionName) {
      if (!schedules.some(({ function: name }) => name === functionName)) {
        throw new Error(`serverless.yml has no schedule for the function "${functionName}"`);
      }
      await invoke(functionName);
    },
    close() {
      closed = true;
      for (const timer of timers.values()) clearTimeout(timer);
    },
  };
}
