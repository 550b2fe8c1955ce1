/**
 * What Excel of a Japanese Windows needs to read the file as UTF-8: it takes a CSV without it for Shift_JIS.
 */
export const BYTE_ORDER_MARK = '\ufeff';

/** A cell that begins so is a formula to a spreadsheet, in full width, too: a visitor's words must not become one. */
const FORMULA = /^[=+\-@\t\r＝＋－＠]/;

/**
 * A CSV document after RFC 4180, with a byte order mark. Cells that a spreadsheet would take for a formula get an
 * apostrophe in front.
 *
 * @param rows all as long as the head
 * @see https://www.rfc-editor.org/rfc/rfc4180
 * @see https://owasp.org/www-community/attacks/CSV_Injection
 */
export const csv = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  BYTE_ORDER_MARK + [head, ...rows].map((row) => csvLine(row.map(noFormula))).join('');

const noFormula = (text: string): string => (FORMULA.test(text) ? `'${text}` : text);

/** One line of such a document, whatever its cells hold. */
export const csvLine = (cells: readonly string[]): string => `${cells.map(quotedWhereNeeded).join(',')}\r\n`;

const quotedWhereNeeded = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
