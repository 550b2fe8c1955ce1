import { REPLACEMENT } from './encodings.ts';
import type { RowRefusal } from './row-refusals.ts';

interface RowForm {
  /** Lines of the file that it takes. */
  lines: number;
  /** Nothing but delimiters and blanks, as spreadsheets leave behind. */
  isBlank: boolean;
  refusal: RowRefusal | undefined;
}

/** Line ends, and what is wrong in any cell; most cells hold nothing of it. */
const LOOK_CLOSER = /[\n\r\0\ufffd]/;

/**
 * Is this a row of the table at all? It is judged by all of its cells: what is in the others says whether the right ones
 * are in the right columns.
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
    // The parser takes a quotation mark that is closed within a cell for a part of it, with all that it has run over.
    if (ends > 0 && cell.startsWith('"')) refusal ??= 'open_quote';
  }
  return { lines, isBlank: cells.every(isBlankCell), refusal: refusal ?? refusalOfLength(cells, length) };
}

const refusalOfLength = (cells: readonly string[], length: number): RowRefusal | undefined =>
  cells.length === length || (cells.length > length && cells.slice(length).every(isBlankCell))
    ? undefined
    : 'row_length';

const isBlankCell = (cell: string): boolean => cell.trim() === '';
