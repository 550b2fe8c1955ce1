import stringWidth from 'string-width';

/** Every terminal has this many cells per line. */
const COLUMNS = 80;

/**
 * Breaks a text at blanks into lines that fit a terminal. A longer word stays in one piece, so that ids can be copied; a Japanese
 * character takes two cells.
 *
 * @param first start of the first line, such as a name
 * @param indent blanks in front of the other lines
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
