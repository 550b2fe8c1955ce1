import { isObject } from '../../domain/json-object.ts';

/**
 * EventBridge's event patterns, as far as this project's rules may use them: exact values, `prefix`, `suffix`,
 * `equals-ignore-case`, `exists` and `anything-but` of values.
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html
 */
export interface EventPattern {
  readonly [field: string]: EventPattern | readonly PatternValue[];
}

type Scalar = string | number | boolean | null;
type PatternValue =
  | Scalar
  | { prefix: string }
  | { suffix: string }
  | { 'equals-ignore-case': string }
  | { exists: boolean }
  | { 'anything-but': Scalar | readonly Scalar[] };

/**
 * Why the event does not match, one sentence per field; an empty list means that it matches. Every field of the
 * pattern must match; of the values listed for a field one must. An event's array matches if one of its elements does.
 */
export function whyUnmatched(pattern: EventPattern, event: unknown, path = ''): string[] {
  return Object.entries(pattern).flatMap(([field, wanted]) => {
    const where = path === '' ? field : `${path}.${field}`;
    const found = isObject(event) && Object.hasOwn(event, field) ? event[field] : undefined;
    if (!isList(wanted)) return whyUnmatched(wanted, found, where);
    if (wanted.some((value) => matches(value, found))) return [];
    const shown = found === undefined ? 'is missing' : `is ${JSON.stringify(found).slice(0, 80)}`;
    return [`${where} ${shown}, the rule wants ${wanted.map((value) => JSON.stringify(value)).join(' or ')}`];
  });
}

function matches(wanted: PatternValue, found: unknown): boolean {
  if (isObject(wanted) && 'exists' in wanted) {
    // Only leaves exist: an object or an empty array does not.
    const isLeaf = found !== undefined && !isObject(found) && !(Array.isArray(found) && found.length === 0);
    return isLeaf === wanted.exists;
  }
  const leaves = Array.isArray(found) ? found : [found];
  return leaves.some((leaf) => leaf !== undefined && matchesLeaf(wanted, leaf));
}

function matchesLeaf(wanted: PatternValue, leaf: unknown): boolean {
  if (!isObject(wanted)) return wanted === leaf;
  if ('prefix' in wanted) return typeof leaf === 'string' && leaf.startsWith(String(wanted.prefix));
  if ('suffix' in wanted) return typeof leaf === 'string' && leaf.endsWith(String(wanted.suffix));
  if ('equals-ignore-case' in wanted) {
    return typeof leaf === 'string' && leaf.toLowerCase() === String(wanted['equals-ignore-case']).toLowerCase();
  }
  if ('anything-but' in wanted) {
    const unwanted: unknown[] = [wanted['anything-but']].flat();
    return !isObject(leaf) && !unwanted.includes(leaf);
  }
  throw new Error(`the local event bus does not know the pattern ${JSON.stringify(wanted)}`);
}

const isList = (value: EventPattern | readonly PatternValue[]): value is readonly PatternValue[] =>
  Array.isArray(value);
