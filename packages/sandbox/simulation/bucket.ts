import type { Bucket } from './scenario.ts';

/** A quota: a burst, and a rate per second. */
export interface TokenBucket {
  /** Takes one, if there is one. */
  tryTake(): boolean;
  /** Takes this many and returns how long they take to become available, in milliseconds; later callers wait longer. */
  delayFor(count: number): number;
}

/** @param now epoch milliseconds */
export function tokenBucket({ burst, perSecond }: Bucket, now: () => number): TokenBucket {
  const interval = 1_000 / perSecond;
  /** The moment at which the bucket will be full again. */
  let full = now();
  return {
    tryTake() {
      const next = Math.max(full, now()) + interval;
      if (next - now() > burst * interval) return false;
      full = next;
      return true;
    },
    delayFor(count) {
      full = Math.max(full, now()) + count * interval;
      return Math.max(0, full - now() - burst * interval);
    },
  };
}
