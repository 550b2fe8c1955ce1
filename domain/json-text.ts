/**
 * Parses JSON written by people: editors and shells on Windows add a byte order mark, which is not part of the JSON. Throws
 * `SyntaxError`, whose message quotes the text and must not be shown.
 *
 * @example parseJson('\uFEFF{"a": 1}') // { a: 1 }
 * @see Parsers may ignore the mark: https://www.rfc-editor.org/rfc/rfc8259#section-8.1
 */
export const parseJson = (text: string): unknown => JSON.parse(text.replace(/^\uFEFF/, ''));

/**
 * Where invalid JSON stops being valid, without quoting the text, which may contain a telephone number.
 *
 * @example whereNoJson('{"a": x}') // 'line 1, column 7'
 */
export function whereNoJson(text: string): string {
  const json = text.replace(/^\uFEFF/, '');
  // Prefixes that can still become JSON are shorter than those that cannot.
  let [right, wrong] = [0, json.length + 1];
  while (wrong - right > 1) {
    const middle = (right + wrong) >> 1;
    if (canBecomeJson(json.slice(0, middle))) right = middle;
    else wrong = middle;
  }
  const lines = json.slice(0, right).split(/\r\n|\n|\r/);
  return `line ${lines.length}, column ${(lines.at(-1) ?? '').length + 1}`;
}

function canBecomeJson(start: string): boolean {
  try {
    JSON.parse(start);
    return true;
  } catch (error) {
    const message = error instanceof Error ? error.message : '';
    return (
      /^(?:Unexpected end of JSON|Unterminated string)/.test(message) ||
      message.includes(`at position ${start.length} `) ||
      message.endsWith(`at position ${start.length}`)
    );
  }
}
