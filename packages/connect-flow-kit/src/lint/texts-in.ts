import { isObject } from '../document.ts';

/** Every text in a value, however deep, with the path to it. */
export function textsIn(value: unknown, path = ''): { path: string; text: string }[] {
  if (typeof value === 'string') return [{ path, text: value }];
  if (Array.isArray(value)) return value.flatMap((item, index) => textsIn(item, `${path}[${index}]`));
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([key, item]) => textsIn(item, path === '' ? key : `${path}.${key}`));
}

/** Texts in a block's parameters that are spoken as speech markup. */
export const markupIn = (parameters: unknown): { path: string; text: string }[] =>
  textsIn(parameters).filter(({ path, text }) => /(^|\.)SSML$/.test(path) || isMarkup(text));

/** Is a plain text spoken as speech markup all the same? */
export const isMarkup = (text: string): boolean => /^\s*<speak\b/.test(text);

/** A reference as a person writes it. */
export const referenceText = (keys: readonly string[]): string => `$.${keys.join('.')}`;
