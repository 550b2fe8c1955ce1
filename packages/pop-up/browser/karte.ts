/** Tells KARTE of an event. */
export type Send = (event: string, values: Record<string, string>) => void;

/**
 * How to reach KARTE from here: the function of its tag (`krt('send', event, values)`), else the `tracker` that an
 * action's script sees. Undefined where there is neither.
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
  if (typeof krt === 'function') return (event, values) => krt('send', event, values);
  if (hasTrack(tracker)) return (event, values) => tracker.track(event, values);
  return undefined;
}

const hasTrack = (tracker: unknown): tracker is { track(event: string, values: Record<string, string>): unknown } =>
  typeof tracker === 'object' && tracker !== null && 'track' in tracker && typeof tracker.track === 'function';
