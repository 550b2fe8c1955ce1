import type { Condition } from './conditions.ts';
import type { Scope } from './tokens.ts';
import { invalid, isMap, type StoredItem, type ValueMap } from './values.ts';

/** Names of a table's key attributes; both are strings. */
export interface TableKey {
  hash: string;
  range?: string;
}

/** The items of one table, by their keys. */
export interface MemoryTable {
  hash: string;
  /** The hash value of a key. */
  hashOf(key: ValueMap): string;
  /** The key of an item. Throws if an attribute of it is missing or not a string. */
  keyOf(item: ValueMap): ValueMap;
  /** The key in a command. Throws if it has other attributes than the table's key. */
  exactKey(given: unknown): ValueMap;
  get(key: ValueMap): StoredItem | undefined;
  put(key: ValueMap, item: StoredItem): void;
  delete(key: ValueMap): void;
  /** Every item. @param after the key of the last one that was returned */
  all(after?: ValueMap): Iterable<StoredItem>;
  /** The items of one hash value that satisfy a key condition, in the order of their range value. */
  select(hashValue: string, condition: Condition, scope: Scope, after?: ValueMap): Iterable<StoredItem>;
}

/** Items of one hash value, by range value, and the range values in order. */
interface Collection {
  items: Map<string, StoredItem>;
  order: string[];
}

export function memoryTable({ hash, range }: TableKey): MemoryTable {
  const collections = new Map<string, Collection>();
  const hashOf = (key: ValueMap): string => key[hash] as string;
  const rangeOf = (key: ValueMap): string => (range === undefined ? '' : (key[range] as string));

  function keyPart(item: ValueMap, name: string): string {
    const value = item[name];
    if (typeof value === 'string' && value !== '') return value;
    throw invalid(`One or more parameter values were invalid: the key ${name} in the item`);
  }

  function keyOf(item: ValueMap): ValueMap {
    const key = { [hash]: keyPart(item, hash) };
    if (range !== undefined) key[range] = keyPart(item, range);
    return key;
  }

  function exactKey(given: unknown): ValueMap {
    const size = range === undefined ? 1 : 2;
    if (!isMap(given) || Object.keys(given).length !== size) {
      throw invalid('The provided key element does not match the schema');
    }
    return keyOf(given);
  }

  function* from({ items, order }: Collection, after: string | undefined): Iterable<StoredItem> {
    for (let index = after === undefined ? 0 : place(order, after, true); index < order.length; index += 1) {
      const item = items.get(order[index] ?? '');
      if (item) yield item;
    }
  }

  return {
    hash,
    hashOf,
    keyOf,
    exactKey,
    get: (key) => collections.get(hashOf(key))?.items.get(rangeOf(key)),

    put(key, item) {
      const [hashValue, rangeValue] = [hashOf(key), rangeOf(key)];
      let collection = collections.get(hashValue);
      if (!collection) {
        collection = { items: new Map(), order: [] };
        collections.set(hashValue, collection);
      }
      if (!collection.items.has(rangeValue)) {
        collection.order.splice(place(collection.order, rangeValue, false), 0, rangeValue);
      }
      collection.items.set(rangeValue, item);
    },

    delete(key) {
      const collection = collections.get(hashOf(key));
      const rangeValue = rangeOf(key);
      if (!collection?.items.delete(rangeValue)) return;
      collection.order.splice(place(collection.order, rangeValue, false), 1);
      if (collection.order.length === 0) collections.delete(hashOf(key));
    },

    *all(after) {
      let found = after === undefined;
      for (const [hashValue, collection] of collections) {
        const isHere = after !== undefined && hashOf(after) === hashValue;
        if (found || isHere) yield* from(collection, isHere && after ? rangeOf(after) : undefined);
        found ||= isHere;
      }
    },

    *select(hashValue, condition, scope, after) {
      const collection = collections.get(hashValue);
      if (!collection) return;
      for (const item of from(collection, after && rangeOf(after))) if (condition.holds(item.item, scope)) yield item;
    },
  };
}

/** Index of a value in sorted values, or of where it belongs; `after` steps past an equal one. */
function place(values: readonly string[], value: string, after: boolean): number {
  let [low, high] = [0, values.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const there = values[middle] ?? '';
    if (there < value || (after && there === value)) low = middle + 1;
    else high = middle;
  }
  return low;
}
