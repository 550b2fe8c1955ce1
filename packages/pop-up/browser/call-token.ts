/** How long the page's back end may take to sign a request. */
export const TOKEN_TIMEOUT_MS = 10_000;

/** Calls `then` after this many milliseconds; the returned function cancels it. */
type StartTimer = (ms: number, then: () => void) => () => void;

/**
 * A signature from the host page: its global function receives the number in E.164 form and returns the token, or a
 * promise of it (docs/signed-requests.md). Rejects if there is no such function, or if it fails, returns no text, or
 * takes longer than ten seconds.
 *
 * @param scope the page's global object
 */
export function callTokenFrom(
  scope: Readonly<Record<string, unknown>>,
  functionName: string,
  e164: string,
  startTimer: StartTimer,
): Promise<string> {
  return new Promise((resolve, reject) => {
    const stopTimer = startTimer(TOKEN_TIMEOUT_MS, () => reject(new Error('too slow')));
    const asked = async (): Promise<string> => {
      const sign = scope[functionName];
      const token: unknown = typeof sign === 'function' ? await sign(e164) : undefined;
      if (typeof token !== 'string' || token.trim() === '') throw new TypeError('no token');
      return token;
    };
    asked().then(resolve, reject).finally(stopTimer);
  });
}
