import { AsYouType, parsePhoneNumberFromString } from 'libphonenumber-js/max';
import { normalisePhone, type PhoneRefusal } from '../../../domain/phone-number.ts';
import { withoutSeparators } from '../../../domain/typed-digits.ts';
import type { StageFacts } from '../stage-facts.ts';

/** Inserted by the build. */
declare const STAGE_FACTS: StageFacts;

type PhoneEntry =
  | {
      ok: true;
      e164: string;
      /** As people read it: `090-1234-5678`. */
      national: string;
      /** National form, digits only: `09012345678`. */
      digits: string;
    }
  | { ok: false; reason: PhoneRefusal };

/** Reads what a visitor typed by the rules of the stage: the same that decide on the server whether the number is called. */
export function readPhone(typed: string): PhoneEntry {
  const result = normalisePhone(typed, STAGE_FACTS.phoneRules);
  if (!result.ok) return { ok: false, reason: result.reason };
  const { e164 } = result;
  const digits = parsePhoneNumberFromString(e164)?.formatNational().replace(/\D/g, '') ?? e164.slice(1);
  return { ok: true, e164, national: formatForReading(e164), digits };
}

/**
 * A number in E.164 form as visitors read it: national form if it is a number of the stage's first country,
 * international form otherwise.
 *
 * @example formatForReading('+819012345678') // '090-1234-5678'
 */
export function formatForReading(e164: string): string {
  const number = parsePhoneNumberFromString(e164);
  if (!number) return e164;
  const home = STAGE_FACTS.phoneRules.countries[0];
  return number.country === home ? number.formatNational() : number.formatInternational();
}

/** What the field shows, and the position of its caret. */
interface FieldContent {
  text: string;
  caret: number;
}

/** The hyphens of all scripts and what Japanese keyboards produce instead: minus sign, long-vowel mark, box-drawing line. */
const HYPHEN = /[\p{Pd}\u2212\u30fc\uff70\u2500]/u;

/** The full-width ASCII characters, the space, and hyphens. */
const FULL_WIDTH = /[\uff01-\uff5e\u3000\p{Pd}\u2212\u30fc\uff70\u2500]/gu;

/**
 * Formats a telephone number while it is typed: half-width, with the hyphens of its kind, and the caret after the same
 * digit as before. International numbers keep the separators they were typed with. Anything that is not a number stays as it is: the
 * visitor must see what they typed.
 *
 * The caret is never right after an inserted separator, so that Backspace always finds a digit; with
 * `deletesForward`, it is never right before one, so that Delete does.
 *
 * @param caret index in `text`, as `selectionStart` says
 * @param deletesForward the last key was Delete (`inputType` deleteContentForward)
 * @example formatWhileTyping('０９０１', 4) // { text: '090-1', caret: 5 }
 */
export function formatWhileTyping(text: string, caret: number, deletesForward = false): FieldContent {
  const typed = withoutSeparators(text);
  if (text.length > LONGEST || !/^\+?\d+$/.test(typed)) return { text, caret };
  if (typed.startsWith('+')) return { text: halfWidth(text), caret: halfWidth(text.slice(0, caret)).length };

  const groups = new AsYouType(STAGE_FACTS.phoneRules.countries[0]).input(typed);
  // A hyphen that the visitor typed at the end is kept: otherwise it would seem not to work.
  const ownHyphen = HYPHEN.test(text.trimEnd().slice(-1)) ? '-' : '';
  const shown = groups + ownHyphen;

  const before = withoutSeparators(text.slice(0, caret)).length;
  const isBehindOwnHyphen = before === typed.length && HYPHEN.test(text.slice(0, caret).trimEnd().slice(-1));
  if (isBehindOwnHyphen) return { text: shown, caret: shown.length };
  return { text: shown, caret: deletesForward ? inFrontOfDigit(shown, before) : behindDigit(shown, before) };
}

/** Longer texts are not telephone numbers. */
const LONGEST = 64;

/** The same text, character by character, as a keyboard without Japanese input would have produced it. */
const halfWidth = (text: string): string =>
  text.replace(FULL_WIDTH, (character) => {
    if (HYPHEN.test(character)) return '-';
    return character === '\u3000' ? ' ' : String.fromCharCode(character.charCodeAt(0) - 0xfee0);
  });

/** The index after this many digits. */
function behindDigit(text: string, digits: number): number {
  const positions = [...text.matchAll(/\d/g)].map(({ index }) => index + 1);
  return digits === 0 ? 0 : (positions[digits - 1] ?? text.length);
}

/** The index of the digit that follows this many. */
const inFrontOfDigit = (text: string, digits: number): number =>
  [...text.matchAll(/\d/g)][digits]?.index ?? text.length;
