import type { Sentence } from '../../domain/outcome-row.ts';
import type { FileForm } from './file-form.ts';
import { sentenceOf } from './row-refusals.ts';
import type { Counts } from './row-sorter.ts';

const NAMES_OF_ENCODINGS = {
  'utf-8': 'UTF-8',
  cp932: 'CP932 (Shift_JIS of Windows)',
  'euc-jp': 'EUC-JP',
  'iso-2022-jp': 'ISO-2022-JP (JIS)',
  'utf-16le': 'UTF-16 LE',
  'utf-16be': 'UTF-16 BE',
} as const;

const NO_ROWS = '  The file has a header and no rows; so does the output.';

/**
 * The final summary: how the file was read, what happened to its rows, why some were rejected. No numbers, no user ids.
 */
export function summaryOf(
  { path, encoding, delimiter, columns }: FileForm,
  { rows, written, repeated, blank, rejected }: Counts,
  { out, rejectedFile, language, given }: SummaryOptions,
): string {
  const refused = [...rejected].sort(([, a], [, b]) => b - a);
  const count = refused.reduce((sum, [, of]) => sum + of, 0);
  const by = (option: string, isGiven: boolean) => (isGiven ? option : 'detected');
  const mark = encoding.mark > 0 ? 'with byte order mark' : 'without byte order mark';
  const origin = encoding.how === 'byte order mark' ? 'from the mark' : encoding.how;
  const lines = [
    `${path} → ${out}`,
    '',
    `  encoding   ${NAMES_OF_ENCODINGS[encoding.encoding]}, ${mark} (${origin})`,
    `  delimiter  ${delimiter} (${by('--delimiter', given.delimiter)})`,
    `  columns    ${columns.names.id} (${by('--id', given.id)}), ${columns.names.phone} (${by('--phone', given.phone)})`,
    '',
    row('rows', rows, blank > 0 ? `not counting ${number(blank)} blank ones` : ''),
    row('written', written),
    row('repeated', repeated, repeated > 0 ? 'same user id and number as before, written once' : ''),
    row('rejected', count, count > 0 ? `in ${rejectedFile}, each with line and reason` : ''),
    ...(rows + blank === 0 ? ['', NO_ROWS] : []),
    ...refused.map(([reason, of]) => `  ${number(of).padStart(11)}  ${reason}: ${sentenceOf(reason)[language]}`),
  ];
  return `${lines.join('\n')}\n`;
}

interface SummaryOptions {
  out: string;
  rejectedFile: string;
  language: keyof Sentence;
  /** Which of them were given on the command line. */
  given: { delimiter: boolean; id: boolean; phone: boolean };
}

const number = (count: number): string => count.toLocaleString('en');

const row = (name: string, count: number, more = ''): string =>
  `  ${name.padEnd(9)}${number(count).padStart(11)}  ${more}`.trimEnd();
