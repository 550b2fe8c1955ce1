import type { Bucket } from './scenario.ts';

/** A quota: so many at once, and so many a second. */
export interface TokenBucket {
  /** Takes one, if there is one. */
  tryTake(): boolean;
  /** Takes so many and says how long they take to be there, in milliseconds; anyone who comes later waits longer. */
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
