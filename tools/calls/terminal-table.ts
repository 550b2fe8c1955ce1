import { printable } from 'connect-flow-kit/command-line';
import stringWidth from 'string-width';

/** One column of a table. */
export interface Column {
  head: string;
  cells: readonly string[];
  /** Numbers are right-aligned. */
  right?: boolean;
  /** May be cut to this many cells if the table is too wide. */
  least?: number;
  /** Is left out if the table is too wide, before anything is cut. */
  spare?: boolean;
}

const GAP = 2;

/** Cells of a line if the terminal does not say. */
const USUAL_COLUMNS = 80;

/** How wide output may be: unlimited unless it goes to a terminal. */
export const widthOf = ({ isTTY, columns }: { isTTY?: boolean; columns?: number }): number =>
  isTTY ? columns || USUAL_COLUMNS : Number.POSITIVE_INFINITY;

/**
 * The lines of a table, at most `width` cells wide as far as its columns can be cut. A Japanese character takes two cells.
 */
export function tableLines(columns: readonly Column[], width: number): string[] {
  const shown = columns.map((column) => ({ ...column, cells: [column.head, ...column.cells].map(printable) }));
  const widths = () => shown.map(({ cells }) => Math.max(...cells.map((cell) => stringWidth(cell))));
  const excess = (sizes: readonly number[]) =>
    sizes.reduce((sum, size) => sum + size, 0) + GAP * (sizes.length - 1) - width;
  while (excess(widths()) > 0) {
    const spare = shown.findLastIndex((column) => column.spare);
    if (spare < 0) break;
    shown.splice(spare, 1);
  }
  const sizes = widths();
  // The widest column is cut first.
  const widest = [...sizes.keys()].sort((a, b) => (sizes[b] ?? 0) - (sizes[a] ?? 0));
  for (const index of widest) {
    const over = excess(sizes);
    const least = shown[index]?.least;
    if (over > 0 && least !== undefined) sizes[index] = Math.max(least, (sizes[index] ?? 0) - over);
  }
  const [first] = shown;
  return (first?.cells ?? []).map((_, row) =>
    shown
      .map(({ cells, right }, index) => fitted(cells[row] ?? '', sizes[index] ?? 0, right === true))
      .join(' '.repeat(GAP))
      .trimEnd(),
  );
}

function fitted(text: string, width: number, right: boolean): string {
  const cut = cutTo(text, width);
  const blanks = ' '.repeat(Math.max(0, width - stringWidth(cut)));
  return right ? blanks + cut : cut + blanks;
}

/** Never splits what a reader sees as one character. */
const characters = new Intl.Segmenter('ja', { granularity: 'grapheme' });

/** Cuts a text to so many cells; an ellipsis marks the cut. */
export function cutTo(text: string, width: number): string {
  if (stringWidth(text) <= width) return text;
  let cut = '';
  for (const { segment } of characters.segment(text)) {
    if (stringWidth(cut + segment) > width - 1) break;
    cut += segment;
  }
  return `${cut}…`;
}
