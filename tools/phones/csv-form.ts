import { UsageError } from 'connect-flow-kit/command-line';
import type { Options } from 'csv-parse';
import { parse } from 'csv-parse/sync';

/** Names of delimiters on the command line, and what they are. */
const DELIMITERS = { comma: ',', semicolon: ';', tab: '\t' } as const;
export type Delimiter = keyof typeof DELIMITERS;
export const DELIMITER_NAMES = Object.keys(DELIMITERS) as Delimiter[];

export const delimiterNamed = (sign: string): Delimiter | undefined =>
  DELIMITER_NAMES.find((name) => DELIMITERS[name] === sign);

/**
 * How rows are read: every cell stays text, every kind of line end counts, in one file, too, and quotes within a cell are
 * part of it (`="090…"`). Rows of another length than the header are judged by the one who takes them.
 */
export const csvOptions = (delimiter: Delimiter): Options => ({
  delimiter: DELIMITERS[delimiter],
  record_delimiter: ['\r\n', '\n', '\r'],
  relax_quotes: true,
  relax_column_count: true,
});

/**
 * The delimiter that makes most columns of the header. Throws `UsageError` where there is one column only, or two delimiters
 * make as many.
 *
 * @param head the file's beginning
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
      `the first row has ${first.columns} columns by ${first.name} and by ${second.name}: say which by --delimiter`,
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
    // An open quote, under a delimiter that may be the wrong one.
    return [];
  }
}
