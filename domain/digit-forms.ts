const KANJI = '〇零一二三四五六七八九';

/** Fills the second half of a digit outside the basic plane. */
export const FILLER = '\u200b';

/**
 * The same text, index by index, with digits and signs of other forms replaced by ASCII. A circle next to kanji digits is a zero, and
 * 一 between other digits a hyphen, as people type them instead of the right characters.
 */
export function inAscii(text: string): string {
  if (!/[^\0-\x7f]/.test(text)) return text;
  return text
    .replace(/(?<=[0-9０-９])一(?=[0-9０-９])/g, '-')
    .replace(/[○◯](?=[〇零一二三四五六七八九○◯])|(?<=[〇零一二三四五六七八九○◯])[○◯]/g, '〇')
    .replace(/[〇零一二三四五六七八九]/g, (digit) => String(Math.max(0, KANJI.indexOf(digit) - 1)))
    .replace(/[\uff01-\uff5e]|(?![0-9])\p{Nd}|\p{No}/gu, (character) => {
      const ascii = character.normalize('NFKC');
      if (ascii.length === 1 && ascii <= '~') return ascii.padEnd(character.length, FILLER);
      return /\p{Nd}/u.test(character) ? decimalOf(character).padEnd(character.length, FILLER) : character;
    });
}

/**
 * The value of a decimal digit of any script: each has ten in a row, from zero to nine, and some rows follow each other.
 * @see http://www.unicode.org/L2/L2012/12310-numeric-type-def.html
 */
function decimalOf(digit: string): string {
  const code = digit.codePointAt(0) ?? 0;
  let before = 0;
  while (/\p{Nd}/u.test(String.fromCodePoint(code - before - 1))) before += 1;
  return String(before % 10);
}
