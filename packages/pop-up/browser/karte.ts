/** Sends an event to KARTE. */
export type Send = (event: string, values: Record<string, string>) => void;

/**
 * How to reach KARTE from here: the function of its tag (`krt('send', event, values)`), otherwise the `tracker` that an
 * action's script sees. Undefined if there is neither, or if nothing would pass on what the function receives.
 *
 * @param scope the page's global object
 * @param tracker the free variable `tracker` of an action's script
 * @see https://developers.karte.io/docs/send-web-event
 */
export function karteSender(
  scope: Readonly<Record<string, unknown>>,
  krtName: string,
  tracker: unknown,
): Send | undefined {
  const krt = scope[krtName];
  if (typeof krt === 'function' && !onlyQueues(krt)) return (event, values) => krt('send', event, values);
  if (hasTrack(tracker)) return (event, values) => tracker.track(event, values);
  return undefined;
}

/** How long to wait for KARTE's script once a visitor wants to send. */
export const KARTE_TIMEOUT_MS = 8_000;
const LOOK_EVERY_MS = 200;

/**
 * Waits for KARTE's script if the page has its tag; resolves when it is there, or when it is too late. Undefined if there is
 * nothing to wait for.
 *
 * @param startTimer calls `then` after this many ms
 */
export function karteArriving(
  scope: Readonly<Record<string, unknown>>,
  krtName: string,
  startTimer: (ms: number, then: () => void) => unknown,
): Promise<void> | undefined {
  const isComing = (): boolean => {
    const krt = scope[krtName];
    return typeof krt === 'function' && onlyQueues(krt);
  };
  if (!isComing()) return undefined;
  return new Promise((resolve) => {
    const lookAfter = (left: number): unknown =>
      isComing() && left > 0 ? startTimer(LOOK_EVERY_MS, () => lookAfter(left - LOOK_EVERY_MS)) : resolve();
    lookAfter(KARTE_TIMEOUT_MS);
  });
}

/**
 * KARTE's tag is a function that collects its arguments in its list `q`, and a script that loads later, sets `x`, and
 * sends. If a browser blocks the script, only the function remains, and what it has collected goes nowhere.
 *
 * @see The tag: https://support.karte.io/post/7E5yZwHWroaDTDmd4f0SDx. `q` and `x` are as in tags on public pages.
 */
const onlyQueues = (krt: object): boolean => 'q' in krt && !('x' in krt && krt.x);

const hasTrack = (tracker: unknown): tracker is { track(event: string, values: Record<string, string>): unknown } =>
  typeof tracker === 'object' && tracker !== null && 'track' in tracker && typeof tracker.track === 'function';
