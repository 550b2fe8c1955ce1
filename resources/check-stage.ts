import type * as z from 'zod';
import { StageFile } from '../domain/stage-file.ts';
import { didYouMean } from './near-names.ts';
import { readablePart } from './readable-part.ts';
import { contradictions } from './stage-contradictions.ts';
import { fieldsAt, fieldsExpected, placesOf } from './stage-groups.ts';
import { StageSettingsError } from './stage-settings-error.ts';
import { valueAt } from './value-at.ts';

/**
 * Checks the content of a stage file: each field by itself, then contradictions between valid fields. Throws `StageSettingsError`
 * with a sentence for each mistake.
 */
export function checkStage(content: unknown, stage: string): StageFile {
  // Compiling the checks only pays off if a schema is used often.
  const result = StageFile.safeParse(content, { jitless: true });
  const issues = result.success ? [] : result.error.issues.flatMap(issuesMeant);
  const readable = result.success ? { file: result.data, broken: [] } : readablePart(content, issues);
  const contradicting = readable ? contradictions(readable.file, stage, readable.broken) : [];
  const sentences = [
    ...issues.flatMap((issue) => sentencesOf(issue, content, stage)),
    ...contradicting.map(({ path, found, expected }) => sentence(stage, path.join('.'), found, expected)),
  ];
  if (result.success && sentences.length === 0) return result.data;
  throw new StageSettingsError(sentences);
}

/** If one of two forms was used, what is wrong with that one: for example a group, where a group or an id may be. */
function issuesMeant(issue: z.core.$ZodIssue): z.core.$ZodIssue[] {
  if (issue.code !== 'invalid_union') return [issue];
  const meant = issue.errors.find((issues) =>
    issues.every(({ code, path }) => code !== 'invalid_type' || path.length > 0),
  );
  return meant?.map((inner) => ({ ...inner, path: [...issue.path, ...inner.path] })) ?? [issue];
}

function sentencesOf(issue: z.core.$ZodIssue, content: unknown, stage: string): string[] {
  if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => sentenceOfStranger(issue.path, key, stage));
  if (issue.code === 'invalid_key') {
    // The value may be fine: the name is wrong.
    const name = issue.path.at(-1);
    return [sentence(stage, issue.path.slice(0, -1).join('.'), name, expectation(issue.issues[0]?.message ?? ''))];
  }
  const found = issue.path.reduce(valueAt, content);
  const meant =
    issue.code === 'invalid_value' && typeof found === 'string' ? didYouMean(found, issue.values.map(String)) : '';
  return [sentence(stage, issue.path.join('.'), found, `${fieldsOf(issue) ?? expectation(issue.message)}${meant}`)];
}

/** An unknown field: misspelt, or in the wrong group. */
function sentenceOfStranger(group: readonly PropertyKey[], name: string, stage: string): string {
  const elsewhere = placesOf(name);
  const meant =
    didYouMean(name, fieldsAt(group)) || (elsewhere.length > 0 && `; did you mean ${elsewhere.join(' or ')}?`);
  const field = [...group, name].join('.');
  return `settings/${stage}.yml: ${field}: found a field that does not exist, expected only those of domain/stage-file.ts${meant || '.'}`;
}

/** If a group was expected: its fields, and whether null is allowed. */
const fieldsOf = (issue: z.core.$ZodIssue): string | undefined =>
  issue.code === 'invalid_type' && issue.expected === 'object' ? fieldsExpected(issue.path) : undefined;

/** zod's own messages are used only if the schema gives no expectation, which is so for a wrong type. */
const expectation = (message: string): string =>
  message.replace(/^Invalid input: expected (\w+), received .*$/, (_, type: string) =>
    Object.hasOwn(YAML_TERMS, type) ? YAML_TERMS[type as keyof typeof YAML_TERMS] : `a value of type ${type}`,
  );

/** zod's types in the words of authors of stage files. */
const YAML_TERMS = { array: 'a list', object: 'a group of fields', record: 'a group of fields' } as const;

function sentence(stage: string, field: string, found: unknown, expected: string): string {
  const shown = found === undefined ? 'nothing' : withoutDisguise(JSON.stringify(found));
  return `settings/${stage}.yml: ${field || 'the file'}: found ${shortened(shown)}, expected ${expected}${expected.endsWith('?') ? '' : '.'}`;
}

const shortened = (text: string): string => (text.length > 80 ? `${text.slice(0, 80)}…` : text);

/** Shows unusual blanks and invisible characters as \u200b and the like; combining marks stay. */
const withoutDisguise = (json: string): string =>
  json.replace(/(?! )[\p{Zs}\p{Zl}\p{Zp}\p{Cf}\p{Default_Ignorable_Code_Point}\u2800]/gu, (character) =>
    [...Array(character.length).keys()]
      .map((index) => `\\u${character.charCodeAt(index).toString(16).padStart(4, '0')}`)
      .join(''),
  );
