import type { KarteReport } from '../domain/karte-reports.ts';
import { maskPhones } from '../domain/masking.ts';
import type { KarteToken } from './karte-token.ts';

/** KARTE will never accept this event. */
export class KarteRefusedError extends Error {
  override readonly name = 'KarteRefused';
}

/** KARTE did not confirm the event. It may have it nevertheless. */
export class KarteUnavailableError extends Error {
  override readonly name = 'KarteUnavailable';
  /** How long KARTE asks to wait, if it does. */
  readonly retryAfterMs: number | undefined;
  constructor(message: string, options: ErrorOptions & { retryAfterMs?: number | undefined } = {}) {
    super(message, options);
    this.retryAfterMs = options.retryAfterMs;
  }
}

/** Events go to KARTE one by one; it does not detect duplicates. */
export interface KarteTrack {
  /** Throws `KarteRefusedError` or `KarteUnavailableError`. */
  write(report: KarteReport): Promise<void>;
}

/** KARTE processes in the background and answers quickly. */
const PATIENCE_MS = 5_000;
const LONGEST_ANSWER = 300;

/**
 * The Track API v2 of KARTE over HTTP.
 *
 * Answers that may change later are those of KARTE's own samples: 408, 429 and 5xx. If KARTE does not accept the token, or not for
 * this, somebody will replace it: nothing is wrong with the event.
 * @see https://github.com/plaidev/craft-codes/tree/main/craft-functions/delayed-event
 */
export function karteTrack(endpoint: string, token: KarteToken): KarteTrack {
  async function post(report: KarteReport, bearer: string): Promise<Response> {
    try {
      return await fetch(endpoint, {
        method: 'POST',
        headers: { authorization: `Bearer ${bearer}`, 'content-type': 'application/json' },
        body: JSON.stringify(report),
        // The token must not be sent to any other address.
        redirect: 'manual',
        signal: AbortSignal.timeout(PATIENCE_MS),
      });
    } catch (cause) {
      throw new KarteUnavailableError(`KARTE did not answer: ${cause instanceof Error ? cause.name : 'Error'}`, {
        cause,
      });
    }
  }

  async function tokenOf(refused?: string): Promise<string> {
    try {
      return await token.read(refused);
    } catch (cause) {
      throw new KarteUnavailableError(`no token for KARTE: ${cause instanceof Error ? cause.message : 'Error'}`, {
        cause,
      });
    }
  }

  return {
    async write(report) {
      let bearer = await tokenOf();
      let response = await post(report, bearer);
      if (response.status === 401) {
        const newer = await tokenOf(bearer);
        if (newer !== bearer) {
          await response.body?.cancel();
          bearer = newer;
          response = await post(report, bearer);
        }
      }
      const { status } = response;
      const answer = await textOf(response);
      if (response.ok) return;
      const said = maskPhones(answer.replaceAll(bearer, '…').replace(/\s+/g, ' ')).slice(0, LONGEST_ANSWER);
      const message = `KARTE answered ${status}: ${said}`;
      if (mayChange(status)) throw new KarteUnavailableError(message, { retryAfterMs: retryAfterOf(response) });
      throw new KarteRefusedError(message);
    },
  };
}

const mayChange = (status: number): boolean => status >= 500 || [401, 403, 408, 429].includes(status);

/** A connection is only reused once its response has been read. */
async function textOf(response: Response): Promise<string> {
  try {
    return await response.text();
  } catch {
    return '';
  }
}

/** In seconds; the date form of the header is not supported. */
function retryAfterOf({ headers }: Response): number | undefined {
  const seconds = Number(headers.get('retry-after') ?? 'none');
  return Number.isFinite(seconds) && seconds > 0 ? seconds * 1000 : undefined;
}
