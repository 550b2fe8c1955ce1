import { isObject } from './document.ts';

/** What the references of a flow can point at. */
export interface ReferenceValues {
  /** User-defined contact attributes: `$.Attributes.<key>`. */
  attributes: Readonly<Record<string, string>>;
  /** Single values by their path without `$.`: `CustomerEndpoint.Address`, `Queue.Name`, `ContactId` … */
  system: Readonly<Record<string, string>>;
  /** Whole objects by their root: `External` has the response of the last Lambda function, `FlowAttributes` … */
  objects?: Readonly<Record<string, unknown>>;
}

/** A text with values in place of its references. */
export interface ResolvedText {
  text: string;
  /** The references that resolved to nothing, as written, each once. */
  unresolved: string[];
}

/** `$` and at least one key, written `.key`, `['key']` or `.['key']`; between and after them list indexes, `[0]` or `.[0]`. */
const PATH = String.raw`\$(?:\.?\['[^']*'\]|\.[A-Za-z0-9_-]+)(?:\.?\['[^']*'\]|\.[A-Za-z0-9_-]+|\.?\[(?:-?\d+|\*)\])*`;
const REFERENCE = new RegExp(PATH, 'g');
const PLACE = /\[(?:-?\d+|\*)\]/;
/** A reference with a list index may be in backticks, which are not part of the text. */
const WITH_BACKTICKS = new RegExp(`\`(${PATH})\`|${PATH}`, 'g');
const KEY = /\['([^']*)'\]|\.([A-Za-z0-9_-]+)|\[(-?\d+|\*)\]/g;

/**
 * Replaces every reference in a text with its value. A reference that resolves to nothing, or to a list or an object,
 * becomes an empty text. A value is not searched for further references, so what a visitor typed stays text.
 *
 * @example resolveText('$.Attributes.name様', { attributes: { name: '山田' }, system: {} }).text // '山田様'
 * @example resolveText('$.External.items[0].name', { objects: { External: { items: [{ name: '傘' }] } }, … }).text // '傘'
 * @see https://docs.aws.amazon.com/connect/latest/adminguide/connect-attrib-list.html
 * @see https://docs.aws.amazon.com/connect/latest/adminguide/data-table-block.html for places in lists
 */
export function resolveText(text: string, values: ReferenceValues): ResolvedText {
  const unresolved = new Set<string>();
  const resolved = text.replace(WITH_BACKTICKS, (written: string, inBackticks: string | undefined) => {
    if (inBackticks !== undefined && !PLACE.test(inBackticks)) return `\`${put(inBackticks)}\``;
    return put(inBackticks ?? written);
  });
  return { text: resolved, unresolved: [...unresolved] };

  function put(reference: string): string {
    const value = textOf(referenced(reference, values));
    if (value === undefined) unresolved.add(reference);
    return value ?? '';
  }
}

/**
 * The keys of every reference in a text, in order.
 *
 * @example referencesIn('$.Attributes.nameさん') // [['Attributes', 'name']]
 */
export const referencesIn = (text: string): string[][] =>
  [...text.matchAll(REFERENCE)].map(([reference]) => keysOf(reference));

const keysOf = (reference: string): string[] =>
  [...reference.matchAll(KEY)].map(([, quoted, plain, place]) => quoted ?? plain ?? place ?? '');

/**
 * What one reference points at: a text, or a list or an object.
 *
 * @param reference and nothing else: `$.External.items`
 * @returns undefined if there is nothing
 */
export function referenced(reference: string, values: ReferenceValues): unknown {
  const keys = keysOf(reference);
  const [root = '', ...rest] = keys;
  if (root === 'Attributes') return own(values.attributes, rest.join('.'));
  if (values.objects !== undefined && Object.hasOwn(values.objects, root))
    return rest.reduce(own, values.objects[root]);
  return own(values.system, keys.join('.'));
}

/** An own property of the object, or a list index counted from 0: `constructor` and the like do not count. */
function own(object: unknown, key: string): unknown {
  if (Array.isArray(object)) return /^\d+$/.test(key) ? object[Number(key)] : undefined;
  return isObject(object) && Object.hasOwn(object, key) ? object[key] : undefined;
}

const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
