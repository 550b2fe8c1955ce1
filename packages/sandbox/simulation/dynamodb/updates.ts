import { operand } from './conditions.ts';
import { cached, nameOf, type Path, type Scope, Tokens, valueFor } from './tokens.ts';
import {
  bytesOf,
  invalid,
  isMap,
  isSet,
  NotModelled,
  type StoredItem,
  typeOf,
  type Value,
  type ValueMap,
} from './values.ts';

/** A parsed update. */
export interface Update {
  /** The item after it. The one before is not modified. */
  apply(before: StoredItem, scope: Scope): StoredItem;
  /** Every attribute it touches. */
  paths: readonly Path[];
  used: ReadonlySet<string>;
}

type Computed = (item: ValueMap, scope: Scope) => Value;

interface Action {
  path: Path;
  /** The new value at the path, undefined to remove it. Reads the item as it was before the update. */
  value(item: ValueMap, current: Value | undefined, scope: Scope): Value | undefined;
}

/** Parses an update expression. Whatever the adapters do not use is `NotModelled`. */
export const updateOf = cached((text): Update => {
  const tokens = new Tokens(text);
  const actions: Action[] = [];
  while (tokens.peek() !== undefined) {
    const section = SECTIONS[tokens.next().toUpperCase()];
    if (!section) throw new NotModelled(`the update "${text}"`);
    do actions.push(section(tokens));
    while (tokens.take(','));
  }
  return {
    paths: actions.map(({ path }) => path),
    used: tokens.used,
    apply: (before, scope) => applied(actions, before, scope),
  };
});

const SECTIONS: Record<string, ((tokens: Tokens) => Action) | undefined> = {
  SET(tokens) {
    const path = tokens.path();
    tokens.expect('=');
    const computed = sum(tokens);
    return { path, value: (item, _, scope) => computed(item, scope) };
  },
  REMOVE: (tokens) => ({ path: tokens.path(), value: () => undefined }),
  ADD(tokens) {
    const path = tokens.path();
    const placeholder = tokens.next();
    return { path, value: (_, current, scope) => added(current, valueFor(placeholder, scope)) };
  },
  DELETE(tokens) {
    const path = tokens.path();
    const placeholder = tokens.next();
    return { path, value: (_, current, scope) => without(current, valueFor(placeholder, scope)) };
  },
};

const wrongType = () => invalid('An operand in the update expression has an incorrect data type');

function added(current: Value | undefined, value: Value): Value {
  if (typeof value === 'number') {
    if (current !== undefined && typeof current !== 'number') throw wrongType();
    return (current ?? 0) + value;
  }
  if (!isSet(value)) throw wrongType();
  if (current === undefined) return value;
  if (!isSet(current) || typeOf(current) !== typeOf(value)) throw wrongType();
  return new Set([...current, ...value]);
}

function without(current: Value | undefined, value: Value): Value | undefined {
  if (!isSet(value)) throw wrongType();
  if (current === undefined) return undefined;
  if (!isSet(current) || typeOf(current) !== typeOf(value)) throw wrongType();
  const rest = new Set([...current].filter((element) => !value.has(element)));
  // There are no empty sets.
  return rest.size === 0 ? undefined : rest;
}

function sum(tokens: Tokens): Computed {
  const left = computedOperand(tokens);
  const sign = tokens.take('+') ? 1 : tokens.take('-') ? -1 : 0;
  if (sign === 0) return left;
  const right = computedOperand(tokens);
  return (item, scope) => {
    const [a, b] = [left(item, scope), right(item, scope)];
    if (typeof a !== 'number' || typeof b !== 'number') throw wrongType();
    return a + sign * b;
  };
}

function computedOperand(tokens: Tokens): Computed {
  const call = tokens.isCall() ? tokens.next() : undefined;
  if (call === undefined) {
    const value = operand(tokens);
    return (item, scope) => {
      const found = value(item, scope);
      if (found === undefined)
        throw invalid('The provided expression refers to an attribute that does not exist in the item');
      return found;
    };
  }
  tokens.expect('(');
  const first = call === 'if_not_exists' ? operand(tokens) : computedOperand(tokens);
  tokens.expect(',');
  const second = computedOperand(tokens);
  tokens.expect(')');
  if (call === 'if_not_exists') return (item, scope) => first(item, scope) ?? second(item, scope);
  if (call !== 'list_append') throw new NotModelled(`the function ${call}`);
  return (item, scope) => {
    const [a, b] = [first(item, scope), second(item, scope)];
    if (!Array.isArray(a) || !Array.isArray(b)) throw wrongType();
    return Object.freeze([...a, ...b]);
  };
}

function applied(actions: readonly Action[], before: StoredItem, scope: Scope): StoredItem {
  const item: Record<string, Value> = { ...before.item };
  /** Inner maps that were copied for this update: each is copied once, however many of its entries change. */
  let copies: Set<object> | undefined;
  let { bytes } = before;
  for (const { path, value } of actions) {
    let parent = item;
    if (path.length > 1) {
      copies ??= new Set();
      parent = mutableParent(item, path, scope, copies);
    }
    const name = nameOf(path.at(-1) ?? '', scope);
    const current = Object.hasOwn(parent, name) ? parent[name] : undefined;
    const next = value(before.item, current, scope);
    const entry = Buffer.byteLength(name) + (path.length > 1 ? 1 : 0);
    if (current !== undefined) bytes -= entry + bytesOf(current);
    if (next === undefined) delete parent[name];
    else {
      parent[name] = next;
      bytes += entry + bytesOf(next);
    }
  }
  if (copies) for (const copy of copies) Object.freeze(copy);
  return { item, bytes };
}

/** The map that contains the last name of the path, copied so that it can be changed. */
function mutableParent(
  item: Record<string, Value>,
  path: Path,
  scope: Scope,
  copies: Set<object>,
): Record<string, Value> {
  let parent = item;
  for (const segment of path.slice(0, -1)) {
    const name = nameOf(segment, scope);
    const child = Object.hasOwn(parent, name) ? parent[name] : undefined;
    if (!isMap(child)) throw invalid('The document path provided in the update expression is invalid for update');
    const copy = copies.has(child) ? (child as Record<string, Value>) : { ...child };
    copies.add(copy);
    parent[name] = copy;
    parent = copy;
  }
  return parent;
}
