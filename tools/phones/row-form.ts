import { REPLACEMENT } from './encodings.ts';
import type { RowRefusal } from './row-refusals.ts';

interface RowForm {
  /** How many lines of the file it takes. */
  lines: number;
  /** Only delimiters and blanks, as spreadsheets leave behind. */
  isBlank: boolean;
  refusal: RowRefusal | undefined;
}

/** Line ends and characters that are wrong in any cell; most cells have none. */
const LOOK_CLOSER = /[\n\r\0\ufffd]/;

/**
 * Whether this is a row of the table at all. All of its cells count: the others show whether the columns are in place.
 *
 * @param length cells of the header
 */
export function formOfRow(cells: readonly string[], length: number): RowForm {
  let lines = 1;
  let refusal: RowRefusal | undefined;
  for (const cell of cells) {
    if (!LOOK_CLOSER.test(cell)) continue;
    const ends = cell.match(/\r\n|\n|\r/g)?.length ?? 0;
    lines += ends;
    if (cell.includes('\0')) refusal ??= 'nul';
    if (cell.includes(REPLACEMENT)) refusal ??= 'undecodable';
    // If a quotation mark is closed within a cell, the parser takes everything in between, line ends included, for part of the cell.
    if (ends > 0 && cell.startsWith('"')) refusal ??= 'open_quote';
  }
  return { lines, isBlank: cells.every(isBlankCell), refusal: refusal ?? refusalOfLength(cells, length) };
}

const refusalOfLength = (cells: readonly string[], length: number): RowRefusal | undefined =>
  cells.length === length || (cells.length > length && cells.slice(length).every(isBlankCell))
    ? undefined
    : 'row_length';

const isBlankCell = (cell: string): boolean => cell.trim() === '';
