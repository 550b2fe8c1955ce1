import { holdsAddress } from './addresses-in-text.ts';
import { inquiryDigits, isInquiryNumber } from './inquiry-number.ts';
import { holdsCard, holdsLongNumber } from './long-numbers.ts';
import { isUnfilled } from './phone-number.ts';
import { holdsPhone, mobilesWithoutZero } from './phones-in-text.ts';

/** Longest inquiry that is read aloud, in characters. */
export const MAX_INQUIRY_CHARACTERS = 100;
/** Longest that is whispered to an agent, in characters: with the words around it five seconds, while the customer hears nothing. */
const MAX_WHISPERED_CHARACTERS = 17;
const MAX_TRACK_ID_CHARACTERS = 64;

/** Only this much of a field is looked at: a visitor's text can be 256 KB, a spoken inquiry cannot. */
const LOOKED_AT = 2_000;

/**
 * Angle brackets, private and replacement characters, and invisible ones, but not the joiner between the parts of one
 * emoji.
 */
const UNSPOKEN = /[<>\p{Co}\uFFFD]|(?!\u200D)\p{Cf}|(?<!\p{Extended_Pictographic}[\uFE0F\u{1F3FB}-\u{1F3FF}]?)\u200D/gu;

const ENTITIES = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#39;': "'", '&apos;': "'" };

/**
 * A text with the entities decoded in which KARTE writes the five signs that mean something in HTML; once, so that what was
 * encoded twice keeps the entities that somebody typed.
 *
 * @example decodeEntities('Q&amp;A') // 'Q&A'
 */
export const decodeEntities = (text: string): string =>
  text.replace(/&(?:amp|lt|gt|quot|#39|apos);/g, (entity) => ENTITIES[entity as keyof typeof ENTITIES]);

/** A scalar of the content as text, its entities decoded; undefined for anything that is empty, unfilled or not a scalar. */
export function textOf(value: unknown): string | undefined {
  if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') return undefined;
  const text = decodeEntities(String(value));
  return text.trim() === '' || isUnfilled(text) ? undefined : text;
}

/**
 * Does the text hold what is neither spoken in the company's name nor stored with the call: a telephone number, also one that has lost
 * its 0, a web or email address, or a number as long as that of a card? Escaped or not.
 */
export const holdsContact = (text: string): boolean =>
  holdsPhone(text) || mobilesWithoutZero(text).length > 0 || holdsAddress(text) || holdsLongNumber(text);

/** What a voice has something to read of. */
const holdsWord = (text: string): boolean => /[a-z0-9]/i.test(text) || /[\p{L}\p{N}]/u.test(text);

/**
 * An inquiry as a voice may read it: NFKC, without control characters and angle brackets, cut at 100 characters on a
 * grapheme boundary. Undefined if no letter and no digit is left, or where a telephone number or an address is in it,
 * no matter whose it is: it would be read aloud to the person who was called, and stored.
 */
export function cleanInquiry(value: unknown): string | undefined {
  const text = textOf(value);
  if (text === undefined || holdsContact(text.trimStart().slice(0, 2 * LOOKED_AT))) return undefined;
  const clean = text
    .trimStart()
    .slice(0, LOOKED_AT)
    .toWellFormed()
    .normalize('NFKC')
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
    .replace(UNSPOKEN, '')
    .replace(/\s+/gu, ' ')
    .trim();
  const cut = firstCharacters(clean, MAX_INQUIRY_CHARACTERS).trim();
  return !holdsWord(cut) || holdsContact(clean) ? undefined : cut;
}

/** Is a clean inquiry short enough to be whispered to the agent? */
export const isShortInquiry = (inquiry: string): boolean => [...inquiry].length <= MAX_WHISPERED_CHARACTERS;

/** The longest run of whole graphemes that is at most `limit` characters (code points) long. */
function firstCharacters(text: string, limit: number): string {
  if (text.length <= limit) return text;
  let cut = '';
  let characters = 0;
  for (const { segment } of new Intl.Segmenter('ja', { granularity: 'grapheme' }).segment(text)) {
    characters += [...segment].length;
    if (characters > limit) break;
    cut += segment;
  }
  return cut;
}

/** What people and templates write in front of an inquiry number, in text that is NFKC, which makes `No` of `№`. */
const INQUIRY_LABEL = /^(?:#|(?:お?問い?合わ?せ|受け?付け?)?(?:番号|id|no\.?))[\s:#]*(?:no\.?|は)?[\s:#]*(?=[\d(])/iu;

/**
 * The inquiry number as it is carried; undefined when there is none or it is not one. Eight digits are carried as digits
 * alone, however people group them, so that a voice can spell them and the call log finds them; any other id stays as it
 * is, unless a telephone number, an address or the number of a card is in it. What says only that a number follows is left
 * out where the check digit is right; `No.` before another number may be a part of it. Any other long number is no card's here,
 * and ten digits are no mobile number: the company itself makes it.
 *
 * @example cleanTrackId('４８２９ー１５３２') // '48291532'
 */
export function cleanTrackId(value: unknown): string | undefined {
  const text = textOf(value)?.slice(0, LOOKED_AT).toWellFormed().normalize('NFKC').replace(/\p{C}/gu, '').trim();
  if (text === undefined || text === '' || [...text].length > MAX_TRACK_ID_CHARACTERS) return undefined;
  const unlabelled = text.replace(INQUIRY_LABEL, '');
  if (isInquiryNumber(unlabelled) && !holdsAddress(unlabelled)) return inquiryDigits(unlabelled);
  if (!holdsWord(text) || holdsPhone(text) || holdsAddress(text) || holdsCard(text)) return undefined;
  return inquiryDigits(text) ?? text;
}
