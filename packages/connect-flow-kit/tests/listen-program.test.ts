import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { speechProgram } from '../src/listen/speech-program.ts';
import { inCode, wavOf } from './wav-files.ts';

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'speech-program-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** A program of this body, which has the arguments as `args`. @returns how to start it */
function program(name: string, body: string): string {
  const path = join(folder, `${name}.cjs`);
  writeFileSync(path, `const args = process.argv.slice(2);\nconst { writeFileSync } = require('node:fs');\n${body}`);
  return `'${process.execPath}' '${path}'`;
}

const says = (text: string) => ({ voice: 'Kazuha', engine: 'Neural', text });

const WAV = wavOf(2);

/** Keeps its arguments. */
const writing = (seen: string) =>
  program(
    'writing',
    `writeFileSync(${JSON.stringify(seen)}, JSON.stringify(args)); writeFileSync(args.at(-1), ${inCode(WAV)});`,
  );

describe('a speech program', () => {
  it.each(['こんにちは。', '$(touch hacked); `touch hacked` | & > "quoted" \'and\' {out.wav}'])(
    'is given a text as one argument, whatever it holds: %s',
    async (text) => {
      const seen = join(folder, 'seen.json');
      const speak = speechProgram(`${writing(seen)} -v ja "two words" --text={text} {text} {out.wav}`);
      expect(await speak(says(text))).toEqual(WAV);
      expect(JSON.parse(readFileSync(seen, 'utf8'))).toEqual([
        '-v',
        'ja',
        'two words',
        `--text=${text}`,
        text,
        expect.stringMatching(/out\.wav$/),
      ]);
    },
  );

  it('is given no text that reads like one of its options, or that no argument can hold', async () => {
    const seen = join(folder, 'seen.json');
    await speechProgram(`${writing(seen)} {text} {out.wav}`)(says('-f /etc/hosts\0\n'));
    expect(JSON.parse(readFileSync(seen, 'utf8'))[0]).toBe(' -f /etc/hosts  ');
  });

  it.each([
    ['fails', "console.error('no voice ja'); process.exit(3);", 'no voice ja'],
    ['fails without a word', 'process.exit(3);', 'exit code 3'],
    ['writes nothing', '', 'it wrote no file'],
    ['writes something else', "writeFileSync(args[1], 'ID3');", 'what it wrote is not a WAV'],
    ['writes no samples', `writeFileSync(args[1], ${inCode(wavOf(0))});`, 'what it wrote is not a WAV'],
    [
      'writes no samples after all',
      `writeFileSync(args[1], ${inCode(wavOf(0, { claims: 2 }))});`,
      'what it wrote is not a WAV',
    ],
    [
      'writes samples at no rate',
      `writeFileSync(args[1], ${inCode(wavOf(2, { rate: 0 }))});`,
      'what it wrote is not a WAV',
    ],
    ['writes half a header', `writeFileSync(args[1], ${inCode(WAV.subarray(0, 30))});`, 'what it wrote is not a WAV'],
  ])('that %s is told with the text and the reason', async (_, body, reason) => {
    const speak = speechProgram(`${program('broken', body)} {text} {out.wav}`);
    await expect(speak(says('はい'))).rejects.toMatchObject({
      isUsersMistake: true,
      message: `--speak: ${process.execPath} has not said 「はい」 (${reason})`,
    });
  });

  it('may not know how much it will say when it writes the header', async () => {
    const endless = wavOf(2, { claims: 0xffff_ffff });
    const speak = speechProgram(
      `${program('endless', `writeFileSync(args[1], ${inCode(endless)});`)} {text} {out.wav}`,
    );
    expect(await speak(says('はい'))).toEqual(endless);
  });

  it('that is not there is told, too', async () => {
    const speak = speechProgram(`${join(folder, 'none')} {text} {out.wav}`);
    await expect(speak(says('はい'))).rejects.toThrow('there is no such program');
  });

  it.each(['', 'say', 'say {text}', 'say -o {out.wav}', '{text} {out.wav}'])(
    'must be told where text and file go: "%s"',
    (command) => {
      expect(() => speechProgram(command)).toThrow(/^--speak is .*: expected a program with \{text\} and \{out\.wav\}/);
    },
  );
});
