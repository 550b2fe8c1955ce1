import { FILLER, inAscii } from './digit-forms.ts';
import { readingsOf, unescaped } from './escapes-in-text.ts';

/** A telephone number in a text, or what reads like one. */
interface PhoneInText {
  /** Index of its first character, a plus sign included. */
  from: number;
  /** Index behind its last digit. */
  to: number;
  /** ASCII, without separators. */
  digits: string;
  /** Has it just the digits of a number? Some have one too few or too many: they are masked, and may be something else. */
  isWhole: boolean;
}

/**
 * The telephone numbers in a text, in whatever form people write them: half- or full-width or kanji digits, with anything
 * between them that is no letter, or as it is spoken (03の1234の5678), also where a browser or a program has escaped some of
 * it (090%2D1234). Ids, dates, times, amounts and postcodes are none.
 *
 * By hand and not by libphonenumber, which knows no kanji and is too heavy for the functions that only mask.
 */
export const phonesIn = (text: string): PhoneInText[] => foundIn(text, PHONE);

/** Does the text hold a number that somebody could be called at? */
export const holdsPhone = (text: string): boolean =>
  readingsOf(text).some((reading) => phonesIn(reading).some(({ isWhole }) => isWhole));

/**
 * Mobile numbers of which the 0 in front is missing, as spreadsheets lose it. Apart from the others, as an id of ten digits may
 * be the same; behind Latin letters it is one.
 *
 * @example mobilesWithoutZero('9012345678まで').length // 1
 */
