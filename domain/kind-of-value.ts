import { isObject } from './json-object.ts';

/** How many field names are shown. */
const MAX_NAMED = 8;

/**
 * Describes a value only by its kind; an object by the names of its fields.
 *
 * @example kindOfValue({ Records: [] }) // 'an object with Records'
 */
export function kindOfValue(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'string') return value.trim() === '' ? 'an empty text' : 'a text that is no JSON object';
  if (!isObject(value)) return value === null ? 'null' : `a ${typeof value}`;
  // A name could be any text: only those that look like names are shown.
  const names = Object.keys(value).filter((name) => /^[A-Za-z][A-Za-z_-]{0,30}$/.test(name));
  return names.length === 0 ? 'an object' : `an object with ${names.slice(0, MAX_NAMED).join(', ')}`;
}
