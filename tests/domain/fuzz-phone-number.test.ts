import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { OUTCOMES } from '../../domain/outcomes.ts';
import { EVERY_KIND, normalisePhone, type PhoneRules } from '../../domain/phone-number.ts';
import { FUZZ_SEED, fuzzRuns } from '../fuzz-runs.ts';
import { isWhatWasTyped, whyNotDialable } from './dialable.ts';
import { LINKS, MISTYPED, SEPARATORS, SPELLINGS } from './request-support.ts';

const RUNS = { numRuns: fuzzRuns(6_000), seed: FUZZ_SEED };

const RULES: PhoneRules[] = [
  { countries: ['JP'], ...EVERY_KIND },
  { countries: ['JP'], ...EVERY_KIND, allowedPrefixes: ['+8170', '+8180', '+8190'], refusedPrefixes: ['+81901'] },
  { countries: ['JP', 'US', 'GB'], ...EVERY_KIND },
  { countries: ['US', 'JP'], ...EVERY_KIND, numberTypes: ['mobile'] },
  { countries: ['GB'], ...EVERY_KIND, numberTypes: ['fixed'] },
];

const separator = fc.constantFrom(...SEPARATORS.map(([, text]) => text), '(', ')', '（', '）');
const start = fc.constantFrom(
  ...['', '+', '＋', '++', '+81', '+810', '81', '0', '00', '010', '+1', '+44', '0044', '186', '184'],
  ...['090', '080', '070', '060', '050', '03', '0120', '0800', '0570', '0990', '0170', '020', '110', '119', '911'],
);
const fullWidth = (text: string) => text.replace(/\d/g, (digit) => String.fromCodePoint(0xff10 + Number(digit)));
const digits = (minLength: number, maxLength: number) =>
  fc.array(fc.constantFrom(...'0123456789'), { minLength, maxLength });

/** About the length of a number, so that many are accepted. */
const nearNumber = fc.tuple(start, digits(6, 11)).map(([head, tail]) => head + tail.join(''));
const spreadOut = fc.tuple(start, digits(5, 12), separator).map(([head, tail, gap]) => head + gap + tail.join(gap));
const digitSoup = fc.array(
  fc.oneof(
    digits(1, 3).map((some) => some.join('')),
    separator,
    start,
  ),
  { maxLength: 12 },
);
const spelling = fc.constantFrom(...SPELLINGS.map(([, text]) => text));
/** A spelling of a good number with something put into it somewhere. */
const disturbed = fc
  .tuple(spelling, fc.nat(20), fc.oneof(fc.string({ maxLength: 2 }), separator))
  .map(([text, at, noise]) => text.slice(0, at) + noise + text.slice(at));

const mistyped = fc.constantFrom(...MISTYPED.map(([text]) => text), ...LINKS.map(([, text]) => text));
const several = fc
  .tuple(nearNumber, fc.constantFrom(' / ', '、', '\n', 'または', ' '), nearNumber)
  .map((parts) => parts.join(''));

const typed = fc.oneof(
  { weight: 4, arbitrary: nearNumber },
  { weight: 1, arbitrary: nearNumber.map(fullWidth) },
  { weight: 2, arbitrary: spreadOut },
  { weight: 1, arbitrary: digitSoup.map((parts) => parts.join('')) },
  { weight: 1, arbitrary: disturbed },
  { weight: 1, arbitrary: mistyped },
  { weight: 1, arbitrary: several },
  { weight: 1, arbitrary: fc.string({ maxLength: 40 }) },
  { weight: 1, arbitrary: fc.double() },
  { weight: 1, arbitrary: fc.maxSafeNat() },
  { weight: 1, arbitrary: fc.anything({ maxDepth: 1 }) },
);

describe('whatever is typed as a number', () => {
  it('is refused with a reason of the table, or is a number of an allowed kind that was typed', () => {
    // Whether the example number is called does not depend on how it is typed.
    const reasons = Object.keys(OUTCOMES.number_refused.reasons).filter((reason) => reason !== 'example_number');
    const seen = new Map<string, number>();
    fc.assert(
      fc.property(typed, fc.constantFrom(...RULES), (raw, rules) => {
        // Act
        const result = normalisePhone(raw, rules);

        // Assess
        const kind = result.ok ? 'accepted' : result.reason;
        seen.set(kind, (seen.get(kind) ?? 0) + 1);
        if (!result.ok) return reasons.includes(result.reason);
        const again = normalisePhone(result.e164, rules);
        return (
          whyNotDialable(result.e164, rules) === undefined &&
          isWhatWasTyped(result.e164, raw, rules) &&
          again.ok &&
          again.e164 === result.e164
        );
      }),
      RUNS,
    );
    // The inputs are worth something only where all roads are taken.
    const rare = ['accepted', ...reasons.filter((reason) => reason !== 'not_filled_in')].filter(
      (kind) => (seen.get(kind) ?? 0) < fuzzRuns(1),
    );
    expect(rare).toEqual([]);
  });
});
