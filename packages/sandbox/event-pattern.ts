import { isObject } from '../../domain/json-object.ts';

/**
 * The subset of EventBridge's event patterns that this project's rules may use: exact values, `prefix`, `suffix`,
 * `equals-ignore-case`, `exists`, `anything-but` of values or of those three, and `$or` at any level.
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html
 */
export interface EventPattern {
  readonly [field: string]: EventPattern | readonly PatternValue[] | readonly EventPattern[];
}

type Scalar = string | number | boolean | null;
type OneOrMore<T> = T | readonly T[];
type PatternValue =
  | Scalar
  | { prefix: string }
  | { suffix: string }
  | { 'equals-ignore-case': string }
  | { exists: boolean }
  | { 'anything-but': OneOrMore<Scalar> | { [Operator in TextOperator]?: OneOrMore<string> } };
type TextOperator = 'prefix' | 'suffix' | 'equals-ignore-case';

/**
 * Why the event does not match, one sentence per field; an empty list means that it matches. Every field of the
 * pattern must match, and one of the patterns of an `$or`; of the values listed for a field one must. An event's array
 * matches if one of its elements does, whether a value, an object or another array's element. `npm run parity` compares all of
 * this with AWS's own matcher.
 */
export function whyUnmatched(pattern: EventPattern, event: unknown, path = ''): string[] {
  return Object.entries(pattern).flatMap(([field, wanted]) => {
    if (field === '$or' && isAlternatives(wanted)) {
      const reasons = wanted.map((alternative) => whyUnmatched(alternative, event, path));
      return reasons.some(({ length }) => length === 0) ? [] : [reasons.map((those) => those.join(', ')).join('; or ')];
    }
    const where = path === '' ? field : `${path}.${field}`;
    const found = isObject(event) && Object.hasOwn(event, field) ? event[field] : undefined;
    if (isPattern(wanted)) {
      const reasons = (Array.isArray(found) ? elementsOf(found).filter(isObject) : []).map((one) =>
        whyUnmatched(wanted, one, where),
      );
      return reasons.find(({ length }) => length === 0) ?? reasons[0] ?? whyUnmatched(wanted, found, where);
    }
    const values = wanted as readonly PatternValue[];
    if (values.some((value) => matches(value, found))) return [];
    const shown = found === undefined ? 'is missing' : `is ${JSON.stringify(found).slice(0, 80)}`;
    return [`${where} ${shown}, the rule wants ${values.map((value) => JSON.stringify(value)).join(' or ')}`];
  });
}

function matches(wanted: PatternValue, found: unknown): boolean {
  if (isObject(wanted) && 'exists' in wanted) {
    // `exists` only applies to leaves: an object or an empty array does not exist.
    return leavesOf(found).length > 0 === wanted.exists;
  }
  return leavesOf(found).some((leaf) => matchesLeaf(wanted, leaf));
}

/** A nested array counts as its elements. */
const elementsOf = (found: unknown): unknown[] => (Array.isArray(found) ? found.flat(Number.POSITIVE_INFINITY) : []);

const leavesOf = (found: unknown): unknown[] =>
  (Array.isArray(found) ? elementsOf(found) : [found]).filter((leaf) => leaf !== undefined && !isObject(leaf));

const TEXT_OPERATORS: Readonly<Record<TextOperator, (leaf: string, wanted: string) => boolean>> = {
  prefix: (leaf, wanted) => leaf.startsWith(wanted),
  suffix: (leaf, wanted) => leaf.endsWith(wanted),
  'equals-ignore-case': (leaf, wanted) => leaf.toLowerCase() === wanted.toLowerCase(),
};

function matchesLeaf(wanted: unknown, leaf: unknown): boolean {
  if (!isObject(wanted)) return wanted === leaf;
  const [[operator = '', operand] = [], ...more] = Object.entries(wanted);
  if (operator === 'anything-but' && more.length === 0) {
    const unwanted: unknown[] = isObject(operand) ? ofEach(operand) : [operand].flat();
    return !unwanted.some((one) => matchesLeaf(one, leaf));
  }
  const test = Object.hasOwn(TEXT_OPERATORS, operator) ? TEXT_OPERATORS[operator as TextOperator] : undefined;
  if (!test || typeof operand !== 'string' || more.length > 0) {
    throw new Error(`the local event bus does not know the pattern ${JSON.stringify(wanted)}`);
  }
  return typeof leaf === 'string' && test(leaf, operand);
}

/** `{ prefix: ['a', 'b'] }` matches either prefix. */
const ofEach = (operators: Record<string, unknown>): unknown[] =>
  Object.entries(operators).flatMap(([operator, operand]) => [operand].flat().map((one) => ({ [operator]: one })));

const isPattern = (value: EventPattern[string]): value is EventPattern => !Array.isArray(value);

/** A field may be named `$or`; only a list of patterns makes it the operator. */
const isAlternatives = (value: EventPattern[string]): value is readonly EventPattern[] =>
  Array.isArray(value) && value.length > 1 && value.every(isObject);
