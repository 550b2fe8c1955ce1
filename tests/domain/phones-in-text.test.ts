import { describe, expect, it } from 'vitest';
import { maskPhones } from '../../domain/masking.ts';
import { holdsPhone, mobilesWithoutZero } from '../../domain/phones-in-text.ts';
import { cpuTime } from '../cpu-time.ts';
import { SEPARATORS, SPELLINGS } from './request-support.ts';

/** As people write numbers into a text, by kind. */
const WRITTEN: readonly (readonly [kind: string, text: string])[] = [
  ['in a sentence', '080-2345-6789に電話してください'],
  ['full-width', '０８０－２３４５－６７８９'],
  ['kanji digits', '〇九〇一二三四五六七八'],
  ['kanji digits in groups', '〇八〇-二三四五-六七八九'],
  ['circles for zeros', '○九◯の一二三四の五六七八'],
  ['a kanji one for a hyphen', '080一2345一6789'],
  ['as it is spoken', '03の1234の5678'],
  ['blanks', '080 2345 6789'],
  ['dots', '080.2345.6789'],
  ['Japanese full stops', '080。2345。6789'],
  ['Japanese commas', '０、８、０、２、３、４、５、６、７、８、９'],
  ['colons', '080：2345：6789'],
  ['asterisks', '080*2345*6789'],
  ['arrows', '080→2345→6789'],
  ['angle brackets', '08<0>2345_6789'],
  ['invisible characters', `08${'\u200b'.repeat(20)}0-2345${'\u3164'.repeat(20)}-6789`],
  ['digit by digit', '0 8 0 2 3 4 5 6 7 8 9'],
  ['brackets', '（０３）１２３４－５６７８'],
  ['corner brackets', '「03」1234・5678'],
  ['circled digits', '⓪⑧⓪②③④⑤⑥⑦⑧⑨'],
  ['keycaps', '0️⃣8️⃣0️⃣2️⃣3️⃣4️⃣5️⃣6️⃣7️⃣8️⃣9️⃣'],
  ['mathematical digits', '𝟎𝟖𝟎𝟐𝟑𝟒𝟓𝟔𝟕𝟖𝟗'],
  ['international', '+81 80-2345-6789'],
  ['international with the trunk zero', '+81(0)80 2345 6789'],
  ['international without plus', '81-80-2345-6789'],
  ['dialled from abroad', '0081 80 2345 6789'],
  ['dialled from Japan', '010-81-80-2345-6789'],
  ['of another country, dialled from Japan', '010-1-202-555-0123'],
  ['of another country', '折り返しは+1 202-555-0123です'],
  ['a plus sign too many', '+090-1234-5678'],
  ['with the prefix that hides the caller', '186-090-1234-5678'],
  ['the same without a hyphen', '18609012345678'],
  ['glued to Japanese', '電話08023456789まで'],
  ['glued to letters', 'phone08023456789x'],
  ['behind TEL', 'TEL03-1234-5678'],
  ['two numbers', '090-1234-5678 03-1234-5678'],
  ['two numbers without anything between them', '0901234567808023456789'],
  ['behind a date', '2026-11-22 080-2345-6789'],
  ['behind a time', '12:00 03-1234-5678'],
  ['behind an inquiry number', '4829-1532 03-1234-5678'],
  ['that could be a date', '080-2026-1122'],
  ['fixed, with an area code of four digits', '0466-12-3456'],
  ['IP telephone', '050-1234-5678'],
  ['the letter O for zeros', 'O8O-2345-6789'],
  ['the letter o, in one run', 'o8o23456789です'],
  ['the letter O, full-width', 'Ｏ８Ｏー２３４５ー６７８９'],
  ['Arabic-Indic digits', '٠٨٠-٢٣٤٥-٦٧٨٩'],
  ['Devanagari digits', '०८०२३४५६७८९'],
  ['digits beyond the basic plane', '𑁦𑁮𑁦𑁨𑁩𑁪𑁫𑁬𑁭𑁮𑁯'],
  ['toll-free', '0120-123-456'],
  ['toll-free of 0800', '0800-123-4567'],
  ['shared-cost', '0570-123-456'],
];

