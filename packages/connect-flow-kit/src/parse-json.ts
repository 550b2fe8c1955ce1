import { withoutMark } from './without-mark.ts';

/**
 * Parses a JSON text. Editors and shells on Windows prepend a byte order mark, which is not part of the JSON.
 * Throws `SyntaxError`.
 *
 * @see Parsers may ignore the mark: https://www.rfc-editor.org/rfc/rfc8259#section-8.1
 */
export const parseJson = (text: string): unknown => JSON.parse(withoutMark(text));
