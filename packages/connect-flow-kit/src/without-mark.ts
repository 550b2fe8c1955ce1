/** A text without the byte order mark that editors and shells on Windows prepend. */
export const withoutMark = (text: string): string => text.replace(/^\uFEFF/, '');
