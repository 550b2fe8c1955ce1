import type { ReasonOf } from './outcomes.ts';
import { isUnfilled } from './phone-number.ts';

/** Why a token is not accepted. `already_used` comes from the store of nonces. */
type TokenRefusal = Exclude<ReasonOf<'signature_refused'>, 'already_used'>;

export type TokenCheck = { ok: true; nonce: string; expiresAt: Date } | { ok: false; reason: TokenRefusal };

/** Secrets for signing tokens: any text of at least 32 bytes in UTF-8, used as it is. */
export interface SigningKeys {
  current: string;
  /** The previous key, still valid while the back end switches over. */
  previous?: string;
}

/** The contents of a token. */
interface CallToken {
  /** E.164. */
  phone: string;
  /** Whole seconds; a fraction is cut off. At most 24 hours ahead, or the token is malformed. */
  expiresAt: Date;
  /** 16–64 of `A-Z a-z 0-9 - _`, random, never used before. */
  nonce: string;
  /** One of the stage's keys. */
  key: string;
}

export const MIN_KEY_BYTES = 32;
const LONGEST_LIFE_MS = 24 * 60 * 60_000;

/** Version, expiry in epoch seconds, nonce, and 32 bytes of HMAC-SHA256 in base64url without padding. */
const TOKEN = /^v1\.([1-9]\d{9})\.([A-Za-z0-9_-]{16,64})\.([A-Za-z0-9_-]{42}[AEIMQUYcgkosw048])$/;

/**
 * Issues a token for one call to one number: `v1.<expiry>.<nonce>.<mac>`. Throws RangeError for values that would never be accepted.
 *
 * @example
 * await issueCallToken({ phone: '+819012345678', expiresAt: new Date(Date.now() + 600_000), nonce: randomUUID(), key })
 * @see docs/signed-requests.md for the same in other languages
 */
export async function issueCallToken({ phone, expiresAt, nonce, key }: CallToken): Promise<string> {
  if (!/^\+[1-9]\d{6,14}$/.test(phone)) throw new RangeError('a token needs a telephone number in E.164 form');
  if (!isUsableKey(key)) throw new RangeError(`a signing key has at least ${MIN_KEY_BYTES} bytes`);
  const expiry = String(Math.floor(expiresAt.getTime() / 1000));
  const mac = await crypto.subtle.sign('HMAC', await hmacKey(key), signedText(phone, expiry, nonce));
  const token = `v1.${expiry}.${nonce}.${Buffer.from(mac).toString('base64url')}`;
  if (!TOKEN.test(token)) throw new RangeError('a token needs a time of this century and a nonce of 16–64 characters');
  return token;
}

/**
 * Whether the token was issued for this number, by somebody with a key, and is still valid. Compares in constant time.
 *
 * @param token raw `call_token` of the event's content
 * @param phone E.164
 */
export async function verifyCallToken(
  token: unknown,
  phone: string,
  keys: SigningKeys,
  now: Date,
): Promise<TokenCheck> {
  if (token === undefined || token === null || token === '') return refuse('missing');
  if (typeof token !== 'string') return refuse('malformed');
  if (isUnfilled(token)) return refuse('missing');
  const [, expiry, nonce, mac] = TOKEN.exec(token) ?? [];
  if (expiry === undefined || nonce === undefined || mac === undefined) return refuse('malformed');
  const expiresAt = new Date(Number(expiry) * 1000);
  if (expiresAt.getTime() > now.getTime() + LONGEST_LIFE_MS) return refuse('malformed');

  const text = signedText(phone, expiry, nonce);
  const signature = Buffer.from(mac, 'base64url');
  const isSignedWith = async (key: string) => crypto.subtle.verify('HMAC', await hmacKey(key), signature, text);
  const isOurs =
    (await isSignedWith(keys.current)) || (keys.previous !== undefined && (await isSignedWith(keys.previous)));
  if (!isOurs) return refuse('wrong');
  // Only now, as a forged token must not be reported as expired.
  return now < expiresAt ? { ok: true, nonce, expiresAt } : refuse('expired');
}

/** Whether the text is long enough for a key. */
export const isUsableKey = (key: string): boolean => Buffer.byteLength(key) >= MIN_KEY_BYTES;

const refuse = (reason: TokenRefusal): TokenCheck => ({ ok: false, reason });

/** The text to sign. No part can contain a line break, so no two tokens sign the same text. */
const signedText = (phone: string, expiry: string, nonce: string): Uint8Array<ArrayBuffer> =>
  new TextEncoder().encode(['v1', phone, expiry, nonce].join('\n'));

const hmacKey = (key: string) =>
  crypto.subtle.importKey('raw', new TextEncoder().encode(key), { name: 'HMAC', hash: 'SHA-256' }, false, [
    'sign',
    'verify',
  ]);
