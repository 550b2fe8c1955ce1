import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { EVERY_KIND } from '../../../domain/phone-number.ts';
import { withoutSeparators } from '../../../domain/typed-digits.ts';
import { SEPARATORS, SPELLINGS } from '../../../tests/domain/request-support.ts';
import { FUZZ_SEED, fuzzRuns } from '../../../tests/fuzz-runs.ts';
import { bundledPhoneRules } from './bundled-phone-rules.ts';

type PhoneEntry = Awaited<ReturnType<typeof bundledPhoneRules>>;

let japan: PhoneEntry;
let japanAndBritain: PhoneEntry;
let america: PhoneEntry;

beforeAll(async () => {
  [japan, japanAndBritain, america] = await Promise.all([
    bundledPhoneRules({ countries: ['JP'], ...EVERY_KIND }),
    bundledPhoneRules({ countries: ['JP', 'GB'], ...EVERY_KIND }),
    bundledPhoneRules({ countries: ['US'], ...EVERY_KIND }),
  ]);
});

/** `090|1234`: the caret in a text. */
const field = (marked: string) => ({ text: marked.replace('|', ''), caret: marked.indexOf('|') });
const marked = ({ text, caret }: { text: string; caret: number }) => `${text.slice(0, caret)}|${text.slice(caret)}`;
const formatted = (entry: PhoneEntry, text: string, deletesForward?: boolean) => {
  const { text: typed, caret } = field(text);
  return marked(entry.formatWhileTyping(typed, caret, deletesForward));
};

/** What the field shows after each repeat of a key that is held down, until nothing is left to do. */
function holding(key: 'Backspace' | 'Delete', from: { text: string; caret: number }) {
  const shown: { text: string; caret: number }[] = [];
  let { text, caret } = from;
  // Twice as many as the longest text of these tests has characters: a trapped caret must not hang the test.
  while (shown.length < 50 && (key === 'Backspace' ? caret > 0 : caret < text.length)) {
    const at = key === 'Backspace' ? caret - 1 : caret;
    ({ text, caret } = japan.formatWhileTyping(text.slice(0, at) + text.slice(at + 1), at, key === 'Delete'));
    shown.push({ text, caret });
  }
  return shown;
}

describe('a number the visitor gives', () => {
  it.each(SPELLINGS)('is read in every form its fields need: %s', (_, text) => {
    expect(japan.readPhone(text)).toEqual({
      ok: true,
      e164: '+819012345678',
      national: '090-1234-5678',
      digits: '09012345678',
    });
  });

  it('of another country of the stage is shown with its calling code', () => {
    expect(japanAndBritain.readPhone('+44 113 496 0000')).toEqual({
      ok: true,
      e164: '+441134960000',
      national: '+44 113 496 0000',
      digits: '01134960000',
    });
  });

  it.each([
    ['0120-123-456', 'toll_free'],
    ['0570-123-456', 'shared_cost'],
    ['0990-123-456', 'premium_rate'],
    ['020-1234-5678', 'machine'],
    ['0170-123-456', 'special_service'],
    ['１１０', 'emergency'],
    ['104', 'special_service'],
    ['+1 202 555 0123', 'country_not_allowed'],
    ['010-1-202-555-0123', 'country_not_allowed'],
    ['090-1234-567', 'too_few_digits'],
    ['9012345678', 'too_few_digits'],
    ['090-1234-56789', 'too_many_digits'],
    ['090-1234-5678 / 03-1234-5678', 'two_numbers'],
    ['でんわ', 'impossible'],
    ['090-1234-5678 山田', 'letters_beside'],
    ['090*1234*5678', 'signs_beside'],
    ['03-1234-5678 内線12', 'extension_beside'],
    ['+090-1234-5678', 'plus_before_zero'],
    ['  ', 'missing'],
  ])('is refused with the reason alone: %s', (text, reason) => {
    expect(japan.readPhone(text)).toEqual({ ok: false, reason });
  });

  it.each([
    ['+819012345678', '090-1234-5678'],
    ['+81312345678', '03-1234-5678'],
    ['+815012345678', '050-1234-5678'],
    // The examples of the stage files are no valid numbers.
    ['+815000000000', '050-0000-0000'],
    ['+81120123456', '0120-123-456'],
    ['+441134960000', '+44 1134960000'],
    ['+12025550123', '+1 2025550123'],
    ['no number', 'no number'],
  ])('is written for people to read: %s is %s', (e164, text) => {
    expect(japan.formatForReading(e164)).toBe(text);
  });
});

