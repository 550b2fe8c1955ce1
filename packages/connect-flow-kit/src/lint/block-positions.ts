/** A place in a text, both counted from 1; columns in UTF-16 units, as editors and SARIF count them. */
export interface Position {
  line: number;
  column: number;
}

/** What tells where things stand in JSON: a text, the name of a member with its colon, or a bracket. */
export const JSON_PART = /"([^"\\]*(?:\\.[^"\\]*)*)"(\s*:)?|[{}[\]]/g;

/**
 * Where the blocks of a flow stand in the text of its file: Identifier → the opening bracket of the block. Of blocks with
 * one Identifier the first counts. A text that is no flow has none.
 *
 * Reads the text once and no more closely than it must: most runs of the linter come here, and a parser that keeps places
 * takes longer than all rules together.
 *
 * @param text JSON
 */
export function blockPositions(text: string): Map<string, Position> {
  const found: { identifier: string; offset: number }[] = [];
  let depth = 0;
  let member = '';
  let inActions = false;
  let identifier: string | undefined;
  let offset = 0;
  for (const { 0: part, 1: content = '', 2: colon, index } of text.matchAll(JSON_PART)) {
    if (colon !== undefined) {
      member = content;
    } else if (part === '{' || part === '[') {
      depth += 1;
      if (depth === 2) inActions = part === '[' && member === 'Actions';
      if (depth === 3) [identifier, offset] = [undefined, index];
    } else if (part === '}' || part === ']') {
      if (depth === 3 && inActions && identifier !== undefined) found.push({ identifier, offset });
      depth -= 1;
    } else if (depth === 3 && member === 'Identifier') {
      identifier = JSON.parse(part);
    }
  }
  return placesOf(found, text);
}

/** @param found in the order of the text */
function placesOf(found: readonly { identifier: string; offset: number }[], text: string): Map<string, Position> {
  const starts = lineStarts(text);
  const positions = new Map<string, Position>();
  let line = 0;
  for (const { identifier, offset } of found) {
    while ((starts[line + 1] ?? Number.POSITIVE_INFINITY) <= offset) line += 1;
    if (!positions.has(identifier)) {
      positions.set(identifier, { line: line + 1, column: offset - (starts[line] ?? 0) + 1 });
    }
  }
  return positions;
}

/** Offset of the first character of each line. */
const lineStarts = (text: string): number[] => [
  0,
  ...[...text.matchAll(/\r\n|\r|\n/g)].map(({ 0: end, index }) => index + end.length),
];
