import { type Document, isMap, LineCounter, parseDocument } from 'yaml';
import { withoutMark } from '../without-mark.ts';
import type { Silence } from './silences.ts';

/** A `lint.yml` that cannot be used. The message is for the person who wrote it: a sentence for each mistake. */
class UnusableSilencesError extends Error {
  override readonly name = 'UnusableSilencesError';
  readonly isUsersMistake = true;
}

const FIELDS = ['file', 'block', 'rule', 'reason'] as const;
type Field = (typeof FIELDS)[number];

/** What is wrong if a field is missing. */
const MISSING: Readonly<Record<Field, string | undefined>> = {
  file: 'file is missing: name the file of the flow, relative to this one',
  block: undefined,
  rule: 'rule is missing: name the rule that reports the finding',
  reason: 'reason is missing: say why you live with the finding',
};

/**
 * Reads the text of a `lint.yml`: a list of entries. Throws `UnusableSilencesError`.
 *
 * @param path for messages
 */
export function parseSilences(text: string, path: string): Silence[] {
  const lines = new LineCounter();
  const document = parseDocument(withoutMark(text), { lineCounter: lines, logLevel: 'error' });
  const [broken] = document.errors;
  if (broken) throw new UnusableSilencesError(`${path} is not YAML: ${broken.message.split('\n')[0]}`);
  const entries = contentOf(document, path);
  if (entries === null) return [];
  if (!Array.isArray(entries)) {
    throw new UnusableSilencesError(`${path}: expected a list of entries with ${FIELDS.join(', ')}`);
  }
  const nodes = (document.contents as { items?: { range?: [number, number, number] | null }[] } | null)?.items ?? [];
  const read = entries.map((entry: unknown, index) => {
    const line = lines.linePos(nodes[index]?.range?.[0] ?? 0).line;
    return { line, mistakes: mistakesOf(entry, isMap(nodes[index])), entry };
  });
  const mistakes = read.flatMap((one) => one.mistakes.map((mistake) => `${path}, line ${one.line}: ${mistake}.`));
  if (mistakes.length > 0) throw new UnusableSilencesError(mistakes.join('\n'));
  return read.map(({ entry, line }) => {
    const { file, ...rest } = entry as Omit<Silence, 'line'>;
    return { file: file.replace(/^\.\//, ''), ...rest, line };
  });
}

function contentOf(document: Document, path: string): unknown {
  try {
    return document.toJS();
  } catch (cause) {
    // Aliases that expand to far too much.
    throw new UnusableSilencesError(`${path} is not YAML: ${cause instanceof Error ? cause.message : ''}`, { cause });
  }
}

function mistakesOf(entry: unknown, isEntry: boolean): string[] {
  if (!isEntry || typeof entry !== 'object' || entry === null) return [`expected an entry with ${FIELDS.join(', ')}`];
  const given = new Map<string, unknown>(Object.entries(entry));
  const unknown = [...given.keys()]
    .filter((key) => !FIELDS.some((field) => field === key))
    .map((key) => `there is no field ${key}, only ${FIELDS.join(', ')}`);
  return [...unknown, ...FIELDS.flatMap((field) => fieldMistakes(field, given))];
}

function fieldMistakes(field: Field, given: ReadonlyMap<string, unknown>): string[] {
  const value = given.get(field);
  const missing = MISSING[field];
  if (!given.has(field) || value === null || value === '') return missing === undefined ? [] : [missing];
  if (typeof value !== 'string') return [`${field} is not a text: write it in quotes`];
  return value.trim() === '' && missing !== undefined ? [missing] : [];
}
