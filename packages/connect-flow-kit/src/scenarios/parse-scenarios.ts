import { parse } from 'yaml';
import type { CallCase, CallEnd } from '../simulate/call-case.ts';
import { withoutMark } from '../without-mark.ts';
import { FIELDS, ScenarioFile } from './scenario-schema.ts';

/** The scenarios of one file. */
export interface ScenarioSet {
  path: string;
  /** Name of the flow that the calls start with. */
  flow: string;
  scenarios: Scenario[];
}

export interface Scenario {
  name: string;
  /** The calls it stands for: one, or one for each entry of `eachFails`. */
  cases: ScenarioCase[];
  expected: Expectation;
}

export interface ScenarioCase {
  /** Unique within the file: the scenario's name, with what fails if the scenario has several cases. */
  name: string;
  /** `Set working queue: NoMatchingError`, for a case made from `eachFails`. */
  failing?: string;
  call: CallCase;
}

/** What must be heard, and how the call must end. See schema.ts for each field. */
export interface Expectation {
  hears?: string[];
  hearsFirst?: string;
  hearsLast?: string;
  hearsNot?: string[];
  agentHears?: string[];
  ends: CallEnd;
}

/** A mistake in a scenario file. The message is for whoever wrote it: a sentence for each mistake. */
export class UnusableScenariosError extends Error {
  override readonly name = 'UnusableScenariosError';
}

/**
 * Reads the text of a scenario file. Throws `UnusableScenariosError` if it cannot be used.
 *
 * @param path for messages
 */
export function parseScenarios(text: string, path: string): ScenarioSet {
  const content = readYaml(text, path);
  // Compiling the checks only pays off if a schema is used often.
  const result = ScenarioFile.safeParse(content, { jitless: true });
  if (!result.success) throw new UnusableScenariosError(sentences(result.error.issues, content, path));
  const { flow, defaults = {}, scenarios } = result.data;
  return {
    path,
    flow,
    scenarios: scenarios.map(
      ({ name, eachFails, hears, hearsFirst, hearsLast, hearsNot, agentHears, ends, ...fields }) => {
        const call = callOf(defaults, fields);
        return {
          name,
          cases:
            eachFails === undefined ? [{ name, call }] : eachFails.map((failure) => failingCase(name, call, failure)),
          expected: {
            ...(hears && { hears }),
            ...(hearsFirst !== undefined && { hearsFirst }),
            ...(hearsLast !== undefined && { hearsLast }),
            ...(hearsNot && { hearsNot }),
            ...(agentHears && { agentHears }),
            ends,
          },
        };
      },
    ),
  };
}

type CaseFields = NonNullable<ScenarioFile['defaults']>;

/** The scenario's own fields win; attributes, lambda and fail are merged by key. */
function callOf(defaults: CaseFields, own: CaseFields): CallCase {
  const { attributes: someOrNull = {}, ...rest } = own;
  const merged = { ...defaults.attributes, ...someOrNull };
  const attributes = Object.fromEntries(
    Object.entries(merged).filter((entry): entry is [string, string] => entry[1] !== null),
  );
  const { attributes: _, ...common } = defaults;
  return {
    ...common,
    ...rest,
    attributes,
    ...(common.lambda && rest.lambda && { lambda: { ...common.lambda, ...rest.lambda } }),
    ...(common.fail && rest.fail && { fail: { ...common.fail, ...rest.fail } }),
  };
}

function failingCase(name: string, call: CallCase, failure: Record<string, string>): ScenarioCase {
  const failing = Object.entries(failure)
    .map(([block, errorType]) => `${block}: ${errorType}`)
    .join();
  return { name: `${name} (${failing})`, failing, call: { ...call, fail: { ...call.fail, ...failure } } };
}

function readYaml(text: string, path: string): unknown {
  try {
    const content: unknown = parse(withoutMark(text), { logLevel: 'error' });
    // Throws if an alias is inside what it names.
    JSON.stringify(content);
    return content;
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    throw new UnusableScenariosError(`${path} is not YAML: ${error.message.split('\n')[0]}`, { cause: error });
  }
}

interface Issue {
  code: string;
  path: PropertyKey[];
  message: string;
  keys?: string[];
}

function sentences(issues: readonly Issue[], content: unknown, path: string): string {
  return issues
    .map((issue) => {
      const keys = issue.code === 'unrecognized_keys' ? [...issue.path, issue.keys?.[0] ?? ''] : issue.path;
      const expected =
        issue.code === 'unrecognized_keys' ? `no such field, only ${fieldsAt(issue.path).join(', ')}` : issue.message;
      const scenario = keys[0] === 'scenarios' ? valueAt(content, [...keys.slice(0, 2), 'name']) : undefined;
      const where = typeof scenario === 'string' && keys.length > 2 ? ` ("${scenario}")` : '';
      return `${path}: ${fieldName(keys)}${where}: found ${shown(valueAt(content, keys))}, expected ${expected}.`;
    })
    .join('\n');
}

function fieldsAt(path: readonly PropertyKey[]): string[] {
  if (path[0] === 'scenarios') return FIELDS.scenario;
  return path[0] === 'defaults' ? FIELDS.defaults : FIELDS.file;
}

/** `scenarios[2].press[0]`, counted from 0. */
const fieldName = (keys: readonly PropertyKey[]): string =>
  keys.reduce<string>(
    (name, key) => (typeof key === 'number' ? `${name}[${key}]` : `${name}${name && '.'}${String(key)}`),
    '',
  ) || 'the file';

const valueAt = (content: unknown, keys: readonly PropertyKey[]): unknown =>
  keys.reduce<unknown>(
    (value, key) => (typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined),
    content,
  );

function shown(value: unknown): string {
  const text = value === undefined ? 'nothing' : JSON.stringify(value);
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}
