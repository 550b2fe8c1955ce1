/**
 * Excel on Japanese Windows reads a CSV file without this mark as Shift_JIS.
 */
export const BYTE_ORDER_MARK = '\ufeff';

/** A spreadsheet takes a cell that begins like this for a formula, full-width characters included; a visitor's words must not become one. */
const FORMULA = /^[=+\-@\t\r＝＋－＠]/;

/**
 * A CSV document as in RFC 4180, with a byte order mark. Cells that a spreadsheet would take for a formula are prefixed with an
 * apostrophe.
 *
 * @param rows each as long as the head
 * @see https://www.rfc-editor.org/rfc/rfc4180
 * @see https://owasp.org/www-community/attacks/CSV_Injection
 */
export const csv = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  BYTE_ORDER_MARK + [head, ...rows].map((row) => csvLine(row.map(noFormula))).join('');

const noFormula = (text: string): string => (FORMULA.test(text) ? `'${text}` : text);

/** One line of such a document, with its cells escaped. */
export const csvLine = (cells: readonly string[]): string => `${cells.map(quotedWhereNeeded).join(',')}\r\n`;

const quotedWhereNeeded = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
