import { UsageError } from 'connect-flow-kit/command-line';
import type { Options } from 'csv-parse';
import { parse } from 'csv-parse/sync';

/** Delimiters by their names on the command line. */
const DELIMITERS = { comma: ',', semicolon: ';', tab: '\t' } as const;
export type Delimiter = keyof typeof DELIMITERS;
export const DELIMITER_NAMES = Object.keys(DELIMITERS) as Delimiter[];

export const delimiterNamed = (sign: string): Delimiter | undefined =>
  DELIMITER_NAMES.find((name) => DELIMITERS[name] === sign);

/**
 * How rows are read: every cell stays text, all kinds of line ends count, even mixed, and quotes within a cell are part of it
 * (`="090…"`). Rows that differ in length from the header are left to the caller.
 */
export const csvOptions = (delimiter: Delimiter): Options => ({
  delimiter: DELIMITERS[delimiter],
  record_delimiter: ['\r\n', '\n', '\r'],
  relax_quotes: true,
  relax_column_count: true,
});

/**
 * The delimiter that splits the header into most columns. Throws `UsageError` if there is only one column, or two delimiters
 * make equally many.
 *
 * @param head start of the file
 */
export function delimiterOf(head: Buffer | string): Delimiter {
  const found = DELIMITER_NAMES.map((name) => ({ name, columns: headerOf(head, name).length })).sort(
    (a, b) => b.columns - a.columns,
  );
  const [first, second] = found;
  if (!first || first.columns < 2) {
    throw new UsageError(
      'the first row has one column only: expected a header with a column of user ids and one of telephone numbers, with commas, semicolons or tabs between them',
    );
  }
  if (first.columns === second?.columns) {
    throw new UsageError(
      `the first row has ${first.columns} columns by ${first.name} and by ${second.name}: say which with --delimiter`,
    );
  }
  return first.name;
}

/** The cells of the first row. */
export function headerOf(head: Buffer | string, delimiter: Delimiter): string[] {
  try {
    const [header = []] = parse(head, { ...csvOptions(delimiter), to: 1 });
    return header;
  } catch {
    // An unclosed quote, under what may be the wrong delimiter.
    return [];
  }
}
