import { groupInquiryNumber, inquiryDigits, isInquiryNumber } from './inquiry-number.ts';
import { withoutSeparators } from './typed-digits.ts';

/**
 * An inquiry number as an operator heard and typed it.
 *
 * - `empty`: nothing yet
 * - `letters`: something that is neither a digit nor what people put between digits
 * - `unfinished`: `missing` digits are still to come
 * - `long`: more than eight digits
 * - `zero`: eight digits starting with 0, which no inquiry number does
 * - `wrong`: the check digit does not match: a digit is wrong, or two adjacent ones are swapped; there is no telling which
 * - `right`: the check digit matches; the number need not exist
 */
export type HeardNumber =
  | { state: 'empty' | 'letters' | 'long' | 'zero' }
  | { state: 'unfinished'; missing: number }
  | { state: 'wrong' | 'right'; digits: string; grouped: string };

const DIGITS = 8;

/**
 * Reads an inquiry number as people type it, ignoring width, blanks, hyphens of any kind, and words in front of it.
 *
 * @example readHeardNumber('４８２９ー１５３２') // { state: 'right', digits: '48291532', grouped: '4829-1532' }
 */
export function readHeardNumber(typed: string): HeardNumber {
  const text = withoutWords(withoutSeparators(typed));
  if (text === '') return { state: 'empty' };
  if (!/^\d+$/.test(text)) return { state: 'letters' };
  if (text.length < DIGITS) return { state: 'unfinished', missing: DIGITS - text.length };
  if (text.length > DIGITS) return { state: 'long' };
  const digits = inquiryDigits(text);
  if (digits === undefined) return { state: 'zero' };
  return { state: isInquiryNumber(digits) ? 'right' : 'wrong', digits, grouped: groupInquiryNumber(digits) };
}

/**
 * Removes words before a complete number, and the end of a sentence after it. Any other letter after it may be a mistyped extra digit,
 * and a letter next to fewer digits one of them, so those stay.
 */
function withoutWords(text: string): string {
  const inside = text.replace(/^\D+/, '').replace(/(?:です)?[^\p{L}\p{N}]*$/u, '');
  return /^\d{8}$/.test(inside) ? inside : text;
}
