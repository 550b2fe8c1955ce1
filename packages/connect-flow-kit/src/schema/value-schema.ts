import type { FieldsSpec, Given, ValueSpec } from '../catalogue/spec.ts';
import { expectation, ONE_REFERENCE, PLACEHOLDER } from '../lint/parameter-problems.ts';

/** Part of a JSON Schema of draft 7. */
export interface JsonSchema {
  [keyword: string]: unknown;
}

/** What the schemas of values refer to; it is in the `definitions` of the whole schema. */
export const VALUE_DEFINITIONS: Readonly<Record<string, JsonSchema>> = {
  token: {
    description: 'A value that a tool fills in before the flow is published, such as ${Name}.',
    type: 'string',
    pattern: PLACEHOLDER.source,
  },
  reference: {
    description: 'One reference and nothing else, such as $.Attributes.name.',
    type: 'string',
    pattern: `^\`?${ONE_REFERENCE.source.slice(1, -1)}\`?$`,
  },
};

const TOKEN = { $ref: '#/definitions/token' };
const REFERENCE = { $ref: '#/definitions/reference' };
const TEXT: JsonSchema = { type: ['string', 'number'], minLength: 1 };

/**
 * The schema of an object's fields. It refuses what the linter calls an error, as far as a schema can express it, and nothing
 * else. An open object has no required fields: an unknown field may replace one of them.
 */
export function fieldsSchema(spec: FieldsSpec): JsonSchema {
  const { fields, required = [], exactlyOne = [], atMostOne = [], atLeastOne = [], open = false } = spec;
  const properties = Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [name, { description: described(value), ...valueSchema(value) }]),
  );
  if (open) return { type: 'object', properties };
  const has = (key: string) => ({ required: [key] });
  const isEveryField = (group: readonly string[]) => Object.keys(fields).every((key) => group.includes(key));
  const oneOf = (group: readonly string[]): JsonSchema[] =>
    isEveryField(group) ? [{ maxProperties: 1 }] : pairs(group).map((both) => ({ not: { required: both } }));
  const groups = [
    ...[...exactlyOne, ...atLeastOne].map((group) => ({ anyOf: group.map(has) })),
    ...[...exactlyOne, ...atMostOne].flatMap(oneOf),
  ];
  return {
    type: 'object',
    properties,
    additionalProperties: false,
    ...(required.length > 0 && { required }),
    ...(groups.length > 0 && { allOf: groups }),
  };
}

const pairs = (group: readonly string[]): [string, string][] =>
  group.flatMap((one, index) => group.slice(index + 1).map((other): [string, string] => [one, other]));

/** What a value must be, as a sentence. */
function described(spec: ValueSpec): string {
  const text = expectation(spec);
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}

function valueSchema(spec: ValueSpec): JsonSchema {
  switch (spec.kind) {
    case 'any':
      return {};
    case 'object':
      return fieldsSchema(spec);
    case 'map':
      return {
        type: 'object',
        additionalProperties: valueSchema(spec.values),
        ...(spec.keyPattern !== undefined && { propertyNames: { pattern: spec.keyPattern } }),
        ...(spec.maxEntries !== undefined && { maxProperties: spec.maxEntries }),
      };
    case 'list':
      return { type: 'array', items: valueSchema(spec.items), minItems: spec.minItems ?? 0 };
    case 'text':
    case 'ssml':
    case 'resource':
      return TEXT;
    case 'reference':
      return { anyOf: [REFERENCE, TOKEN] };
    case 'value':
      return spec.pattern === undefined
        ? TEXT
        : { anyOf: [{ type: 'string', pattern: spec.pattern }, { type: 'number' }, REFERENCE, TOKEN] };
    case 'number':
      return {
        anyOf: [
          { type: 'string', pattern: wholeNumbers(spec.from, spec.to) },
          { type: 'integer', minimum: spec.from, maximum: spec.to },
          ...(spec.dynamic ? [REFERENCE] : []),
          TOKEN,
        ],
      };
    case 'word':
      return wordSchema(spec);
  }
}

/**
 * A pattern for the whole numbers between two bounds (inclusive), with or without leading zeros.
 *
 * @example wholeNumbers(1, 250) // '^0*([1-9]|[1-9]\\d{1}|1\\d{2}|2[0-4]\\d{1}|250)$'
 */
function wholeNumbers(from: number, to: number): string {
  if (from < 0 || !Number.isSafeInteger(to)) return '^-?\\d+$';
  const alternatives: string[] = [];
  for (let at = from; at <= to; ) {
    // Trailing digits that may be anything.
    let free = 0;
    while (at > 0 && at % 10 ** (free + 1) === 0 && at + 10 ** (free + 1) - 1 <= to) free += 1;
    const step = 10 ** free;
    const digit = Math.floor(at / step) % 10;
    const last = Math.min(9, digit + Math.floor((to - at + 1) / step) - 1);
    const before = Math.floor(at / step / 10) || '';
    alternatives.push(`${before}${digit === last ? digit : `[${digit}-${last}]`}${free > 0 ? `\\d{${free}}` : ''}`);
    at += (last - digit + 1) * step;
  }
  return `^0*(${alternatives.join('|')})$`;
}

function wordSchema(spec: Extract<ValueSpec, { kind: 'word' }>): JsonSchema {
  const others = 'doubtfulOthers' in spec && spec.doubtfulOthers === true;
  return {
    anyOf: [
      { enum: spec.oneOf },
      ...(spec.ignoreCase ? [{ type: 'string', pattern: inAnyCase(spec.oneOf) }] : []),
      ...(spec.dynamic ? [REFERENCE] : []),
      others ? { type: 'string' } : TOKEN,
    ],
  };
}

/** A pattern that matches each of the words in any case: patterns of JSON Schema have no flags. */
const inAnyCase = (words: readonly string[]): string => `^(${words.map(wordInAnyCase).join('|')})$`;

const wordInAnyCase = (word: string): string =>
  word.replace(/[^\w\s]/g, '\\$&').replace(/[a-z]/gi, (letter) => `[${letter.toUpperCase()}${letter.toLowerCase()}]`);

/** The schema that parameters satisfy if the condition on one of them holds. */
export function givenSchema({ parameter, is }: Given): JsonSchema {
  const value = is === true ? {} : oneOfWords(is);
  return parameter
    .split('.')
    .reduceRight<JsonSchema>(
      (inner, key) => ({ type: 'object', required: [key], properties: { [key]: inner } }),
      value,
    );
}

/** One of the words, or a list that contains one of them; true and false count whether they are texts or not. */
function oneOfWords(words: readonly string[]): JsonSchema {
  const booleans = words.map((word) => word.toLowerCase()).filter((word) => word === 'true' || word === 'false');
  const word = {
    anyOf: [{ type: 'string', pattern: inAnyCase(words) }, { enum: booleans.map((text) => text === 'true') }].slice(
      0,
      booleans.length > 0 ? 2 : 1,
    ),
  };
  return { anyOf: [word, { type: 'array', contains: word }] };
}
