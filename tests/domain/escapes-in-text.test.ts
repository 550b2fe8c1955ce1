import { describe, expect, it } from 'vitest';
import { readingsOf, unescaped } from '../../domain/escapes-in-text.ts';
import { maskLogged } from '../../domain/masking.ts';
import { cleanInquiry, cleanTrackId } from '../../domain/visitor-text.ts';
import { cpuTime } from '../cpu-time.ts';

/** 080-2345-6789, which rings nowhere here, as pages and programs escape it. */
const ESCAPED = [
  'tel:080%2D2345%2D6789',
  '080%202345%206789',
  '%30%38%30%32%33%34%35%36%37%38%39',
  '080%252D2345%252D6789',
  '%EF%BC%90%EF%BC%98%EF%BC%90-2345-6789',
  '080%u002D2345%u002D6789',
  String.raw`080\u002d2345\u002d6789`,
  String.raw`080\\u002d2345\\u002d6789`,
  String.raw`080\u{2d}2345\x2d6789`,
  '080&#45;2345&#45;6789',
  '080&#x2d;2345&#X2D;6789',
  '080&amp;#45;2345&amp;#45;6789',
  '080&hyphen;2345&nbsp;6789',
  '&#48;80-2345-678&#57;',
];

describe('a number with escapes in it', () => {
  it.each(ESCAPED)('is neither spoken nor carried as an inquiry number: %s', (text) => {
    expect(cleanInquiry(`${text}に電話`)).toBeUndefined();
    expect(cleanTrackId(text)).toBeUndefined();
  });

  it.each(['080<b>2345</b>6789', '080&lt;br&gt;2345&lt;br/&gt;6789'])(
    'is neither spoken nor carried where tags part it: %s',
    (text) => {
      expect(cleanInquiry(`${text}に電話`)).toBeUndefined();
      expect(cleanTrackId(text)).toBeUndefined();
    },
  );

  it.each(ESCAPED)('is masked in a log, as a value and as a key: %s', (text) => {
    expect(maskLogged(`「${text}」`)).toMatch(/^「(?:tel:)?\*{6}6789」$/);
    expect(Object.keys(maskLogged({ [text]: 1 }) as object)).toEqual([expect.stringMatching(/\*{6}6789$/)]);
  });

  it.each([
    '4111%201111%201111%201111',
    'taro%40example.com',
    'taro&#64;example&period;com',
    String.raw`https\u003a//x`,
  ])('stands for others that are not spoken: %s', (text) => {
    expect(cleanInquiry(text)).toBeUndefined();
  });
});

describe('a text with escapes in it', () => {
  it.each([
    ['100%25', '100%'],
    ['a%20b', 'a b'],
    ['%E6%96%99%E9%87%91', '料金'],
    ['%FF', '\ufffd'],
    ['&#x110000;', '\ufffd'],
    ['&#1114112;', '\ufffd'],
    ['%', '%'],
    [String.raw`\n \u12`, String.raw`\n \u12`],
    ['&copy; R&D', '&copy; R&D'],
  ])('reads: %s', (text, plain) => {
    expect(unescaped(text).text).toBe(plain);
  });

  it.each(['50%オフ', '100%25還元', 'R&D &copy; 料金', String.raw`C:\users\x`, '2026%2D11%2D22%2010%3A30%3A00'])(
    'is carried as it was typed: %s',
    (text) => {
      expect(cleanInquiry(text)).toBe(text);
    },
  );

  it('is the only reading where nothing is escaped', () => {
    expect(readingsOf('料金 50%')).toEqual(['料金 50%']);
  });

  it('tells of each character where it came from', () => {
    const { text, cameFrom } = unescaped('a%2Db&#45;%E6%96%99c');
    expect(text).toBe('a-b-料c');
    expect(cameFrom).toEqual([0, 1, 4, 5, 10, 19, 20]);
  });

  it('costs little, however long it is', () => {
    const pieces = [
      '%',
      '%2',
      '%25',
      '%2525',
      '\\',
      '\\u',
      String.raw`\u0030`,
      '&',
      '&#',
      '&#0',
      '&#48;',
      '&amp;',
      '%30 ',
    ];
    const texts = pieces.map((piece) => piece.repeat(65_536 / piece.length));
    expect(cpuTime(() => texts.forEach((text) => void maskLogged(text)))).toBeLessThan(3_000);
  });
});
