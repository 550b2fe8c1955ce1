import { phonesIn } from './phones-in-text.ts';

/**
 * A telephone number as logs and terminals may show it: country code of Japan or the first digit, and the last four.
 * @example maskPhone('+819012345678') // '+81******5678'
 */
export function maskPhone(e164: string): string {
  const head = e164.startsWith('+81') ? '+81' : e164.slice(0, 2);
  return `${head}******${e164.slice(-4)}`;
}

/**
 * Masks everything in a text that reads like a telephone number: `+…`, `81…` and `0…`, in whatever digits and with or
 * without separators. For messages that come from elsewhere; our own never hold a number.
 *
 * @example maskPhones('電話は〇九〇-1234-5678です') // '電話は******5678です'
 */
export function maskPhones(text: string): string {
  let masked = '';
  let end = 0;
  for (const { from, to, digits } of phonesIn(text)) {
    masked += `${text.slice(end, from)}******${digits.slice(-4)}`;
    end = to;
  }
  return masked + text.slice(end);
}

/** Masks numbers in an error and in its causes, in place. */
export function maskError(error: unknown): void {
  const seen = new Set<unknown>();
  for (let at = error; at instanceof Error && !seen.has(at); at = at.cause) {
    seen.add(at);
    // Some errors (an aborted request's) have a message that cannot be written; theirs hold no number.
    if (at.message !== maskPhones(at.message)) Reflect.set(at, 'message', maskPhones(at.message));
    if (at.stack && at.stack !== maskPhones(at.stack)) Reflect.set(at, 'stack', maskPhones(at.stack));
  }
}
