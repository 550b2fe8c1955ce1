/**
 * A telephone number as logs and terminals may show it: country code of Japan or the first digit, and the last four.
 * @example maskPhone('+819012345678') // '+81******5678'
 */
export function maskPhone(e164: string): string {
  const head = e164.startsWith('+81') ? '+81' : e164.slice(0, 2);
  return `${head}******${e164.slice(-4)}`;
}

/** One digit, half or full width, with at most two separators after it. */
const DIGIT = '[0-9０-９]';
const GAP = '[\\s\\-‐-―−－ー().（）]{0,2}';
const PHONE_LIKE = new RegExp(
  `(?<![0-9A-Za-z_-])(?:[+＋]${GAP}(?:${DIGIT}${GAP}){7,14}${DIGIT}|(?:[8８][1１]|[0０])${GAP}(?:${DIGIT}${GAP}){7,11}${DIGIT})(?![0-9A-Za-z_-])`,
  'gu',
);

/**
 * Masks everything in a text that reads like a telephone number: `+…`, `81…` and `0…`, in half- or full-width digits,
 * with or without separators. For messages that come from elsewhere; our own never hold a number.
 */
export function maskPhones(text: string): string {
  return text.replace(PHONE_LIKE, (found) => {
    const digits = found.normalize('NFKC').replace(/\D/g, '');
    return `******${digits.slice(-4)}`;
  });
}

/** Masks numbers in an error and in its causes, in place. */
export function maskError(error: unknown): void {
  for (let at = error; at instanceof Error; at = at.cause) {
    at.message = maskPhones(at.message);
    if (at.stack) at.stack = maskPhones(at.stack);
  }
}
