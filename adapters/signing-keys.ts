import { isUsableKey, MIN_KEY_BYTES, type SigningKeys } from '../domain/call-signature.ts';
import { parseJson } from '../domain/json-text.ts';

/** How long it takes at most until a rotated key is known everywhere. */
const MAX_AGE_MS = 5 * 60_000;

/**
 * The keys requests are signed with.
 *
 * Fails closed: while they cannot be read, `read` throws, and no signature is valid.
 */
export interface KeyStore {
  read(): Promise<SigningKeys>;
}

/** A secret that is not what docs/signed-requests.md describes. Its content is never part of the message. */
class SigningKeysError extends Error {
  override readonly name = 'SigningKeysError';
}

/** Reads the text of a secret; undefined if it has none. */
type ReadSecret = (name: string) => Promise<string | undefined>;

/** Keys in AWS Secrets Manager: a secret `{"current": "…", "previous": "…"}`, read at most every five minutes. */
export function secretsManagerKeys(
  secretName: string,
  now: () => Date,
  readSecret: ReadSecret = fromSecretsManager,
): KeyStore {
  let known: { keys: SigningKeys; readAt: number } | undefined;
  return {
    async read() {
      const readAt = now().getTime();
      if (known && readAt - known.readAt < MAX_AGE_MS) return known.keys;
      known = { keys: keysOf(await readSecret(secretName), secretName), readAt };
      return known.keys;
    },
  };
}

/** Imported on demand: the client doubles a function's start-up time, and most stages do not use signatures. */
const fromSecretsManager: ReadSecret = async (name) => (await import('./secrets-manager.ts')).secretsManager()(name);

function keysOf(secret: string | undefined, secretName: string): SigningKeys {
  const { current, previous } = fieldsOf(secret);
  const isKey = (value: unknown): value is string => typeof value === 'string' && isUsableKey(value);
  // The console may leave an empty string instead of deleting a field.
  const hasPrevious = previous !== undefined && previous !== null && previous !== '';
  if (!isKey(current) || (hasPrevious && !isKey(previous))) {
    throw new SigningKeysError(
      `the secret ${secretName} is not of the form {"current": "…", "previous": "…"} with keys of at least ` +
        `${MIN_KEY_BYTES} bytes: see docs/signed-requests.md`,
    );
  }
  return { current, ...(hasPrevious && { previous }) };
}

function fieldsOf(secret: string | undefined): { current?: unknown; previous?: unknown } {
  try {
    const parsed = parseJson(secret ?? '');
    return typeof parsed === 'object' && parsed !== null ? parsed : {};
  } catch {
    // The parser's message would quote the secret.
    return {};
  }
}
