import { isObject } from '../domain/json-object.ts';
import { parseJson } from '../domain/json-text.ts';

/** The access token of KARTE's API. */
export interface KarteToken {
  /** @param refused a token that KARTE does not accept, so that a newer one is read */
  read(refused?: string): Promise<string>;
}

/** A secret that is not what docs/report-to-karte.md describes. Its content is never part of the message. */
class KarteTokenError extends Error {
  override readonly name = 'KarteTokenError';
}

/** The secret is not read more often, however many requests fail with its token. */
const MIN_AGE_MS = 60_000;

type ReadSecret = (name: string) => Promise<string | undefined>;

/**
 * The token in AWS Secrets Manager: a secret `{"token": "…"}`, read once, and again if KARTE refuses it, so that changing it needs
 * no deployment.
 */
export function secretsManagerToken(secretName: string, now: () => Date, readSecret: ReadSecret): KarteToken {
  let known: { token: Promise<string>; at: number } | undefined;

  async function tokenIn(secret: Promise<string | undefined>): Promise<string> {
    const token = fieldIn(await secret);
    // A token with characters that a header cannot carry would fail with a message that quotes it.
    if (typeof token === 'string' && /^[\x21-\x7e]+$/.test(token)) return token;
    throw new KarteTokenError(
      `the secret ${secretName} is not of the form {"token": "…"} without blanks: see docs/report-to-karte.md`,
    );
  }

  function look(): Promise<string> {
    const token = tokenIn(readSecret(secretName));
    const look = { token, at: now().getTime() };
    known = look;
    token.catch(() => {
      if (known === look) known = undefined;
    });
    return token;
  }

  return {
    async read(refused) {
      if (!known) return look();
      const token = await known.token;
      const isOld = now().getTime() - known.at >= MIN_AGE_MS;
      return token === refused && isOld ? look() : token;
    },
  };
}

function fieldIn(secret: string | undefined): unknown {
  try {
    const parsed = parseJson(secret ?? '');
    return isObject(parsed) ? parsed.token : undefined;
  } catch {
    // The parser's message would quote the secret.
    return undefined;
  }
}
