import { describe, expect, it } from 'vitest';
import { EVERY_KIND, isUnfilled, normalisePhone, type PhoneRules } from '../../domain/phone-number.ts';
import { fuzzRuns } from '../fuzz-runs.ts';
import { LINKS, MISTYPED, pick, randomText, SEPARATORS, SPELLINGS, seededRandom } from './request-support.ts';

const JAPAN: PhoneRules = { countries: ['JP'], ...EVERY_KIND };
const JAPAN_AND_US: PhoneRules = { countries: ['JP', 'US'], ...EVERY_KIND };

describe('a number that is dialled', () => {
  it.each([...SPELLINGS, ...LINKS])('is read in this spelling: %s', (_name, text) => {
    // Act
    const result = normalisePhone(text, JAPAN);

    // Assess
    expect(result).toEqual({ ok: true, e164: '+819012345678' });
  });

  it.each(SEPARATORS)('is read with this between its digits: %s', (_name, separator) => {
    // Act
    const national = normalisePhone(['090', '1234', '5678'].join(separator), JAPAN);
    const international = normalisePhone(`+81${separator}90${separator}1234${separator}5678`, JAPAN);

    // Assess
    expect(national).toEqual({ ok: true, e164: '+819012345678' });
    expect(international).toEqual({ ok: true, e164: '+819012345678' });
  });

  it.each([
    ['mobile 060', '060-1234-5678', '+816012345678'],
    ['mobile 070', '070-1234-5678', '+817012345678'],
    ['mobile 080', '080-1234-5678', '+818012345678'],
    ['mobile 090', '090-1234-5678', '+819012345678'],
    ['fixed 03', '03-1234-5678', '+81312345678'],
    ['fixed 03 with the country code', '+81 3 1234 5678', '+81312345678'],
    ['fixed 03 with the country code, no plus', '81312345678', '+81312345678'],
    ['IP telephone 050', '050-1234-5678', '+815012345678'],
  ])('is of one of these kinds: %s', (_kind, text, e164) => {
    expect(normalisePhone(text, JAPAN)).toEqual({ ok: true, e164 });
  });

  it('is 64 characters long at most, whatever stands between its digits', () => {
    const typed = (length: number) => `0${' '.repeat(length - 11)}9012345678`;
    expect(normalisePhone(typed(64), JAPAN)).toEqual({ ok: true, e164: '+819012345678' });
    expect(normalisePhone(typed(65), JAPAN)).toEqual({ ok: false, reason: 'impossible' });
  });

  it('may come as a JSON number, when that still holds all its digits', () => {
    expect(normalisePhone(819012345678, JAPAN)).toEqual({ ok: true, e164: '+819012345678' });
  });
});

