import { groupInquiryNumber, inquiryDigits, isInquiryNumber } from './inquiry-number.ts';
import { withoutSeparators } from './typed-digits.ts';

/**
 * What an operator heard and typed as an inquiry number.
 *
 * - `empty`: nothing yet
 * - `letters`: something that is neither a digit nor what people put between digits
 * - `unfinished`: `missing` digits are still to come
 * - `long`: more than eight digits
 * - `zero`: eight digits, and the first is 0, which none begins with
 * - `wrong`: the check digit does not fit: one digit is another, or two neighbours are swapped. Which, nobody can know
 * - `right`: the check digit fits; whether anybody has the number is not said
 */
export type HeardNumber =
  | { state: 'empty' | 'letters' | 'long' | 'zero' }
  | { state: 'unfinished'; missing: number }
  | { state: 'wrong' | 'right'; digits: string; grouped: string };

const DIGITS = 8;

/**
 * Reads an inquiry number as people type it: full-width digits, blanks and hyphens of any kind do not matter, nor do words
 * before it.
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
 * Words before a number that is whole, and the end of a sentence behind it. Any other letter behind may be a digit more, mistyped, and
 * one beside fewer digits one of them: it stays.
 */
function withoutWords(text: string): string {
  const inside = text.replace(/^\D+/, '').replace(/(?:です)?[^\p{L}\p{N}]*$/u, '');
  return /^\d{8}$/.test(inside) ? inside : text;
}
