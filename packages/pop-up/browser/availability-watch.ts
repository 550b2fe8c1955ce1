/** How long to wait for the file. */
const TIMEOUT_MS = 4_000;
/** How long what was read is considered current. */
const FRESH_MS = 30_000;
/** Characters. A longer file cannot be the company's and is not parsed. */
const LONGEST = 300_000;

/** Calls `then` after this many milliseconds; the returned function cancels it. */
type StartTimer = (ms: number, then: () => void) => () => void;

/** The company's availability.json, read while the pop-up is open. */
export interface AvailabilityWatch {
  /** As parsed; undefined if there is none, it cannot be read, or it has not arrived yet. */
  latest(): unknown;
  /** Reads it again, unless that was done in the last 30 seconds. Undefined if there is nothing to wait for. */
  read(url: string | undefined): Promise<void> | undefined;
  forget(): void;
}

export function watchAvailability(startTimer: StartTimer): AvailabilityWatch {
  let file: unknown;
  let readAt = Number.NEGATIVE_INFINITY;
  let reading: Promise<void> | undefined;

  return {
    latest: () => file,
    read(url) {
      if (url === undefined || (file !== undefined && performance.now() - readAt < FRESH_MS)) return undefined;
      if (reading) return reading;
      const mine = fetchJson(url, startTimer).then((answer) => {
        // Forgotten meanwhile?
        if (mine !== reading) return;
        reading = undefined;
        file = answer;
        readAt = performance.now();
      });
      reading = mine;
      return mine;
    },
    forget() {
      reading = undefined;
      file = undefined;
    },
  };
}

/** Without cookies, since it is the same for everybody. Undefined for any failure. */
async function fetchJson(url: string, startTimer: StartTimer): Promise<unknown> {
  const abort = new AbortController();
  const stopTimer = startTimer(TIMEOUT_MS, () => abort.abort());
  try {
    const response = await fetch(url, { credentials: 'omit', signal: abort.signal });
    if (!response.ok) return undefined;
    const text = await response.text();
    return text.length > LONGEST ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  } finally {
    stopTimer();
  }
}