describe('a number while it is typed', () => {
  it('gets its hyphens digit by digit', () => {
    // Prepare
    const shown: string[] = [];
    let content = { text: '', caret: 0 };
    // Act
    for (const digit of '09012345678') {
      const { text, caret } = content;
      content = japan.formatWhileTyping(text.slice(0, caret) + digit + text.slice(caret), caret + 1);
      shown.push(marked(content));
    }
    // Assess
    expect(shown).toEqual([
      '0|',
      '09|',
      '090|',
      '090-1|',
      '090-12|',
      '090-123|',
      '090-1234|',
      '090-1234-5|',
      '090-1234-56|',
      '090-1234-567|',
      '090-1234-5678|',
    ]);
  });

  it.each([
    ['a fixed line', '0312345678|', '03-1234-5678|'],
    ['a free number, which is refused later', '0120123456|', '0120-123-456|'],
    ['an IP telephone', '05012345678|', '050-1234-5678|'],
    ['full-width digits', '０９０１２３４５６７８|', '090-1234-5678|'],
    ['full-width digits and hyphens', '０９０－１２３４－５６７８|', '090-1234-5678|'],
    ['full-width digits and long-vowel marks', '０９０ー１２３４ー５６７８|', '090-1234-5678|'],
    ['brackets', '(03)1234|', '03-1234|'],
    ['blanks', '090 1234|', '090-1234|'],
    ['Japanese full stops', '090。1234。5678|', '090-1234-5678|'],
    ['hyphens in other places', '0901-23-45678|', '090-1234-5678|'],
    ["the visitor's own hyphen at the end", '090-|', '090-|'],
    ['the same with a Japanese keyboard', '０９０ー|', '090-|'],
    ['a digit after it', '090-1|', '090-1|'],
    ['too many digits', '090123456789|', '090123456789|'],
    ['an emergency number', '110|', '110|'],
    ['an international number as it is typed', '+81 90-1234|', '+81 90-1234|'],
    ['a full-width international number', '＋８１９０ー１２３４　５６７８|', '+8190-1234 5678|'],
    ['nothing', '|', '|'],
    ['a bracket before any digit', '(|', '(|'],
  ])('is shown half-width, with the hyphens of its kind: %s', (_, typed, shown) => {
    expect(formatted(japan, typed)).toBe(shown);
  });

  it.each([
    ['a letter', '090-12a|', '090-12a|'],
    ['words', '電話は０９０|', '電話は０９０|'],
    ['a second plus', '+81+|', '+81+|'],
    ['half of a pair', '090\ud83d|', '090\ud83d|'],
    ['a long text', `${'0'.repeat(65)}|`, `${'0'.repeat(65)}|`],
  ])('stays as it is where it is none: %s', (_, typed, shown) => {
    expect(formatted(japan, typed)).toBe(shown);
  });

  it.each([
    ['a digit put in', '0905|-1234', '090-5|123-4'],
    ['a digit put in behind a hyphen', '090-5|1234', '090-5|123-4'],
    ['a digit taken from the middle', '090-1|34-5678', '090-1|345-678'],
    ['the first digit', '0|90-1234', '0|90-1234'],
    ['the caret at the beginning', '|0901234', '|090-1234'],
    ['the caret within a full-width number', '０９０１|２３４', '090-1|234'],
  ])('keeps the caret behind the same digit: %s', (_, typed, shown) => {
    expect(formatted(japan, typed)).toBe(shown);
  });

  it('lets Backspace go through a number from any place, one digit at a time', () => {
    const shown = holding('Backspace', field('090-1234-56|78')).map(marked);
    expect(shown).toEqual([
      '090-1234-5|78',
      '090-1234|-78',
      '090-123|7-8',
      '090-12|78',
      '090-1|78',
      '090|-78',
      '09|78',
      '0|78',
      '|78',
    ]);
  });

  it('lets Delete do the same forward', () => {
    const shown = holding('Delete', field('090|-1234')).map(marked);
    expect(shown).toEqual(['090-|1234', '090-|234', '090-|34', '090-|4', '090-|']);
  });

  it('where numbers have brackets and blanks too', () => {
    expect(formatted(america, '2025550|')).toBe('(202) 555-0|');
    expect(formatted(america, '(202|')).toBe('(202|)');
    expect(formatted(america, '(202| 555-0123')).toBe('(202|) 555-0123');
    expect(formatted(america, '(202|5) 550')).toBe('(202|) 555-0');
  });
});

describe('whatever is typed', () => {
  const separator = fc.constantFrom(...SEPARATORS.map(([, text]) => text), '(', ')', '（', '）', '[', ']');
  const digit = fc.constantFrom(...'0123456789０１２３４５６７８９');
  const piece = fc.oneof(
    { weight: 6, arbitrary: digit },
    { weight: 2, arbitrary: separator },
    fc.constantFrom('+', '＋'),
  );
  const numberLike = fc.array(piece, { maxLength: 24 }).map((parts) => parts.join(''));
  const typed = fc.oneof({ weight: 5, arbitrary: numberLike }, fc.string(), fc.string({ unit: 'binary' }));
  const withCaret = typed.chain((text) => fc.tuple(fc.constant(text), fc.nat(text.length)));
  const RUNS = { numRuns: fuzzRuns(400), seed: FUZZ_SEED };

  it.each([
    ['Japan', () => japan],
    ['Japan and the United Kingdom', () => japanAndBritain],
    ['the United States', () => america],
  ])('loses no digit, is the same when it is formatted again, and keeps the caret in the text: %s', (_, entry) => {
    fc.assert(
      fc.property(withCaret, fc.boolean(), ([text, caret], forward) => {
        const once = entry().formatWhileTyping(text, caret, forward);
        expect(withoutSeparators(once.text)).toBe(withoutSeparators(text));
        expect(entry().formatWhileTyping(once.text, once.caret, forward)).toEqual(once);
        expect(once.caret).toBeGreaterThanOrEqual(0);
        expect(once.caret).toBeLessThanOrEqual(once.text.length);
      }),
      RUNS,
    );
  });

  it('keeps as many digits before the caret as there were', () => {
    fc.assert(
      fc.property(
        numberLike.chain((text) => fc.tuple(fc.constant(text), fc.nat(text.length))),
        ([text, caret]) => {
          const once = japan.formatWhileTyping(text, caret);
          expect(withoutSeparators(once.text.slice(0, once.caret))).toBe(withoutSeparators(text.slice(0, caret)));
        },
      ),
      RUNS,
    );
  });

  it('never traps the caret: Backspace and Delete always come to an end', () => {
    fc.assert(
      fc.property(numberLike, (text) => {
        const typed = japan.formatWhileTyping(text, text.length);
        expect(holding('Backspace', typed).at(-1) ?? typed).toEqual({ text: '', caret: 0 });
        expect(holding('Delete', { ...typed, caret: 0 }).at(-1) ?? typed).toEqual({ text: '', caret: 0 });
      }),
      RUNS,
    );
  });
});
