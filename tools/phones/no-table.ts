/** First bytes of other files. An .xlsx is a ZIP archive, an .xls a compound file. */
const BEGINNINGS: readonly { bytes: readonly number[]; is: string }[] = [
  { bytes: [0x50, 0x4b, 0x03, 0x04], is: workbook('.xlsx') },
  { bytes: [0xd0, 0xcf, 0x11, 0xe0], is: workbook('.xls') },
  { bytes: [0x1f, 0x8b], is: 'is compressed (gzip): unpack it first' },
];

function workbook(ending: string): string {
  return `is an Excel workbook (${ending}), whatever its file extension says: open it in Excel and save it as "CSV UTF-8"`;
}

const UTF_32 = 'is UTF-32: save it as "CSV UTF-8"';

/**
 * Why the first bytes of a file are not readable text, with what to do; undefined if they may be.
 *
 * @see https://pkwaredownloads.blob.core.windows.net/pem/APPNOTE.txt
 * @see https://learn.microsoft.com/en-us/openspecs/windows_protocols/ms-cfb/
 */
export function whyNoTable(head: Buffer): string | undefined {
  const found = BEGINNINGS.find(({ bytes }) => bytes.every((byte, at) => head[at] === byte));
  return found?.is ?? (isUtf32(head) ? UTF_32 : undefined);
}

/** Every character is four bytes, at most 10FFFF. No UTF-16 text consists of such values only. */
function isUtf32(head: Buffer): boolean {
  const units = Array.from({ length: Math.min(Math.floor(head.length / 4), 64) }, (_, at) => at * 4);
  const all = (read: (at: number) => number) => units.every((at) => read(at) > 0 && read(at) <= 0x10ffff);
  return units.length > 1 && (all((at) => head.readUInt32LE(at)) || all((at) => head.readUInt32BE(at)));
}
