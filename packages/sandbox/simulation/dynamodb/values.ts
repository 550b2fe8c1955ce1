import { DynamoDBServiceException } from '@aws-sdk/client-dynamodb';

/** A value as the document client has it. What is stored is deeply frozen, so that it can be returned uncopied. */
export type Value = string | number | boolean | null | ReadonlySet<string | number> | readonly Value[] | ValueMap;

export interface ValueMap {
  readonly [name: string]: Value;
}

/** An item and its size in bytes. */
export interface StoredItem {
  readonly item: ValueMap;
  readonly bytes: number;
}

/** What the service refuses as malformed; the SDK has no class of its own for it. */
export const invalid = (message: string): DynamoDBServiceException =>
  new DynamoDBServiceException({
    name: 'ValidationException',
    $fault: 'client',
    message,
    $metadata: { httpStatusCode: 400 },
  });

/** Something that the model of DynamoDB does not implement: a mistake of whoever runs the simulation, never of the service. */
export class NotModelled extends Error {
  override readonly name = 'NotModelled';
  constructor(what: string) {
    super(`the simulated DynamoDB does not know ${what}`);
  }
}

export const isSet = (value: unknown): value is ReadonlySet<string | number> => value instanceof Set;

export const isMap = (value: unknown): value is ValueMap =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !isSet(value);

/** Which of DynamoDB's types a value has. */
export function typeOf(value: Value): 'S' | 'N' | 'BOOL' | 'NULL' | 'SS' | 'NS' | 'L' | 'M' {
  if (typeof value === 'string') return 'S';
  if (typeof value === 'number') return 'N';
  if (typeof value === 'boolean') return 'BOOL';
  if (value === null) return 'NULL';
  if (Array.isArray(value)) return 'L';
  if (!isSet(value)) return 'M';
  const [first] = value;
  return typeof first === 'number' ? 'NS' : 'SS';
}

/** A frozen copy as it is stored. Undefined fields are left out, as the document client is configured to do. */
export function stored(value: unknown, depth = 0): Value {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return value;
    case 'number':
      if (!Number.isFinite(value)) throw new Error(`Special numeric value ${value} is not allowed`);
      return value;
    case 'object':
      break;
    default:
      throw new NotModelled(`values of type ${typeof value}`);
  }
  if (value === null) return null;
  if (isSet(value)) {
    if (depth > 1) throw new NotModelled('sets inside of other values');
    if (value.size === 0) throw invalid('An string set  may not be empty');
    return new Set(value);
  }
  if (Array.isArray(value)) return Object.freeze(value.map((element) => stored(element, depth + 2)));
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) throw new NotModelled('objects of a class');
  const copy: Record<string, Value> = {};
  for (const name in value) {
    const field: unknown = (value as Record<string, unknown>)[name];
    if (field !== undefined) copy[name] = stored(field, depth + 1);
  }
  return Object.freeze(copy);
}

/** What a reader gets: its own fields and sets; maps and lists are frozen. */
export function handedOut(item: ValueMap): Record<string, unknown> {
  const copy: Record<string, unknown> = { ...item };
  for (const name in item) if (isSet(item[name])) copy[name] = new Set(item[name]);
  return copy;
}

/**
 * Bytes of a value.
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html
 */
export function bytesOf(value: Value): number {
  if (typeof value === 'string') return Buffer.byteLength(value);
  if (typeof value === 'number') return numberBytes(value);
  if (typeof value === 'boolean' || value === null) return 1;
  let bytes = isSet(value) ? 0 : 3;
  if (isSet(value)) for (const element of value) bytes += bytesOf(element);
  else if (Array.isArray(value)) for (const element of value) bytes += 1 + bytesOf(element);
  else
    for (const [name, field] of Object.entries(value as ValueMap))
      bytes += 1 + Buffer.byteLength(name) + bytesOf(field);
  return bytes;
}

/** About one byte for two digits, and one more. */
function numberBytes(value: number): number {
  const size = Math.abs(value);
  let digits = 1;
  if (Number.isInteger(size)) for (let bound = 10; bound <= size; bound *= 10) digits += 1;
  else digits = String(size).length;
  return Math.ceil(digits / 2) + (value < 0 ? 2 : 1);
}

/** Bytes of an item: names and values, without the overhead of a map. */
export function itemBytes(item: ValueMap): number {
  let bytes = 0;
  for (const name in item) bytes += Buffer.byteLength(name) + bytesOf(item[name] as Value);
  return bytes;
}

export function isEqual(a: Value, b: Value): boolean {
  if (a === b) return true;
  if (isSet(a) && isSet(b)) return a.size === b.size && [...a].every((element) => b.has(element));
  if (Array.isArray(a) && Array.isArray(b)) {
    return a.length === b.length && a.every((element, index) => isEqual(element, b[index] as Value));
  }
  if (!isMap(a) || !isMap(b)) return false;
  const names = Object.keys(a);
  return (
    names.length === Object.keys(b).length &&
    names.every((name) => Object.hasOwn(b, name) && isEqual(a[name] as Value, b[name] as Value))
  );
}
