import { UsageError } from 'connect-flow-kit/command-line';
import { type Delimiter, delimiterNamed } from './csv-form.ts';

/**
 * The line in front of a table that tells Excel the delimiter, `sep=;`; undefined if there is none. Throws `UsageError` if it
 * names an unsupported delimiter.
 *
 * @param head start of the file
 * @returns the delimiter, and the length of the line with its end in characters, all of them ASCII
 */
export function separatorLineOf(head: string): { delimiter: Delimiter; length: number } | undefined {
  const [line, sign = ''] = /^"?sep=([^\r\n"])"?[;,\t]*(?:\r\n|\n|\r)/i.exec(head) ?? [];
  if (line === undefined) return undefined;
  const delimiter = delimiterNamed(sign);
  if (!delimiter) {
    throw new UsageError(
      'the first line, sep=, names an unsupported delimiter: expected a comma, a semicolon or a tab',
    );
  }
  return { delimiter, length: line.length };
}
