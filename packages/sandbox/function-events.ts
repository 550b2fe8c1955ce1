import { createTimers } from './connect/timers.ts';
import type { DeadLetter, Event } from './event-bus.ts';
import { whyUnmatched } from './event-pattern.ts';
import type { LocalFunctions } from './local-functions.ts';
import type { FunctionRule } from './service.ts';

/** The account's default event bus with the rules whose targets are functions. */
interface LocalFunctionEvents {
  /**
   * Delivers an event to the functions whose rule matches it.
   * @param delays one delivery each, after this many simulated seconds; an empty list loses the event
   */
  put(event: object, delays?: readonly number[]): void;
  /** Drops every delivery. */
  close(): void;
}

/**
 * Seconds until Lambda retries a function that failed on an event.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html
 */
export const RETRIES_AFTER = [60, 120];

/** @param giveUp receives events on which a function failed for good */
export function localFunctionEvents(
  rules: readonly FunctionRule[],
  functions: Pick<LocalFunctions, 'invoke'>,
  speed: number,
  giveUp: (letter: DeadLetter) => void,
): LocalFunctionEvents {
  const timers = createTimers(speed);
  let closed = false;
  async function deliver(name: string, event: Event, retries: readonly number[]): Promise<void> {
    try {
      await functions.invoke(name, event);
    } catch (error) {
      const [next, ...later] = retries;
      const { name: errorCode, message: errorMessage } = error instanceof Error ? error : new Error(String(error));
      if (next === undefined) giveUp({ event, errorCode, errorMessage, function: name, at: Date.now() });
      else deliverAfter(next, name, event, later);
    }
  }

  function deliverAfter(seconds: number, name: string, event: Event, retries: readonly number[]): void {
    // Immediate delivery happens within this turn, so that waiting for idle functions includes it.
    if (seconds === 0) void deliver(name, event, retries);
    else timers.after(seconds, () => void deliver(name, event, retries));
  }

  return {
    put(input, delays = [0]) {
      if (closed) return;
      const event = { ...input };
      for (const { function: name, pattern } of rules) {
        if (whyUnmatched(pattern, event).length > 0) continue;
        for (const seconds of delays) deliverAfter(seconds, name, event, RETRIES_AFTER);
      }
    },
    close() {
      closed = true;
      timers.close();
    },
  };
}