describe('a telephone number in a text', () => {
  it.each([
    ...WRITTEN,
    ...SPELLINGS.map(([kind, text]) => [kind, `折り返しは${text}まで`] as const),
    ...SEPARATORS.map(([kind, text]) => [`${kind}, national`, ['03', '1234', '5678'].join(text)] as const),
    ...SEPARATORS.map(([kind, text]) => [`${kind}, international`, ['+81', '3', '1234', '5678'].join(text)] as const),
  ])('is found: %s', (_kind, text) => {
    expect(holdsPhone(text)).toBe(true);
  });

  it.each(WRITTEN)('is masked but for its last four digits: %s', (_kind, text) => {
    const masked = maskPhones(text);
    expect(masked).toContain('******');
    expect(holdsPhone(masked)).toBe(false);
    expect(masked.isWellFormed()).toBe(true);
  });

  it('is masked each time it occurs, with nothing left between', () => {
    expect(maskPhones('090-1234-5678 03-1234-5678、+1 202-555-0123 〇八〇二三四五六七八九')).toBe(
      '******5678 ******5678、******0123 ******6789',
    );
    expect(maskPhones('03-1234-5678 080-2345-6789(昼) +81-80-2345-6789')).toBe('******5678 ******6789(昼) ******6789');
  });
});

describe('what is no telephone number', () => {
  it.each([
    ['a date', '2026-11-22'],
    ['a date and a time', '2026/11/22 09:00'],
    ['a date and a time of dots', '2026.06.12 10.30.00'],
    ['a date that begins with the day', '06/12/2026 10:30'],
    ['a Japanese date', '令和8年11月22日 午前10時30分'],
    ['opening hours', '09:00-18:00'],
    ['a time before a number', '10:08 12345678'],
    ['an amount', '1,000,000円'],
    ['an amount with a plus sign', '+10,000,000円'],
    ['a large amount', '81,234,567,890円'],
    ['a range of amounts', 'プラン0〜100,000円'],
    ['a fraction', '0.123456789'],
    ['a per cent', '0.5%'],
    ['an inquiry number', '4829-1532'],
    ['an inquiry number without a hyphen', '48291532'],
    ['a product', 'iPhone 15 Pro と RTX 4090'],
    ['a product with a zero', '型番0800-X'],
    ['a version', 'v1.20.300'],
    ['a standard', 'ISO 27001:2022'],
    ['a postcode and an address', '〒064-0821 1-2-3'],
    ['kanji numbers', '三〇〇〇円プラン、第二世代'],
    ['a large kanji number', '一〇〇〇〇〇〇〇〇〇円'],
    ['circles in place of a name', '○○株式会社の○○について'],
    ['ten digits that begin with 1', '1234567890'],
    ['an order', '注文2026-000123'],
    ['a number of which a digit is missing', '090-1234-567'],
    ['hours and days', '24時間365日'],
    ['letters O that are a sigh', 'ooooooooooh ooo ooo 0 ooooo'],
    ['letters O in a word', 'O2Oとto 2000'],
    ['letters O in an id', '0O12-3456-78AB'],
    ['an id', '11111111-2222-4333-8444-090123456789'],
    ['nothing', ''],
  ])('is not taken for one: %s', (_kind, text) => {
    expect(holdsPhone(text)).toBe(false);
  });

  it('costs little to look through, however long it is', () => {
    const pieces = ['09012345678 ', '0 ', '01 ', '〇', '+', '1/1/', '0.', '1,', '〒', '一', '1:'];
    const texts = pieces.map((piece) => piece.repeat(65_536 / piece.length));
    expect(cpuTime(() => texts.forEach((text) => void holdsPhone(text)))).toBeLessThan(1_000);
  });
});

describe('a mobile number without its 0', () => {
  it.each([
    '9012345678',
    '80-2345-6789',
    '70 1234 5678に電話',
    '九〇一二三四五六七八',
    '電話9012345678まで',
    '９０１２３４５６７８',
    '90%2D1234%2D5678',
    '(90)1234-5678',
  ])('is found: %s', (text) => {
    expect(mobilesWithoutZero(text)).toHaveLength(1);
  });

  it.each([
    ['another length', '901234567'],
    ['another length', '90123456789'],
    ['another beginning', '4012345678'],
    ['a third digit that none has', '9002345678'],
    ['an order with letters', 'ORD-9012345678'],
    ['an order with a letter', 'A9012345678'],
    ['an amount', '9,012,345,678円'],
    ['a fraction', '1.9012345678'],
    ['seconds since 1970', '1795316400'],
    ['a day', '20901122'],
    ['an id', '11111111-2222-4333-8012-345678901234'],
  ])('is told from %s: %s', (_what, text) => {
    expect(mobilesWithoutZero(text)).toHaveLength(0);
  });
});
