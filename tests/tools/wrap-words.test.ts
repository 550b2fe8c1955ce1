import { describe, expect, it } from 'vitest';
import { wrapWords } from '../../tools/calls/wrap-words.ts';

describe('a text is broken', () => {
  it.each([
    ['between words', 'one two three', 9, 2, 'one two\n  three'],
    ['not at all where it fits', '  one   two', 11, 4, '  one   two'],
    ['where one cell is missing', 'one two three', 12, 0, 'one two\nthree'],
    ['nowhere without a terminal', 'one two three', Number.POSITIVE_INFINITY, 0, 'one two three'],
    [
      'not within a word',
      '  see conformance-dev-2026-11-22.md now',
      12,
      2,
      '  see\n  conformance-dev-2026-11-22.md\n  now',
    ],
    ['by cells, of which a Japanese character takes two', '日本 語の 時間', 10, 0, '日本 語の\n時間'],
    ['never before its first word', 'conformance', 4, 2, 'conformance'],
  ])('%s', (_, text, width, indent, lines) => {
    expect(wrapWords(text, width, indent)).toBe(lines);
  });
});
