import { describe, expect, it } from 'vitest';
import { spellTrackId } from '../../domain/inquiry-number.ts';
import { cleanInquiry, cleanTrackId, MAX_INQUIRY_CHARACTERS, textOf } from '../../domain/visitor-text.ts';
import { fuzzRuns } from '../fuzz-runs.ts';
import { randomText, seededRandom } from './request-support.ts';

const FAMILY = '👨‍👩‍👧‍👦';
const HALF_OF_A_PAIR = '\ud83d';
const characters = (text: string | undefined): number => [...(text ?? '')].length;

describe('textOf', () => {
  it.each([
    ['a text', 'a', 'a'],
    ['a text with spaces around it', ' a ', ' a '],
    ['a number', 48291532, '48291532'],
    ['zero', 0, '0'],
    ['a boolean', false, 'false'],
  ])('reads %s', (_name, value, text) => {
    expect(textOf(value)).toBe(text);
  });

  it.each([
    ['nothing', undefined],
    ['null', null],
    ['an empty text', ''],
    ['blanks', ' \u3000\n'],
    ['a variable that was not filled in', '#{inquiry_type}'],
    ['the text null', 'null'],
    ['the text undefined', 'undefined'],
    ['not a number', Number.NaN],
    ['an object', { toString: () => 'text' }],
    ['an array', ['text']],
    ['a function', () => 'text'],
  ])('finds no text in %s', (_name, value) => {
    expect(textOf(value)).toBeUndefined();
  });
});

