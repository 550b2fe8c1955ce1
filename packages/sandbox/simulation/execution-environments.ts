/** Where Lambda runs functions: each environment belongs to one function and runs one invocation at a time. */
interface ExecutionEnvironments {
  /** Takes an idle environment of the function. @returns false where there is none: a new one has to start first */
  takeIdle(name: string): boolean;
  /** An invocation is over and leaves its environment idle. One whose runtime died is not given back. */
  giveBack(name: string): void;
}

/**
 * Knows which environments are idle. The one that was used last is used first, so that the others can go.
 *
 * @param keptMs an environment that is idle for longer is gone
 * @param now epoch milliseconds
 * @see https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html
 */
export function executionEnvironments(keptMs: number, now: () => number): ExecutionEnvironments {
  /** By function: since when each is idle, the longest first. */
  const idle = new Map<string, number[]>();
  return {
    takeIdle(name) {
      const since = idle.get(name)?.pop();
      if (since !== undefined && now() - since <= keptMs) return true;
      // Where the last one is gone, so are those that were idle before it.
      idle.delete(name);
      return false;
    },
    giveBack(name) {
      const those = idle.get(name);
      if (those) those.push(now());
      else idle.set(name, [now()]);
    },
  };
}
