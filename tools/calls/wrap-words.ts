import stringWidth from 'string-width';

/**
 * Breaks a paragraph between words into lines of at most `width` terminal cells. A wider word, such as a path to copy, gets a
 * line of its own.
 *
 * @param indent blanks in front of every line but the first
 */
export function wrapWords(text: string, width: number, indent = 0): string {
  const margin = ' '.repeat(indent);
  // Leading blanks stay.
  const [start = ''] = /^ */.exec(text) ?? [];
  const lines: string[] = [];
  let line = start;
  let isEmpty = true;
  // So do runs of blanks between words.
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
