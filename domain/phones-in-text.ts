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

/** Without the trunk 0: ten digits of mobiles and the like (020, 050 to 090), nine of all others. */
const NATIONAL = '(?:[25-9]0\\d{8}|(?![125-9]0)[1-9]\\d{8})';
/** Japanese, as dialled at home (184 and 186 hide or show the caller's number) or from abroad. */
const JAPANESE = new RegExp(`^(?:(?:18[46])?(?:0${NATIONAL})+|(?:00|010)?810?${NATIONAL})$`);
/** By which most others are told quickly. */
const JAPANESE_START = /^(?:0[1-9]|0081|81|18[46]0)/;
/** Dialled from Japan to another country. */
const ABROAD = /^010[1-9]\d{8,14}$/;
/** What may be a Japanese number with a digit too few or too many. */
const NEARLY_JAPANESE = /^(?:0\d{8,12}|81\d{8,12})$/;
/** E.164. */
const FOREIGN = /^[1-9]\d{7,14}$/;
/** No number has more with all prefixes. A group by itself may be several numbers without anything between them. */
const MAX_DIGITS = 18;
const MAX_GLUED = 33;
/** Fewer are none, nearly or not. */
const MIN_DIGITS = 8;

/**
 * The telephone numbers in a text, in whatever form people write them: half- or full-width or kanji digits, with anything
 * between them that is no letter, or as it is spoken (03の1234の5678). Ids, dates, times, amounts and postcodes are none.
 *
 * By hand and not by libphonenumber, which knows no kanji and is too heavy for the functions that only mask.
 */
export function phonesIn(text: string): PhoneInText[] {
  if (text.length < MIN_DIGITS) return [];
  const plain = inAscii(text).replace(NO_PHONE, (found) => 'x'.repeat(found.length));
  return linkedGroups(plain).flatMap((run) => {
    const { found, rest } = takeFrom(plain, run, wholeEnd, true);
    const near = rest.flatMap((groups) => takeFrom(plain, groups, nearEnd, false).found);
    return [...found, ...near].sort((one, other) => one.from - other.from);
  });
}

/** Does the text hold a number that somebody could be called at? */
export const holdsPhone = (text: string): boolean => phonesIn(text).some(({ isWhole }) => isWhole);

const KANJI = '〇零一二三四五六七八九';
const KANJI_DIGITS = '00123456789';

/**
 * The same text, index by index, with ASCII in the place of digits and signs of other forms. A circle is a zero beside kanji
 * digits, and 一 a hyphen between others: both are typed for want of the right key.
 */
function inAscii(text: string): string {
  if (!/[^\0-\x7f]/.test(text)) return text;
  return text
    .replace(/(?<=[0-9０-９])一(?=[0-9０-９])/g, '-')
    .replace(/[○◯](?=[〇零一二三四五六七八九○◯])|(?<=[〇零一二三四五六七八九○◯])[○◯]/g, '〇')
    .replace(/[〇零一二三四五六七八九]/g, (digit) => KANJI_DIGITS[KANJI.indexOf(digit)] ?? digit)
    .replace(/[\uff01-\uff5e]|\p{No}|[\u{1d7ce}-\u{1d7ff}]/gu, (character) => {
      const ascii = character.normalize('NFKC');
      return ascii.length === 1 ? ascii.padEnd(character.length, FILLER) : character;
    });
}

/** In the place of the second half of a digit beyond the basic plane; it is between digits as any other sign is. */
const FILLER = '\u200b';
const fillerAt = (plain: string, index: number): 0 | 1 => (plain[index] === FILLER ? 1 : 0);

/** Day, month or hour. */
const TWO = '(?:0?[1-9]|[12]\\d|3[01])';
const NO_PHONE = new RegExp(
  [
    // UUIDs and hashes
    '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{32,}',
    // 2026-11-22, 22/11/2026, 9:30:00.000
    `(?<!\\d[^\\p{L}\\p{N}]{0,2})(?:19|20)\\d\\d([-/.])${TWO}\\1${TWO}(?!\\d)`,
    `(?<!\\d[^\\p{L}\\p{N}]{0,2})${TWO}([-/.])${TWO}\\2(?:19|20)\\d\\d(?!\\d|[^\\p{L}\\p{N}]\\d{4}(?!\\d))`,
    '(?<!\\d:?)(?:[01]?\\d|2[0-4]):[0-5]\\d(?::[0-5]\\d(?:\\.\\d+)?)?(?!:?\\d)',
    // 1,000,000 and 0.25
    '(?<![\\d,])[1-9]\\d{0,2}(?:,\\d{3})+(?![\\d,])',
    '(?<![\\d.])0\\.\\d+(?![\\d.])',
    '〒[^\\p{L}\\p{N}]{0,2}\\d{3}[^\\p{L}\\p{N}]?\\d{4}(?!\\d)',
  ].join('|'),
  'giu',
);

