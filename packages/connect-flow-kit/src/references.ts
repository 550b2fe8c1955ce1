import { isObject } from './document.ts';

/** What the references of a flow can point at. */
export interface ReferenceValues {
  /** User-defined contact attributes: `$.Attributes.<key>`. */
  attributes: Readonly<Record<string, string>>;
  /** Single values by their path without `$.`: `CustomerEndpoint.Address`, `Queue.Name`, `ContactId` … */
  system: Readonly<Record<string, string>>;
  /** Whole objects by their root: `External` holds the answer of the last Lambda function, `FlowAttributes` … */
  objects?: Readonly<Record<string, unknown>>;
}

/** A text with values in the place of its references. */
export interface ResolvedText {
  text: string;
  /** The references that resolved to nothing, as written, each once. */
  unresolved: string[];
}

/** `$` and at least one key, written `.key`, `['key']` or `.['key']`. */
const REFERENCE = /\$(?:\.?\['[^']*'\]|\.[A-Za-z0-9_-]+)+/g;
const KEY = /\['([^']*)'\]|\.([A-Za-z0-9_-]+)/g;

/**
 * Puts values in the place of every reference in a text. A reference that resolves to nothing becomes nothing. A value
 * is not searched for further references, so that what a visitor typed stays text.
 *
 * @example resolveText('$.Attributes.name様', { attributes: { name: '山田' }, system: {} }).text // '山田様'
 * @see https://docs.aws.amazon.com/connect/latest/adminguide/connect-attrib-list.html
 */
export function resolveText(text: string, values: ReferenceValues): ResolvedText {
  const unresolved = new Set<string>();
  const resolved = text.replace(REFERENCE, (reference) => {
    const value = valueOfReference(reference, values);
    if (value === undefined) unresolved.add(reference);
    return value ?? '';
  });
  return { text: resolved, unresolved: [...unresolved] };
}

/**
 * The keys of every reference in a text, in order.
 *
 * @example referencesIn('$.Attributes.nameさん') // [['Attributes', 'name']]
 */
export const referencesIn = (text: string): string[][] =>
  [...text.matchAll(REFERENCE)].map(([reference]) => keysOf(reference));

const keysOf = (reference: string): string[] =>
  [...reference.matchAll(KEY)].map(([, quoted, plain]) => quoted ?? plain ?? '');

function valueOfReference(reference: string, values: ReferenceValues): string | undefined {
  const keys = keysOf(reference);
  const [root = '', ...rest] = keys;
  if (root === 'Attributes') return textOf(own(values.attributes, rest.join('.')));
  if (values.objects !== undefined && Object.hasOwn(values.objects, root)) {
    return textOf(rest.reduce(own, values.objects[root]));
  }
  return textOf(own(values.system, keys.join('.')));
}

/** A property of the object's own: `constructor` and its like are none. */
const own = (object: unknown, key: string): unknown =>
  isObject(object) && Object.hasOwn(object, key) ? object[key] : undefined;

const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
