import { mobilesWithoutZero, phonesIn } from './phones-in-text.ts';

/**
 * A telephone number for logs and terminals: the country code of Japan or the first digit, and the last four.
 * @example maskPhone('+819012345678') // '+81******5678'
 */
export function maskPhone(e164: string): string {
  const head = e164.startsWith('+81') ? '+81' : e164.slice(0, 2);
  return `${head}******${e164.slice(-4)}`;
}

/**
 * Masks everything in a text that looks like a telephone number: `+…`, `81…` and `0…`, in any digits, with or without separators. For
 * messages from elsewhere; our own never contain a number.
 *
 * @example maskPhones('電話は〇九〇-1234-5678です') // '電話は******5678です'
 */
export const maskPhones = (text: string): string => withStars(text, phonesIn(text));

function withStars(text: string, found: ReturnType<typeof phonesIn>): string {
  let masked = '';
  let end = 0;
  for (const { from, to, digits } of found) {
    masked += `${text.slice(end, from)}******${digits.slice(-4)}`;
    end = to;
  }
  return masked + text.slice(end);
}

/** 9 to 15 digits, like a number without its `+` or 0, but not a time in seconds or milliseconds since 1970. */
const BARE = /^(?!1(?:\d{9}|\d{12})$)\d{9,15}$/;

/** Such digits as a value or key in JSON, also in nested JSON strings. */
const BARE_IN_JSON = /(?<=(?:^|[:[,"])\s{0,9}-?)\d{9,15}(?=(?:\.\d+)?\s{0,9}(?:[,}\]"\\]|$))/g;

const maskBare = (digits: string): string => (BARE.test(digits) ? `******${digits.slice(-4)}` : digits);

function maskText(text: string): string {
  const masked = maskPhones(text).replace(BARE_IN_JSON, maskBare);
  return withStars(masked, mobilesWithoutZero(masked));
}

/**
 * A value of a log line without telephone numbers, whatever its type; the contents of objects and lists are left to the next call.
 * Masks more than in a text for people, as a JSON number has lost the sign by which telephone numbers are recognised.
 *
 * @example maskLogged(9012345678) // '******5678'
 */
export function maskLogged(value: unknown): unknown {
  if (typeof value === 'string') return maskText(value);
  if (typeof value === 'number' || typeof value === 'bigint') {
    const digits = String(value).replace(/^-|\.\d+$/g, '');
    return BARE.test(digits) ? maskBare(digits) : value;
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value) || value instanceof Error) return value;
  const keys = Object.keys(value);
  if (keys.every((key) => maskText(key) === key)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inside]) => [maskText(key), inside]));
}

/** Masks numbers in an error and in its causes, in place. */
export function maskError(error: unknown): void {
  const seen = new Set<unknown>();
  for (let at = error; at instanceof Error && !seen.has(at); at = at.cause) {
    seen.add(at);
    // Some errors (of aborted requests) have a read-only message, which contains no number.
    if (at.message !== maskPhones(at.message)) Reflect.set(at, 'message', maskPhones(at.message));
    if (at.stack && at.stack !== maskPhones(at.stack)) Reflect.set(at, 'stack', maskPhones(at.stack));
  }
}
