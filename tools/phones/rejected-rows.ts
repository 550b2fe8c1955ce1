import { csvLine } from '../calls/csv.ts';

/** What is in front of the original columns. */
const OWN_COLUMNS = ['rejected_line', 'rejected_reason'] as const;

/** Was this header written by `rejectedHeader`? Then its file is a fixed one that comes back. */
export const isRejectedFile = (header: readonly string[]): boolean =>
  OWN_COLUMNS.every((name, at) => header[at] === name);

export const rejectedHeader = (header: readonly string[]): string => csvLine([...OWN_COLUMNS, ...header.map(guarded)]);

/** A rejected row with its line and the reason in front. */
export const rejectedRow = (line: number, reason: string, row: readonly string[]): string =>
  csvLine([String(line), reason, ...row.map(guarded)]);

/** The original cells of a row of a rejected file. */
export const originalRow = (row: readonly string[]): string[] => row.slice(OWN_COLUMNS.length).map(unguarded);

/**
 * A cell that a spreadsheet leaves alone: what does not begin with a letter gets an apostrophe in front. Formulas of strangers
 * do not run, and ids and numbers keep their zeros when the file is opened, fixed and saved.
 *
 * @see https://owasp.org/www-community/attacks/CSV_Injection
 */
const guarded = (cell: string): string => (cell === '' || /^\p{L}/u.test(cell) ? cell : `'${cell}`);

const unguarded = (cell: string): string => (cell.startsWith("'") ? cell.slice(1) : cell);
