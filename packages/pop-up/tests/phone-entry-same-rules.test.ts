import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EVERY_KIND, normalisePhone, type PhoneResult, type PhoneRules } from '../../../domain/phone-number.ts';
import { LINKS, MISTYPED, SEPARATORS, SPELLINGS } from '../../../tests/domain/request-support.ts';
import { FUZZ_SEED, fuzzRuns } from '../../../tests/fuzz-runs.ts';
import { bundledPhoneRules } from './bundled-phone-rules.ts';

const STAGES: [string, PhoneRules][] = [
  ['Japan', { countries: ['JP'], ...EVERY_KIND }],
  [
    'Japanese mobiles but some',
    {
      countries: ['JP'],
      numberTypes: ['mobile'],
      allowedPrefixes: ['+8170', '+8180', '+8190'],
      refusedPrefixes: ['+81901'],
    },
  ],
  ['Japan and the United Kingdom', { countries: ['JP', 'GB'], ...EVERY_KIND }],
  ['the United States', { countries: ['US'], ...EVERY_KIND, numberTypes: ['fixed'] }],
  ['Argentina and Brazil, whose prefixes are odd', { countries: ['AR', 'BR'], ...EVERY_KIND }],
];

const separator = fc.constantFrom(...SEPARATORS.map(([, text]) => text), '(', ')');
/** What numbers begin with: trunk and international prefixes, calling codes of one to three digits, services. */
const start = fc.constantFrom(
  ...['', '+', '0', '00', '010', '011', '81', '+81', '+810', '+1', '+44', '+440', '+7', '+78', '+54', '+540', '+800'],
  ...[
    '090',
    '080',
    '050',
    '03',
    '0120',
    '0800',
    '0570',
    '0990',
    '020',
    '110',
    '119',
    '104',
    '1',
    '8',
    '+979',
    '+9',
    '0101',
  ],
);
const digits = (maxLength: number) =>
  fc.array(fc.constantFrom(...'0123456789'), { minLength: 1, maxLength }).map((some) => some.join(''));
/** Up to 24 digits: far beyond what a number can have. */
const number = fc.tuple(start, digits(20)).map((parts) => parts.join(''));
const spreadOut = fc.tuple(start, digits(5), separator, digits(8)).map((parts) => parts.join(''));
const fullWidth = number.map((text) => text.replace(/\d/g, (digit) => String.fromCodePoint(0xff10 + Number(digit))));
const disturbed = fc
  .tuple(
    fc.constantFrom(...SPELLINGS.map(([, text]) => text)),
    fc.nat(20),
    fc.oneof(fc.string({ maxLength: 2 }), digits(2)),
  )
  .map(([text, at, noise]) => text.slice(0, at) + noise + text.slice(at));
const mistyped = fc.constantFrom(...MISTYPED.map(([text]) => text), ...LINKS.map(([, text]) => text));
const several = fc
  .tuple(number, fc.constantFrom('/', ', ', '\n', 'または', ' '), number)
  .map((parts) => parts.join(''));
const typed = fc.oneof(
  { weight: 3, arbitrary: number },
  spreadOut,
  fullWidth,
  disturbed,
  mistyped,
  several,
  fc.string(),
);

/** What the visitor and the call depend on. For a refused foreign number, the server may have a tidier form. */
const ending = (result: PhoneResult) => (result.ok ? result.e164 : result.reason);

describe.each(STAGES)('a stage that calls %s', (_, rules) => {
  const bundled = bundledPhoneRules(rules);

  it('reads whatever is typed by the same rules in the pop-up and on the server', async () => {
    // Prepare
    const { normalisePhone: inTheBrowser } = await bundled;
    const seen = new Set<string>();
    // Act and assess
    fc.assert(
      fc.property(typed, (text) => {
        const expected = ending(normalisePhone(text, rules));
        seen.add(expected.startsWith('+') ? 'called' : expected);
        expect(ending(inTheBrowser(text, rules))).toBe(expected);
      }),
      { numRuns: fuzzRuns(1_000), seed: FUZZ_SEED },
    );
    expect([...seen]).toEqual(expect.arrayContaining(['called', 'country_not_allowed', 'impossible']));
  });

  it.each<readonly [string, string]>([
    ...SPELLINGS,
    ...LINKS,
    ...SPELLINGS.map(([name, text]) => [`${name}, one digit less`, text.replace('5', '')] as const),
    ...MISTYPED.map(([text, reason]) => [reason, text] as const),
    ['a British number', '+44 113 496 0000'],
    ['a British number dialled from Japan', '010-44-113-496-0000'],
    ['a British number dialled from America', '011 44 113 496 0000'],
    ['a British number with its trunk prefix', '+44 (0)113 496 0000'],
    ['an American number', '+1 (202) 555-0123'],
    ['a Canadian number', '+14165550123'],
    ['a number of no country', '+80012345678'],
    ['a calling code that does not exist', '+9991234567'],
    ['a Russian number with its trunk prefix', '+7 8 800 555 35 35'],
    ['a Brazilian number with a carrier', '+55 0 15 11 2345-6789'],
    ['a Japanese service with its trunk prefix', '+81 0990-123-456'],
    ['more digits than a number has', '+440123456789012345'],
    ['many more digits than a number has', '+44012345678901234567'],
    ['an extension', '03-1234-5678 内線12'],
    ['letters', '090-1234-5678 山田'],
    ['signs', '090*1234*5678'],
    ['a plus sign in front of the trunk prefix', '+090-1234-5678'],
    ['a variable without a value', '#{phone_e164}'],
    ['nothing', ''],
  ])('reads it alike in both places: %s', async (_name, text) => {
    const { normalisePhone: inTheBrowser } = await bundled;
    expect(ending(inTheBrowser(text, rules))).toBe(ending(normalisePhone(text, rules)));
  });
});
