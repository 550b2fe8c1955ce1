/**
 * Virtual time. While it is installed, it replaces the global timers and `Date`, so that code which knows nothing about a
 * simulation runs through hours of it in seconds: one timer after another fires, and between two moments everything that has
 * become possible happens.
 *
 * It is written here because the timers of @sinonjs/fake-timers (also vitest's) take a real millisecond for each
 * asynchronous tick, which adds up to minutes for a run of 10,000 requests.
 */
export interface VirtualClock {
  /** Epoch milliseconds. */
  now(): number;
  /** Replaces the global timers and `Date`. @returns restores the real ones */
  install(): () => void;
  /** Calls back after this many milliseconds, as `setTimeout` does; in the past means next. @returns cancels it */
  after(milliseconds: number, callback: () => void): () => void;
  /** Resolves after this many milliseconds. */
  pause(milliseconds: number): Promise<void>;
  /**
   * Fires timers in the order of their times, and those with equal times in the order in which they were set.
   * @param until no timer after this moment fires; time then stops there
   */
  run(until?: number): Promise<void>;
  /** Timers that have not fired. */
  pending(): number;
}

interface Timer {
  at: number;
  order: number;
  /** Undefined once it was cancelled. */
  callback: (() => void) | undefined;
}

/** What Node's `setTimeout` returns, as far as it is used here. */
class TimerHandle {
  readonly timer: Timer;
  constructor(timer: Timer) {
    this.timer = timer;
  }
  unref(): this {
    return this;
  }
  ref(): this {
    return this;
  }
  hasRef(): boolean {
    return true;
  }
}

/** Cancelled timers are swept out of the heap when there are more than this and more than half of it. */
const SWEEP_AT = 4_096;

/** @param startsAt epoch milliseconds */
export function virtualClock(startsAt: number): VirtualClock {
  const realDate = Date;
  const heap = timerHeap();
  let time = startsAt;
  let order = 0;
  let cancelled = 0;

  function set(milliseconds: number, callback: () => void): Timer {
    // Anything that is not a number counts as 0, as in Node; a fraction is kept, so that the order is exact.
    const delay = milliseconds > 0 ? milliseconds : 0;
    order += 1;
    const timer: Timer = { at: time + delay, order, callback };
    heap.push(timer);
    return timer;
  }

  function cancel(timer: Timer): void {
    if (timer.callback === undefined) return;
    timer.callback = undefined;
    cancelled += 1;
    if (cancelled > SWEEP_AT && cancelled * 2 > heap.size()) {
      heap.keep(({ callback }) => callback !== undefined);
      cancelled = 0;
    }
  }

  /** Takes the next active timer, if it is due by then. */
  function take(until: number): Timer | undefined {
    for (let next = heap.first(); next; next = heap.first()) {
      if (next.callback !== undefined && next.at > until) return undefined;
      heap.pop();
      if (next.callback !== undefined) return next;
      cancelled -= 1;
    }
    return undefined;
  }

  class VirtualDate extends realDate {
    constructor(...parts: [] | [number | string | Date]) {
      if (parts.length === 0) super(Math.floor(time));
      else super(...(parts as [number]));
    }
    static override now(): number {
      return Math.floor(time);
    }
  }

  return {
    now: () => time,
    after(milliseconds, callback) {
      const timer = set(milliseconds, callback);
      return () => cancel(timer);
    },
    pause: (milliseconds) =>
      new Promise((resolve) => {
        set(milliseconds, resolve);
      }),
    pending: () => heap.size() - cancelled,

    install() {
      const real = { setTimeout, clearTimeout, Date };
      Object.assign(globalThis, {
        setTimeout: (callback: (...values: unknown[]) => void, milliseconds = 0, ...values: unknown[]) =>
          new TimerHandle(set(Number(milliseconds), values.length === 0 ? callback : () => callback(...values))),
        clearTimeout(handle: unknown) {
          if (handle instanceof TimerHandle) cancel(handle.timer);
          else real.clearTimeout(handle as NodeJS.Timeout | undefined);
        },
        Date: VirtualDate,
      });
      return () => void Object.assign(globalThis, real);
    },

    async run(until = Number.POSITIVE_INFINITY) {
      await settled();
      let fired = 0;
      for (let timer = take(until); timer; timer = take(until)) {
        time = Math.max(time, timer.at);
        const { callback } = timer;
        timer.callback = undefined;
        callback?.();
        await settled();
        fired += 1;
        if (fired % BREATHE_AFTER === 0) await breathe();
      }
      if (until !== Number.POSITIVE_INFINITY) time = Math.max(time, until);
    },
  };
}

/** Node runs the next tick when no promise can continue. */
const settled = (): Promise<void> => new Promise((resolve) => process.nextTick(resolve));

/** Real signals and messages are handled after this many timers. */
const BREATHE_AFTER = 1_000;
const breathe = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** A binary heap of timers, the earliest first. */
function timerHeap() {
  let timers: Timer[] = [];
  const before = (a: Timer, b: Timer): boolean => a.at < b.at || (a.at === b.at && a.order < b.order);

  function sink(timer: Timer, from: number): void {
    let index = from;
    for (;;) {
      let child = 2 * index + 1;
      let least = timers[child];
      if (least === undefined) break;
      const right = timers[child + 1];
      if (right !== undefined && before(right, least)) {
        child += 1;
        least = right;
      }
      if (!before(least, timer)) break;
      timers[index] = least;
      index = child;
    }
    timers[index] = timer;
  }

  return {
    size: (): number => timers.length,
    first: (): Timer | undefined => timers[0],
    push(timer: Timer): void {
      let index = timers.length;
      while (index > 0) {
        const parent = (index - 1) >> 1;
        const above = timers[parent];
        if (above === undefined || !before(timer, above)) break;
        timers[index] = above;
        index = parent;
      }
      timers[index] = timer;
    },
    pop(): void {
      const last = timers.pop();
      if (last !== undefined && timers.length > 0) sink(last, 0);
    },
    /** Drops every other timer. */
    keep(wanted: (timer: Timer) => boolean): void {
      const kept = timers.filter(wanted).sort((a, b) => (before(a, b) ? -1 : 1));
      timers = kept;
    },
  };
}
