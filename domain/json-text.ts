/**
 * What a JSON text stands for. Editors and shells of Windows put a byte order mark in front, which is no part of the JSON:
 * whatever a person may have written is read by this. Throws `SyntaxError`.
 *
 * @example parseJson('\uFEFF{"a": 1}') // { a: 1 }
 * @see Parsers may ignore the mark: https://www.rfc-editor.org/rfc/rfc8259#section-8.1
 */
export const parseJson = (text: string): unknown => JSON.parse(text.replace(/^\uFEFF/, ''));
