/** What the references of a flow can point at. */
export interface ReferenceValues {
  /** User-defined contact attributes: `$.Attributes.<key>`. */
  attributes: Readonly<Record<string, string>>;
  /** Everything else, by its path without `$.`: `CustomerEndpoint.Address`, `Queue.Name`, `ContactId` … */
  system: Readonly<Record<string, string>>;
}

/** `$` and at least one key, written `.key`, `['key']` or `.['key']`. */
const REFERENCE = /\$(?:\.?\['[^']*'\]|\.[A-Za-z0-9_-]+)+/g;
const KEY = /\['([^']*)'\]|\.([A-Za-z0-9_-]+)/g;

/**
 * Puts values in the place of every reference in a text. A reference that resolves to nothing becomes nothing. A value
 * is not searched for further references, so that what a visitor typed stays text.
 *
 * @example resolveReferences('$.Attributes.name様', { attributes: { name: '山田' }, system: {} }) // '山田様'
 * @see https://docs.aws.amazon.com/connect/latest/adminguide/connect-attrib-list.html
 */
export function resolveReferences(text: string, values: ReferenceValues): string {
  return text.replace(REFERENCE, (reference) => {
    const keys = [...reference.matchAll(KEY)].map(([, quoted, plain]) => quoted ?? plain ?? '');
    const [root, ...rest] = keys;
    return root === 'Attributes'
      ? ownValue(values.attributes, rest.join('.'))
      : ownValue(values.system, keys.join('.'));
  });
}

const ownValue = (values: Readonly<Record<string, string>>, key: string): string =>
  Object.hasOwn(values, key) ? (values[key] ?? '') : '';
