import { isMap, isNode, parseDocument, stringify } from 'yaml';

/** Differences of a new stage file from its model: path → value. */
export interface StageChange {
  path: readonly [string, ...string[]];
  value: unknown;
}

/** The model lacks a field that must be set. */
export class FieldMissing extends Error {
  override readonly name = 'FieldMissing';
}

/**
 * The text of a stage file copied from another one: comments, order and everything else stay as they are, so that the
 * explanations of the settings are written once. Throws `FieldMissing`.
 *
 * @param model text of a stage file that has every field to be set
 * @param stage name of the new stage, for the first line
 */
export function stageOfModel(model: string, stage: string, changes: readonly StageChange[]): string {
  const document = parseDocument(model);
  const pieces = changes.flatMap(({ path, value }) => {
    const node = document.getIn(path, true);
    if (!isNode(node) || !node.range) throw new FieldMissing(path.join('.'));
    const [start] = node.range;
    // The comment after a block of fields belongs to the next field.
    const isBlock = isMap(node) && !node.flow;
    const end = isBlock ? (endOf(node.items.at(-1)?.value) ?? node.range[1]) : node.range[1];
    const indent = model.slice(model.lastIndexOf('\n', start) + 1, start);
    const text = isBlock ? blockOf(value, indent) : inline(value);
    return [{ start, end, text }];
  });
  const changed = pieces
    .toSorted((a, b) => b.start - a.start)
    .reduce((text, piece) => text.slice(0, piece.start) + piece.text + text.slice(piece.end), model);
  return changed.replace(/^# Settings of the stage ".*$/m, headOf(stage));
}

/** Whether a stage file has a path, so that it can be set there. */
export const hasField = (model: string, path: readonly string[]): boolean => parseDocument(model).hasIn(path);

const headOf = (stage: string) => () =>
  `# Settings of the stage "${stage}". Every field is described in domain/stage-file.ts.`;

const endOf = (node: unknown): number | undefined => (isNode(node) ? node.range?.[1] : undefined);

/** A value on one line. Strings are quoted if YAML could take them for something else, and times of day always. */
const inline = (value: unknown): string =>
  stringify(value, {
    collectionStyle: 'flow',
    flowCollectionPadding: false,
    lineWidth: 0,
    ...(isQuoted(value) && { defaultStringType: 'QUOTE_DOUBLE', defaultKeyType: 'PLAIN' }),
  }).trimEnd();

/** A string of several lines would become a block, and one that begins like a document marker, a new document. */
const isQuoted = (value: unknown): boolean =>
  typeof value === 'string' ? /[\n\r]|^(?:---|\.\.\.)/.test(value) : typeof value === 'object';

const blockOf = (value: unknown, indent: string): string =>
  stringify(value, { lineWidth: 0 }).trimEnd().replaceAll('\n', `\n${indent}`);