describe('a number that is not dialled', () => {
  it.each([
    ['0120-123-456', 'toll_free'],
    ['0120123456', 'toll_free'],
    ['０１２０ー１２３ー４５６', 'toll_free'],
    ['+81120123456', 'toll_free'],
    ['+81 0120-123-456', 'toll_free'],
    ['81120123456', 'toll_free'],
    ['0120-12-345', 'toll_free'],
    ['0800-123-4567', 'toll_free'],
    ['+818001234567', 'toll_free'],
    ['0570-123-456', 'shared_cost'],
    ['0570-12-345', 'shared_cost'],
    ['+81 (0)570-123-456', 'shared_cost'],
    ['0990-123-456', 'premium_rate'],
    ['0990-12-345', 'premium_rate'],
    ['+81990123456', 'premium_rate'],
    ['020-1234-5678', 'machine'],
    ['0200-123-45678', 'machine'],
    ['+812012345678', 'machine'],
    ['0170-123-456', 'special_service'],
    ['0180-123-456', 'special_service'],
    ['+81180123456', 'special_service'],
    ['110', 'emergency'],
    ['118', 'emergency'],
    ['119', 'emergency'],
    ['１１０', 'emergency'],
    ['1-1-0', 'emergency'],
    ['+81110', 'emergency'],
    ['+81118', 'emergency'],
    ['+81-119', 'emergency'],
    ['104', 'special_service'],
    ['117', 'special_service'],
    ['171', 'special_service'],
    ['+81177', 'special_service'],
    ['+12025550123', 'country_not_allowed'],
    ['+1 (202) 555-0123', 'country_not_allowed'],
    ['010-1-202-555-0123', 'country_not_allowed'],
    ['+442079460000', 'country_not_allowed'],
    ['+82212345678', 'country_not_allowed'],
    ['+80012345678', 'country_not_allowed'],
    ['+979123456789', 'country_not_allowed'],
    ['+44012345678901234', 'country_not_allowed'],
    ['+440123456789012345', 'too_many_digits'],
    ['+44012345678901234567', 'too_many_digits'],
    ['0600-123-4567', 'impossible'],
    ['060-0123-4567', 'impossible'],
    ['090-0123-4567', 'impossible'],
    ['050-0123-4567', 'impossible'],
    ['09012345', 'too_few_digits'],
    ['090123456789', 'too_many_digits'],
    ['+8190123456', 'too_few_digits'],
    ['+81901234567890', 'too_many_digits'],
    ['9012345678', 'too_few_digits'],
    ['0', 'too_few_digits'],
    ['+', 'impossible'],
    ['+81', 'too_few_digits'],
    ['++819012345678', 'signs_beside'],
    ['+81+9012345678', 'signs_beside'],
    ['090*1234*5678', 'signs_beside'],
    ['090-1234-5678★', 'signs_beside'],
    ['090-1234-567a', 'letters_beside'],
    ['0３0OO1234567', 'letters_beside'],
    ['電話は090-1234-5678です', 'letters_beside'],
    ['FAX 03-1234-5678', 'letters_beside'],
    ['TEL/FAX 03-1234-5678', 'letters_beside'],
    ['090-1234-5678 山田', 'letters_beside'],
    ['代090-1234-5678', 'letters_beside'],
    ['+09012345678', 'plus_before_zero'],
    ['＋０９０－１２３４－５６７８', 'plus_before_zero'],
    ['TEL:+090-1234-5678', 'plus_before_zero'],
    ['+0819012345678', 'plus_before_zero'],
    ['phone', 'impossible'],
    ['TEL', 'impossible'],
    ['TEL:110', 'emergency'],
    ['代表 0120-123-456', 'toll_free'],
    ['〇九〇-一二三四-五六七八', 'impossible'],
    ['186-090-1234-5678', 'too_many_digits'],
    ['#110', 'too_few_digits'],
    ['09012345678 ext. 5', 'extension_beside'],
    ['09012345678;ext=5', 'extension_beside'],
    ['03-1234-5678 x12', 'extension_beside'],
    ['03-1234-5678（内線12）', 'extension_beside'],
    ['09012345678#5', 'extension_beside'],
    ['09012345678,080-1234-5678', 'two_numbers'],
    ['0xFFFFFFFFFF', 'too_few_digits'],
    ['٠٩٠١٢٣٤٥٦٧٨', 'impossible'],
    ['0\u00009012345678', 'signs_beside'],
    ['', 'missing'],
    ['   ', 'missing'],
    ['\u3000\t\n', 'missing'],
    ['\u200b\ufeff', 'missing'],
    ['---', 'missing'],
    ['#{phone_e164}', 'not_filled_in'],
    [' #{phone_e164} ', 'not_filled_in'],
    ['#{}', 'not_filled_in'],
    ['{{phone}}', 'not_filled_in'],
    ['null', 'not_filled_in'],
    ['NULL', 'not_filled_in'],
    ['undefined', 'not_filled_in'],
    ['NaN', 'not_filled_in'],
    ...MISTYPED,
  ] as const)('is refused with its own reason: %j is %s', (text, reason) => {
    expect(normalisePhone(text, JAPAN)).toMatchObject({ ok: false, reason });
  });

  it.each([
    ['JSON null', null, 'missing'],
    ['no value', undefined, 'missing'],
    ['true', true, 'impossible'],
    ['false', false, 'impossible'],
    ['an object', { phone: '+819012345678' }, 'impossible'],
    ['an object that would turn into a number', { toString: () => '+819012345678' }, 'impossible'],
    ['an array', ['+819012345678'], 'impossible'],
    ['zero', 0, 'impossible'],
    ['a number that lost its leading zero', 9012345678, 'too_few_digits'],
    ['a number too large to be exact', 1e21, 'impossible'],
    ['a negative number', -819012345678, 'impossible'],
    ['a fraction', 0.9012345678, 'impossible'],
    ['an emergency number as a JSON number', 110, 'emergency'],
    ['256 KB of digits', '0'.repeat(262_144), 'impossible'],
    ['256 KB of letters', 'x'.repeat(262_144), 'impossible'],
    ['256 KB of hyphens around a number', `${'-'.repeat(262_144)}09012345678`, 'impossible'],
    ['256 KB of opening template braces', '#{'.repeat(131_072), 'impossible'],
  ] as const)('is refused when it is %s', (_name, value, reason) => {
    expect(normalisePhone(value, JAPAN)).toMatchObject({ ok: false, reason });
  });

  it('is named in E.164 where it is known which number was meant, so that the record can show it', () => {
    expect(normalisePhone('0120-123-456', JAPAN)).toEqual({ ok: false, reason: 'toll_free', e164: '+81120123456' });
    expect(normalisePhone('110', JAPAN)).toEqual({ ok: false, reason: 'emergency' });
  });
});

