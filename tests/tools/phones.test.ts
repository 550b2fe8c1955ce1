import { describe, expect, it } from 'vitest';
import { command, commandHere } from '../run-command.ts';
import { convert, cp932, utf16 } from './phones-files.ts';

const GUIDE = 'user_id,phone_e164\n"user001","+819012345678"\n';

/** Every kind of file says the same. */
const ROWS = [
  ['会員番号', '氏名', '電話番号'],
  ['user001', '髙橋①〜', '０９０ー１２３４ー５６７８'],
];
const table = (delimiter: string, end: string) => ROWS.map((row) => row.join(delimiter) + end).join('');

const ENCODINGS = [
  { encoding: 'UTF-8', mark: 'without', bytes: (text: string) => Buffer.from(text) },
  { encoding: 'UTF-8', mark: 'with', bytes: (text: string) => Buffer.from(`\ufeff${text}`) },
  { encoding: 'CP932', mark: 'without', bytes: cp932 },
  { encoding: 'UTF-16 LE', mark: 'without', bytes: (text: string) => utf16(text, 'le') },
  { encoding: 'UTF-16 LE', mark: 'with', bytes: (text: string) => utf16(`\ufeff${text}`, 'le') },
  { encoding: 'UTF-16 BE', mark: 'without', bytes: (text: string) => utf16(text, 'be') },
  { encoding: 'UTF-16 BE', mark: 'with', bytes: (text: string) => utf16(`\ufeff${text}`, 'be') },
];
const FORMS = [
  ['comma', ','],
  ['semicolon', ';'],
  ['tab', '\t'],
].flatMap(([delimiter = '', sign = '']) => ['\r\n', '\n', '\r'].map((end) => ({ delimiter, sign, end })));