describe('an inquiry as a voice may read it', () => {
  it.each([
    ['plain Japanese', 'KARTE Datahubについて', 'KARTE Datahubについて'],
    ['full-width letters', 'ＫＡＲＴＥ　Ｄａｔａｈｕｂ', 'KARTE Datahub'],
    ['half-width katakana', 'ﾌﾟﾗﾝﾆﾂｲﾃ', 'プランニツイテ'],
    ['a number', 42, '42'],
    ['spaces around it', '  料金 \n', '料金'],
    ['several lines', '料金\r\n\tプラン', '料金 プラン'],
    ['line and paragraph separators', '料金\u2028プラン\u2029について', '料金 プラン について'],
    ['control characters', '\u0000料金\u0007に\u009fついて\u007f', '料金 に ついて'],
    ['markup', '<speak>料金<break time="9s"/></speak>', 'speak料金break time="9s"//speak'],
    ['full-width angle brackets', '＜script＞料金', 'script料金'],
    ['small angle brackets', '﹤b﹥料金', 'b料金'],
    ['direction overrides', '料金\u202eについて\u202c', '料金について'],
    ['zero width spaces and byte order marks', '\ufeff料\u200b金', '料金'],
    ['private use characters', '料金\ue000', '料金'],
    ['half of a surrogate pair', `料金${HALF_OF_A_PAIR}`, '料金'],
    ['the other half', '\udc00料金', '料金'],
    ['a template brace inside a sentence', '#{plan} について', '#{plan} について'],
    ['the entities of HTML', 'Q&amp;A &quot;料金&quot; &#39;A&apos;', 'Q&A "料金" \'A\''],
    ['markup as entities', '&lt;b&gt;料金&lt;/b&gt;', 'b料金/b'],
    ['entities that were encoded twice', 'Q&amp;amp;A &amp;lt;料金', 'Q&amp;A &lt;料金'],
    ['other entities', '料金&nbsp;&#38;&copy;', '料金&nbsp;&#38;&copy;'],
    ['versions and slashes', 'Ver.2.0のA/Bテスト', 'Ver.2.0のA/Bテスト'],
  ])('is cleaned: %s', (_name, raw, clean) => {
    expect(cleanInquiry(raw)).toBe(clean);
  });

  it.each([
    ['nothing', undefined],
    ['blanks', '　 '],
    ['a variable that was not filled in', '#{inquiry_type}'],
    ['only angle brackets', '<＜>＞'],
    ['only control characters', '\u0000\u0001'],
    ['only half surrogate pairs', HALF_OF_A_PAIR.repeat(3)],
    ['only invisible characters', '\u200b\u202e'],
    ["somebody else's number", '080-2345-6789に電話してください'],
    ['a number in kanji digits', '折り返しは〇八〇の二三四五の六七八九'],
    ['a number between angle brackets and invisible characters', `080<<<<<<<<2345${'\u2060'.repeat(9)}6789`],
    ['a number of which the cut would leave half', `${'あ'.repeat(95)}080-2345-6789`],
    ['a number of which the end of what is looked at would leave half', `${'\u200b'.repeat(1_988)}080-2345-6789`],
    ['a number behind what is read aloud', `${'あ'.repeat(200)}080-2345-6789`],
    ['a web address', '詳しくは https://example.com/ へ'],
    ['a web address without a scheme', '当選です example.comへ'],
    ['a web address in full width', 'ｈｔｔｐｓ：／／ｅｘａｍｐｌｅ．ｃｏｍ'],
    ['a web address between invisible characters', 'exa\u200bmple.\u2060com'],
    ['a web address in entities', 'https:&#39;//example.com'],
    ['a mail address', 'someone@example.com まで'],
    ['a mail address of which the cut would leave half', `${'あ'.repeat(95)} someone@example.com`],
    ['a number as long as that of a card', '4111 1111 1111 1111 で払えますか'],
    ['a mobile number without its 0', '9012345678まで'],
    ['the same in kanji digits', '九〇一二三四五六七八'],
    ['punctuation', '！？…'],
    ['a dash', '---'],
    ['an emoji', '🙂👨‍👩‍👧'],
    ['an object', { text: '料金' }],
    ['an array', ['料金']],
  ])('is none where there is %s', (_name, raw) => {
    expect(cleanInquiry(raw)).toBeUndefined();
  });

  it.each([
    ['kana', 'あ'],
    ['characters outside the basic plane', '𠮷'],
    ['emoji', '🙂'],
  ])('is cut at 100 characters, counted as people count them: %s', (_name, character) => {
    const [all, more] = [`料${character.repeat(99)}`, `料${character.repeat(999)}`];
    expect(cleanInquiry(all)).toBe(all);
    expect(cleanInquiry(`${all}${character}`)).toBe(all);
    expect(cleanInquiry(more)).toBe(all);
  });

  it.each([
    ['a family emoji', 98, FAMILY],
    ['a flag', 99, '🇯🇵'],
    ['a skin tone', 99, '👍🏽'],
    ['a letter with two marks', 98, 'q\u0323\u0307'],
    ['a Devanagari syllable', 99, 'नि'],
  ])('is cut before a character that would be broken: %s', (_name, before, grapheme) => {
    expect(cleanInquiry('あ'.repeat(before) + grapheme)).toBe('あ'.repeat(before));
  });

  it('does not end in a space where the cut falls behind one', () => {
    expect(cleanInquiry(`${'あ'.repeat(99)} い`)).toBe('あ'.repeat(99));
  });

  it('keeps the text before letters piled up with marks', () => {
    // Prepare
    const zalgo = `z${'\u0337\u0322\u0311'.repeat(100)}`;

    // Act
    const inquiry = cleanInquiry(`料金について${zalgo}`);

    // Assess
    expect(inquiry).toBe('料金について');
    expect(cleanInquiry(zalgo)).toBeUndefined();
  });

  it('looks at 256 KB of text without trouble', () => {
    expect(cleanInquiry('料'.repeat(87_000))).toBe('料'.repeat(100));
    expect(cleanInquiry('\u0337'.repeat(131_072))).toBeUndefined();
    expect(characters(cleanInquiry('ﷺ'.repeat(65_536)))).toBeLessThanOrEqual(MAX_INQUIRY_CHARACTERS);
  });

  it('never holds more than 100 characters, a control character or an angle bracket', () => {
    // Prepare
    const random = seededRandom(7);
    const pieces = [
      'あ',
      'ｶﾞ',
      '＜',
      '>',
      '\u0000',
      '\u2028',
      FAMILY,
      HALF_OF_A_PAIR,
      '\udc69',
      '\u0301',
      '#{',
      '㍿',
      '𠮷',
    ];

    for (let round = 0; round < fuzzRuns(1_500); round++) {
      const raw = randomText(random, pieces, 160);

      // Act
      const inquiry = cleanInquiry(raw);

      // Assess
      if (inquiry === undefined) continue;
      expect(characters(inquiry), JSON.stringify(raw)).toBeLessThanOrEqual(MAX_INQUIRY_CHARACTERS);
      expect(inquiry, JSON.stringify(raw)).not.toMatch(/[<>＜＞\p{Cc}\p{Zl}\p{Zp}]/u);
      expect(inquiry.isWellFormed(), JSON.stringify(raw)).toBe(true);
      expect(inquiry.trim(), JSON.stringify(raw)).toBe(inquiry);
    }
  });
});