describe('a stage of two countries', () => {
  it.each([
    ['+12025550123', '+12025550123'],
    ['+1 (202) 555-0123', '+12025550123'],
    ['090-1234-5678', '+819012345678'],
    ['+819012345678', '+819012345678'],
  ])('dials %s', (text, e164) => {
    expect(normalisePhone(text, JAPAN_AND_US)).toEqual({ ok: true, e164 });
  });

  it.each([
    ['+442079460000', 'country_not_allowed'],
    // Canada shares the country code of the United States.
    ['+14165550123', 'country_not_allowed'],
    ['+18005550123', 'toll_free'],
    ['+19005550123', 'premium_rate'],
    ['+1911', 'too_few_digits'],
    ['0120-123-456', 'toll_free'],
    ['119', 'emergency'],
    ['+1 202 555 01', 'impossible'],
    ['tel:202-555-0123;phone-context=+1', 'country_not_allowed'],
    // Without + it is read as a Japanese number.
    ['2025550123', 'too_few_digits'],
  ] as const)('refuses %s as %s', (text, reason) => {
    expect(normalisePhone(text, JAPAN_AND_US)).toMatchObject({ ok: false, reason });
  });

  it.each(['202-555-0123', '(202) 555-0123', '1-202-555-0123'])(
    'reads a number without + by the first country: %s where that is the United States',
    (text) => {
      expect(normalisePhone(text, { countries: ['US', 'JP'], ...EVERY_KIND })).toEqual({
        ok: true,
        e164: '+12025550123',
      });
    },
  );

  it('refuses emergency numbers of Japan with the country code, whichever country is first', () => {
    expect(normalisePhone('+81110', { countries: ['US', 'JP'], ...EVERY_KIND })).toEqual({
      ok: false,
      reason: 'emergency',
    });
  });
});

describe('a stage that dials some kinds only', () => {
  const dial = (text: string, ...numberTypes: PhoneRules['numberTypes']) => {
    const result = normalisePhone(text, { countries: ['JP', 'US', 'GB'], ...EVERY_KIND, numberTypes });
    return result.ok ? 'dialled' : result.reason;
  };

  it.each([
    ['mobile', '090-1234-5678', 'dialled', 'type_not_allowed', 'type_not_allowed'],
    ['fixed', '03-1234-5678', 'type_not_allowed', 'dialled', 'type_not_allowed'],
    ['voip', '050-1234-5678', 'type_not_allowed', 'type_not_allowed', 'dialled'],
    // North America does not tell mobile and fixed numbers apart.
    ['mobile or fixed', '+12025550123', 'dialled', 'dialled', 'type_not_allowed'],
    ['fixed in Great Britain', '+441134960000', 'type_not_allowed', 'dialled', 'type_not_allowed'],
  ])('judges a number by its kind: %s', (_kind, text, mobile, fixed, voip) => {
    expect([dial(text, 'mobile'), dial(text, 'fixed'), dial(text, 'voip')]).toEqual([mobile, fixed, voip]);
  });

  it.each([
    ['0120-123-456', 'toll_free'],
    ['+18005550123', 'toll_free'],
    ['0990-123-456', 'premium_rate'],
    ['+19005550123', 'premium_rate'],
    ['0570-123-456', 'shared_cost'],
    // Ranges of Great Britain that are kept free for films: 0808, 0909, 03; and a pager.
    ['+448081570000', 'toll_free'],
    ['+449098790000', 'premium_rate'],
    ['+443069990000', 'shared_cost'],
    ['+447640123456', 'type_not_allowed'],
  ])('never dials %s (%s), though all kinds are allowed', (text, reason) => {
    expect(dial(text, 'mobile', 'fixed', 'voip')).toBe(reason);
  });
});

