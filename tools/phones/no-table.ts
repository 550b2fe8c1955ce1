/** What other files begin with. An .xlsx is a ZIP archive, an .xls a compound file. */
const BEGINNINGS: readonly { bytes: readonly number[]; is: string }[] = [
  { bytes: [0x50, 0x4b, 0x03, 0x04], is: workbook('.xlsx') },
  { bytes: [0xd0, 0xcf, 0x11, 0xe0], is: workbook('.xls') },
  { bytes: [0x1f, 0x8b], is: 'is compressed (gzip): unpack it first' },
];

function workbook(ending: string): string {
  return `is an Excel workbook (${ending}), whatever its name ends with: open it in Excel and save it as "CSV UTF-8"`;
}

const UTF_32 = 'is written in UTF-32: save it as "CSV UTF-8"';

/**
 * Why the bytes at the beginning of a file are no text that can be read, with what to do; undefined where they may be.
 *
 * @see https://pkwaredownloads.blob.core.windows.net/pem/APPNOTE.txt
 * @see https://learn.microsoft.com/en-us/openspecs/windows_protocols/ms-cfb/
 */
export function whyNoTable(head: Buffer): string | undefined {
  const found = BEGINNINGS.find(({ bytes }) => bytes.every((byte, at) => head[at] === byte));
  return found?.is ?? (isUtf32(head) ? UTF_32 : undefined);
}

/** A character takes four bytes, and the number of the last one is 10FFFF. No UTF-16 text is made of such alone. */
function isUtf32(head: Buffer): boolean {
  const units = Array.from({ length: Math.min(Math.floor(head.length / 4), 64) }, (_, at) => at * 4);
  const all = (read: (at: number) => number) => units.every((at) => read(at) > 0 && read(at) <= 0x10ffff);
  return units.length > 1 && (all((at) => head.readUInt32LE(at)) || all((at) => head.readUInt32BE(at)));
}
