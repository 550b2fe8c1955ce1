import { getCountryCallingCode, type PhoneNumber, parsePhoneNumberFromString } from 'libphonenumber-js/max';
import type { ReasonOf } from './outcomes.ts';
import type { NumberType, StageSettings } from './stage-settings.ts';
import { holdsTwoNumbers, telLink, withoutEntities, withoutLabels } from './typed-digits.ts';

/** Why a number is not dialled. Sentences for each are in `domain/outcomes.ts`. */
export type PhoneRefusal = Exclude<ReasonOf<'number_refused'>, 'example_number'>;

/**
 * Which numbers a stage dials: only those of its countries, kinds and prefixes. The first country is that of numbers written without
 * `+`.
 */
export type PhoneRules = Pick<
  StageSettings['request'],
  'countries' | 'numberTypes' | 'allowedPrefixes' | 'refusedPrefixes'
>;

/** Rules that allow every number that reaches a person. */
export const EVERY_KIND: Omit<PhoneRules, 'countries'> = {
  numberTypes: ['mobile', 'fixed', 'voip'],
  allowedPrefixes: [],
  refusedPrefixes: [],
};

export type PhoneResult = { ok: true; e164: string } | { ok: false; reason: PhoneRefusal; e164?: string };

/**
 * What KARTE or JavaScript leaves behind for a variable without a value. Written without two opening braces in a row, as this is also
 * part of the pop-up's script, where KARTE would read them as a variable.
 */
