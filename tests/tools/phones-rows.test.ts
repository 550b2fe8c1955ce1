import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FUZZ_SEED, fuzzRuns } from '../fuzz-runs.ts';
import { convert, cp932, utf16 } from './phones-files.ts';

const HEADER = 'user_id,phone_e164\n';
const written = (...ids: string[]) => HEADER + ids.map((id) => `"${id}","+819012345678"\n`).join('');

/** Line and reason of each rejected row. */
function refused(rejected: string | null): [string, string][] {
  const rows: string[][] = parse(rejected ?? '', { bom: true, relax_column_count: true });
  return rows.slice(1).map(([line = '', reason = '']) => [line, reason]);
}

describe('what Excel makes of a number', () => {
  it.each([
    ['eaten zero', '9012345678', 'has lost its leading 0'],
    ['apostrophe', "'09012345678", 'There is an apostrophe'],
    ['formula', '="09012345678"', 'a formula'],
    ['formula, quoted', '"=""09012345678"""', 'a formula'],
    ['scientific with all digits', '8.19012345678E+11', 'with all of its digits'],
    ['scientific and eaten zero', '9.012345678E+9', 'with all of its digits'],
    ['fraction', '9012345678.0', 'ends in .0'],
    ['scientific with a comma, full-width', '"９，012345678Ｅ＋９"', 'with all of its digits'],
    ['thousands set apart', '"9,012,345,678"', 'thousands separators'],
    ['thousands set apart, full-width', '"819，012，345，678"', 'thousands separators'],
    ['apostrophe before a formula', `'="09012345678"`, 'There is an apostrophe'],
  ])('%s is named, and fixed by --fix-excel', async (_, cell, reason) => {
    const text = `id,tel\nuser001,${cell}\n`;
    const { code, out, rejected } = await convert(text);
    expect({ code, out }).toEqual({ code: 1, out: HEADER });
    expect(refused(rejected)).toEqual([['2', expect.stringContaining(reason)]]);
    expect(await convert(text, ['--fix-excel'])).toMatchObject({ code: 0, out: written('user001'), rejected: null });
  });

  it.each([
    ['8.19E+11', 'has lost digits'],
    ['8.19012E+11', 'has lost digits'],
    ['８．１９Ｅ＋１１', 'has lost digits'],
    ['8190123456.78', 'has become a decimal'],
    ['120444444', 'toll-free'],
    ['12345', 'Digits of the number are missing'],
    ['901234567', 'Digits of the number are missing'],
  ])('%s is not fixed', async (cell, reason) => {
    const { code, out, rejected } = await convert(`id,tel\nuser001,${cell}\n`, ['--fix-excel']);
    expect({ code, out }).toEqual({ code: 1, out: HEADER });
    expect(refused(rejected)).toEqual([['2', expect.stringContaining(reason)]]);
  });

  it('is seen in user ids, too, which are taken over as they are', async () => {
    const text = `id,tel\n'001,09012345678\n"=""002""",09012345678\n1.23E+11,09012345678\n 003,09012345678\n,09012345678\n004 b,09012345678\n`;
    const plain = await convert(text);
    expect(plain.out).toBe(written('004 b'));
    expect(refused(plain.rejected).map(([line, reason]) => [line, reason.split(/[,:.]/)[0]])).toEqual([
      ['2', 'The user id has an apostrophe in front'],
      ['3', 'The user id has an apostrophe in front'],
      ['4', 'The user id is in scientific notation (such as 1'],
      ['5', 'There are blanks around the user id'],
      ['6', 'The user id is missing'],
    ]);
    expect((await convert(text, ['--fix-excel'])).out).toBe(written('001', '002', '004 b'));
  });
});

