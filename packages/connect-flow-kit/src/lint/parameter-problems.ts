import { isMisspelt } from '../catalogue/misspelt.ts';
import type { FieldsSpec, ValueSpec } from '../catalogue/spec.ts';
import { isObject } from '../document.ts';
import { holdsValues } from '../namespaces.ts';
import { textsIn } from './texts-in.ts';

/** A way in which a block's parameters differ from the catalogue. */
export interface ParameterProblem {
  kind: 'unknown' | 'missing' | 'value' | 'combination' | 'empty' | 'name' | 'doubtful';
  /** One sentence without full stop. */
  message: string;
  /** One sentence with full stop. */
  fix: string;
}

/** One reference and nothing else: `$.Attributes.name`, `$['Attributes']['name']`, `$.Attributes.['full name']`. */
export const ONE_REFERENCE = /^\$(?:\.?\[[^\]]+\]|\.[^\s.[\]$]+)+$/;

/** `${Name}` and the like, which a tool fills in before the flow is published: its value is unknown here. */
export const PLACEHOLDER = /\$\{[^}]*\}|\{\{[^}]*\}\}|<[^>]+>|%\w+%|__\w+__/;

/** An ARN or an id, optionally followed by the version of a module. */
const ID = /^arn:|^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}(:.+)?$/i;

/** Compares the parameters of a block with what its form accepts. */
export const parameterProblems = (
  parameters: Readonly<Record<string, unknown>>,
  spec: FieldsSpec,
): ParameterProblem[] => fieldProblems(parameters, spec, '');

function fieldProblems(object: Readonly<Record<string, unknown>>, spec: FieldsSpec, path: string): ParameterProblem[] {
  const at = (key: string) => (path === '' ? key : `${path}.${key}`);
  const isKnown = (key: string) => Object.hasOwn(spec.fields, key);
  const present = Object.entries(object).flatMap(([key, value]) => {
    const field = isKnown(key) ? spec.fields[key] : undefined;
    if (field) return valueProblems(value, field, at(key));
    return spec.open === true ? emptyTexts(value, at(key)) : [unknownField(key, at(key), spec)];
  });
  // A setting whose spelling no source gives may replace one that is otherwise required.
  const maySayMore =
    spec.open === 'doubtful' &&
    Object.keys(object).some(
      (key) => !isKnown(key) && meantBy(key, spec) === undefined && !spec.refused?.includes(key),
    );
  const absent = [...missingFields(object, spec, at), ...groupProblems(object, spec, path)];
  return [...present, ...(maySayMore ? absent.map(doubtful) : absent)];
}

const doubtful = (problem: ParameterProblem): ParameterProblem => ({ ...problem, kind: 'doubtful' });

function missingFields(
  object: Readonly<Record<string, unknown>>,
  { fields, required = [], doubtfullyRequired = [] }: FieldsSpec,
  at: (key: string) => string,
): ParameterProblem[] {
  const missing = (key: string): ParameterProblem[] => {
    if (Object.hasOwn(object, key)) return [];
    const field = fields[key];
    const expected = field ? ` (${expectation(field)})` : '';
    return [{ kind: 'missing', message: `it has no ${at(key)}`, fix: `Give it ${at(key)}${expected}.` }];
  };
  return [...required.flatMap(missing), ...doubtfullyRequired.flatMap(missing).map(doubtful)];
}

/** The field that an unknown name means. */
const meantBy = (key: string, { fields, mistaken = {} }: FieldsSpec): string | undefined =>
  Object.hasOwn(mistaken, key) ? mistaken[key] : Object.keys(fields).find((name) => isMisspelt(key, name));

function unknownField(key: string, path: string, spec: FieldsSpec): ParameterProblem {
  const known = Object.keys(spec.fields);
  const meant = meantBy(key, spec);
  if (meant === undefined && spec.open === 'doubtful' && !spec.refused?.includes(key)) {
    return {
      kind: 'doubtful',
      message: `the parameter ${path} is not in the catalogue`,
      fix: `Check that it is spelt as the flow designer exports it; known are ${known.join(', ')}.`,
    };
  }
  const instead =
    meant !== undefined
      ? `Write ${meant}.`
      : known.length === 0
        ? 'Remove it; this block takes none.'
        : `Remove it, or use one of ${known.join(', ')}.`;
  return { kind: 'unknown', message: `there is no parameter ${path}`, fix: instead };
}