const UNFILLED = /^(?:#\{[^}]*\}|\{\{[^}]*\}\}|\[{2}[^\]]*\]{2}|null|undefined|nan)$/i;

/** Whether this text is an unreplaced template variable or the text of a missing value. */
export const isUnfilled = (text: string): boolean => UNFILLED.test(text.trim());

/** A number longer than this was not typed by a person; E.164 has 15 digits at most. */
const MAX_TYPED_LENGTH = 64;

/**
 * Normalises what a visitor typed to E.164 and decides whether the stage may dial it.
 *
 * @example
 * normalisePhone('０９０ー１２３４ー５６７８', { countries: ['JP'], ...EVERY_KIND }) // { ok: true, e164: '+819012345678' }
 * @see Number plan: https://www.soumu.go.jp/main_sosiki/joho_tsusin/top/tel_number/
 */
export function normalisePhone(raw: unknown, rules: PhoneRules): PhoneResult {
  if (raw === undefined || raw === null) return refuse('missing');
  // A JSON number has lost its leading zero or plus; only the country code in front can still tell what it was.
  const isTyped = typeof raw === 'string' || (typeof raw === 'number' && Number.isSafeInteger(raw) && raw > 0);
  if (!isTyped) return refuse('impossible');
  const text = withoutEntities(String(raw)).trim();
  if (text === '') return refuse('missing');
  if (isUnfilled(text)) return refuse('not_filled_in');
  if (text.length > MAX_TYPED_LENGTH) return refuse('impossible');

  const code = `+${getCountryCallingCode(rules.countries[0])}`;
  const link = telLink(text);
  // A local number of another country must not be taken for one of this country.
  if (link?.context !== undefined && !link.context.startsWith(code)) return refuse('country_not_allowed');
  const typed = withoutLabels(link?.number ?? text);
  if (typed === '') return refuse('missing');
  const special = specialJapaneseNumber(typed, rules);
  if (special) return refuse(special);

  if (holdsTwoNumbers(link?.number ?? text, MIN_DIGITS)) return refuse('two_numbers');
  const beside = besideDigits(typed);
  if (beside) return refuse(beside);

  const written = withPlus(typed, rules);
  // E.164 has 15 digits at most; there may be a trunk prefix too many among them, and in front of them what dials abroad.
  // In Japan, domestic numbers start with 0: guessing a missing one could call a stranger.
  const form = rules.countries[0] === 'JP' ? /^(?:\+\d{4,17}|0\d{4,20})$/ : /^(?:\+\d{4,17}|\d{4,20})$/;
  if (!form.test(written)) return refuse(whyImpossible(written, rules));
  const parsed = parsePhoneNumberFromString(written, { defaultCountry: rules.countries[0], extract: false });
  if (!parsed) return refuse(whyImpossible(written, rules));
  const e164: string = parsed.number;

  if (parsed.countryCallingCode === '81') {
    const service = japaneseService(parsed.nationalNumber);
    if (service) return refuse(service, e164);
  }
  const allowedCodes = rules.countries.map((country) => getCountryCallingCode(country));
  if (!allowedCodes.includes(parsed.countryCallingCode)) return refuse('country_not_allowed', e164);
  if (!parsed.isValid()) return refuse(whyImpossible(written, rules), e164);
  if (!parsed.country || !rules.countries.includes(parsed.country)) return refuse('country_not_allowed', e164);
  const refusal = refusedKind(parsed, rules.numberTypes) ?? refusedPrefix(e164, rules);
  return refusal ? refuse(refusal, e164) : { ok: true, e164 };
}

/** Kinds that cost the caller extra or do not reach a person are refused whatever the stage allows. */
function refusedKind(parsed: PhoneNumber, allowed: readonly NumberType[]): PhoneRefusal | undefined {
  const unlessAllowed = (...types: NumberType[]) =>
    types.some((type) => allowed.includes(type)) ? undefined : 'type_not_allowed';
  switch (parsed.getType()) {
    case 'MOBILE':
      return unlessAllowed('mobile');
    case 'FIXED_LINE':
      return unlessAllowed('fixed');
    case 'FIXED_LINE_OR_MOBILE':
      // If the number plan does not distinguish them (North America), either permission is enough.
      return unlessAllowed('fixed', 'mobile');
    case 'VOIP':
      return unlessAllowed('voip');
    case 'TOLL_FREE':
      return 'toll_free';
    case 'PREMIUM_RATE':
      return 'premium_rate';
    case 'SHARED_COST':
    case 'UAN':
      return 'shared_cost';
    default:
      return 'type_not_allowed';
  }
}

function refusedPrefix(e164: string, { allowedPrefixes, refusedPrefixes }: PhoneRules): PhoneRefusal | undefined {
  if (refusedPrefixes.some((prefix) => e164.startsWith(prefix))) return 'prefix_refused';
  if (allowedPrefixes.length === 0 || allowedPrefixes.some((prefix) => e164.startsWith(prefix))) return undefined;
  return 'prefix_not_allowed';
}

function refuse(reason: PhoneRefusal, e164?: string): PhoneResult {
  return e164 === undefined ? { ok: false, reason } : { ok: false, reason, e164 };
}

/** With fewer digits, other characters are not the main problem. */
const MIN_DIGITS = 7;

/** Characters next to the digits that may or may not belong to the number; this is not guessed. */
function besideDigits(typed: string): PhoneRefusal | undefined {
  const others = typed.replace(/\d/g, '');
  if (typed.length - others.length < MIN_DIGITS) return undefined;
  if (/^\+0/.test(typed)) return 'plus_before_zero';
  if (others === '' || /^\+\d+$/.test(typed)) return undefined;
  // In Japanese: naisen, in kanji, in kana, and short.
  if (/\u5185(?:\u7dda|\d)|\u30ca\u30a4\u30bb\u30f3|(?<!\p{L})ext(?!\p{L})|\dext?|\d[x#;]/iu.test(typed))
    return 'extension_beside';
  return /\p{L}/u.test(others) ? 'letters_beside' : 'signs_beside';
}

/** E.164. */
const MOST_DIGITS = 15;

/**
 * Whether there are too few or too many digits, if that is certain: a number with the right count is impossible for another reason, and
 * a visitor asked for all digits would look for a mistake that is not there.
 */
function whyImpossible(written: string, { countries }: PhoneRules): PhoneRefusal {
  const digits = written.replace(/\D/g, '');
  if (digits === '') return 'impossible';
  const isAtHome = countries[0] === 'JP' && !written.startsWith('+');
  if (!isAtHome && !written.startsWith('+81')) {
    if (digits.length < MIN_DIGITS) return 'too_few_digits';
    return digits.length > MOST_DIGITS ? 'too_many_digits' : 'impossible';
  }
  // A missing leading 0 is a missing digit, too.
  if (isAtHome && !digits.startsWith('0')) return digits.length > 10 ? 'too_many_digits' : 'too_few_digits';
  const national = isAtHome ? digits.slice(1) : digits.slice('81'.length).replace(/^0/, '');
  const right = /^[25-9]0/.test(national) ? 10 : 9;
  if (national.length === right) return 'impossible';
  return national.length < right ? 'too_few_digits' : 'too_many_digits';
}

/** `81…` without a plus is a number whose `+` was lost as a blank in a form; anything else stays as typed. */
function withPlus(typed: string, rules: PhoneRules): string {
  const code = getCountryCallingCode(rules.countries[0]);
  return typed.startsWith(code) && typed.length > 10 ? `+${typed}` : typed;
}

/** Three-digit numbers of Japan (1XY), dialled as they are or with the country code. */
function specialJapaneseNumber(typed: string, rules: PhoneRules): PhoneRefusal | undefined {
  const short = /^(?:\+81)?(1\d\d)$/.exec(typed)?.[1];
  if (!short || (!typed.startsWith('+') && rules.countries[0] !== 'JP')) return undefined;
  return ['110', '118', '119'].includes(short) ? 'emergency' : 'special_service';
}

/**
 * Japanese service numbers by their leading digits (national number, without the trunk 0). The number plan decides,
 * not the library's metadata, so that a number of the wrong length still names its real reason.
 */
function japaneseService(national: string): PhoneRefusal | undefined {
  if (/^(?:120|800)/.test(national)) return 'toll_free';
  if (national.startsWith('570')) return 'shared_cost';
  if (national.startsWith('990')) return 'premium_rate';
  if (/^(?:170|180)/.test(national)) return 'special_service';
  if (national.startsWith('20')) return 'machine';
  return undefined;
}
