import { FILLER, inAscii } from './digit-forms.ts';
import { readingsOf, unescaped } from './escapes-in-text.ts';

/** A telephone number in a text, or something that looks like one. */
interface PhoneInText {
  /** Index of its first character, a plus sign included. */
  from: number;
  /** Index after its last digit. */
  to: number;
  /** ASCII, without separators. */
  digits: string;
  /** Whether it has exactly the digits of a number. Those with one too few or too many are masked, but may be something else. */
  isWhole: boolean;
}

/**
 * The telephone numbers in a text, in any form: half- or full-width or kanji digits, with any separators except letters, or as spoken
 * (03の1234の5678), also partly escaped by a browser or program (090%2D1234). Ids, dates, times, amounts and postcodes do not count.
 *
 * Hand-written, as libphonenumber does not know kanji and is too heavy for functions that only mask.
 */
export const phonesIn = (text: string): PhoneInText[] => foundIn(text, PHONE);

/** Whether the text contains a number that could reach somebody. */
export const holdsPhone = (text: string): boolean =>
  readingsOf(text).some((reading) => phonesIn(reading).some(({ isWhole }) => isWhole));

/**
 * Mobile numbers without their leading 0, which spreadsheets drop. Separate from the others, as ids of ten digits may look the same;
 * after Latin letters they are taken for ids.
 *
 * @example mobilesWithoutZero('9012345678まで').length // 1
 */
export const mobilesWithoutZero = (text: string): PhoneInText[] =>
  foundIn(text, MOBILE_WITHOUT_ZERO).filter(
    ({ from }) => !/[a-z][-_#]?$/i.test(text.slice(Math.max(0, from - 2), from)),
  );

/** In the original text and without escapes, as each may hide a number from the other. In order, without overlaps. */
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

/** Digits and the letter O, in the length of a number, with separators between groups. */
const WITH_LETTER_O = /(?<![a-z0-9])[o0](?:[^a-z0-9"{}]{0,2}[o0-9]){8,14}(?![a-z0-9])/gi;
/** With fewer digits than this, letters O are an exclamation. */
const LEAST_DIGITS_BESIDE_O = 6;

/** The same text, index by index, with zeros for letters typed instead. */
const withZeros = (text: string): string =>
  text.replace(WITH_LETTER_O, (found) =>
    found.replace(/\D/g, '').length < LEAST_DIGITS_BESIDE_O ? found : found.replace(/o/gi, '0'),
  );

/** Replaces a letter that may separate the digits of a number. */
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

/** Neither letter nor digit. */
const OTHER = '[^a-z0-9\\x01]';
/** Separators within one number. Quotes and braces separate different values in JSON. */
const SIGN = '[^a-z0-9"{}]';
/** Longer than anybody types, as invisible characters often come in large numbers. */
const GAP = `${SIGN}{0,60}`;
const digits = (count: string) => `(?:${GAP}\\d){${count}}`;
/** Without the trunk 0: ten digits of mobiles and the like (020, 050 to 090), nine of all others. */
const NATIONAL = `(?:[25-9]${GAP}0${digits('8')}|(?![125-9]${GAP}0)[1-9]${digits('8')})`;
/** Japanese, as dialled at home (184 and 186 hide or show the caller's number) or from abroad. */
const JAPANESE =
  `(?:(?:1${GAP}8${GAP}[46]${GAP})?(?:0${GAP}${NATIONAL})+|` +
  `(?:0${GAP}(?:1${GAP})?0${GAP})?8${GAP}1${GAP}(?:0${GAP})?${NATIONAL})(?!\\d)`;
/** As `digits`, unless a better-known number begins there. */
const further = (count: string) => `(?:(?:${SIGN}{1,60}(?!${JAPANESE}))?\\d){${count}}(?!\\d)`;
/** Of other countries in the length of E.164, also as dialled from Japan; then what may be Japanese but for a digit. */
const PHONE = new RegExp(
  `(?<!\\d)(?:((?:\\+[^a-z0-9+\\x01]{0,2})?${JAPANESE}|(?:\\+[^a-z0-9+\\x01]{0,2}|010${GAP})[1-9]${further('7,14')})|` +
    `(?:\\+[^a-z0-9+\\x01]{0,2})?(?:8${GAP}1|0)${further('8,12')})${FILLER}?`,
  'gi',
);

/** In one run, or in the usual groups. Group 1 is the whole. */
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
