import { describe, expect, it } from 'vitest';
import { convert, cp932, eucJp, jis } from './phones-files.ts';

const HEADER = 'user_id,phone_e164\n';
const TEXT = '会員番号,氏名,電話番号\n山田,れい なまえ,０９０ー１２３４ー５６７８\n';
const CONVERTED = `${HEADER}"山田","+819012345678"\n`;
const MAY_BE_EITHER = 'say which with --encoding euc-jp or --encoding cp932';

describe('npm run phones reads the other encodings of Japan', () => {
  it.each([
    ['EUC-JP', eucJp(TEXT)],
    ['ISO-2022-JP', jis(TEXT)],
  ])('%s', async (encoding, bytes) => {
    const { code, out, stdout } = await convert(bytes);
    expect({ code, out }).toEqual({ code: 0, out: CONVERTED });
    expect(stdout).toContain(`encoding   ${encoding}`);
  });

  it('and finds them behind 64 KB of ASCII, wherever a chunk ends', async () => {
    for (const length of [65_536, 65_535, 65_534, 65_533]) {
      const header = 'id,tel,name\nx,050-3333-4444,';
      const ascii = `${header}${'x'.repeat(length - header.length - 4)}\nb,0`;
      const { stdout } = await convert(Buffer.concat([Buffer.from(`${ascii},`), jis('山田'), Buffer.from('\n')]));
      expect(stdout).toContain('ISO-2022-JP');
    }
  });

  it('and guesses nothing where ids would be others in CP932', async () => {
    // Prepare: each byte of these kanji is half-width katakana in CP932.
    const bytes = eucJp('user_id,name,phone\n山田,x,08012345678\n');
    // Act
    const guessed = await convert(bytes);
    const said = await convert(bytes, ['--encoding', 'euc-jp']);
    const halfWidth = await convert(bytes, ['--encoding', 'cp932']);
    // Assess
    expect(guessed).toMatchObject({ code: 2, files: ['in.csv'], stderr: expect.stringContaining(MAY_BE_EITHER) });
    expect(said.out).toBe(`${HEADER}"山田","+818012345678"\n`);
    expect(halfWidth.out).toBe(`${HEADER}"ｻｳﾅﾄ","+818012345678"\n`);
  });

  it('and still sees CP932 in names of half-width katakana, of which many have odd lengths', async () => {
    const rows = ['ﾔﾏﾀﾞ', 'ｽｽﾞｷ', 'ｻﾄｳ', 'ﾀﾅｶ', 'ｲﾄｳ'].map((name, at) => `${at},${name},050-3333-4444\n`).join('');
    const bytes = Buffer.from([...`id,name,tel\n${rows}`].map((one) => halfWidthByte(one)));
    expect((await convert(bytes)).stdout).toContain('CP932');
    expect((await convert(cp932('id,name,tel\n1,山田,050-3333-4444\n'))).stdout).toContain('CP932');
  });

  it('and keeps bytes that mean nothing out of what it writes', async () => {
    const bytes = Buffer.concat([eucJp(TEXT), Buffer.from('u2,'), Buffer.from([0xa1, 0x2c]), Buffer.from('0\n')]);
    const { code, out, rejected } = await convert(bytes, ['--encoding', 'euc-jp']);
    expect({ code, out }).toEqual({ code: 1, out: CONVERTED });
    expect(rejected).toContain('bytes that are invalid');
  });
});

const halfWidthByte = (character: string): number => {
  const code = character.charCodeAt(0);
  return code < 0x80 ? code : code - 0xff61 + 0xa1;
};

describe('npm run phones names what is no text', () => {
  const utf32 = (text: string, order: 'le' | 'be') => {
    const bytes = Buffer.alloc(text.length * 4);
    for (const [at, one] of [...text].entries()) {
      if (order === 'le') bytes.writeUInt32LE(one.charCodeAt(0), at * 4);
      else bytes.writeUInt32BE(one.charCodeAt(0), at * 4);
    }
    return bytes;
  };

  it.each([
    ['an .xlsx', Buffer.from('504b0304140006000000', 'hex'), /Excel workbook \(\.xlsx\).* save it as "CSV UTF-8"/],
    ['an .xls', Buffer.from('d0cf11e0a1b11ae10000', 'hex'), /Excel workbook \(\.xls\).* save it as "CSV UTF-8"/],
    ['what is compressed', Buffer.from('1f8b08000000', 'hex'), /compressed/],
    ['UTF-32 LE with a mark', utf32(`\ufeff${TEXT}`, 'le'), /UTF-32: save it/],
    ['UTF-32 LE without one', utf32(TEXT, 'le'), /UTF-32: save it/],
    ['UTF-32 BE', utf32(TEXT, 'be'), /UTF-32: save it/],
  ])('%s', async (_, bytes, sentence) => {
    for (const args of [[], ['--encoding', 'cp932']]) {
      const { code, stderr, files } = await convert(bytes, args);
      expect({ code, files }).toEqual({ code: 2, files: ['in.csv'] });
      expect(stderr).toMatch(sentence);
    }
  });
});

describe("npm run phones obeys Excel's own first line", () => {
  it.each([
    ['UTF-8', Buffer.from('sep=;\r\nid;a,b,c;tel\r\nuser001;x,y,z;09012345678\r\nu2;1;2\r\n')],
    ['UTF-16', Buffer.from('\ufeffsep=;\nid;a,b,c;tel\nuser001;x,y,z;09012345678\nu2;1;2\n', 'utf16le')],
  ])('of %s, and counts it among the lines', async (_, bytes) => {
    const { out, rejected } = await convert(bytes);
    expect(out).toBe(`${HEADER}"user001","+819012345678"\n`);
    expect(rejected).toMatch(/^4,/m);
  });

  it('and refuses a delimiter that it does not read', async () => {
    const { code, stderr } = await convert('sep=|\nid|tel\n1|2\n');
    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining('expected a comma') });
  });
});

it('shows no cell of a first row that is a customer, and knows a header by one usual name', async () => {
  for (const row of ['u1,例 一,090-1234-5678', '例 一,example@example.com', '例 一,０９０１２３４５６７８']) {
    const { stderr, stdout } = await convert(`${row}\n${row}\n`);
    expect(stdout).toBe('');
    expect(stderr).toContain('is the header missing?');
    for (const cell of row.split(',')) expect(stderr).not.toContain(cell);
  }
  expect((await convert('user_id,address2\nu1,x\n')).stderr).toContain('the first row has user_id, address2');
});
