import type { ReasonOf } from './outcomes.ts';
import { isUnfilled } from './phone-number.ts';

/** Why a token does not open the way to a call. `already_used` is found out by the one who keeps the nonces. */
type TokenRefusal = Exclude<ReasonOf<'signature_refused'>, 'already_used'>;

export type TokenCheck = { ok: true; nonce: string; expiresAt: Date } | { ok: false; reason: TokenRefusal };

/** Secrets that tokens are signed with: any text of at least 32 bytes in UTF-8, used as it is. */
export interface SigningKeys {
  current: string;
  /** The one before, which still holds while the back end changes over. */
  previous?: string;
}

/** What a token is issued for. */
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
 * Issues a token for one call to one number: `v1.<expiry>.<nonce>.<mac>`. Throws RangeError for what would make a token
 * that is never accepted.
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
 * Was the token issued for this number, by somebody who has a key, and is it still good? Compares in constant time.
 *
 * @param token `call_token` of the event's content, as it came
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
  // Only now: what somebody made up did not expire.
  return now < expiresAt ? { ok: true, nonce, expiresAt } : refuse('expired');
}

/** Is the text long enough to sign with? */
export const isUsableKey = (key: string): boolean => Buffer.byteLength(key) >= MIN_KEY_BYTES;

const refuse = (reason: TokenRefusal): TokenCheck => ({ ok: false, reason });

/** What is signed. No part can hold a line break, so no two tokens sign the same text. */
const signedText = (phone: string, expiry: string, nonce: string): Uint8Array<ArrayBuffer> =>
  new TextEncoder().encode(['v1', phone, expiry, nonce].join('\n'));

const hmacKey = (key: string) =>
  crypto.subtle.importKey('raw', new TextEncoder().encode(key), { name: 'HMAC', hash: 'SHA-256' }, false, [
    'sign',
    'verify',
  ]);