describe('npm run phones', () => {
  it.each(ENCODINGS)(
    "writes the guide's example, byte for byte, of $encoding $mark mark",
    async ({ encoding, mark, bytes }) => {
      for (const { delimiter, sign, end } of FORMS) {
        const { code, out, stdout, files } = await convert(bytes(table(sign, end)));
        expect({ code, out, files }).toEqual({ code: 0, out: GUIDE, files: ['in.csv', 'out.csv'] });
        expect(stdout).toMatch(new RegExp(`encoding {3}${encoding}.*, ${mark} byte order mark`));
        expect(stdout).toContain(`delimiter  ${delimiter} (detected)`);
        expect(stdout).toContain('columns    会員番号 (detected), 電話番号 (detected)');
      }
    },
  );

  it('reads the characters of NEC and IBM, and the wave dash of Windows', async () => {
    const bytes = Buffer.concat([
      Buffer.from('id,tel\n'),
      Buffer.from('fbfc81608740ed40', 'hex'),
      Buffer.from(',050-3333-4444\n'),
    ]);
    const { out } = await convert(bytes);
    expect(out).toBe('user_id,phone_e164\n"髙～①纊","+815033334444"\n');
  });

  it('is told encoding, delimiter and columns where detection would be wrong', async () => {
    const text = 'a;b,c;a\nuser001;x,y;09012345678\n';
    const given = ['--delimiter', 'semicolon', '--encoding', 'utf-8', '--id', 'a'];
    expect(await convert(text, given)).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('columns 1 and 3 are both named a'),
    });
    const { out, stdout } = await convert(text.replace('c;a', 'c;tel 1'), [...given, '--phone', 'tel 1']);
    expect(out).toBe(GUIDE);
    expect(stdout).toContain('a (--id), tel 1 (--phone)');
    expect(stdout).toContain('UTF-8, without byte order mark (--encoding)');
  });

  it.each([
    ['an empty file', '', 'is empty'],
    ['a byte order mark alone', '\ufeff', 'is empty'],
    ['one column', 'user_id\nuser001\n', 'one column only'],
    ['no known names', 'a,b\n1,2\n', 'no column is recognised as user ids; the first row has a, b: name one with --id'],
    [
      'two that could be it',
      'id,会員番号,tel\n1,2,3\n',
      'columns 1 and 2 can be the user ids (id, 会員番号): name one with --id',
    ],
    ['the same name twice', 'id,tel,TEL\n1,2,3\n', 'columns 2 and 3 can be the telephone numbers (tel, TEL)'],
    ['two delimiters that fit', 'id;tel,x;y,z\n', 'by comma and by semicolon: say which with --delimiter'],
    ['a quotation mark left open', 'id,tel\n1,"090\n2,3\n', 'in the row that begins in line 2, and never closed'],
    ['a file that has no header', 'user001,+819012345678\n', 'is the header missing?'],
  ])('refuses %s and says what to do', async (_, text, sentence) => {
    const { code, stdout, stderr, files } = await convert(text);
    expect({ code, stdout, files }).toEqual({ code: 2, stdout: '', files: ['in.csv'] });
    expect(stderr).toContain(sentence);
    expect(stderr).not.toMatch(/5678|user001/);
  });

  it('makes a header of a header, and says so', async () => {
    expect(await convert('user_id,phone\r\n')).toMatchObject({
      code: 0,
      out: 'user_id,phone_e164\n',
      files: ['in.csv', 'out.csv'],
      stdout: expect.stringContaining('a header and no rows'),
    });
  });

  it('reads 64 KB of ASCII in front of the first Japanese name', async () => {
    const rows = Array.from({ length: 4_000 }, (_, row) => `user${row},050-3333-4444,x\n`).join('');
    const { stdout, out } = await convert(cp932(`id,tel,name\n${rows}last,050-3333-4444,山田太郎\n`));
    expect(stdout).toContain('CP932');
    expect(out).toContain('"last"');
  });

  it('overwrites nothing but by --force, and not what it reads', async () => {
    const input = 'id,tel\nuser001,09012345678\n';
    for (const name of ['out.csv', 'out.rejected.csv']) {
      const kept = await convert(input, [], { beside: { [name]: 'old' } });
      expect(kept).toMatchObject({ code: 2, files: ['in.csv', name] });
      expect(kept.stderr).toContain(`${name} exists: name another output, or overwrite it with --force`);
      expect(kept.out ?? kept.rejected).toBe('old');
    }
    const forced = await convert(input, ['--force'], { beside: { 'out.csv': 'old', 'out.rejected.csv': 'old' } });
    expect(forced).toMatchObject({ code: 0, out: GUIDE, files: ['in.csv', 'out.csv'] });
    for (const inPlace of ['out.csv', 'out.rejected.csv']) {
      const same = await convert(input, ['--force'], { inPlace });
      expect(same).toMatchObject({
        code: 2,
        files: [inPlace],
        stderr: expect.stringContaining('is both input and output'),
      });
    }
  });

  it('takes numbers of other countries where a stage does, and says which reason it is in the language wanted', async () => {
    const text = 'id,tel\nuser001,+442079460000\n';
    const { code, rejected, stdout } = await convert(text, ['--language', 'ja', '--stage', 'dev']);
    expect(code).toBe(1);
    expect(rejected).toContain("2,この国・地域の電話番号にはおかけできません。,user001,'+442079460000\r\n");
    expect(stdout).toContain('country_not_allowed: この国・地域の電話番号にはおかけできません。');
    expect(await convert(text, ['--stage', 'nowhere'])).toMatchObject({ code: 2, out: null });
  });

  it('says what it takes, and what is wrong with how it is called', async () => {
    expect(await commandHere('phones', ['--help'])).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('--fix-excel'),
    });
    expect(await commandHere('phones', [])).toMatchObject({
      code: 2,
      stdout: expect.stringContaining('npm run phones'),
    });
    for (const [args, sentence] of [
      [['only.csv'], 'expected two files'],
      [['nowhere.csv', 'out.csv'], 'there is no file nowhere.csv'],
      [['package.json', '/nowhere/out.csv', '--id', 'x'], 'first row'],
      [
        ['package.json', 'x.csv', '--encoding', 'latin1'],
        'expected one of utf-8, cp932, euc-jp, iso-2022-jp, utf-16le, utf-16be',
      ],
      [['package.json', 'x.csv', '--delimiter', '|'], 'expected one of comma, semicolon, tab'],
      [['docs', 'x.csv'], 'docs is not a regular file'],
    ] as const) {
      const { code, stderr } = await commandHere('phones', [...args]);
      expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining(sentence) });
    }
  });

  it('runs as npm starts it', async () => {
    const { code, stdout } = await command('phones', ['--help']);
    expect(code).toBe(0);
    expect(stdout).toContain('Exit code 0');
  });
});
