import { isAscii } from 'node:buffer';
import { type FileHandle, open } from 'node:fs/promises';
import { UsageError } from 'connect-flow-kit/command-line';
import { type Encoding, LABELS, REPLACEMENT } from './encodings.ts';
import { JapaneseTally } from './japanese-tally.ts';
import { whyNoTable } from './no-table.ts';

export interface EncodingOfFile {
  encoding: Encoding;
  /** Bytes of the byte order mark in front; 0 where there is none. */
  mark: number;
  /** How the encoding was determined. */
  how: '--encoding' | 'byte order mark' | 'detected';
}

const MARKS: readonly { encoding: Encoding; bytes: readonly number[] }[] = [
  { encoding: 'utf-8', bytes: [0xef, 0xbb, 0xbf] },
  { encoding: 'utf-16le', bytes: [0xff, 0xfe] },
  { encoding: 'utf-16be', bytes: [0xfe, 0xff] },
];

const CHUNK = 64 * 1024;

/** This many characters beyond ASCII settle the encoding. */
const ENOUGH = 1_000;

/**
 * The encoding of a file: from its byte order mark, else detected from its bytes. It is read until that is settled, to the end
 * if it is plain ASCII, since the first Japanese name may be in the last row. Throws `UsageError` if the file is not readable
 * text, or its bytes fit two encodings.
 *
 * @param wanted the encoding given by the user; its byte order mark is still skipped
 */
export async function encodingOf(path: string, wanted?: Encoding): Promise<EncodingOfFile> {
  const file = await open(path);
  try {
    const head = await read(file, 0);
    const noTable = whyNoTable(head);
    if (noTable !== undefined) throw new UsageError(`${path} ${noTable}`);
    const mark = MARKS.find(({ bytes }) => bytes.every((byte, at) => head[at] === byte));
    if (wanted !== undefined) {
      return { encoding: wanted, mark: mark?.encoding === wanted ? mark.bytes.length : 0, how: '--encoding' };
    }
    if (mark) return { encoding: mark.encoding, mark: mark.bytes.length, how: 'byte order mark' };
    const encoding = utf16Of(head) ?? (await encodingOfBytes(file));
    if (encoding === undefined) throw new UsageError(`${path} ${UNCLEAR}`);
    return { encoding, mark: 0, how: 'detected' };
  } finally {
    await file.close();
  }
}

async function read(file: FileHandle, from: number): Promise<Buffer> {
  const { bytesRead, buffer } = await file.read(Buffer.allocUnsafe(CHUNK), 0, CHUNK, from);
  return buffer.subarray(0, bytesRead);
}

/** Fewer zeros are stray NUL characters in a short file. */
const LEAST_ZEROS = 3;

/** In UTF-16, delimiters, digits and line ends have a zero byte; they make up more than a tenth of a table. */
function utf16Of(head: Buffer): Encoding | undefined {
  const zeros = [0, 0];
  for (const [at, byte] of head.entries()) if (byte === 0) zeros[at % 2] = (zeros[at % 2] ?? 0) + 1;
  const [even = 0, odd = 0] = zeros;
  if (Math.max(even, odd) < Math.max(LEAST_ZEROS, head.length / 20)) return undefined;
  return odd > even ? 'utf-16le' : 'utf-16be';
}

const UNCLEAR =
  'may be EUC-JP or CP932 (Shift_JIS of Windows), which would give different user ids: say which with --encoding euc-jp or --encoding cp932';

/**
 * In a Japanese CP932 or EUC-JP file, more than half of the non-ASCII bytes are invalid UTF-8; in a UTF-8 file none, or a few
 * damaged ones. ISO-2022-JP is ASCII with escape sequences. Plain ASCII is UTF-8.
 */
async function encodingOfBytes(file: FileHandle): Promise<Encoding | undefined> {
  const decoder = new TextDecoder('utf-8');
  const japanese = new JapaneseTally();
  let right = 0;
  let wrong = 0;
  let end = '';
  for (let from = 0; right + wrong < ENOUGH; ) {
    const bytes = await read(file, from);
    if (bytes.length === 0) break;
    from += bytes.length;
    if (isAscii(bytes)) {
      const text = end + bytes.toString('latin1');
      if (ESCAPE_TO_KANJI.test(text)) return 'iso-2022-jp';
      // A sequence may span two chunks.
      end = text.slice(-3);
      continue;
    }
    japanese.add(bytes);
    for (const [mark] of decoder.decode(bytes, { stream: true }).matchAll(/[^\0-\x7f]/gu)) {
      if (mark === REPLACEMENT) wrong += 1;
      else right += 1;
    }
  }
  return wrong > right ? japanese.encoding() : 'utf-8';
}

/**
 * The escape sequences that switch to JIS X 0208.
 * @see https://www.rfc-editor.org/rfc/rfc1468
 */
// biome-ignore lint/suspicious/noControlCharactersInRegex: the sequence begins with one.
const ESCAPE_TO_KANJI = /\x1b\$[@B]/;

/**
 * Turns bytes into what the CSV parser takes, chunk by chunk; the parser itself reads UTF-8. Either way, invalid bytes become
 * `REPLACEMENT`.
 *
 * The decoder of Node is ICU with the table of the WHATWG for `shift_jis`, which is Windows' CP932. `euc-jp` and
 * `iso-2022-jp` have the characters of NEC and IBM, too.
 * @see https://encoding.spec.whatwg.org/#legacy-multi-byte-japanese-encodings
 */
export function decoderOf(encoding: Encoding): (bytes: Buffer | undefined) => Buffer | string {
  if (encoding === 'utf-8') return (bytes) => bytes ?? '';
  const decoder = new TextDecoder(LABELS[encoding], { ignoreBOM: true });
  return (bytes) => (bytes ? decoder.decode(bytes, { stream: true }) : decoder.decode());
}
