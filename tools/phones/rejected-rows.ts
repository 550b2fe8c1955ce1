import { csvLine } from '../calls/csv.ts';

/** The columns in front of the original ones. */
const OWN_COLUMNS = ['rejected_line', 'rejected_reason'] as const;

/** Whether `rejectedHeader` wrote this header: then the file is a corrected one. */
export const isRejectedFile = (header: readonly string[]): boolean =>
  OWN_COLUMNS.every((name, at) => header[at] === name);

export const rejectedHeader = (header: readonly string[]): string => csvLine([...OWN_COLUMNS, ...header.map(guarded)]);

/** A rejected row with its line and the reason in front. */
export const rejectedRow = (line: number, reason: string, row: readonly string[]): string =>
  csvLine([String(line), reason, ...row.map(guarded)]);

/** The original cells of a row of a rejected file. */
export const originalRow = (row: readonly string[]): string[] => row.slice(OWN_COLUMNS.length).map(unguarded);

/**
 * A cell that a spreadsheet leaves alone: unless it begins with a letter, it is prefixed with an apostrophe. No foreign formula
 * runs, and ids and numbers keep their zeros when the file is opened, corrected and saved.
 *
 * @see https://owasp.org/www-community/attacks/CSV_Injection
 */
const guarded = (cell: string): string => (cell === '' || /^\p{L}/u.test(cell) ? cell : `'${cell}`);

const unguarded = (cell: string): string => (cell.startsWith("'") ? cell.slice(1) : cell);
