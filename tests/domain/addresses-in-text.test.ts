import { describe, expect, it } from 'vitest';
import { holdsAddress } from '../../domain/addresses-in-text.ts';

describe('a text with an address in it', () => {
  it.each([
    'https://example.com/x?y=1',
    'HTTP://EXAMPLE.COM',
    'ｈｔｔｐｓ：／／ｅｘａｍｐｌｅ．ｊｐ',
    'https : // example',
    'hxxps://example[.]invalid',
    'myapp://open',
    'www.example',
    'example.com',
    '詳しくはexample.co.jpへ',
    '料金はexample。comを見て',
    'example .com',
    'お問い合わせ.com',
    '日本語.jp',
    'karte.io',
    'bit.ly/abc',
    't.co',
    'example.xn--q9jyb4c',
    'example.tokyo',
    'someone@example.com',
    'someone＠example．com',
    'someone @ example.com',
    'a+b!@sub.example.museum',
    'mailto:someone',
    'javascript:alert(1)',
    'example.asp.net.example.com',
    '192.168.0.1',
    'サーバー１０．０．０．１です',
    '8.8.8.80:443',
    'someone [at] example [dot] com',
    'someone(at)example(dot)jp',
    'someone{アットマーク}example.museum',
    'someone at example dot com',
    'example[.]com',
    'someone%40example.com',
    'someone&#64;example.museum',
    'someone＠例え．jp',
    'https%3A%2F%2Fexample',
  ])('is known: %s', (text) => {
    expect(holdsAddress(text)).toBe(true);
  });
});

describe('a text that only looks like an address', () => {
  it.each([
    'KARTE Datahubについて',
    'Ver.2.0について',
    'A/Bテスト',
    '1.5倍、3.14',
    'Vol.II',
    '1.2.3.4の章',
    'v10.20.30.40',
    'Ver.2.0.10.1',
    'バージョン 17.4.10.2',
    '2026.06.12.1',
    '256.1.1.10',
    '1.20.3.4.5',
    '120.0.6099.109',
    'deploy.sh',
    'index.html',
    'look (at) this',
    'ドットと dot と at',
    '100%40',
    'v2.beta',
    'Node.jsとVue.js',
    'ASP.NETとSocket.IO',
    '.NETについて',
    'README.md',
    'data.csv',
    'Co., Ltd.',
    '株式会社A.B.C',
    'U.S.A.',
    'e.g. これ',
    '9:30〜18:00',
    '24/7サポート',
    '件名:料金',
    'ライブ@東京',
    'Twitter @karte_io',
    '@cosmeについて',
    '料金.プラン',
    'できますか。よろしく。',
  ])('is none: %s', (text) => {
    expect(holdsAddress(text)).toBe(false);
  });
});

it('is looked for in 32 KB of anything without trouble', () => {
  for (const piece of ['.', '@', 'a.', 'a@', 'a@a.', ':', ' .', '。', 'xn--', 'あ@']) {
    expect(holdsAddress(piece.repeat(32_768 / piece.length))).toBe(false);
  }
});
