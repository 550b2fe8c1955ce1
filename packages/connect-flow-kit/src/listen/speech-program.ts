import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { UsageError } from '../command-line.ts';
import type { Prompt } from './prompt.ts';

const TEXT = '{text}';
const FILE = '{out.wav}';

/** A sentence takes a second; a program that waits for something waits forever. */
const PATIENCE_MILLISECONDS = 60_000;

/**
 * A speech program, such as `say -v Kyoko --data-format=LEI16@22050 -o {out.wav} {text}`. It is started directly, without a shell, so that
 * nothing in a text is ever taken for a command.
 *
 * @param command words, which may be quoted; the two placeholders must be in it. Throws `UsageError` if they are not.
 * @returns speaks a prompt as WAV; throws `UsageError` if the program fails
 */
export function speechProgram(command: string): (prompt: Prompt) => Promise<Uint8Array> {
  const [program, ...words] = wordsOf(command);
  const has = (placeholder: string): boolean => words.some((word) => word.includes(placeholder));
  if (program === undefined || !has(TEXT) || !has(FILE)) {
    throw new UsageError(`--speak is ${command}: expected a program with ${TEXT} and ${FILE} among its arguments`);
  }
  return async (prompt) => {
    const folder = mkdtempSync(join(tmpdir(), 'speak-'));
    const file = join(folder, 'out.wav');
    const args = words.map((word) => word.replaceAll(FILE, () => file).replaceAll(TEXT, () => harmless(prompt.text)));
    try {
      await promisify(execFile)(program, args, { timeout: PATIENCE_MILLISECONDS });
      return wavOf(file);
    } catch (cause) {
      throw new UsageError(`--speak: ${program} has not said 「${prompt.text}」 (${reasonOf(cause)})`, { cause });
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  };
}

/** Words as a shell would split them, with quotes removed, and nothing more. */
const wordsOf = (command: string): string[] =>
  [...command.matchAll(/(?:"[^"]*"|'[^']*'|[^\s"'])+/g)].map(([word]) => word.replace(/"([^"]*)"|'([^']*)'/g, '$1$2'));

/** Removes control characters, which no argument may contain, and keeps a text from being taken for an option of the program. */
const harmless = (text: string): string => text.replace(/\p{Cc}/gu, ' ').replace(/^(?=-)/, ' ');

function wavOf(file: string): Uint8Array {
  const wav = readFileSync(file);
  if (!hasSound(wav)) throw new Error('what it wrote is not a WAV');
  return wav;
}

/** Chunks of `RIFF…WAVE`: a format that can be played, followed by samples. Programs that write to a pipe do not know how many. */
function hasSound(wav: Buffer): boolean {
  const nameAt = (at: number): string => wav.toString('latin1', at, at + 4);
  if (nameAt(0) !== 'RIFF' || nameAt(8) !== 'WAVE') return false;
  let playable = false;
  for (let at = 12; at + 8 < wav.length; ) {
    const [name, size, content] = [nameAt(at), wav.readUInt32LE(at + 4), at + 8];
    if (name === 'fmt ' && content + 16 <= wav.length) {
      playable = wav.readUInt16LE(content + 2) > 0 && wav.readUInt32LE(content + 4) > 0;
    }
    if (name === 'data') return playable && size > 0;
    // An odd chunk is padded to an even size.
    at = content + size + (size % 2);
  }
  return false;
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { code, killed, stderr } = error as { code?: unknown; killed?: boolean; stderr?: string };
  if (code === 'ENOENT') return error.message.startsWith('spawn') ? 'there is no such program' : 'it wrote no file';
  if (killed) return `not within ${PATIENCE_MILLISECONDS / 1_000} s`;
  const said = stderr?.trim().split('\n').at(-1);
  return said ? said : typeof code === 'number' ? `exit code ${code}` : error.message;
}
