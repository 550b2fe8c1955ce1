import { inAscii } from './digit-forms.ts';
import { readingsOf } from './escapes-in-text.ts';

/** UUIDs and hashes. */
const ID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{32,}/gi;

/** Separators between the groups of a card number; in ASCII if there is an equivalent. */
const GAP = '[ \\t\\r\\n_/:*\\u00b7\\u2010-\\u2015\\u2212\\u30fb\\u30fc-]{1,3}';
/** Separators between single digits. Amounts and versions have no such gaps within a group of four. */
const STOP = '[.,\\u3001\\u3002]\\s?';

const DAY = '(?:19|20)\\d\\d(?:0[1-9]|1[0-2])(?:[0-2]\\d|3[01])';

/**
 * 13 to 19 digits in one run, in groups as on cards (4-4-4-4, 4-6-5, 8-8) or one by one. Dates and times have smaller groups, amounts
 * groups of three.
 */
const LONG_NUMBER = new RegExp(
  `(?<![\\d.]|\\d${GAP}|\\d,)(?:\\d{13,19}|\\d{4}(?:${GAP}\\d{3,7}){2,4}|\\d{4}(?:${STOP}\\d{4,7}){2,4}|` +
    `(?!${DAY}${GAP}${DAY})\\d{8}(?:${GAP}|${STOP})\\d{8}|\\d(?:(?:${GAP}|${STOP})\\d){12,18})` +
    `(?![.,]?\\d|${GAP}\\d)`,
  'g',
);

/** The numbers of card length in a text, as digits only. */
function longNumbersIn(text: string): string[] {
  const plain = inAscii(text.normalize('NFKC').replace(/\p{Cf}/gu, '')).replace(ID, 'x');
  return [...plain.matchAll(LONG_NUMBER)]
    .map(([found]) => found.replace(/\D/g, ''))
    .filter(({ length }) => length >= 13 && length <= 19);
}

/**
 * Whether the text contains 13 to 19 digits together, like a card number. The check digit is not verified: a mistyped card number is
 * still a card number, and one in ten order numbers would pass by chance.
 *
 * @see ISO/IEC 7812-1
 */
export const holdsLongNumber = (text: string): boolean =>
  readingsOf(text).some((reading) => longNumbersIn(reading).length > 0);

/** Leading digits of payment cards: https://en.wikipedia.org/wiki/Payment_card_number */
const OF_CARDS = /^(?:[3-6]|2[2-7])/;

/**
 * Whether the text contains a card number: 13 to 19 digits that begin like a card and have a valid check digit, whatever is between
 * them. For a company's own ids, which may be as long.
 *
 * @example holdsCard('4111 1111 1111 1111') // true
 */
export const holdsCard = (text: string): boolean =>
  readingsOf(text).some((reading) => {
    const all = inAscii(reading.normalize('NFKC'));
    const whole = /[a-z\p{L}]/iu.test(all)
      ? []
      : [all.replace(/\D/g, '')].filter((digits) => /^\d{13,19}$/.test(digits));
    return [...whole, ...longNumbersIn(reading)].some((digits) => OF_CARDS.test(digits) && isLuhn(digits));
  });

/** Whether the last digit is the check digit of ISO/IEC 7812-1, annex B. */
function isLuhn(digits: string): boolean {
  let sum = 0;
  for (let place = 0; place < digits.length; place++) {
    const digit = Number(digits.at(-1 - place)) * (1 + (place % 2));
    sum += digit > 9 ? digit - 9 : digit;
  }
  return sum % 10 === 0;
}
