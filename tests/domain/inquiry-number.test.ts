import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { groupInquiryNumber, inquiryDigits, isInquiryNumber, newInquiryNumber } from '../../domain/inquiry-number.ts';
import { fuzzRuns } from '../fuzz-runs.ts';
import { SEPARATORS } from './request-support.ts';

/** A source that draws these numbers, one after the other. */
const drawing = (...numbers: number[]) => {
  const drawn = [...numbers];
  return (bytes: Uint8Array<ArrayBuffer>) => {
    new DataView(bytes.buffer).setUint32(0, drawn.shift() ?? 0);
    return bytes;
  };
};
const inquiryNumber = fc
  .tuple(fc.nat(0xffff_ffff), fc.nat(4_000_000_000))
  .map(([first, second]) => newInquiryNumber(drawing(first, second)));
const position = fc.nat(7);

describe('a new inquiry number', () => {
  it('has eight digits, none of them a leading 0, and its check digit is right', () => {
    fc.assert(
      fc.property(inquiryNumber, (made) => /^[1-9]\d{7}$/.test(made) && isInquiryNumber(made)),
      { numRuns: fuzzRuns(1_000) },
    );
  });

  it.each([
    ['the smallest', [0], /^1000000\d$/],
    ['the largest', [8_999_999], /^9999999\d$/],
    ['the smallest again', [9_000_000], /^1000000\d$/],
    ['no draw that would make some numbers likelier than others', [4_293_000_000, 8_999_999], /^9999999\d$/],
    ['the last draw that is fair', [4_292_999_999], /^9999999\d$/],
  ])('can be %s', (_, drawn, form) => {
    expect(newInquiryNumber(drawing(...drawn))).toMatch(form);
  });

  it('is another one each time', () => {
    const made = Array.from({ length: 100 }, () => newInquiryNumber());
    expect(new Set(made).size).toBeGreaterThan(95);
    expect(made.every(isInquiryNumber)).toBe(true);
  });
});

describe('the check digit', () => {
  it('shows any one digit misheard', () => {
    fc.assert(
      fc.property(inquiryNumber, position, fc.nat(9), (made, at, digit) => {
        const misheard = made.slice(0, at) + digit + made.slice(at + 1);
        expect(isInquiryNumber(misheard)).toBe(misheard === made);
      }),
      { numRuns: fuzzRuns(1_000) },
    );
  });

  it('shows any two neighbours swapped', () => {
    fc.assert(
      fc.property(inquiryNumber, fc.nat(6), (made, at) => {
        const swapped = `${made.slice(0, at)}${made[at + 1]}${made[at]}${made.slice(at + 2)}`;
        expect(isInquiryNumber(swapped)).toBe(swapped === made);
      }),
      { numRuns: fuzzRuns(1_000) },
    );
  });

  it('is one of ten', () => {
    const right = Array.from({ length: 10 }, (_, digit) => `4829153${digit}`).filter(isInquiryNumber);
    expect(right).toEqual(['48291532']);
  });
});

describe('an inquiry number as people write it', () => {
  it.each([
    ['digits alone', '48291532'],
    ['two groups', '4829-1532'],
    ['full-width digits', '４８２９１５３２'],
    ['full-width digits with a long-vowel mark', '４８２９ー１５３２'],
    ['blanks around it and within', ' 4829 1532　'],
    ['digit by digit', '4 8 2 9 1 5 3 2'],
  ])('is known: %s', (_, text) => {
    expect(isInquiryNumber(text)).toBe(true);
    expect(inquiryDigits(text)).toBe('48291532');
  });

  it.each(SEPARATORS)('is known with this in the middle: %s', (_, separator) => {
    expect(inquiryDigits(`4829${separator}1532`)).toBe('48291532');
  });

  it.each([
    ['nothing', ''],
    ['seven digits', '4829153'],
    ['nine digits', '482915320'],
    ['a leading 0', '08291532'],
    ['a letter', '4829153O'],
    ['digits of another script', '٤٨٢٩١٥٣٢'],
    ['a telephone number', '090-1234-5678'],
    ['a request id', '11111111-2222-4333-8444-000000000001'],
    ['a sign', '+48291532'],
    ['a long text', `${' '.repeat(10_000)}48291532`],
  ])('is none: %s', (_, text) => {
    expect(inquiryDigits(text)).toBeUndefined();
    expect(isInquiryNumber(text)).toBe(false);
  });

  it('has two groups of four digits; any other text stays as it is', () => {
    expect(groupInquiryNumber('48291532')).toBe('4829-1532');
    expect(groupInquiryNumber('482915')).toBe('482915');
    expect(isInquiryNumber(groupInquiryNumber(newInquiryNumber()))).toBe(true);
  });
});
