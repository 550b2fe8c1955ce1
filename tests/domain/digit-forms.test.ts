import { expect, it } from 'vitest';
import { FILLER, inAscii } from '../../domain/digit-forms.ts';

it('every decimal digit of every script is read as its value', () => {
  // Each script has its digits in a row, so that they count on and on.
  const digits = Array.from({ length: 0x20000 }, (_, code) => String.fromCodePoint(code)).filter((each) =>
    /\p{Nd}/u.test(each),
  );
  expect(digits.length).toBeGreaterThan(600);
  digits.forEach((digit, index) => {
    expect(inAscii(digit), digit).toBe(String(index % 10).padEnd(digit.length, FILLER));
  });
});

it.each([
  ['〇九〇', '090'],
  ['○九◯', '090'],
  ['１一２', '1-2'],
  ['②', '2'],
  ['１０月', '10月'],
  ['⑩', '⑩'],
  ['½', '½'],
  ['一般', '1般'],
])('digits of other forms are read in their place: %s', (text, ascii) => {
  expect(inAscii(text)).toBe(ascii);
});
