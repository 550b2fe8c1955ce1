import stringWidth from 'string-width';

/** Cells of a terminal's line that everybody has. */
const COLUMNS = 80;

/**
 * Breaks a text at its blanks into lines that a terminal shows whole. A word that is longer stays in one piece, as ids are
 * copied; a Japanese character takes two cells.
 *
 * @param first what the first line begins with, such as a name
 * @param indent blanks that the others begin with
 */
export function wrapped(text: string, first = '', indent = first.length): string[] {
  const lines = [first];
  for (const word of text.split(' ')) {
    const line = lines.at(-1) ?? '';
    const isBegun = line !== first;
    const longer = isBegun ? `${line} ${word}` : line + word;
    if (isBegun && stringWidth(longer) > COLUMNS) lines.push(' '.repeat(indent) + word);
    else lines[lines.length - 1] = longer;
  }
  return lines;
}