function groupProblems(object: Readonly<Record<string, unknown>>, spec: FieldsSpec, path: string): ParameterProblem[] {
  const where = path === '' ? 'it' : path;
  const thereOf = (group: readonly string[]) => group.filter((key) => Object.hasOwn(object, key));
  const tooMany = (group: readonly string[]): ParameterProblem[] => {
    const there = thereOf(group);
    if (there.length < 2) return [];
    return [
      {
        kind: 'combination',
        message: `${where} has ${there.join(' and ')}, which exclude each other`,
        fix: `Keep one of ${there.join(', ')}.`,
      },
    ];
  };
  const none = (group: readonly string[], howMany: string): ParameterProblem[] => {
    if (thereOf(group).length > 0) return [];
    return [
      {
        kind: 'combination',
        message: `${where} has none of ${group.join(', ')}`,
        fix: `Give ${where} ${howMany} of ${group.join(', ')}.`,
      },
    ];
  };
  const exactlyOne = (group: readonly string[]) => [...tooMany(group), ...none(group, 'one')];
  const atLeastOne = (group: readonly string[]) => none(group, 'at least one');
  return [
    ...(spec.exactlyOne ?? []).flatMap(exactlyOne),
    ...(spec.atMostOne ?? []).flatMap(tooMany),
    ...(spec.atLeastOne ?? []).flatMap(atLeastOne),
    ...(spec.doubtfulAtLeastOne ?? []).flatMap(atLeastOne).map(doubtful),
  ];
}

function valueProblems(value: unknown, spec: ValueSpec, path: string): ParameterProblem[] {
  switch (spec.kind) {
    case 'any':
      if (spec.doubtfulUnlessText && !['string', 'number'].includes(typeof value))
        return [doubtful(wrong(value, { kind: 'text' }, path))];
      return spec.doubtfulEmptyTexts ? allAtOnce(emptyTexts(value, path)).map(doubtful) : emptyTexts(value, path);
    case 'object':
      return isObject(value) ? fieldProblems(value, spec, path) : [wrong(value, spec, path)];
    case 'list':
      return Array.isArray(value) ? listProblems(value, spec, path) : [wrong(value, spec, path)];
    case 'map':
      return isObject(value) ? mapProblems(value, spec, path) : [wrong(value, spec, path)];
    default:
      if (value === '') return emptyTexts(value, path);
      if (spec.kind === 'resource' && typeof value === 'string' && isName(value))
        return [HOLDS_REFERENCE.test(value) ? wrong(value, spec, path) : resourceName(value, spec, path)];
      if (!scalarFits(value, spec)) {
        const otherWord =
          spec.kind === 'word' &&
          spec.doubtfulOthers === true &&
          typeof value === 'string' &&
          !spec.refused?.includes(value);
        return [otherWord ? doubtful(wrong(value, spec, path)) : wrong(value, spec, path)];
      }
      return spec.kind === 'number' ? tooLarge(value, spec, path) : [];
  }
}

/** A number that one source accepts and another does not. */
function tooLarge(value: unknown, spec: Extract<ValueSpec, { kind: 'number' }>, path: string): ParameterProblem[] {
  const { doubtfulAbove = spec.to } = spec;
  if (!(Number(value) > doubtfulAbove)) return [];
  return [
    {
      kind: 'doubtful',
      message: `${path} is ${show(value)}, but one source allows ${doubtfulAbove} at most, another ${spec.to}`,
      fix: `Write ${expectation({ ...spec, to: doubtfulAbove })}, or check whether Amazon Connect accepts it.`,
    },
  ];
}

function listProblems(
  list: readonly unknown[],
  spec: Extract<ValueSpec, { kind: 'list' }>,
  path: string,
): ParameterProblem[] {
  const items = list.flatMap((item, index) => valueProblems(item, spec.items, `${path}[${index}]`));
  if (list.length < (spec.minItems ?? 0)) return [wrong(list, spec, path)];
  if (list.length <= (spec.maxItems ?? list.length)) return items;
  return [tooManyEntries(list.length, spec, path), ...items];
}

const tooManyEntries = (entries: number, spec: ValueSpec, path: string): ParameterProblem => ({
  kind: 'value',
  message: `${path} has ${entries} entries, expected ${expectation(spec)}`,
  fix: `Write ${expectation(spec)}.`,
});

const emptyTexts = (value: unknown, path: string): ParameterProblem[] =>
  textsIn(value, path)
    .filter(({ text }) => text === '')
    .map((empty) => ({
      kind: 'empty',
      message: `${empty.path} is empty`,
      fix: `Write something, or leave ${empty.path} out.`,
    }));

/** The first of several problems of one kind, with their number. */
const allAtOnce = ([first, ...more]: ParameterProblem[]): ParameterProblem[] => {
  if (!first) return [];
  return [more.length === 0 ? first : { ...first, message: `${first.message}, and so are ${more.length} more texts` }];
};

