import { open } from 'node:fs/promises';
import { UsageError } from 'connect-flow-kit/command-line';
import { decoderOf, type EncodingOfFile, encodingOf } from './csv-encoding.ts';
import { type Delimiter, delimiterOf, headerOf } from './csv-form.ts';
import { type Columns, columnsOf } from './datahub-columns.ts';
import type { Encoding } from './encodings.ts';
import { isRejectedFile, originalRow } from './rejected-rows.ts';
import { separatorLineOf } from './separator-line.ts';

/** What the user says about a file, instead of detection. */
interface Wanted {
  encoding?: Encoding;
  delimiter?: Delimiter;
  id?: string;
  phone?: string;
}

/** How to read a file, and its header. */
export interface FileForm {
  path: string;
  encoding: EncodingOfFile;
  delimiter: Delimiter;
  columns: Columns;
  header: readonly string[];
  /** Start of the header: byte offset, and line in the file. */
  start: number;
  firstLine: number;
  /** Whether it is a corrected file of rejected rows. */
  isRejectedFile: boolean;
}

/** A longer row has an unclosed quote or is not a table row. */
export const LONGEST_ROW = 1024 * 1024;

/** Looks at the start of a file. Throws `UsageError` if it is unclear how to read it. */
export async function formOf(path: string, wanted: Wanted): Promise<FileForm> {
  const encoding = await encodingOf(path, wanted.encoding);
  const whole = await beginning(path, encoding);
  const separator = separatorLineOf(whole.slice(0, 100).toString());
  const head = whole.slice(separator?.length ?? 0);
  if (head.length === 0) throw new UsageError(`${path} is empty: expected a header and rows`);
  const delimiter = wanted.delimiter ?? separator?.delimiter ?? delimiterOf(head);
  const first = headerOf(head, delimiter);
  const isOurs = isRejectedFile(first);
  const header = isOurs ? originalRow(first) : first;
  const bytesOfOne = encoding.encoding.startsWith('utf-16') ? 2 : 1;
  return {
    path,
    encoding,
    delimiter,
    columns: columnsOf(header, wanted),
    header,
    start: encoding.mark + (separator?.length ?? 0) * bytesOfOne,
    firstLine: separator ? 2 : 1,
    isRejectedFile: isOurs,
  };
}

async function beginning(path: string, { encoding, mark }: EncodingOfFile): Promise<Buffer | string> {
  const file = await open(path);
  try {
    const { bytesRead, buffer } = await file.read(Buffer.allocUnsafe(LONGEST_ROW), 0, LONGEST_ROW, mark);
    return decoderOf(encoding)(buffer.subarray(0, bytesRead));
  } finally {
    await file.close();
  }
}
