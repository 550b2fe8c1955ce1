import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { UsageError } from 'connect-flow-kit/command-line';
import { parse } from 'csv-parse';
import { decoderOf } from './csv-encoding.ts';
import { csvOptions } from './csv-form.ts';
import { type FileForm, LONGEST_ROW } from './file-form.ts';
import type { OutputFile } from './output-files.ts';
import { type Counts, RowSorter, type SortOptions } from './row-sorter.ts';

/**
 * Reads a file row by row and writes each row to one of two outputs. Memory does not grow with the file, apart from `SeenUsers`.
 * Throws `UsageError` if a quotation mark is not closed.
 *
 * @param tell receives the number of rows read, now and then
 */
export async function convertPhones(
  form: FileForm,
  outputs: { written: OutputFile; rejected: OutputFile },
  options: SortOptions,
  tell: (rows: number) => void,
): Promise<Counts> {
  const sorter = new RowSorter(form, options);

  async function flush(): Promise<void> {
    const { written, rejected } = sorter.takeTexts();
    await outputs.written.write(written);
    await outputs.rejected.write(rejected);
  }

  /** The parser has consumed a chunk once it asks for the next. */
  async function* chunks(): AsyncGenerator<Buffer | string> {
    const decode = decoderOf(form.encoding.encoding);
    let line = sorter.nextLine;
    let unfinished = 0;
    for await (const bytes of createReadStream(form.path, { start: form.start, highWaterMark: CHUNK })) {
      yield decode(bytes);
      await flush();
      tell(sorter.counts.rows);
      unfinished = sorter.nextLine === line ? unfinished + bytes.length : 0;
      line = sorter.nextLine;
      if (unfinished > LONGEST_ROW) throw new UsageError(`${form.path}: ${tooLong(line)}`);
    }
    yield decode(undefined);
  }

  const parser = parse({
    ...csvOptions(form.delimiter),
    on_record(cells: string[]) {
      sorter.take(cells);
      // Nothing to pass on.
      return null;
    },
  });
  try {
    await pipeline(chunks, parser);
  } catch (error) {
    if (!isOpenQuote(error)) throw error;
    throw new UsageError(`${form.path}: ${openQuote(sorter.nextLine)}`, { cause: error });
  }
  await flush();
  return sorter.counts;
}

/** Small to save memory: with 64 KB, a file of a million rows takes a third more. */
const CHUNK = 16 * 1024;

const tooLong = (line: number) =>
  `the row that begins in line ${line} has more than ${LONGEST_ROW.toLocaleString('en')} bytes; is a quotation mark left open there?`;
const openQuote = (line: number) =>
  `a quotation mark is opened in the row that begins in line ${line}, and never closed: close it there`;

const isOpenQuote = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'CSV_QUOTE_NOT_CLOSED';