function mapProblems(
  map: Record<string, unknown>,
  spec: Extract<ValueSpec, { kind: 'map' }>,
  path: string,
): ParameterProblem[] {
  const keys = Object.keys(map);
  const problems = keys.flatMap((key) => valueProblems(map[key], spec.values, `${path}.${key}`));
  const pattern = new RegExp(spec.keyPattern ?? '');
  for (const key of keys.filter((name) => !pattern.test(name))) {
    problems.push({
      kind: 'value',
      message: `${path} has the name ${show(key)}, expected ${spec.keyExpected ?? `a match of ${pattern.source}`}`,
      fix: 'Choose another name.',
    });
  }
  if (keys.length > (spec.maxEntries ?? keys.length)) problems.push(tooManyEntries(keys.length, spec, path));
  return problems;
}

function scalarFits(value: unknown, spec: Exclude<ValueSpec, { kind: 'any' | 'object' | 'list' | 'map' }>): boolean {
  if (typeof value !== 'string' && typeof value !== 'number') return false;
  const text = String(value);
  if (isFilledInLater(text)) return true;
  switch (spec.kind) {
    case 'text':
    case 'ssml':
      return true;
    case 'reference':
      return isReference(text) && !isBareNamespace(text);
    case 'resource':
      return spec.dynamic || !isReference(text);
    case 'value':
      if (isReference(text)) return spec.dynamic;
      return new RegExp(spec.pattern ?? '').test(text);
    case 'word':
      if (isReference(text)) return spec.dynamic === true;
      return spec.oneOf.some((word) => word === text || (spec.ignoreCase === true && sameIgnoringCase(word, text)));
    case 'number':
      if (isReference(text)) return spec.dynamic === true;
      return /^-?\d+$/.test(text) && Number(text) >= spec.from && Number(text) <= spec.to;
  }
}

/** A reference surrounded by text, which no id or ARN accepts. */
const HOLDS_REFERENCE = /\$\.?[.[]/;

const isName = (text: string): boolean => !ID.test(text) && !isReference(text) && !isFilledInLater(text);

const resourceName = (name: string, spec: ValueSpec, path: string): ParameterProblem => ({
  kind: 'name',
  message: `${path} is ${show(name)}, neither an id nor an ARN`,
  fix: `Write ${expectation(spec)}; a tool that deploys flows can fill in a token such as \${Name}.`,
});

/** Does a tool fill in part of the text before the flow is published? */
export const isFilledInLater = (text: string): boolean => PLACEHOLDER.test(text);

/** Is the text one reference and nothing else? One to an item of a list is written between backticks. */
export const isReference = (text: string): boolean => ONE_REFERENCE.test(text.replace(/^`(.*)`$/, '$1'));

const isBareNamespace = (reference: string): boolean =>
  holdsValues(reference.replace(/^\$\.?(?:\['?)?/, '').replace(/'?\]$/, ''));

const sameIgnoringCase = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();

function wrong(value: unknown, spec: ValueSpec, path: string): ParameterProblem {
  const instead =
    typeof value === 'boolean' || value === null
      ? `Write ${expectation(spec)}, as a text in quotes.`
      : `Write ${expectation(spec)}.`;
  return { kind: 'value', message: `${path} is ${show(value)}`, fix: instead };
}

/** What a value must be, in words. */
export function expectation(spec: ValueSpec): string {
  const orReference = 'dynamic' in spec && spec.dynamic ? ', or one reference such as $.Attributes.name' : '';
  switch (spec.kind) {
    case 'text':
      return 'a text';
    case 'ssml':
      return 'speech markup, <speak>…</speak>';
    case 'word':
      return `${listed(spec.oneOf)}${orReference}`;
    case 'number':
      return `a whole number from ${spec.from} to ${spec.to}${orReference}`;
    case 'reference':
      return 'one reference and nothing else, such as $.Attributes.name';
    case 'resource':
      return `an id or ARN (${spec.resource})${orReference}`;
    case 'value':
      return `${spec.expected ?? 'a text'}${orReference}`;
    case 'object':
      return `an object with ${listed(Object.keys(spec.fields))}`;
    case 'map':
      return spec.maxEntries === undefined ? 'an object' : `an object of at most ${spec.maxEntries} entries`;
    case 'list':
      if (spec.maxItems !== undefined)
        return `a list of ${(spec.minItems ?? 0) > 0 ? '1' : '0'} to ${spec.maxItems} entries`;
      return (spec.minItems ?? 0) > 0 ? 'a list that is not empty' : 'a list';
    case 'any':
      return 'anything';
  }
}

const listed = (words: readonly string[]): string =>
  words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;

function show(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}
