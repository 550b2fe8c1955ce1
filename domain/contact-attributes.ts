import { parsePhoneNumberFromString } from 'libphonenumber-js/max';
import { holdsAddress } from './addresses-in-text.ts';
import { inAscii } from './digit-forms.ts';
import { readingsOf } from './escapes-in-text.ts';
import { isIdentityField } from './identity-fields.ts';
import { maskPhones } from './masking.ts';
import { OWN_ATTRIBUTES } from './own-attributes.ts';
import { EVERY_KIND, normalisePhone } from './phone-number.ts';
import type { StageSettings } from './stage-settings.ts';
import { holdsContact, textOf } from './visitor-text.ts';

/**
 * UTF-8 bytes of all keys and values of a contact.
 * @see https://docs.aws.amazon.com/connect/latest/APIReference/API_StartOutboundVoiceContact.html
 */
const MAX_ATTRIBUTE_BYTES = 32_768;

/** Reserved for what the path itself adds right before the call (the queue's ARN). */
const RESERVED_BYTES = 1_024;

/** The path's own attributes that come from the content. */
const READ_NAMES = new Set(['user_type', 'inquiry_type', 'track_id']);

/** The field with the token of a signed request: never an attribute, however it is spelt. */
export const TOKEN_FIELD = 'call_token';

/** Fields that the path reads or KARTE needs, which never become attributes. */
const NO_ATTRIBUTES = new Set(['phone_e164', TOKEN_FIELD, 'call_at']);

/** Keys with a meaning in JavaScript, whether or not Amazon Connect would accept them. */
const PROTOTYPE_KEYS = new Set(['__proto__', 'constructor', 'prototype']);

/** How many omitted keys are named; the rest is counted. */
const MAX_NAMED = 20;

export interface ContactAttributes {
  attributes: Record<string, string>;
  /** Keys of the content that did not become attributes, in a form that may be shown. Never a value. */
  leftOut: string[];
}

/**
 * The contact attributes of a request: the path's own first, then every further field of the content that Amazon
 * Connect can carry and that does not identify the visitor. A key or value that holds a telephone number, an address or a number
 * as long as a card's is left out, no matter whose it is: flows may speak an attribute, and agents see it.
 *
 * @param own attributes of the path, already clean
 * @param content the event's content, as it came
 * @param rules fields that the stage leaves out besides the usual ones of identity, compared without case, `-` and `_`; its countries say what a telephone
 *   number is that is written as at home there
 * @param e164 the visitor's number, which is known in more forms than others
 */
export function contactAttributes(
  own: Readonly<Record<string, string>>,
  content: Readonly<Record<string, unknown>>,
  rules: Pick<StageSettings['request'], 'excludedFields' | 'countries'>,
  e164: string,
): ContactAttributes {
  const excluded = new Set([...rules.excludedFields, TOKEN_FIELD].map(foldKey));
  const attributes = new Map(Object.entries(own));
  let bytes = RESERVED_BYTES;
  for (const [key, value] of attributes) bytes += sizeOf(key, value);

  const leftOut: string[] = [];
  for (const [key, value] of Object.entries(content)) {
    if (NO_ATTRIBUTES.has(key)) continue;
    if (OWN_ATTRIBUTES.has(key)) {
      // A field that the path reads itself; it only counts as omitted if the path could not use it.
      if (!READ_NAMES.has(key) || !attributes.has(key)) leftOut.push(key);
      continue;
    }
    const text = textOf(value);
    const size = text === undefined ? 0 : sizeOf(key, text);
    const usable =
      text !== undefined &&
      /^[A-Za-z0-9_-]{1,128}$/.test(key) &&
      !PROTOTYPE_KEYS.has(key) &&
      !excluded.has(foldKey(key)) &&
      !isIdentityField(key) &&
      bytes + size <= MAX_ATTRIBUTE_BYTES &&
      !containsNumber(text, e164) &&
      !holdsContact(text) &&
      !isTelephoneNumber(text, rules) &&
      !containsNumber(key, e164) &&
      !holdsContact(key);
    if (usable) {
      attributes.set(key, text.toWellFormed());
      bytes += size;
    } else {
      leftOut.push(key);
    }
  }
  return { attributes: Object.fromEntries(attributes), leftOut: namesToShow(leftOut, e164) };
}

/** Whether the whole value is a telephone number, also by the rules of countries other than Japan. */
function isTelephoneNumber(text: string, { countries }: Pick<StageSettings['request'], 'countries'>): boolean {
  const phone = normalisePhone(text, { countries, ...EVERY_KIND });
  return phone.ok || (phone.reason === 'country_not_allowed' && text.trim().startsWith('+'));
}

const foldKey = (key: string): string => key.toLowerCase().replace(/[-_]/g, '');

const utf8 = new TextEncoder();

const sizeOf = (key: string, value: string): number => utf8.encode(key).length + utf8.encode(value).length;

/** Whether the text contains the number, however it is written. Compares national digits. */
export function containsNumber(text: string, e164: string): boolean {
  const national = parsePhoneNumberFromString(e164)?.nationalNumber ?? e164.slice(1);
  return readingsOf(text).some((reading) =>
    inAscii(reading.normalize('NFKC'))
      .replace(/[^0-9]/g, '')
      .includes(national),
  );
}

/** A key is free text of the content's author: shortened, and masked if it looks like a telephone number or an address. */
function namesToShow(keys: string[], e164: string): string[] {
  const named = keys.slice(0, MAX_NAMED).map((key) => {
    if (containsNumber(key, e164) || holdsAddress(key)) return '******';
    const text = maskPhones(key.toWellFormed().replace(/\p{C}/gu, '')).slice(0, 64);
    return text.replace(/\d{6,}/g, '******');
  });
  return keys.length > MAX_NAMED ? [...named, `(+${keys.length - MAX_NAMED})`] : named;
}
