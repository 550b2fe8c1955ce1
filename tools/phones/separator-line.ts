import { UsageError } from 'connect-flow-kit/command-line';
import { type Delimiter, delimiterNamed } from './csv-form.ts';

/**
 * The line in front of a table by which Excel is told the delimiter, `sep=;`; undefined where there is none. Throws `UsageError`
 * where it names a delimiter that is not read.
 *
 * @param head the file's beginning
 * @returns the delimiter, and how many characters the line takes with its end, all of them ASCII
 */
export function separatorLineOf(head: string): { delimiter: Delimiter; length: number } | undefined {
  const [line, sign = ''] = /^"?sep=([^\r\n"])"?[;,\t]*(?:\r\n|\n|\r)/i.exec(head) ?? [];
  if (line === undefined) return undefined;
  const delimiter = delimiterNamed(sign);
  if (!delimiter) {
    throw new UsageError(
      'the first line, sep=, names a delimiter that is not read: expected a comma, a semicolon or a tab',
    );
  }
  return { delimiter, length: line.length };
}
