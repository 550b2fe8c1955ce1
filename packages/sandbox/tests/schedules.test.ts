import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { rateSeconds } from '../rate-expression.ts';
import { localSchedules } from '../schedules.ts';
import { startStack } from '../start-stack.ts';

const SWEEP = { function: 'sweep', seconds: 60 };

describe('a function with a schedule', () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] }));
  afterEach(() => void vi.useRealTimers());

  /** Notes what runs while something is alive. */
  function scheduled(speed: number, failing = false) {
    const world = { isAlive: true };
    const invoke = vi.fn(async (_name: string, _event: unknown): Promise<unknown> => {
      if (failing) throw new Error('failed');
      return undefined;
    });
    const schedules = localSchedules([SWEEP], {
      functions: { invoke },
      region: 'ap-northeast-1',
      speed,
      isAlive: async () => world.isAlive,
    });
    return { world, invoke, schedules };
  }

  it('runs at its rate, as much faster as the stack lives', async () => {
    const { invoke } = scheduled(20);
    await vi.advanceTimersByTimeAsync(2_900);
    expect(invoke).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(100);
    expect(invoke).toHaveBeenCalledTimes(1);
    expect(invoke).toHaveBeenCalledWith('sweep', expect.objectContaining({ source: 'aws.events', detail: {} }));
    await vi.advanceTimersByTimeAsync(6_000);
    expect(invoke).toHaveBeenCalledTimes(3);
  });

  it('runs once a second at most', async () => {
    const { invoke } = scheduled(10_000);
    await vi.advanceTimersByTimeAsync(5_000);
    expect(invoke).toHaveBeenCalledTimes(5);
  });

  it('runs no more when nothing is alive, after one last time', async () => {
    // Prepare
    const { world, invoke } = scheduled(60);
    await vi.advanceTimersByTimeAsync(2_000);

    // Act & Assess
    world.isAlive = false;
    await vi.advanceTimersByTimeAsync(10_000);
    expect(invoke).toHaveBeenCalledTimes(3);
    world.isAlive = true;
    await vi.advanceTimersByTimeAsync(1_000);
    expect(invoke).toHaveBeenCalledTimes(4);
  });

  it('runs again though it failed, and tells so only those who ran it by hand', async () => {
    const { invoke, schedules } = scheduled(60, true);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(invoke).toHaveBeenCalledTimes(2);
    await expect(schedules.run('sweep')).rejects.toThrow('failed');
    await expect(schedules.run('other')).rejects.toThrow('no schedule for the function "other"');
  });

  it('does not run after the end, and leaves no timer', async () => {
    const { invoke, schedules } = scheduled(60);
    schedules.close();
    await vi.advanceTimersByTimeAsync(5_000);
    expect(invoke).not.toHaveBeenCalled();
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe('a rate', () => {
  it.each([
    ['rate(1 minute)', 60],
    ['rate(5 minutes)', 300],
    ['rate(1 hour)', 3_600],
    ['rate(2 days)', 172_800],
  ])('%s is understood', (expression, seconds) => {
    expect(rateSeconds(expression)).toBe(seconds);
  });

  it.each(['cron(0 12 * * ? *)', 'rate(0 minutes)', 'rate(1 second)', ''])('"%s" is none', (expression) => {
    expect(() => rateSeconds(expression)).toThrow('rate(1 minute) only');
  });
});

it('the stack runs only what has a schedule', async () => {
  const stack = await startStack();
  await expect(stack.runScheduled('admit')).rejects.toThrow('no schedule for the function "admit"');
  await stack.close();
});