describe('rows', () => {
  it('are told by the line in which they begin, whatever lines end with and cells hold', async () => {
    const text =
      'id,memo,tel\r\na,"one\r\ntwo\nthree\rfour",x1\r\n\nb,"say ""hi"", then",x2\rc,,x3\n,,\nd,,09012345678\n';
    const { out, rejected, stdout } = await convert(text);
    expect(refused(rejected).map(([line]) => line)).toEqual(['2', '7', '8']);
    expect(out).toBe(written('d'));
    expect(stdout).toMatch(/rows +4 {2}not counting 2 blank ones/);
  });

  it('of another length are rejected, unless only blanks are too many', async () => {
    const { out, rejected } = await convert('id,tel\na\nb,09012345678,x\nc,09012345678,, \n');
    expect(out).toBe(written('c'));
    expect(refused(rejected)).toEqual(
      ['2', '3'].map((line) => [line, expect.stringContaining('does not have as many columns')]),
    );
  });

  it.each([
    ['UTF-8', Buffer.from('id,name,tel\na,髙橋,09012345678\nb,'), Buffer.from(''), Buffer.from([0x8e, 0x52])],
    ['CP932', cp932('id,name,tel\na,高橋,09012345678\nb,'), Buffer.from(''), Buffer.from([0xff])],
  ])('with bytes that mean nothing in %s are rejected, the others written', async (_, before, between, bad) => {
    const rest = Buffer.from(',09012345678\nc,x,09012345678\n');
    const { out, rejected } = await convert(Buffer.concat([before, between, bad, rest]));
    expect(out).toBe(written('a', 'c'));
    expect(refused(rejected)).toEqual([['3', expect.stringContaining('are invalid in this encoding')]]);
  });

  it('with half a pair in UTF-16, or with NUL, are rejected', async () => {
    const { rejected } = await convert(utf16('\ufeffid,tel\na\ud83d,09012345678\nb\0,09012345678\n', 'le'));
    expect(refused(rejected)).toEqual([
      ['2', expect.stringContaining('are invalid')],
      ['3', expect.stringContaining('NUL')],
    ]);
  });

  it('of a short file are not taken for UTF-16 because of a NUL', async () => {
    const { out, rejected } = await convert('id,tel\na\0,09012345678\nb,09012345678\n');
    expect(out).toBe(written('b'));
    expect(refused(rejected)).toEqual([['2', expect.stringContaining('NUL')]]);
  });

  it('that have run together behind a quotation mark are rejected, and not swallowed', async () => {
    const { out, rejected } = await convert('id,tel,memo\na,09012345678,"open\nb,09012345678,"x"y\nc,09012345678,z\n');
    expect(out).toBe(written('c'));
    expect(refused(rejected)).toEqual([['2', expect.stringContaining('quotation mark')]]);
  });

  it.each([
    ['cell', '', 'x'],
    ['quoted cell', '"', 'x\n'],
    ['number of cells', '', ','],
  ])('with an endless %s stop it', async (_, first, sign) => {
    const { code, stderr, files } = await convert(`id,tel\na,09012345678\nb,${first}${sign.repeat(2_000_000)}`);
    expect({ code, files }).toEqual({ code: 2, files: ['in.csv'] });
    expect(stderr).toMatch(/line 3 has more than 1,048,576 bytes/);
  });

  it('of one user are written once with one number; another number is rejected', async () => {
    const { out, rejected, stdout } = await convert(
      'id,tel\na,09012345678\na,+81 90-1234-5678\na,0333334444\nb,09012345678\n',
    );
    expect(out).toBe(written('a', 'b'));
    expect(stdout).toMatch(/repeated +1 /);
    expect(refused(rejected)).toEqual([['4', expect.stringContaining('An earlier row has a different number')]]);
  });

  it('are told of in the terminal without any number', async () => {
    const { stdout, stderr } = await convert('id,tel\na,09012345678\nb,8.13333444401E+11\nc,0333334444a\n');
    expect(stdout).toMatch(/rows +3\n {2}written +1\n {2}repeated +0\n {2}rejected +2 /);
    expect(stdout).toContain('1  letters_beside: The number contains letters as well as digits.');
    expect(stdout + stderr).not.toMatch(/09012345678|33334444/);
  });
});

describe('the file of rejected rows', () => {
  it('is for Excel, and runs nothing in it', async () => {
    const { rejected } = await convert('id,=cmd,tel\na,=1+1,@x\nb,"+1,""2""",-1\n');
    expect(rejected).toBe(
      [
        "\ufeffrejected_line,rejected_reason,id,'=cmd,tel",
        "2,This is not a telephone number.,a,'=1+1,'@x",
        `3,Digits of the number are missing.,b,"'+1,""2""",'-1`,
        '',
      ].join('\r\n'),
    );
  });

  it('can be fixed and run again: line, reason and protecting apostrophes are left out', async () => {
    const { rejected } = await convert("id,memo,tel\n001,=1,12\n'002,x,13\n003,y,14\n");
    const again = await convert((rejected ?? '').replace("'12", '090-1234-5678').replace("'13", '09012345678'));
    expect(again.out).toBe(written('001'));
    expect(refused(again.rejected)).toEqual([
      ['3', expect.stringContaining('user id has an apostrophe')],
      ['4', 'Digits of the number are missing.'],
    ]);
    expect(again.rejected).toContain('rejected_line,rejected_reason,id,memo,tel\r\n3,');
    expect(again.rejected).toContain("4,Digits of the number are missing.,'003,y,'14\r\n");
  });
});

describe('any table', () => {
  const cell = fc.string({ unit: fc.constantFrom(...'ab"\',;\t\r\n=+-@0 ー髙'), maxLength: 8 });

  it('comes out with the same ids, or goes back cell by cell', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(cell, cell, fc.boolean()), { maxLength: 8 }),
        fc.constantFrom(',', ';', '\t'),
        fc.constantFrom('\n', '\r\n', '\r'),
        fc.constantFrom<(text: string) => Buffer>(Buffer.from, cp932, (text) => utf16(`\ufeff${text}`, 'be')),
        async (rows, delimiter, end, bytes) => {
          // Prepare
          const table = rows.map(([id, memo, callable], row) => [
            id && `${row}${id}`,
            memo,
            callable ? '09012345678' : '110',
          ]);
          const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
          const text = [['id', 'メモ', 'tel'], ...table]
            .map((cells) => cells.map(quoted).join(delimiter) + end)
            .join('');
          // Act
          const { out, rejected } = await convert(bytes(text));
          // Assess
          const isTaken = ([id = '', memo = '', tel]: string[]) =>
            tel === '09012345678' && id !== '' && id.trim() === id && !/^".*[\r\n]/s.test(memo);
          const ids: string[][] = parse(out ?? '', { from: 2 });
          expect(ids).toEqual(table.filter(isTaken).map(([id]) => [id, '+819012345678']));
          const back: string[][] = parse(rejected ?? '', { bom: true, from: 2 });
          const unprotected = back.map((row) => row.slice(2).map((each) => each.replace(/^'/, '')));
          expect(unprotected).toEqual(table.filter((row) => !isTaken(row)));
        },
      ),
      { seed: FUZZ_SEED, numRuns: fuzzRuns(60) },
    );
  });
});
