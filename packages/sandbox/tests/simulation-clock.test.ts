import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { fuzzRuns } from '../../../tests/fuzz-runs.ts';
import { type VirtualClock, virtualClock } from '../simulation/clock.ts';

const START = Date.parse('2026-11-24T01:00:00.000Z');

describe('virtual time', () => {
  let uninstall: (() => void) | undefined;
  afterEach(() => uninstall?.());

  function installed(): VirtualClock {
    const clock = virtualClock(START);
    uninstall = clock.install();
    return clock;
  }

  it('fires timers in the order of their times, and of their setting where times are equal', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: -5, max: 20 })), async (delays) => {
        // Prepare
        const clock = virtualClock(START);
        const fired: [number, number][] = [];
        for (const [index, delay] of delays.entries()) {
          clock.after(delay, () => fired.push([clock.now() - START, index]));
        }

        // Act
        await clock.run();

        // Assess
        const expected = delays
          .map((delay, index): [number, number] => [Math.max(0, delay), index])
          .sort(([a, i], [b, j]) => a - b || i - j);
        expect(fired).toEqual(expected);
      }),
      { numRuns: fuzzRuns(100) },
    );
  });

  it('fires none that was cancelled, however many were', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(fc.nat(50), fc.boolean()), { maxLength: 300 }), async (timers) => {
        // Prepare
        const clock = virtualClock(START);
        const fired: number[] = [];
        const cancels = timers.map(([delay], index) => clock.after(delay, () => fired.push(index)));

        // Act
        for (const [index, [, keep]] of timers.entries()) if (!keep) cancels[index]?.();
        const pending = clock.pending();
        await clock.run();

        // Assess
        const kept = timers.flatMap(([, keep], index) => (keep ? [index] : []));
        expect(pending).toBe(kept.length);
        expect(fired.toSorted((a, b) => a - b)).toEqual(kept);
      }),
      { numRuns: fuzzRuns(100) },
    );
  });

  it('forgets thousands of cancelled timers while others wait', async () => {
    const clock = virtualClock(START);
    let fired = 0;
    for (let count = 0; count < 20_000; count += 1) clock.after(1_000 + count, () => (fired += 1))();
    clock.after(5, () => (fired += 1));
    await clock.run();
    expect([fired, clock.now() - START, clock.pending()]).toEqual([1, 5, 0]);
  });

  it('lets everything that has become possible happen between two moments', async () => {
    // Prepare
    const clock = virtualClock(START);
    const seen: string[] = [];
    const walk = async () => {
      await clock.pause(10);
      for (let step = 0; step < 50; step += 1) await Promise.resolve();
      seen.push(`walked ${clock.now() - START}`);
      await clock.pause(5);
      seen.push(`walked on ${clock.now() - START}`);
    };

    // Act
    void walk();
    clock.after(11, () => seen.push('eleven'));
    await clock.run();

    // Assess
    expect(seen).toEqual(['walked 10', 'eleven', 'walked on 15']);
  });

  it('stops at the moment it is told, with time standing there', async () => {
    const clock = virtualClock(START);
    let fired = 0;
    clock.after(1_000, () => (fired += 1));
    await clock.run(START + 999);
    expect([fired, clock.now()]).toEqual([0, START + 999]);
    await clock.run();
    expect([fired, clock.now()]).toEqual([1, START + 1_000]);
  });

  it('is what setTimeout, clearTimeout and Date go by while it is installed, and only then', async () => {
    // Prepare
    const real = { setTimeout, Date };
    const clock = installed();
    const seen: unknown[] = [];

    // Act
    const cancelled = setTimeout(() => seen.push('cancelled'), 10);
    setTimeout((...values: unknown[]) => seen.push(...values, new Date().toISOString(), Date.now()), 60_000, 'a', 'b');
    clearTimeout(cancelled);
    await clock.run();
    const parsed = new Date('2026-01-01T00:00:00Z');
    uninstall?.();

    // Assess
    expect(seen).toEqual(['a', 'b', '2026-11-24T01:01:00.000Z', START + 60_000]);
    expect(parsed).toBeInstanceOf(real.Date);
    expect(parsed.getTime()).toBe(Date.UTC(2026, 0, 1));
    expect([setTimeout, Date]).toEqual([real.setTimeout, real.Date]);
  });
});