interface Group {
  from: number;
  to: number;
  digits: string;
}

/** Between the digits of one number. Quotes and braces stand between values of their own, in JSON. */
const GAP = /^(?:[^\p{L}\p{N}"{}]|[ーｰの]){0,5}$/u;
const INVISIBLE = /[\p{Cf}\p{Default_Ignorable_Code_Point}]/gu;
/** With what nobody sees. */
const MAX_GAP = 200;

const isGap = (between: string): boolean =>
  between === ' ' || between === '-' || GAP.test(between.replace(INVISIBLE, ''));

/** Groups of digits, together where one number could go on from one to the next. */
function linkedGroups(plain: string): Group[][] {
  const runs: Group[][] = [];
  let end = Number.NEGATIVE_INFINITY;
  for (const { 0: digits, index: from } of plain.matchAll(/\d+/g)) {
    const group = { from, to: from + digits.length, digits };
    const isLinked = from - end <= MAX_GAP && isGap(plain.slice(end, from));
    if (isLinked) runs.at(-1)?.push(group);
    else runs.push([group]);
    end = group.to;
  }
  return runs;
}

/** Index of the last group of a number that begins with the first; undefined where none does. */
type FindEnd = (groups: readonly Group[], at: number, hasPlus: boolean) => number | undefined;

/** Numbers from left to right, and the groups before, between and behind them, of which none begins one. */
function takeFrom(plain: string, groups: readonly Group[], findEnd: FindEnd, isWhole: boolean) {
  const found: PhoneInText[] = [];
  const rest: Group[][] = [[]];
  let at = 0;
  for (let group = groups[at]; group; group = groups[at]) {
    const plus = plusBefore(plain, group.from);
    const end = findEnd(groups, at, plus !== undefined);
    const last = end === undefined ? undefined : groups[end];
    if (end === undefined || !last) {
      rest.at(-1)?.push(group);
      at += 1;
      continue;
    }
    const digits = digitsOf(groups, at, end);
    found.push({ from: group.from - (plus ?? 0), to: last.to + fillerAt(plain, last.to), digits, isWhole });
    rest.push([]);
    at = end + 1;
  }
  return { found, rest };
}

/** So many characters before the digits stands a plus sign; undefined where none does. */
function plusBefore(plain: string, from: number): number | undefined {
  const before = plain.slice(Math.max(0, from - 3), from);
  return before.includes('+') ? /\+[^\p{L}\p{N}+]{0,2}$/u.exec(before)?.[0].length : undefined;
}

const digitsOf = (groups: readonly Group[], from: number, to: number): string =>
  groups
    .slice(from, to + 1)
    .map(({ digits }) => digits)
    .join('');

/** The first end at which the number has all its digits. */
const wholeEnd: FindEnd = (groups, at, hasPlus) => {
  const japanese = firstEnd(groups, at);
  if (japanese !== undefined || !(hasPlus || /^010$|^010[1-9]/.test(groups[at]?.digits ?? ''))) return japanese;
  // Plans of other countries differ: as long as E.164 allows, and no other number begins.
  const form = hasPlus ? FOREIGN : ABROAD;
  return lastEnd(groups, at, form, (next) => firstEnd(groups, next) !== undefined);
};

const nearEnd: FindEnd = (groups, at, hasPlus) =>
  lastEnd(groups, at, hasPlus ? FOREIGN : NEARLY_JAPANESE, () => false) ??
  (hasPlus ? lastEnd(groups, at, NEARLY_JAPANESE, () => false) : undefined);

function firstEnd(groups: readonly Group[], at: number): number | undefined {
  let digits = '';
  for (let end = at; end < groups.length && digits.length < MAX_DIGITS; end += 1) {
    digits += groups[end]?.digits;
    if (digits.length < MIN_DIGITS) continue;
    if (!JAPANESE_START.test(digits)) return undefined;
    if (digits.length <= (end === at ? MAX_GLUED : MAX_DIGITS) && JAPANESE.test(digits)) return end;
  }
  return undefined;
}

function lastEnd(
  groups: readonly Group[],
  at: number,
  form: RegExp,
  isAnother: (next: number) => boolean,
): number | undefined {
  let digits = '';
  let last: number | undefined;
  for (let end = at; end < groups.length && digits.length < MAX_DIGITS; end += 1) {
    if (end > at && isAnother(end)) break;
    digits += groups[end]?.digits;
    if (digits.length >= MIN_DIGITS && digits.length <= MAX_DIGITS && form.test(digits)) last = end;
  }
  return last;
}
