import { isObject } from '../document.ts';

/** A text with the path to it, such as `Messages[0].Text`. */
export interface PlacedText {
  path: string;
  text: string;
}

/** Every text in a value, however deep. */
export function textsIn(value: unknown, path = ''): PlacedText[] {
  if (typeof value === 'string') return [{ path, text: value }];
  if (Array.isArray(value)) return value.flatMap((item, index) => textsIn(item, `${path}[${index}]`));
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([key, item]) => textsIn(item, path === '' ? key : `${path}.${key}`));
}

/** Those of a block's texts that are spoken as speech markup. */
export const markupIn = (texts: readonly PlacedText[]): PlacedText[] =>
  texts.filter(({ path, text }) => /(^|\.)SSML$/.test(path) || isMarkup(text));

/** Is a plain text spoken as speech markup all the same? */
export const isMarkup = (text: string): boolean => /^\s*<speak\b/.test(text);

/** A reference as a person writes it. */
export const referenceText = (keys: readonly string[]): string => `$.${keys.join('.')}`;