export const mobilesWithoutZero = (text: string): PhoneInText[] =>
  foundIn(text, MOBILE_WITHOUT_ZERO).filter(
    ({ from }) => !/[a-z][-_#]?$/i.test(text.slice(Math.max(0, from - 2), from)),
  );

/** In the text as it came, and as it reads without escapes: either may hide a number from the other. In order, none overlapping. */
function foundIn(text: string, pattern: RegExp): PhoneInText[] {
  const plain = unescaped(text);
  const found = matchesIn(text, pattern);
  const { cameFrom } = plain;
  if (cameFrom === null) return found;
  const at = (index: number) => cameFrom[index] ?? text.length;
  const further = matchesIn(plain.text, pattern).map((phone) => ({ ...phone, from: at(phone.from), to: at(phone.to) }));
  const all: PhoneInText[] = [];
  for (const phone of [...found, ...further].sort((one, other) => one.from - other.from || other.to - one.to)) {
    const last = all.at(-1);
    if (last === undefined || phone.from >= last.to) all.push({ ...phone });
    else if (phone.to > last.to)
      Object.assign(last, { to: phone.to, digits: phone.digits, isWhole: last.isWhole || phone.isWhole });
    else last.isWhole ||= phone.isWhole;
  }
  return all;
}

function matchesIn(text: string, pattern: RegExp): PhoneInText[] {
  const ascii = withoutScripts(withZeros(inAscii(text)));
  const plain = ascii.replace(NO_PHONE, (found) => 'x'.repeat(found.length));
  return [...plain.matchAll(pattern)].map(({ 0: found, 1: whole, index: from }) => ({
    from,
    to: from + found.length,
    digits: found.replace(/\D/g, ''),
    isWhole: whole !== undefined,
  }));
}

/** Digits and the letter O, in the length of a number and with what stands between its groups. */
const WITH_LETTER_O = /(?<![a-z0-9])[o0](?:[^a-z0-9"{}]{0,2}[o0-9]){8,14}(?![a-z0-9])/gi;
/** With fewer digits than so many letters O are a sigh. */
const LEAST_DIGITS_BESIDE_O = 6;

/** The same text, index by index, with a zero for the letter that is typed in its place. */
const withZeros = (text: string): string =>
  text.replace(WITH_LETTER_O, (found) =>
    found.replace(/\D/g, '').length < LEAST_DIGITS_BESIDE_O ? found : found.replace(/o/gi, '0'),
  );

/** In place of a letter that may stand between the digits of a number. */
const JOINT = '\x01';

/**
 * The same text, index by index, with `x` for every letter and `_` for every sign of other scripts: the patterns below then need
 * no Unicode classes, which took most of the CPU time of a cold function's first event to compile.
 */
const withoutScripts = (text: string): string =>
  text.replace(/[^\0-\x7f\u200b〒]/gu, (character) => {
    const isLetter = /[\p{L}\p{N}]/u.test(character);
    const isJoint = isLetter && /[ーｰの\p{Default_Ignorable_Code_Point}]/u.test(character);
    return (isJoint ? JOINT : isLetter ? 'x' : '_').repeat(character.length);
  });

/** What is no letter and no digit. */
const OTHER = '[^a-z0-9\\x01]';
/** Between the digits of one number. Quotes and braces stand between values of their own, in JSON. */
const SIGN = '[^a-z0-9"{}]';
/** Longer than anybody types, as invisible characters are many where there are any. */
const GAP = `${SIGN}{0,60}`;
const digits = (count: string) => `(?:${GAP}\\d){${count}}`;
/** Without the trunk 0: ten digits of mobiles and the like (020, 050 to 090), nine of all others. */
const NATIONAL = `(?:[25-9]${GAP}0${digits('8')}|(?![125-9]${GAP}0)[1-9]${digits('8')})`;
/** Japanese, as dialled at home (184 and 186 hide or show the caller's number) or from abroad. */
const JAPANESE =
  `(?:(?:1${GAP}8${GAP}[46]${GAP})?(?:0${GAP}${NATIONAL})+|` +
  `(?:0${GAP}(?:1${GAP})?0${GAP})?8${GAP}1${GAP}(?:0${GAP})?${NATIONAL})(?!\\d)`;
/** As `digits`, as long as no number begins that is better known. */
const further = (count: string) => `(?:(?:${SIGN}{1,60}(?!${JAPANESE}))?\\d){${count}}(?!\\d)`;
/** Of other countries in the length of E.164, also as dialled from Japan; then what may be Japanese but for a digit. */
const PHONE = new RegExp(
  `(?<!\\d)(?:((?:\\+[^a-z0-9+\\x01]{0,2})?${JAPANESE}|(?:\\+[^a-z0-9+\\x01]{0,2}|010${GAP})[1-9]${further('7,14')})|` +
    `(?:\\+[^a-z0-9+\\x01]{0,2})?(?:8${GAP}1|0)${further('8,12')})${FILLER}?`,
  'gi',
);

/** In one run, or in groups as they are usual. Group 1 is the whole. */
const MOBILE_WITHOUT_ZERO = new RegExp(
  `(?<!\\d|\\d[-.,])([6-9]0${SIGN}{0,3}[1-9]\\d{3}${SIGN}{0,3}\\d{4})(?!\\d|[-.,]\\d)`,
  'gi',
);

/** Day, month or hour. */
const TWO = '(?:0?[1-9]|[12]\\d|3[01])';
const NO_PHONE = new RegExp(
  [
    // UUIDs and hashes
    '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{32,}',
    // 2026-11-22, 22/11/2026, 9:30:00.000
    `(?<!\\d${OTHER}{0,2})(?:19|20)\\d\\d([-/.])${TWO}\\1${TWO}(?!\\d)`,
    `(?<!\\d${OTHER}{0,2})${TWO}([-/.])${TWO}\\2(?:19|20)\\d\\d(?!\\d|${OTHER}\\d{4}(?!\\d))`,
    '(?<!\\d:?)(?:[01]?\\d|2[0-4]):[0-5]\\d(?::[0-5]\\d(?:\\.\\d+)?)?(?!:?\\d)',
    // 1,000,000 and 0.25
    '(?<![\\d,])[1-9]\\d{0,2}(?:,\\d{3})+(?![\\d,])',
    '(?<![\\d.])0\\.\\d+(?![\\d.])',
    `〒${OTHER}{0,2}\\d{3}${OTHER}?\\d{4}(?!\\d)`,
  ].join('|'),
  'gi',
);
