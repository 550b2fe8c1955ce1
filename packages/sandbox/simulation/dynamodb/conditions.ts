import { cached, nameOf, type Path, type Scope, Tokens, valueFor } from './tokens.ts';
import { isEqual, isMap, isSet, NotModelled, typeOf, type Value, type ValueMap } from './values.ts';

type Operand = (item: ValueMap, scope: Scope) => Value | undefined;
type Test = (item: ValueMap, scope: Scope) => boolean;

/** A parsed condition: whether it holds for an item, and which placeholders it uses. */
export interface Condition {
  holds: Test;
  used: ReadonlySet<string>;
}

/** Parses a condition, filter or key condition. Whatever the adapters do not use is `NotModelled`. */
export const conditionOf = cached((text): Condition => {
  const tokens = new Tokens(text);
  const holds = disjunction(tokens);
  if (tokens.peek() !== undefined) throw new NotModelled(`"${tokens.peek()}" in "${text}"`);
  return { holds, used: tokens.used };
});

function disjunction(tokens: Tokens): Test {
  const tests = [conjunction(tokens)];
  while (tokens.take('OR')) tests.push(conjunction(tokens));
  return tests.length === 1 && tests[0] ? tests[0] : (item, scope) => tests.some((test) => test(item, scope));
}

function conjunction(tokens: Tokens): Test {
  const tests = [negation(tokens)];
  while (tokens.take('AND')) tests.push(negation(tokens));
  return tests.length === 1 && tests[0] ? tests[0] : (item, scope) => tests.every((test) => test(item, scope));
}

function negation(tokens: Tokens): Test {
  if (tokens.take('NOT')) {
    const test = negation(tokens);
    return (item, scope) => !test(item, scope);
  }
  if (tokens.take('(')) {
    const test = disjunction(tokens);
    tokens.expect(')');
    return test;
  }
  return tokens.isCall() && tokens.peek() !== 'size' ? predicate(tokens) : comparison(tokens);
}

function predicate(tokens: Tokens): Test {
  const name = tokens.next();
  tokens.expect('(');
  const subject = operand(tokens);
  if (name === 'attribute_exists' || name === 'attribute_not_exists') {
    tokens.expect(')');
    const wanted = name === 'attribute_exists';
    return (item, scope) => (subject(item, scope) !== undefined) === wanted;
  }
  tokens.expect(',');
  const argument = operand(tokens);
  tokens.expect(')');
  const test = PREDICATES[name];
  if (!test) throw new NotModelled(`the function ${name}`);
  return (item, scope) => {
    const [value, other] = [subject(item, scope), argument(item, scope)];
    return value !== undefined && other !== undefined && test(value, other);
  };
}

const PREDICATES: Record<string, ((value: Value, argument: Value) => boolean) | undefined> = {
  begins_with: (value, argument) =>
    typeof value === 'string' && typeof argument === 'string' && value.startsWith(argument),
  contains(value, argument) {
    if (typeof argument === 'object') throw new NotModelled(`contains with type ${typeOf(argument)}`);
    if (typeof value === 'string') return typeof argument === 'string' && value.includes(argument);
    if (isSet(value)) return value.has(argument as string);
    return Array.isArray(value) && value.some((element) => isEqual(element, argument));
  },
};

function comparison(tokens: Tokens): Test {
  const left = operand(tokens);
  const comparator = tokens.next();
  if (comparator === 'IN') return isOneOf(left, tokens);
  const compare = COMPARISONS[comparator];
  if (!compare) throw new NotModelled(`the comparison ${comparator}`);
  const right = operand(tokens);
  return (item, scope) => compare(left(item, scope), right(item, scope));
}

function isOneOf(left: Operand, tokens: Tokens): Test {
  tokens.expect('(');
  const choices = [operand(tokens)];
  while (tokens.take(',')) choices.push(operand(tokens));
  tokens.expect(')');
  return (item, scope) => choices.some((choice) => equal(left(item, scope), choice(item, scope)));
}

type Comparison = (a: Value | undefined, b: Value | undefined) => boolean;

/** Values of different types, and missing values, are neither less nor greater; the service orders no others. */
const ordered =
  (test: (order: number) => boolean): Comparison =>
  (a, b) => {
    if (typeof a === 'number' && typeof b === 'number') return test(a - b);
    if (typeof a === 'string' && typeof b === 'string') return test(a < b ? -1 : a > b ? 1 : 0);
    if (typeof b === 'object' || typeof b === 'boolean') throw new NotModelled(`an order of type ${typeOf(b)}`);
    return false;
  };

const equal: Comparison = (a, b) => a !== undefined && b !== undefined && typeOf(a) === typeOf(b) && isEqual(a, b);

const COMPARISONS: Record<string, Comparison | undefined> = {
  '=': equal,
  '<>': (a, b) => !equal(a, b),
  '<': ordered((order) => order < 0),
  '<=': ordered((order) => order <= 0),
  '>': ordered((order) => order > 0),
  '>=': ordered((order) => order >= 0),
};

/** A value, an attribute, or the size of one. */
export function operand(tokens: Tokens): Operand {
  const next = tokens.peek() ?? '';
  if (next.startsWith(':')) {
    tokens.next();
    return (_, scope) => valueFor(next, scope);
  }
  if (!tokens.isCall()) return attribute(tokens.path());
  if (!tokens.take('size')) throw new NotModelled(`the function ${next} here`);
  tokens.expect('(');
  const of = attribute(tokens.path());
  tokens.expect(')');
  return (item, scope) => sizeOf(of(item, scope));
}

/** Only own attributes are looked up, never inherited ones. */
const attribute =
  (path: Path): Operand =>
  (item, scope) => {
    let value: Value | undefined = item;
    for (const segment of path) {
      const name = nameOf(segment, scope);
      value = isMap(value) && Object.hasOwn(value, name) ? value[name] : undefined;
    }
    return value;
  };

function sizeOf(value: Value | undefined): number | undefined {
  if (typeof value === 'string') return Buffer.byteLength(value);
  if (isSet(value)) return value.size;
  if (Array.isArray(value)) return value.length;
  return isMap(value) ? Object.keys(value).length : undefined;
}
