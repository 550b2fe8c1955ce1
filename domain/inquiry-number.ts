import { withoutSeparators } from './typed-digits.ts';

/**
 * The operation table of H. Michael Damm's check digit, a totally anti-symmetric quasigroup: row is the digit so far,
 * column the next one. The last digit of a valid number leads back to 0.
 *
 * @see Dissertation, Marburg 2004, page 111: https://archiv.ub.uni-marburg.de/diss/z2004/0516/
 */
const QUASIGROUP = [
  '0317598642',
  '7092154863',
  '4206871359',
  '1750983426',
  '6123045978',
  '3674209581',
  '5869720134',
  '8945362017',
  '9438617205',
  '2581436790',
];

/** The result of Damm's algorithm; 0 if the last digit is the check digit of those before it. */
const damm = (digits: string): string =>
  [...digits].reduce((so, digit) => QUASIGROUP[Number(so)]?.[Number(digit)] ?? so, '0');

/** Count of seven-digit numbers without a leading 0, and so of distinguishable requests. */
const NUMBERS = 9_000_000;
const SMALLEST = 1_000_000;

/** The largest multiple of `NUMBERS` within four random bytes: above it, some numbers would be more likely. */
const FAIR = Math.floor(2 ** 32 / NUMBERS) * NUMBERS;

/** Longer than any way to write a number of eight digits. */
const MAX_TYPED_LENGTH = 40;

/**
 * A new inquiry number (問い合わせ番号, `track_id`), which the customer tells the agent to be found in KARTE. Eight digits, because every
 * voice can read them out; without a leading 0, which a spreadsheet would drop. The last is a check digit, which detects any single
 * misheard digit and any two adjacent digits swapped. The number reveals nothing about the person.
 *
 * @param random fills the array with random bytes; by default `crypto.getRandomValues`
 * @example newInquiryNumber() // '48291532'
 */
export function newInquiryNumber(
  random: (bytes: Uint8Array<ArrayBuffer>) => Uint8Array<ArrayBuffer> = (bytes) => crypto.getRandomValues(bytes),
): string {
  const bytes = new DataView(random(new Uint8Array(4)).buffer);
  const drawn = bytes.getUint32(0);
  if (drawn >= FAIR) return newInquiryNumber(random);
  const digits = String(SMALLEST + (drawn % NUMBERS));
  return digits + damm(digits);
}

/**
 * The eight digits of a possible inquiry number, however it is typed; undefined for anything else. They need not be valid:
 * `isInquiryNumber` checks that.
 *
 * @example inquiryDigits('４８２９ー１５３２') // '48291532'
 */
export function inquiryDigits(text: string): string | undefined {
  if (text.length > MAX_TYPED_LENGTH) return undefined;
  const typed = withoutSeparators(text);
  return /^[1-9]\d{7}$/.test(typed) ? typed : undefined;
}

/** Whether this is an inquiry number with a valid check digit. Ignores width, blanks and hyphens. */
export function isInquiryNumber(text: string): boolean {
  const digits = inquiryDigits(text);
  return digits !== undefined && damm(digits) === '0';
}

/**
 * An inquiry number as people read it. Any other text stays as it is.
 *
 * @example groupInquiryNumber('48291532') // '4829-1532'
 */
export const groupInquiryNumber = (digits: string): string => digits.replace(/^(\d{4})(\d{4})$/, '$1-$2');

/**
 * The inquiry number as a voice should read it out; undefined unless it consists of plain digits and letters.
 * @example spellTrackId('A12') // 'A、1、2'
 */
export function spellTrackId(trackId: string): string | undefined {
  return /^[0-9A-Za-z]+$/.test(trackId) ? [...trackId].join('、') : undefined;
}
