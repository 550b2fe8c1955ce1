import type { IdStore } from '../../../adapters/stage-ids.ts';

/** What persists in an execution environment from one invocation to the next, as a module's variables do. */
export interface Kept {
  ids?: IdStore;
  /** As the current invocation reaches it. */
  readParameter?(name: string): Promise<string | undefined>;
}

/** Where Lambda runs functions: each environment belongs to one function and runs one invocation at a time. */
interface ExecutionEnvironments {
  /** Takes an idle environment of the function. @returns undefined if there is none: a new one has to start first */
  takeIdle(name: string): Kept | undefined;
  /** An invocation is over and leaves its environment idle. One whose runtime died is not returned. */
  giveBack(name: string, kept: Kept): void;
}

/**
 * Knows which environments are idle. The most recently used one is reused first, so that the others can expire.
 *
 * @param keptMs an environment that is idle for longer is removed
 * @param now epoch milliseconds
 * @see https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html
 */
export function executionEnvironments(keptMs: number, now: () => number): ExecutionEnvironments {
  /** By function: since when each has been idle, the longest first. */
  const idle = new Map<string, { since: number; kept: Kept }[]>();
  return {
    takeIdle(name) {
      const last = idle.get(name)?.pop();
      if (last !== undefined && now() - last.since <= keptMs) return last.kept;
      // If the last one has expired, so have those that were idle before it.
      idle.delete(name);
      return undefined;
    },
    giveBack(name, kept) {
      const those = idle.get(name);
      const last = { since: now(), kept };
      if (those) those.push(last);
      else idle.set(name, [last]);
    },
  };
}
