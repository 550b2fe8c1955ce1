/**
 * A telephone number as logs and terminals may show it: country code of Japan or the first digit, and the last four.
 * @example maskPhone('+819012345678') // '+81******5678'
 */
export function maskPhone(e164: string): string {
  const head = e164.startsWith('+81') ? '+81' : e164.slice(0, 2);
  return `${head}******${e164.slice(-4)}`;
}

const DIGIT = '[0-9０-９]';
/** Whatever people or programs put between the digits of a number. */
const GAP = '[\\p{Pd}\\p{Cf}\\s−ー─━⁃⎯⏤～~ｰ﹘_.．・･/／()（）[\\]]{0,3}';
/** Ids and hashes hold long runs of digits and are no numbers. */
const ID = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{32,}';
const PHONE_LIKE = new RegExp(
  `(${ID})|(?<!${DIGIT})(?:[+＋]${GAP}(?:${DIGIT}${GAP}){7,14}${DIGIT}|(?:[8８]${GAP}[1１]|[0０])${GAP}(?:${DIGIT}${GAP}){7,11}${DIGIT})(?!${DIGIT})`,
  'giu',
);

/**
 * Masks everything in a text that reads like a telephone number: `+…`, `81…` and `0…`, in half- or full-width digits,
 * with or without separators. For messages that come from elsewhere; our own never hold a number.
 */
export function maskPhones(text: string): string {
  return text.replace(PHONE_LIKE, (found, id: string | undefined) => {
    if (id !== undefined) return id;
    const digits = found.normalize('NFKC').replace(/\D/g, '');
    return `******${digits.slice(-4)}`;
  });
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