describe('an inquiry number', () => {
  it.each([
    ['digits', '48291532', '48291532'],
    ['a JSON number', 48291532, '48291532'],
    ['full-width digits', '４８２９１５３２', '48291532'],
    ['spaces around it', ' A12 ', 'A12'],
    ['control and invisible characters', 'A\u00001\u200b2', 'A12'],
    ['half of a surrogate pair', `A${HALF_OF_A_PAIR}`, 'A\ufffd'],
    ['a hyphen', 'KRT-42', 'KRT-42'],
    ['64 characters', '1'.repeat(64), '1'.repeat(64)],
    ['digits in groups of another length', '4829-15321', '4829-15321'],
    ['eight digits of which the first is 0', '0829-1532', '0829-1532'],
    ['a date of ten characters', '2026-11-22T', '2026-11-22T'],
    ['the number of an order, as long as that of a card', '2026112200012345', '2026112200012345'],
    ['ten digits that could be a mobile number without its 0', '9012345678', '9012345678'],
    ['the entities of HTML', 'A&amp;1', 'A&1'],
  ])('is carried: %s', (_name, raw, clean) => {
    expect(cleanTrackId(raw)).toBe(clean);
  });

  it.each([
    '4829-1532',
    '4829 1532',
    '4829\u30001532',
    '４８２９－１５３２',
    '４８２９ー１５３２',
    '4829\u20111532',
    ' 4829-1532\u200b',
    '(4829)1532',
    '4 8 2 9 1 5 3 2',
    'No.48291532',
    'NO 4829-1532',
    '№48291532',
    '#4829-1532',
    '＃４８２９－１５３２',
    '問い合わせ番号 4829-1532',
    'お問合せ番号：48291532',
    '受付番号は4829 1532',
    '番号No.48291532',
    'ID: 4829-1532',
  ])('is carried as its eight digits, and spelled, however people write it: %s', (written) => {
    expect(cleanTrackId(written)).toBe('48291532');
    expect(spellTrackId(String(cleanTrackId(written)))).toBe('4、8、2、9、1、5、3、2');
  });

  it.each(['No.48291533', '#12345678', 'A48291532', 'order 48291532', '問い合わせ番号', '48291532番'])(
    'stays as it is where it may be the number of something else: %s',
    (written) => {
      expect(cleanTrackId(written)).toBe(written);
    },
  );

  it.each([
    ['nothing', undefined],
    ['blanks', '  '],
    ['a variable that was not filled in', '#{track_id}'],
    ['a telephone number', '080-2345-6789'],
    ['a telephone number among other things', 'A-0312345678'],
    ['65 characters', '1'.repeat(65)],
    ['256 KB', '1'.repeat(262_144)],
    ['only invisible characters', '\u200b'],
    ['a web address', 'https://example.com/48291532'],
    ['a mail address', 'someone@example.com'],
    ['an IP address', '192.168.0.1'],
    ['an IP address of eight digits', '48.29.15.32'],
    ['the number of a card', '4111111111111111'],
    ['the number of a card in groups', '4111 1111 1111 1111'],
    ['punctuation', '--'],
    ['an object', {}],
  ])('is none where there is %s', (_name, raw) => {
    expect(cleanTrackId(raw)).toBeUndefined();
  });

  it.each([
    ['48291532', '4、8、2、9、1、5、3、2'],
    ['A12', 'A、1、2'],
    ['a1', 'a、1'],
    ['7', '7'],
  ])('is spelled character by character: %s', (trackId, spoken) => {
    expect(spellTrackId(trackId)).toBe(spoken);
  });

  it.each(['KRT-42', '番号1', '4 8', '', '1\n', '４'])(
    'is not spelled where it is more than digits and letters: %j',
    (text) => {
      expect(spellTrackId(text)).toBeUndefined();
    },
  );
});
