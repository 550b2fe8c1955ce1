import * as z from 'zod';

/** A string with a pattern; the same expectation is reported for a wrong type and a wrong pattern. */
export const text = (form: RegExp, expected: string) => z.string(expected).regex(form, expected);

/** No surrounding blanks, and no invisible characters: controls, joiners, fillers, the blank Braille pattern. */
export const EXACT = /^(?!\s)[^\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u2800]+(?<!\s)$/u;

/**
 * A string that is compared exactly: a copied blank would make it match nothing, and so would a decomposed mark (が as か plus a mark),
 * as in file names on macOS.
 */
export const exact = (expected: string) =>
  text(EXACT, `${expected} without a blank around it or an invisible character in it`).refine(
    (name) => name === name.normalize('NFC'),
    `${expected} in composed characters (NFC): it looks the same and is another text`,
  );

export const uuid = text(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/, 'a UUID in lower case');
export const e164 = text(/^\+[1-9]\d{6,14}$/, 'a telephone number in E.164 form in quotes, such as "+81…", or null');
export const whole = (from: number, to: number, or = '') => {
  const expected = `a whole number from ${from} to ${to}${or && `, ${or}`}`;
  return z.int(expected).min(from, expected).max(to, expected);
};
export const number = (from: number, to: number) => {
  const expected = `a number from ${from} to ${to}`;
  return z.number(expected).min(from, expected).max(to, expected);
};
export const prefix = text(/^\+[1-9]\d{0,13}$/, 'the beginning of a number in E.164 form in quotes, such as "+8190"');
const CLOCK = 'a time of day in quotes, such as "09:00"';
export const opening = text(/^(?:[01]\d|2[0-3]):[0-5]\d$/, CLOCK);
export const closing = text(/^(?:[01]\d|2[0-3]):[0-5]\d$|^24:00$/, CLOCK);
export const DEFAULT_TIME_ZONE = 'Asia/Tokyo';

export const timeZone = text(/./, 'a time zone name, such as Asia/Tokyo').refine(
  isTimeZone,
  'a time zone name, such as Asia/Tokyo',
);

function isTimeZone(zone: string): boolean {
  // The check by Node takes longer than all others together.
  if (zone === DEFAULT_TIME_ZONE) return true;
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}
