import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readHeardNumber } from '../../domain/heard-inquiry-number.ts';
import { newInquiryNumber } from '../../domain/inquiry-number.ts';
import { FUZZ_SEED, fuzzRuns } from '../fuzz-runs.ts';

const aNumber = fc.uint8Array({ minLength: 4, maxLength: 4 }).map((bytes) =>
  newInquiryNumber((array) => {
    array.set(bytes);
    // Bytes beyond the last fair draw are drawn again: not for ever.
    if (array[0] === 255) array[0] = 1;
    return array;
  }),
);

describe('a number that an operator heard', () => {
  it.each([
    '4829-1532',
    '４８２９ー１５３２',
    ' 4829 1532 ',
    '4829−1532',
    '48291532',
    '4829・1532',
    '(4829)1532',
    'No.48291532',
    '問い合わせ番号は4829-1532です。',
  ])('is right however it is typed: %j', (typed) => {
    expect(readHeardNumber(typed)).toEqual({ state: 'right', digits: '48291532', grouped: '4829-1532' });
  });

  it.each<[string, ReturnType<typeof readHeardNumber>]>([
    ['', { state: 'empty' }],
    [' - ', { state: 'empty' }],
    ['4829-1', { state: 'unfinished', missing: 3 }],
    ['4829-15321', { state: 'long' }],
    ['4829-153A', { state: 'letters' }],
    ['四八二九', { state: 'letters' }],
    ['4829-A1532', { state: 'letters' }],
    ['4829 1532 extra', { state: 'letters' }],
    ['48291532x', { state: 'letters' }],
    ['0829-1532', { state: 'zero' }],
    ['4829-1523', { state: 'wrong', digits: '48291523', grouped: '4829-1523' }],
  ])('is told what is wrong with it: %j', (typed, said) => {
    expect(readHeardNumber(typed)).toEqual(said);
  });

  it('is wrong where any one digit is another, or two neighbours are swapped; no other number is offered for it', () => {
    fc.assert(
      fc.property(aNumber, fc.nat(7), fc.integer({ min: 1, max: 9 }), (number, at, more) => {
        const digits = [...number];
        const other = digits.with(at, String((Number(digits[at]) + more) % 10)).join('');
        expect(readHeardNumber(other).state).toBe(other.startsWith('0') ? 'zero' : 'wrong');
        const [a = '', b = ''] = digits.slice(at, at + 2);
        if (b === '' || a === b) return;
        const swapped = digits.toSpliced(at, 2, b, a).join('');
        expect(readHeardNumber(swapped).state).toBe(swapped.startsWith('0') ? 'zero' : 'wrong');
      }),
      { numRuns: fuzzRuns(200), seed: FUZZ_SEED },
    );
  });
});
