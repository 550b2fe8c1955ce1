import stringWidth from 'string-width';

/**
 * The lines of a text of one paragraph, broken between words so that each is at most `width` cells of the terminal wide. A word that is wider than
 * that, such as a path to copy, keeps a line of its own.
 *
 * @param indent cells that the second line and those after it begin with
 */
export function wrapWords(text: string, width: number, indent = 0): string {
  const margin = ' '.repeat(indent);
  // What the text begins with stays.
  const [start = ''] = /^ */.exec(text) ?? [];
  const lines: string[] = [];
  let line = start;
  let isEmpty = true;
  // Columns of blanks between words stay, too.
  for (const [part, blanks = '', word = ''] of text.slice(start.length).matchAll(/(\s*)(\S+)/g)) {
    if (!isEmpty && stringWidth(line + part) > width) {
      lines.push(line);
      line = margin + word;
    } else {
      line += blanks.replace(/\s/g, ' ') + word;
    }
    isEmpty = false;
  }
  return [...lines, line].join('\n');
}