describe('a stage with prefixes', () => {
  const MOBILES_OF_JAPAN = ['+8170', '+8180', '+8190'];
  const dial = (text: string, prefixes: Partial<PhoneRules>) => normalisePhone(text, { ...JAPAN, ...prefixes });

  it.each([
    ['090-1234-5678', undefined],
    ['080-1234-5678', undefined],
    ['070-1234-5678', undefined],
    ['060-1234-5678', 'prefix_not_allowed'],
    ['03-1234-5678', 'prefix_not_allowed'],
    ['050-1234-5678', 'prefix_not_allowed'],
  ])('dials only what begins with an allowed one: %s', (text, reason) => {
    const result = dial(text, { allowedPrefixes: MOBILES_OF_JAPAN });
    expect(result).toMatchObject(reason === undefined ? { ok: true } : { ok: false, reason });
  });

  it('refuses what begins with a refused one, though a shorter one is allowed', () => {
    const prefixes = { allowedPrefixes: MOBILES_OF_JAPAN, refusedPrefixes: ['+81901234'] };
    expect(dial('090-1234-5678', prefixes)).toEqual({ ok: false, reason: 'prefix_refused', e164: '+819012345678' });
    expect(dial('090-1235-5678', prefixes)).toMatchObject({ ok: true });
  });

  it('names the real reason of a service number, whatever its prefix', () => {
    expect(dial('0120-123-456', { refusedPrefixes: ['+81120'] })).toMatchObject({ reason: 'toll_free' });
    expect(dial('0120-123-456', { allowedPrefixes: ['+81120'] })).toMatchObject({ reason: 'toll_free' });
  });
});

describe('any text at all', () => {
  const DIGITS = [...'0123456789'];
  const NOISE = [
    '-',
    'ー',
    ' ',
    '　',
    '(',
    ')',
    '+',
    '#',
    'a',
    '電',
    '０',
    '９',
    '\u200b',
    '\ud83d',
    '👪',
    '\u0000',
    '.',
  ];
  const STARTS = ['', '+', '+81', '+810', '81', '0', '00', '010', '0120', '0800', '0570', '0990', '020', '090', '1'];

  it('never throws, and what is accepted is a Japanese number of a dialled kind', () => {
    // Prepare
    const random = seededRandom(20_261_122);
    const dialled = /^\+81(?:[1-9]\d{8}|[5-9]0[1-9]\d{7})$/;
    const refused = /^\+81(?:120|800|570|990|170|180|20|600|0)/;
    let accepted = 0;
    const texts = fuzzRuns(4_000);

    for (let round = 0; round < texts; round++) {
      // Half of them have about the length of a number; the rest is anything.
      const text =
        round % 2 === 0
          ? pick(random, STARTS) +
            Array.from({ length: pick(random, [7, 8, 9, 10]) }, () => pick(random, DIGITS)).join('')
          : pick(random, STARTS) + randomText(random, [...DIGITS, ...NOISE], 20);

      // Act
      const result = normalisePhone(text, JAPAN);

      // Assess
      if (!result.ok) continue;
      accepted += 1;
      expect(result.e164, JSON.stringify(text)).toMatch(dialled);
      expect(result.e164, JSON.stringify(text)).not.toMatch(refused);
      expect(normalisePhone(result.e164, JAPAN), JSON.stringify(text)).toEqual(result);
    }
    expect(accepted).toBeGreaterThan(texts / 40);
  });
});

describe('isUnfilled', () => {
  it.each(['#{a}', ' #{user_type} ', '{{ a }}', 'null', 'Undefined', 'nan'])('knows %j', (text) => {
    expect(isUnfilled(text)).toBe(true);
  });

  it.each(['', 'a', '#{a} について', 'nullable', '#{a', '#{a}#{b}'])('leaves %j alone', (text) => {
    expect(isUnfilled(text)).toBe(false);
  });
});
