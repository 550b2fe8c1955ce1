/**
 * A text from outside as a page shows it: invisible characters and those that change the writing direction appear as their codes,
 * as on the command line.
 *
 * @param cut how many characters to show; if there are more, `whole` has all of them
 * @see https://www.unicode.org/reports/tr9/#Directional_Formatting_Characters
 */
export function foreignText(text: string, cut = Number.POSITIVE_INFINITY): { shown: string; whole?: string } {
  const characters = [...text];
  if (characters.length <= cut) return { shown: escaped(text) };
  return { shown: `${escaped(characters.slice(0, cut).join(''))}…`, whole: escaped(text) };
}

const escaped = (text: string): string =>
  text.replace(
    /(?!\n)[\p{Cc}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/gu,
    (mark) => `\\u${mark.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
