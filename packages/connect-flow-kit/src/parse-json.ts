import { withoutMark } from './without-mark.ts';

/**
 * What a JSON text stands for. Editors and shells of Windows put a byte order mark in front, which is no part of the JSON.
 * Throws `SyntaxError`.
 *
 * @see Parsers may ignore the mark: https://www.rfc-editor.org/rfc/rfc8259#section-8.1
 */
export const parseJson = (text: string): unknown => JSON.parse(withoutMark(text));
