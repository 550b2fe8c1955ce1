import { parsePhoneNumberFromString } from 'libphonenumber-js/max';
import type { PhoneRules } from '../../domain/phone-number.ts';
import type { NumberType } from '../../domain/stage-settings.ts';

const KINDS: Partial<Record<string, readonly NumberType[]>> = {
  MOBILE: ['mobile'],
  FIXED_LINE: ['fixed'],
  FIXED_LINE_OR_MOBILE: ['mobile', 'fixed'],
  VOIP: ['voip'],
};

/** Service numbers of Japan by the number plan: free, shared, premium, special, machines; and what begins with 1. */
const SERVICES_OF_JAPAN = /^\+81(?:0|1[01]\d$|120|800|570|990|170|180|20)/;

/**
 * What is wrong with dialling the number, judged anew and in other words than the code under test: undefined where
 * nothing is.
 */
export function whyNotDialable(e164: string, rules: PhoneRules): string | undefined {
  if (!/^\+[1-9]\d{6,14}$/.test(e164)) return 'not E.164';
  if (SERVICES_OF_JAPAN.test(e164)) return 'a service number of Japan';
  const parsed = parsePhoneNumberFromString(e164);
  if (parsed?.number !== e164 || parsed.ext !== undefined) return 'not the number the library reads';
  if (!parsed.isValid()) return 'no number that exists';
  if (!rules.countries.some((country) => country === parsed.country)) return `of ${parsed.country}`;
  const kinds = KINDS[parsed.getType() ?? ''] ?? [];
  if (!kinds.some((kind) => rules.numberTypes.includes(kind))) return `of the kind ${parsed.getType()}`;
  if (rules.refusedPrefixes.some((prefix) => e164.startsWith(prefix))) return 'of a refused prefix';
  if (rules.allowedPrefixes.length > 0 && !rules.allowedPrefixes.some((prefix) => e164.startsWith(prefix)))
    return 'of no allowed prefix';
  return undefined;
}

/** What is dialled in a country before the code of another. */
const INTERNATIONAL_PREFIX: Partial<Record<string, string>> = { JP: '010', US: '011', GB: '00' };

/**
 * Are the digits of the number those that were typed? In front of them may stand the trunk prefix (0, or 1 in North America),
 * the country code or both, the latter after an international prefix, and nothing else: what is missing must not be guessed.
 */
export function isWhatWasTyped(e164: string, typed: unknown, rules: PhoneRules): boolean {
  const parsed = parsePhoneNumberFromString(e164);
  const digits = digitsOf(withoutParameters(String(typed)));
  if (!parsed || !digits.endsWith(parsed.nationalNumber)) return false;
  const code = parsed.countryCallingCode;
  const inFront = digits.slice(0, -parsed.nationalNumber.length);
  const trunk = code === '1' ? '1' : '0';
  const abroad = INTERNATIONAL_PREFIX[rules.countries[0]] ?? '';
  const mayStandAlone = rules.countries[0] !== 'JP';
  return [trunk, code, code + trunk, abroad + code, abroad + code + trunk, ...(mayStandAlone ? [''] : [])].includes(
    inFront,
  );
}

/** Without numeric entities; a `tel:` link also without escapes and without what it says besides the number. */
function withoutParameters(typed: string): string {
  const text = typed
    .replace(/&#x([0-9a-f]{1,4});/gi, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)))
    .replace(/&#(\d{1,4});/g, (_, code) => String.fromCharCode(Number(code)));
  return /^\s*tel:/i.test(text) ? unescape(text).replace(/;.*/s, '') : text;
}

/** Its digits, half-width, and nothing else. */
export const digitsOf = (typed: unknown): string => String(typed).normalize('NFKC').replace(/\D/g, '');
