/** A text without the byte order mark that editors and shells of Windows put in front. */
export const withoutMark = (text: string): string => text.replace(/^\uFEFF/, '');
