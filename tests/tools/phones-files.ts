import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { commandHere, type Run } from '../run-command.ts';

/** What became of a file that `npm run phones` was given. */
interface Converted extends Run {
  /** null where it was not written. */
  out: string | null;
  rejected: string | null;
  /** Names of all that is in the folder afterwards. */
  files: string[];
}

/**
 * Runs the command on a file of these bytes in a folder of its own.
 *
 * @param beside files that are there before
 */
export async function convert(
  input: string | Buffer,
  args: string[] = [],
  { inPlace = 'in.csv', beside = {} }: { inPlace?: string; beside?: Record<string, string> } = {},
): Promise<Converted> {
  const folder = mkdtempSync(join(tmpdir(), 'phones-'));
  const path = (name: string) => join(folder, name);
  const text = (name: string) => (readdirSync(folder).includes(name) ? readFileSync(path(name), 'utf8') : null);
  try {
    for (const [name, content] of Object.entries(beside)) writeFileSync(path(name), content);
    writeFileSync(path(inPlace), input);
    const run = await commandHere('phones', [path(inPlace), path('out.csv'), ...args]);
    return { ...run, out: text('out.csv'), rejected: text('out.rejected.csv'), files: readdirSync(folder).sort() };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Bytes of each character of CP932, as Windows reads them. */
const CP932 = new Map<string, readonly number[]>();
for (let lead = 0xfc; lead >= 0x81; lead -= 1) {
  for (let trail = 0xfc; trail >= 0x40; trail -= 1) {
    const character = new TextDecoder('shift_jis').decode(Buffer.from([lead, trail]));
    if (character.length === 1 && character !== '\ufffd') CP932.set(character, [lead, trail]);
  }
}

export const cp932 = (text: string): Buffer =>
  Buffer.from([...text].flatMap((character) => CP932.get(character) ?? [character.charCodeAt(0)]));

export const utf16 = (text: string, order: 'le' | 'be'): Buffer => {
  const bytes = Buffer.from(text, 'utf16le');
  return order === 'le' ? bytes : bytes.swap16();
};

/** Bytes of each character of JIS X 0208, as EUC-JP has them. */
const EUC = new Map<string, readonly number[]>();
for (let lead = 0xa1; lead <= 0xfe; lead += 1) {
  for (let trail = 0xa1; trail <= 0xfe; trail += 1) {
    EUC.set(new TextDecoder('euc-jp').decode(Buffer.from([lead, trail])), [lead, trail]);
  }
}

export const eucJp = (text: string): Buffer =>
  Buffer.from([...text].flatMap((character) => EUC.get(character) ?? [character.charCodeAt(0)]));

/** ISO-2022-JP: the same characters in seven bits, between escape sequences. */
export const jis = (text: string): Buffer =>
  Buffer.concat(
    text.split(/(\P{ASCII}+)/u).map((part) => {
      if (/^\p{ASCII}*$/u.test(part)) return Buffer.from(part);
      const kanji = eucJp(part).map((byte) => byte & 0x7f);
      return Buffer.concat([Buffer.from('\x1b$B'), kanji, Buffer.from('\x1b(B')]);
    }),
  );
