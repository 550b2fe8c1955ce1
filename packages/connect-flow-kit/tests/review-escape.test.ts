import { describe, expect, it } from 'vitest';
import { code, html, markdown, mermaid } from '../src/review/escape.ts';

describe('a text of a flow in Markdown', () => {
  it.each([
    ['おつなぎします。', 'おつなぎします。'],
    ['$.Attributes.inquiry_typeのお問い合わせ', '`$.Attributes.inquiry_type`のお問い合わせ'],
    ["$.Attributes['user name']様", "`$.Attributes['user name']`様"],
    ['${CompanyName} です', '`${CompanyName}` です'],
    ['user_type and _this_', 'user_type and \\_this\\_'],
    ['a | b', 'a \\| b'],
    ['<b>&amp;</b>', '&lt;b&gt;&amp;amp;&lt;/b&gt;'],
    ['`code` *bold* [link](x) ~~gone~~ #1 !', '\\`code\\` \\*bold\\* \\[link\\](x) \\~\\~gone\\~\\~ \\#1 \\!'],
    ['$100 と $200', '&#36;100 と &#36;200'],
    ['back\\slash', 'back\\\\slash'],
    ['two\nlines\r\n\u2028three', 'two lines three'],
    ['${a`b}', '&#36;{a\\`b}'],
  ])('%j is %s', (text, written) => {
    expect(markdown(text)).toBe(written);
  });
});

it.each([
  ['user_type', '`user_type`'],
  ['a`b', 'a\\`b'],
  ['a|b', 'a\\|b'],
  [' a', 'a'],
  ['', ''],
])('the name %j as code is %s', (name, written) => {
  expect(code(name)).toBe(written);
});

it('a text inside an element of HTML is no markup', () => {
  expect(html('<script>&\n"x"')).toBe('&lt;script&gt;&amp; "x"');
});

describe('a text in a label of a diagram', () => {
  it.each([
    ['Set queue, 1.', 'Set queue, 1.'],
    ['おつなぎします。', 'おつなぎします。'],
    ['"]; click n1', '#34;#93;#59; click n1'],
    ['<b>#35;', '#60;b#62;#35;35#59;'],
    ['`a|b` %%{x}%%', '#96;a#124;b#96; #37;#37;#123;x#125;#37;#37;'],
    ['$$x$$', '#36; #36;x#36; #36;'],
    ['a\\nb', 'a＼nb'],
    ['a\nb', 'a b'],
  ])('%j is %s', (text, written) => {
    expect(mermaid(text)).toBe(written);
  });
});
